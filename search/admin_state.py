"""The admin page "Chỉ mục tìm kiếm": what waits, what failed, the last check and the last rebuild."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.views.generic import TemplateView
from wagtail import hooks
from wagtail.admin.auth import require_admin_access
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.documents import get_document_model
from wagtail.models import Page

from search import outbox, worker_call
from search.attachments import unread_files
from search.engines import chosen
from search.index_state import index_state
from search.models import FileText, FileUse, IndexRun, IndexState
from search.office.menu import OfficeMenuItem
from search.office.permission import looks_after_search
from search.runs import last_run

SHOWN = 50
ENGINE_NAMES = {
    "sqlite": "SQLite, cùng cơ sở dữ liệu của cổng",
    "postgres": "PostgreSQL, cùng cơ sở dữ liệu của cổng",
    "elastic": "Elasticsearch, máy chủ riêng",
    "null": "không tìm kiếm",
}


class IndexStateView(WagtailAdminTemplateMixin, TemplateView):
    """Shows the state; a POST makes all that failed due again."""

    template_name = "search/admin/index_state.html"
    page_title = "Chỉ mục tìm kiếm"
    header_icon = "search"

    def dispatch(self, request: HttpRequest, *args, **kwargs):
        if not looks_after_search(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def post(self, request: HttpRequest) -> HttpResponse:
        count = outbox.retry_now()
        worker_call.wake_after_commit()
        messages.success(request, f"Sẽ thử lại ngay {count} thay đổi.")
        return HttpResponseRedirect(reverse("index_state"))

    def get_context_data(self, **kwargs) -> dict:
        state = index_state()
        has_remote = chosen.remote_engine() is not None
        return super().get_context_data(**kwargs) | {
            "state": state | {"oldest": spell_seconds(state["oldest_seconds"])},
            "engine_name": ENGINE_NAMES.get(str(state["engine"]), state["engine"]),
            "fallback_name": ENGINE_NAMES.get(chosen.database_engine().name) if has_remote else "",
            "has_remote": has_remote,
            "failures": failures() if has_remote else [],
            "unread": unread_files().count(),
            "problems": unreadable_files(),
            "last_verify": last_run(IndexRun.VERIFY),
            "rebuilds": list(IndexRun.objects.filter(kind=IndexRun.REBUILD).order_by("-started_at")[:5]),
        }


def failures() -> list[tuple[IndexState, Page | None]]:
    """Changes that could not be written, each with its page when that still is."""
    states = list(outbox.failed()[:SHOWN])
    pages = Page.objects.in_bulk([state.page_id for state in states])
    return [(state, pages.get(state.page_id)) for state in states]


def unreadable_files() -> list[dict]:
    """Attached files of which no text could be read: `{"id": 5, "title": "Phụ lục.pdf", "problem": "…"}`."""
    problems = dict(FileText.objects.exclude(problem="").values_list("content_hash", "problem"))
    used = FileUse.objects.filter(kind=FileUse.FILE).values("file_id")
    files = get_document_model().objects.filter(pk__in=used, sha256__in=problems).order_by("-pk")[:SHOWN]
    return [{"id": file.pk, "title": file.title, "problem": problems[file.sha256]} for file in files]


def spell_seconds(seconds: object) -> str:
    """A time in words, e.g. `spell_seconds(7500)` is `"2 giờ 5 phút"`."""
    minutes, rest = divmod(int(str(seconds)), 60)
    hours, minutes = divmod(minutes, 60)
    parts = ((hours, "giờ"), (minutes, "phút"), (0 if hours else rest, "giây"))
    return " ".join(f"{count} {name}" for count, name in parts if count) or "0 giây"


@hooks.register("register_search_menu_item")
def register_index_state():
    return OfficeMenuItem(
        "Chỉ mục tìm kiếm", reverse("index_state"), name="search-index", icon_name="resubmit", order=20
    )


@hooks.register("register_admin_urls")
def register_index_state_address():
    return [path("chi-muc-tim-kiem/", require_admin_access(IndexStateView.as_view()), name="index_state")]
