"""`manage.py search QUERY [--engine E] [--as USERNAME|anonymous] [--json]`."""

import json

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser
from django.core.management.base import BaseCommand, CommandError

from search.asking import Ask
from search.contract import EngineUnavailable
from search.engines.chosen import engine_named
from search.results import Row, Search
from search.vietnamese.letters import clean
from search.vietnamese.numerals import counted

STRANGER = "anonymous"


class Command(BaseCommand):
    help = "Tìm như trang tìm kiếm: đúng những gì một người đọc được thấy"

    def add_arguments(self, parser):
        parser.add_argument("query", help="điều cần tìm")
        parser.add_argument("--engine", default="", help="sqlite, postgres, elastic; mặc định là bộ máy đang dùng")
        parser.add_argument("--as", dest="reader", default=STRANGER, help="tên đăng nhập của người đọc, hoặc anonymous")
        parser.add_argument("--json", action="store_true", help="in kết quả dạng JSON")

    def handle(self, *args, **options):
        reader = reader_named(options["reader"])
        try:
            engine = engine_named(options["engine"]) if options["engine"] else None
        except ValueError as error:
            raise CommandError(str(error)) from error
        search = Search(reader, Ask(text=clean(options["query"])), engine)
        try:
            answer = describe(search)
        except EngineUnavailable as error:
            raise CommandError(f"Bộ máy {search.engine.name} không trả lời: {error}") from error
        lines = [json.dumps(answer, ensure_ascii=False)] if options["json"] else list(lines_of(answer))
        for line in lines:
            self.stdout.write(line)


def reader_named(name: str):
    """The reader to search as, e.g. `reader_named("lan")`; nobody in particular for "anonymous"."""
    if name == STRANGER:
        return AnonymousUser()
    user = get_user_model().objects.filter(username=name).first()
    if user is None:
        raise CommandError(f"Không có người dùng {name}.")
    return user


def describe(search: Search) -> dict:
    """What was found, as plain data: `{"query", "used", "engine", "total", "hits": [{"key", …}], "facets", …}`."""
    result = search.result
    return {
        "query": search.ask.text,
        "used": search.understanding.used_text,
        "engine": search.engine.name,
        "total": search.total,
        "is_more": result.is_more,
        "is_reduced": result.is_reduced,
        "gone": result.gone,
        "hits": [_hit(row) for row in search.rows],
        "facets": {facet.name: dict(facet.counts) for facet in result.facets},
    }


def _hit(row: Row) -> dict:
    entry = row.entry
    number = f"{entry.number}{entry.separator}{entry.notation}" if entry.notation else entry.number
    return {
        "key": f"page:{entry.pk}",
        "title": entry.title,
        "url": entry.url,
        "number": number,
        "kind": entry.kind,
        "score": row.score,
        "is_number_hit": row.is_number_hit,
        "is_pinned": row.is_pinned,
        "snippet": "".join(text for text, _ in row.passage),
        "source": f"trang {row.source_page} của {row.source}" if row.source_page else row.source,
    }


def lines_of(answer: dict):
    """The same for the eye."""
    if answer["used"] != answer["query"]:
        yield f"Đã hiểu là: {answer['used']}"
    yield f"Tìm thấy {counted(answer['total'], answer['is_more'])} kết quả ({answer['engine']})"
    for hit in answer["hits"]:
        yield f"{hit['score']:8.3f}  {' '.join(filter(None, (hit['number'], hit['title'])))}"
        yield f"          {hit['url']}  {hit['snippet'][:100]}"
    for name, counts in answer["facets"].items():
        if counts:
            yield f"{name}: " + ", ".join(f"{value} {count}" for value, count in counts.items())
