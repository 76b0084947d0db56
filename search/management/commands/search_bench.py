"""`manage.py search_bench --documents N [--engine E] [--json]`."""

import json

from django.core.management.base import BaseCommand, CommandError

from search.measured_engine import engine_to_measure
from search.measuring import measure


class Command(BaseCommand):
    help = "Đo tốc độ lập chỉ mục và tìm kiếm trên văn bản mẫu, trong một chỉ mục tạm"

    def add_arguments(self, parser):
        parser.add_argument("--documents", type=int, default=10_000, help="số văn bản mẫu")
        parser.add_argument("--engine", default="", help="sqlite, postgres, elastic; mặc định là bộ máy đang dùng")
        parser.add_argument("--rounds", type=int, default=5, help="số lần hỏi mỗi câu")
        parser.add_argument("--json", action="store_true", help="in kết quả dạng JSON")

    def handle(self, *args, **options):
        if options["documents"] < 1 or options["rounds"] < 1:
            raise CommandError("Số văn bản và số lần hỏi phải từ 1 trở lên")
        measured = measure(engine_to_measure(options["engine"]), options["documents"], options["rounds"])
        if options["json"]:
            self.stdout.write(json.dumps(measured))
            return
        for name in ("engine", "documents", "documents_per_second", "index_mb"):
            self.stdout.write(f"{name:22} {measured[name]}")
        self.stdout.write(f"{'ms':22} {'p50 CPU':>8} {'p95 CPU':>8} {'p50':>8} {'p95':>8}")
        for name, row in measured["queries"].items():
            figures = (row[key] for key in ("p50_cpu_ms", "p95_cpu_ms", "p50_ms", "p95_ms"))
            self.stdout.write(f"{name:22} " + " ".join(f"{value:8.1f}" for value in figures))
