"""The documents that a draft cites, each with how it will be linked: to one held, to one of several, by name."""

from dataclasses import dataclass

from wagtail.models import Page

from directives.models.citation import Citation
from directives.models.linking import drafted_citations
from home.page_policy import choosable_pages
from search.vietnamese.dates import spell_short

HELD, CHOICE, NAMED = "held", "choice", "named"


@dataclass(frozen=True, slots=True)
class DraftedCitation:
    """`DraftedCitation(0, "Chỉ thị số 05-CT/TW", "05-CT/TW", "Bộ Chính trị", "held", "Chỉ thị số 05…")`.

    Shape: `candidates` are the documents it could mean, `[(17, "Chỉ thị …")]`, only when there are several.
    """

    position: int
    text: str
    number: str
    about: str
    status: str
    held: str = ""
    candidates: tuple[tuple[int, str], ...] = ()


def draft_citations(page: Page, user) -> list[DraftedCitation]:
    """The citations of a page that is not yet stored, as far as this person may know what is held."""
    rows = drafted_citations(page)
    wanted = {row.target_id for row in rows} | {each["page_id"] for row in rows for each in row.candidates}
    known = choosable_pages(Page.objects.filter(pk__in=wanted - {None}), user)
    titles = dict(known.values_list("pk", "title"))
    return [_drafted(row, titles) for row in rows]


def _drafted(row: Citation, titles: dict[int, str]) -> DraftedCitation:
    number = f"{row.number or '…'}{row.separator}{row.notation}" if row.notation else ""
    day = spell_short(row.issued_on) if row.issued_on else ""
    about = ", ".join(part for part in (row.issuer, day) if part)
    several = tuple((each["page_id"], titles[each["page_id"]]) for each in row.candidates if each["page_id"] in titles)
    if row.target_id in titles:
        return DraftedCitation(row.position, row.text, number, about, HELD, titles[row.target_id])
    return DraftedCitation(row.position, row.text, number, about, CHOICE if several else NAMED, "", several)
