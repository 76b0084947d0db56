"""Links cited documents to those the site holds, when the citing or the cited page is published.

A Party number without date or abstract names several documents (39-CT/TW of 2004 and of 2019): such a
citation keeps its candidates and is never linked to one of them.
"""

from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.db.models import Q

from directives.models.catalogue import CitationAlias
from directives.models.citation import Citation
from search.vietnamese.dates import PartialDate
from search.vietnamese.letters import fold
from search.visibility import restrict

LAWS = ("luat", "bo_luat", "phap_lenh")


def write_citations(page) -> None:
    """The citation rows of a published document, made anew from its list."""
    Citation.objects.filter(page_id=page.pk).delete()
    Citation.objects.bulk_create(drafted_citations(page))


def drafted_citations(page) -> list[Citation]:
    """The citations of a document as it stands in the editor, linked but not kept."""
    rows = [_row_of(page, position, child.value) for position, child in enumerate(page.cited)]
    for row in rows:
        link(row)
    return rows


def relink_to(page) -> None:
    """Citations elsewhere that this newly published document may answer are looked at again."""
    if not page.notation:
        return
    undecided = Q(target__isnull=True) | Q(target=page.pk) | ~Q(candidates=[])
    waiting = Citation.objects.filter(undecided).exclude(page_id=page.pk)
    for row in _of_number(waiting, page.number, page.notation):
        link(row)
        row.save(update_fields=["target", "known_as", "candidates"])


def _row_of(page, position: int, value) -> Citation:
    chosen = value["target"]
    return Citation(
        page_id=page.pk,
        position=position,
        text=value["text"][:500],
        kind=value["kind"],
        number=value["number"],
        separator=value["separator"] or "/",
        notation=value["notation"],
        issued_on=value["issued_on"],
        issuer=value["issuer"],
        abstract=value["abstract"],
        target_id=chosen.pk if chosen else None,
    )


def link(citation: Citation) -> None:
    """Set target, or candidates when the citation could mean several documents.

    What is open to everybody decides first: what strangers read of a citation must not depend on documents that
    they may not know. Candidates hold the others as well, for those who may see them.
    """
    if citation.target_id and not citation.known_as and citation.pk is None:
        return
    alias = _alias_of(citation) if not citation.notation else None
    held = _held_documents(citation, alias)
    meant = _held_documents(citation, alias, open_pages()) or held
    is_sure = len(meant) == 1 and bool(alias or not _is_ambiguous(citation, meant[0]))
    citation.known_as = alias.phrase if alias and held else ""
    citation.target_id = meant[0].pk if is_sure else None
    named = {page.pk for page in (*meant, *held)}
    citation.candidates = [] if is_sure and len(named) == 1 else [{"page_id": pk} for pk in sorted(named)]


def open_pages():
    """The documents that anybody may read now."""
    return restrict(apps.get_model("directives.DirectivePage").objects.all(), AnonymousUser())


def _alias_of(citation: Citation) -> CitationAlias | None:
    rows = CitationAlias.objects.candidates(citation.text)
    return rows[0] if len(rows) == 1 else None


def _held_documents(citation: Citation, alias: CitationAlias | None, pages=None) -> list:
    pages = apps.get_model("directives.DirectivePage").objects.filter(live=True) if pages is None else pages
    number, notation = (alias.number, alias.notation) if alias else (citation.number, citation.notation)
    if not (number and notation):
        return _held_laws(citation, pages)
    held = list(_of_number(pages, number, notation).order_by("issued_on"))
    day = _day_of(alias) if alias else citation.issued_on
    if day:
        held = [page for page in held if page.issued_on and _agree(page.issued_on, day)]
    elif citation.issuer and citation.separator != "-":
        held = [page for page in held if _same_issuer(page, citation)] or held
    return held


def _held_laws(citation: Citation, pages) -> list:
    """A law cited by name and date or year, e.g. "Luật Đất đai ngày 18 tháng 01 năm 2024"."""
    if not citation.issued_on:
        return []
    laws = pages.filter(kind__slug__in=LAWS)
    named = [page for page in laws if fold(page.abstract or page.title) in fold(citation.text)]
    return [page for page in named if page.issued_on and _agree(page.issued_on, citation.issued_on)]


def _day_of(alias: CitationAlias) -> PartialDate | None:
    day = alias.issued_on
    return PartialDate(year=day.year, month=day.month, day=day.day) if day else None


def _of_number(rows, number: str, notation: str):
    return rows.filter(number__in={number, number.lstrip("0"), number.zfill(2)}, notation__iexact=notation)


def _agree(one: PartialDate, other: PartialDate) -> bool:
    """Whether two dates can be the same day, e.g. 2016 and 15/5/2016."""
    pairs = ((one.year, other.year), (one.month, other.month), (one.day, other.day))
    return all(a is None or b is None or a == b for a, b in pairs)


def _same_issuer(page, citation: Citation) -> bool:
    return fold(citation.issuer) in fold(page.issuer_name) or fold(page.issuer_name) in fold(citation.issuer)


def _is_ambiguous(citation: Citation, page) -> bool:
    """A Party number repeats every term: date or abstract must speak for it, or the catalogue of familiar
    names must know it as one document only.
    """
    if citation.separator != "-" or citation.issued_on:
        return False
    if citation.abstract and fold(citation.abstract)[:40] in fold(page.abstract):
        return False
    known = _of_number(CitationAlias.objects.all(), page.number, page.notation)
    return len(set(known.values_list("issued_on", flat=True))) != 1
