"""A person says which of several documents a citation means; the choice stays with the page."""

from collections.abc import Mapping

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods
from wagtail.models import Page

from directives.models.citation import Citation
from directives.models.linking import drafted_citations
from directives.official import OfficialDocument
from home.page_policy import choosable_pages
from search.vietnamese.dates import spell_short

UNDECIDED = ""


def undecided(page: OfficialDocument, user) -> list[tuple[Citation, list[Page]]]:
    """The citations of a draft that may mean several documents, with those that this person may know.

    Example: `[(<Chỉ thị số 39-CT/TW>, [<page of 2004>, <page of 2019>])]`; the row's `position` is the place in
    the list of the page.
    """
    rows = [row for row in drafted_citations(page) if row.candidates and not row.is_chosen]
    wanted = {candidate["page_id"] for row in rows for candidate in row.candidates}
    pages = Page.objects.filter(pk__in=wanted)
    known = {each.pk: each for each in choosable_pages(pages, user).specific()}
    named = [(row, [known[each["page_id"]] for each in row.candidates if each["page_id"] in known]) for row in rows]
    return [(row, candidates) for row, candidates in named if candidates]


def questions_of(page: OfficialDocument, user) -> list[tuple[str, list[str]]]:
    """The same in words, e.g. `[("Chỉ thị số 39-CT/TW", ["39-CT/TW · Ban Bí thư, 01/11/2019: …"])]`."""
    return [(row.text, [described(candidate) for candidate in pages]) for row, pages in undecided(page, user)]


def choose(page: OfficialDocument, choices: Mapping[int, Page], user) -> None:
    """A new version of the draft in which these citations mean these documents, e.g. `choose(page, {2: held}, user)`.

    Errors: ValueError when a citation does not stand there or cannot mean that document.
    """
    offered = {row.position: {each.pk for each in candidates} for row, candidates in undecided(page, user)}
    for position, chosen in choices.items():
        if chosen.pk not in offered.get(position, ()):
            raise ValueError(f"no choice between documents at {position}")
        page.cited[position].value["target"] = chosen
    page.save_revision(user=user, log_action=True)


def described(page: Page) -> str:
    """A candidate in one line: "39-CT/TW · Ban Bí thư, 01/11/2019: về công tác người khuyết tật"."""
    day = spell_short(page.issued_on) if page.issued_on else ""
    about = ", ".join(part for part in (page.issuer_name, day) if part)
    number = " · ".join(part for part in (page.printed_number, about) if part)
    return f"{number}: {page.abstract or page.title}"


class ChoiceForm(forms.Form):
    """One question for each undecided citation."""

    def __init__(self, *args, questions: list[tuple[Citation, list[Page]]], **kwargs):
        super().__init__(*args, **kwargs)
        self.pages = {page.pk: page for _, candidates in questions for page in candidates}
        for row, candidates in questions:
            options = [(str(page.pk), described(page)) for page in candidates]
            self.fields[f"citation-{row.position}"] = forms.ChoiceField(
                label=row.text,
                choices=[*options, (UNDECIDED, "Chưa xác định")],
                widget=forms.RadioSelect,
                required=False,
            )

    @property
    def choices(self) -> dict[int, Page]:
        """What was decided, e.g. `{2: <page>}`."""
        answers = {int(name.partition("-")[2]): answer for name, answer in self.cleaned_data.items() if answer}
        return {position: self.pages[int(answer)] for position, answer in answers.items()}


@require_http_methods(["GET", "POST"])
def choose_citations(request: HttpRequest, page_id: int) -> HttpResponse:
    """The questions of one draft; the answers make a new version of it."""
    stored = get_object_or_404(Page, pk=page_id).specific
    permissions = stored.permissions_for_user(request.user)
    if not isinstance(stored, OfficialDocument) or not permissions.can_edit() or permissions.page_locked():
        raise PermissionDenied
    page = stored.get_latest_revision_as_object()
    form = ChoiceForm(request.POST or None, questions=undecided(page, request.user))
    if request.method == "POST" and form.is_valid():
        if form.choices:
            choose(page, form.choices, request.user)
            messages.success(request, f"Đã xác định {len(form.choices)} viện dẫn trong bản nháp.")
        return redirect("wagtailadmin_pages:edit", page_id)
    context = {"form": form, "page": page, "page_title": "Văn bản được viện dẫn"}
    return render(request, "admin/choose_citations.html", context, status=422 if form.errors else 200)
