"""What the report of searches says about a period: numbers, often asked, not found, slow, not helpful."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Max, Q, Sum
from django.utils import timezone

from search.office_models import FeedbackDay, QueryDay

PERIODS = {"7": "7 ngày qua", "30": "30 ngày qua", "90": "90 ngày qua", "365": "12 tháng qua"}
READERS = {"cong-khai": "Người đọc bên ngoài", "noi-bo": "Người trong cơ quan"}
SHOWN = 30
MOST_EXPORTED = 5_000
HEADINGS = (
    "Câu tìm",
    "Lượt tìm",
    "Không có kết quả",
    "Chậm",
    "Trung bình (ms)",
    "Lâu nhất (ms)",
    "Có hữu ích",
    "Không hữu ích",
    "Không có tài liệu",
    "Tài liệu đã cũ",
    "Không đúng điều hỏi",
)
_ANSWERS = ("yes", "no", "missing", "outdated", "unrelated")


@dataclass(frozen=True, slots=True)
class Report:
    """The searches of one kind of readers in the last days, e.g. `Report(days=30, is_staff=False).often`.

    Shape: rows are dictionaries of `query`, `text`, counts; those whose words are not kept count only in `totals`.
    """

    days: int = 30
    is_staff: bool = False

    @property
    def first_day(self) -> date:
        return timezone.localdate() - timedelta(days=self.days - 1)

    @property
    def _asked(self):
        return QueryDay.objects.filter(day__gte=self.first_day, is_staff=self.is_staff)

    @property
    def _answered(self):
        return FeedbackDay.objects.filter(day__gte=self.first_day, is_staff=self.is_staff)

    @property
    def _queries(self):
        rows = self._asked.exclude(query="").order_by().values("query")
        sums = {f"{name}_sum": Sum(name) for name in ("searches", "zero", "slow", "total_ms")}
        return rows.annotate(text=Max("wording"), longest=Max("longest_ms"), **sums)

    @property
    def often(self) -> list[dict]:
        return _averaged(self._queries.order_by("-searches_sum", "query")[:SHOWN])

    @property
    def without_results(self) -> list[dict]:
        return _averaged(self._queries.filter(zero_sum__gt=0).order_by("-zero_sum", "query")[:SHOWN])

    @property
    def slow(self) -> list[dict]:
        return _averaged(self._queries.filter(slow_sum__gt=0).order_by("-longest", "query")[:SHOWN])

    @property
    def _answers(self):
        rows = self._answered.exclude(query="").order_by().values("query")
        return rows.annotate(text=Max("wording"), **{f"{name}_sum": Sum(name) for name in _ANSWERS})

    @property
    def not_helpful(self) -> list[dict]:
        return list(self._answers.filter(no_sum__gt=0).order_by("-no_sum", "query")[:SHOWN])

    def totals(self) -> dict[str, int]:
        """Sums of the period, e.g. `{"searches": 120, "zero": 7, "average": 12, "yes": 5, …}`."""
        asked = self._asked.aggregate(
            **{f"{name}_sum": Sum(name, default=0) for name in ("searches", "zero", "slow", "reduced", "total_ms")},
            wordless=Sum("searches", filter=Q(query=""), default=0),
        )
        answered = self._answered.aggregate(**{f"{name}_sum": Sum(name, default=0) for name in _ANSWERS})
        sums = {name.removesuffix("_sum"): value for name, value in (asked | answered).items()}
        return sums | {"average": round(sums["total_ms"] / sums["searches"]) if sums["searches"] else 0}

    def table(self) -> Iterator[tuple[str | int, ...]]:
        """One line a query in the order of `HEADINGS`, the most asked first."""
        answers = {row["query"]: row for row in self._answers}
        for row in _averaged(self._queries.order_by("-searches_sum", "query")[:MOST_EXPORTED]):
            given = answers.pop(row["query"], {})
            counts = (row[f"{name}_sum"] for name in ("searches", "zero", "slow"))
            yield row["text"], *counts, row["average"], row["longest"], *_given(given)
        for row in answers.values():
            yield row["text"], 0, 0, 0, 0, 0, *_given(row)


def _averaged(rows: Iterable[dict]) -> list[dict]:
    return [row | {"average": round(row["total_ms_sum"] / max(1, row["searches_sum"]))} for row in rows]


def _given(row: dict) -> tuple[int, ...]:
    return tuple(row.get(f"{name}_sum", 0) for name in _ANSWERS)
