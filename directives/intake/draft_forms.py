"""How a file becomes a draft page of its kind, filled with what was recognised; nothing is stored here."""

from collections.abc import Callable
from dataclasses import dataclass

from wagtail.models import Page

from directives.intake.filling import FROM_FIELDS, fill_document, shorten
from directives.intake.recognition import Recognition
from directives.models import DirectiveIndexPage, DirectivePage
from home.permissions import EVERY_UNIT
from search.vietnamese.letters import clean

Filler = Callable[[Page, Recognition], None]
LONGEST_TITLE = 255


@dataclass(frozen=True)
class DraftForm:
    """How a kind of draft is made: its page type, the section it belongs to, its fields."""

    page_type: type[Page]
    section_type: type[Page]
    fill: Filler
    evidence: dict[str, str]

    @property
    def label(self) -> str:
        """What people call it, e.g. "Văn bản"."""
        return str(self.page_type._meta.verbose_name)

    @property
    def names(self) -> dict[str, str]:
        """The fields of the page and where they were recognised, e.g. `{"signers": "signatures", …}`."""
        return FROM_FIELDS | self.evidence


FORMS: dict[str, DraftForm] = {
    "directive": DraftForm(DirectivePage, DirectiveIndexPage, lambda page, recognition: None, {})
}


def register_form(name: str, form: DraftForm) -> None:
    """A package above this one adds its kind of draft, e.g. the campaign call."""
    FORMS[name] = form


def form_name(recognition: Recognition) -> str:
    """Which kind of draft the document makes, e.g. "campaign" for a call."""
    name = recognition.value("form", "directive")
    return name if name in FORMS else "directive"


def fill_draft(name: str, recognition: Recognition, file_name: str, user) -> Page:
    """A page of that kind that is not yet stored, as in `fill_draft("campaign", recognition, "a.docx", user).title`."""
    form = FORMS[name]
    page = form.page_type(title=title_of(recognition, file_name), live=False, owner=user)
    fill_document(page, recognition)
    form.fill(page, recognition)
    if not user.has_perm(EVERY_UNIT) and page.unit_id not in user.unit_ids:
        page.unit_id = min(user.unit_ids, default=None)
    return page


def title_of(recognition: Recognition, file_name: str) -> str:
    """The title of the page: what the document calls itself, else the name of its file."""
    title = recognition.value("title") or recognition.value("abstract") or file_name.rpartition(".")[0] or file_name
    return shorten(clean(str(title)), LONGEST_TITLE)
