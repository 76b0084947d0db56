"""`manage.py search_eval CORPUS.jsonl QUERIES.jsonl [--engine E] [--strip-accents] [--json]`."""

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from search.evaluation import answer_all, figures, fill
from search.judged_sets import UnreadableSet, read_corpus, read_queries
from search.measured_engine import engine_to_measure


class Command(BaseCommand):
    help = "Đo chất lượng tìm kiếm bằng các câu hỏi đã có lời giải, trên một chỉ mục tạm"

    def add_arguments(self, parser):
        parser.add_argument("corpus", type=Path, help="văn bản, mỗi dòng một JSON: id, title, body")
        parser.add_argument("queries", type=Path, help="câu hỏi, mỗi dòng một JSON: id, text, rel")
        parser.add_argument("--engine", default="", help="sqlite, postgres, elastic; mặc định là bộ máy đang dùng")
        parser.add_argument("--strip-accents", action="store_true", help="bỏ dấu câu hỏi trước khi tìm")
        parser.add_argument("--json", action="store_true", help="in kết quả dạng JSON")

    def handle(self, *args, **options):
        engine = engine_to_measure(options["engine"])
        try:
            queries = read_queries(options["queries"], options["strip_accents"])
            measured = measure(engine, read_corpus(options["corpus"]), queries)
        except UnreadableSet as error:
            raise CommandError(str(error)) from error
        if options["json"]:
            self.stdout.write(json.dumps(measured))
            return
        for name, value in measured.items():
            self.stdout.write(f"{name:16} {value}")


def measure(engine, records, queries):
    """The figures on a throw-away index, which is gone afterwards whatever happens."""
    built = engine.aside()
    try:
        fill(built, records)
        return figures(answer_all(built, queries))
    finally:
        built.drop()
