"""`manage.py search_verify`: does every index hold what the pages say; with `--fix` it does afterwards."""

import json

from django.core.management import BaseCommand, CommandError

from search.runs import AlreadyRunning
from search.verification import Report, verify


class Command(BaseCommand):
    help = "Đối chiếu cơ sở dữ liệu với chỉ mục tìm kiếm; nên chạy mỗi đêm với --fix."

    def add_arguments(self, parser):
        parser.add_argument("--fix", action="store_true", help="sửa những chỗ lệch")
        parser.add_argument("--json", action="store_true", dest="as_json", help="in kết quả cho máy đọc")

    def handle(self, *, fix: bool, as_json: bool, **options):
        try:
            report = verify(fix=fix)
        except AlreadyRunning as other:
            raise CommandError(f"Đang có tiến trình khác đối chiếu ({other}).") from other
        if as_json:
            self.stdout.write(json.dumps(report.as_dict(), ensure_ascii=False))
        else:
            self.tell(report)

    def tell(self, report: Report) -> None:
        self.stdout.write(f"Đã đọc {report.checked} trang; {report.unnoticed} trang đổi mà chỉ mục chưa biết.")
        for each in report.engines:
            if each.error:
                self.stdout.write(f"{each.engine}: không trả lời ({each.error}).")
                continue
            self.stdout.write(f"{each.engine}: thiếu {each.missing}, cũ {each.stale}, thừa {each.ghost}.")
        self.stdout.write(f"Đã sửa {report.fixed}; còn lệch {report.drift_total}.")
