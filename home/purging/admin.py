"""The admin page "Bộ nhớ đệm phía trước": which old copies a cache in front of the portal may still show, and why."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.views.generic import TemplateView
from wagtail.admin.auth import require_admin_access
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from home.purging import delivery
from home.purging.keys import CONTENT, FILES
from home.purging.orders import write_order
from search.office.menu import OfficeMenuItem
from search.office.permission import looks_after_search

SHOWN = 50


class PurgeStateView(WagtailAdminTemplateMixin, TemplateView):
    """Shows the state; a POST has everything forgotten anew, by what waits and by one more order."""

    template_name = "admin/purge_state.html"
    page_title = "Bộ nhớ đệm"
    header_icon = "resubmit"

    def dispatch(self, request: HttpRequest, *args, **kwargs):
        if not looks_after_search(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def post(self, request: HttpRequest) -> HttpResponse:
        delivery.retry_now()
        write_order(CONTENT, FILES)
        messages.success(request, "Mọi bản lưu cũ của trang công khai sẽ được dựng lại.")
        return HttpResponseRedirect(reverse("purge_state"))

    def get_context_data(self, **kwargs) -> dict:
        return super().get_context_data(**kwargs) | {
            "figures": delivery.figures(),
            "caches": settings.PURGE["urls"],
            "failures": delivery.pending().exclude(error="").order_by("-attempts", "pk")[:SHOWN],
        }


def register_purge_state():
    return OfficeMenuItem("Bộ nhớ đệm", reverse("purge_state"), name="purge-state", icon_name="resubmit", order=30)


def register_purge_state_address():
    return [path("bo-nho-dem/", require_admin_access(PurgeStateView.as_view()), name="purge_state")]
