"""The page of a person's saved searches."""

from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from search.asking import Ask, read_ask
from search.facet_names import names_for
from search.office.new_hits import ask_of
from search.office.saving import LONGEST_ADDRESS, CannotSave, change_search, save_search
from search.office_models import SavedSearch
from search.page_filters import named_filters


@dataclass(frozen=True, slots=True)
class Kept:
    """A saved search as its page shows it; `filters` names what narrows it, e.g. "Văn bản · Năm: 2024"."""

    saved: SavedSearch
    ask: Ask
    filters: str

    @property
    def address(self) -> str:
        return reverse("search") + self.ask.address()


@login_required
@require_safe
def show_saved(request: HttpRequest) -> HttpResponse:
    """`/noi-bo/tim-kiem-da-luu/`: this person's searches, newest first."""
    asked = [(saved, ask_of(saved)) for saved in SavedSearch.objects.filter(owner=request.user)]
    names = names_for(request.user, [pair for _, ask in asked for pair in ask.chosen_pairs])
    rows = [Kept(saved, ask, " · ".join(named_filters(ask, names))) for saved, ask in asked]
    return render(request, "search/saved.html", {"rows": rows, "frequencies": SavedSearch.FREQUENCIES})


@login_required
@require_POST
def add_saved(request: HttpRequest) -> HttpResponse:
    """Keep the search whose address is posted as `tim`."""
    ask = read_ask(QueryDict(request.POST.get("tim", "")[:LONGEST_ADDRESS]))
    try:
        saved, is_new = save_search(request.user, ask)
    except CannotSave as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _said(saved) if is_new else f"Tìm kiếm “{saved.name}” đã được lưu từ trước.")
    return redirect("saved_searches")


def _said(saved: SavedSearch) -> str:
    if not saved.owner.email:
        # The page says below why no mail will come.
        return f"Đã lưu tìm kiếm “{saved.name}”."
    return f"Đã lưu tìm kiếm “{saved.name}”. Kết quả mới được gửi tới {saved.owner.email} hằng ngày."


@login_required
@require_POST
def change_saved(request: HttpRequest, pk: int) -> HttpResponse:
    """Rename one of the person's own searches, or change how often it is mailed."""
    saved = _own(request, pk)
    change_search(saved, request.POST.get("ten", ""), request.POST.get("gui", ""), ask_of(saved))
    messages.success(request, f"Đã lưu thay đổi của “{saved.name}”.")
    return redirect("saved_searches")


@login_required
@require_POST
def delete_saved(request: HttpRequest, pk: int) -> HttpResponse:
    saved = _own(request, pk)
    saved.delete()
    messages.success(request, f"Đã xóa tìm kiếm “{saved.name}”.")
    return redirect("saved_searches")


def _own(request: HttpRequest, pk: int) -> SavedSearch:
    return get_object_or_404(SavedSearch.objects.select_related("owner"), pk=pk, owner=request.user)
