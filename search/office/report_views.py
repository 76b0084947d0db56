"""The report of searches in the admin, and the same as a table."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.urls import reverse
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from search.office.counting import count_searches
from search.office.curation_admin import PREFILL
from search.office.permission import looks_after_search
from search.office.report import HEADINGS, PERIODS, READERS, Report
from search.spreadsheets import XLSX, csv_lines, harmless, write_xlsx

FIRST_WIDTH = 60


class SearchReportView(WagtailAdminTemplateMixin, TemplateView):
    """`/quan-tri/bao-cao-tim-kiem/?ky=30&ai=cong-khai`; `&xuat=csv` or `xlsx` is the table."""

    template_name = "search/admin/report.html"
    page_title = "Báo cáo tìm kiếm"
    header_icon = "search"

    def dispatch(self, request, *args, **kwargs):
        if not looks_after_search(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get(self, request, *args, **kwargs):
        # Where no timer calls `tick`, the report is up to date all the same.
        count_searches()
        self.period = request.GET.get("ky") if request.GET.get("ky") in PERIODS else "30"
        self.readers = request.GET.get("ai") if request.GET.get("ai") in READERS else "cong-khai"
        self.report = Report(int(self.period), self.readers == "noi-bo")
        writers = {"csv": report_csv, "xlsx": report_xlsx}
        if write := writers.get(request.GET.get("xuat", "")):
            return write(self.report, f"bao-cao-tim-kiem-{self.readers}-{self.period}-ngay")
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs) -> dict:
        own = {
            "report": self.report,
            "totals": self.report.totals(),
            "period": self.period,
            "periods": PERIODS,
            "readers": self.readers,
            "readers_choices": READERS,
            "pin_address": f"{reverse('tim-kiem-ghim-an:add')}?{PREFILL}=",
            "export_address": f"?ky={self.period}&ai={self.readers}&xuat=",
        }
        return super().get_context_data(**own, **kwargs)


def safe_rows(report: Report):
    """The table; texts that a spreadsheet would compute are made harmless."""
    for text, *counts in report.table():
        yield harmless(str(text)), *counts


def report_csv(report: Report, name: str) -> HttpResponse:
    lines = "".join(csv_lines(HEADINGS, safe_rows(report)))
    return _file(lines, "text/csv; charset=utf-8", f"{name}.csv")


def report_xlsx(report: Report, name: str) -> HttpResponse:
    with write_xlsx("Tìm kiếm", HEADINGS, (FIRST_WIDTH,), safe_rows(report)) as table:
        return _file(table.read(), XLSX, f"{name}.xlsx")


def _file(content: str | bytes, kind: str, name: str) -> HttpResponse:
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})
