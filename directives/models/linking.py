"""Links cited documents to those the site holds, when the citing or the cited page is published.

A Party number without date or abstract names several documents (39-CT/TW of 2004 and of 2019): such a
citation keeps its candidates and is never linked to one of them, unless a person chooses.
What everybody may read of a citation depends on what everybody may read and on what the office has checked, never
on a document or a citing page that is not for everybody.
"""

import re
from collections.abc import Iterable

from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.db import connection, transaction
from django.db.models import Q

from directives.models.catalogue import CitationAlias
from directives.models.citation import Citation
from directives.models.identity import LAWS, Identity, agree, identity_of, is_same_issuer, of_number
from directives.models.stub import DocumentStub
from home.purging.keys import CONTENT, FILES
from home.purging.orders import order_purge
from search.reading import batches_of
from search.shipped_rows import plain_words
from search.vietnamese.letters import fold
from search.visibility import may_see_page, restrict

#: What linking decides.
DECIDED = ("target", "stub", "known_as", "candidates", "is_chosen")
_YEAR_AT_END = re.compile(r" nam (?:19|20)\d{2}$")


@transaction.atomic
def write_citations(page) -> None:
    """The citation rows of a published document, made anew from its list, with stubs of what the site lacks."""
    former = Citation.objects.filter(page_id=page.pk)
    stubs = set(former.exclude(stub=None).values_list("stub_id", flat=True))
    former.delete()
    rows = drafted_citations(page)
    for row in rows:
        give_stub(row)
    Citation.objects.bulk_create(rows)
    drop_unused(stubs)


def drafted_citations(page) -> list[Citation]:
    """The citations of a document as it stands in the editor, linked but not kept."""
    rows = [_row_of(page, position, child.value) for position, child in enumerate(page.cited)]
    for row in rows:
        link(row)
    return rows


def relink_to(page, *former_numbers: tuple[str, str]) -> None:
    """Citations elsewhere that this document may answer, or has answered, are looked at again.

    Example: `relink_to(page, ("12", "QĐ-STNMT"))` after its number was 12/QĐ-STNMT until now.
    """
    rows = Citation.objects.exclude(page_id=page.pk)
    waiting = set(rows.filter(target=page.pk).values_list("pk", flat=True))
    undecided = Q(target=None) | ~Q(candidates=[])
    for number, notation in {(page.number, page.notation), *former_numbers}:
        if notation:
            waiting |= set(of_number(rows.filter(undecided), number, notation).values_list("pk", flat=True))
    waiting |= set(rows.filter(stub__in=stubs_of(page)).values_list("pk", flat=True))
    relink(waiting)


def stubs_of(page) -> list[int]:
    """The stubs that may stand for this document: of its number, or of its name where neither has a number."""
    stubs = DocumentStub.objects.all()
    found = list(of_number(stubs, page.number, page.notation)) if page.notation else []
    if not page.notation or is_law(page):
        for words in {plain_words(page.title), plain_words(page.abstract)} - {""}:
            found += [stub for stub in stubs.filter(number="", folded__contains=words) if answers_to(page, stub.name)]
    return [stub.pk for stub in found]


@transaction.atomic
def relink(citation_ids: Iterable[int]) -> None:
    """These citations are looked at again; what has changed of them is kept, and caches forget what they showed."""
    stubs: set[int] = set()
    decided: dict[tuple, dict] = {}
    for lot in batches_of(sorted(citation_ids)):
        changed = []
        for row in Citation.objects.filter(pk__in=lot):
            before = _decision(row)
            _decide(row, decided)
            if _decision(row) != before:
                changed.append(row)
                stubs |= {before["stub_id"]} - {None}
        if changed:
            Citation.objects.bulk_update(changed, DECIDED)
            order_purge(CONTENT, FILES)
    drop_unused(stubs)


def _decide(row: Citation, decided: dict[tuple, dict]) -> None:
    """Link the row; those who cite in the same words mean the same."""
    words = (row.text, row.number, row.separator, row.notation, row.issued_on, row.issuer, row.abstract)
    if not row.is_chosen and words in decided:
        vars(row).update(decided[words])
        return
    was_chosen = row.is_chosen
    link(row)
    give_stub(row)
    if not was_chosen:
        decided[words] = _decision(row)


def _decision(row: Citation) -> dict:
    return {name: getattr(row, name) for name in ("target_id", "stub_id", "known_as", "candidates", "is_chosen")}


def drop_unused(stub_ids: Iterable[int]) -> None:
    """Stubs that no citation names any more go, unless the office has worked on them or somebody cites them now."""
    unused = DocumentStub.objects.filter(pk__in=stub_ids, edited_at=None, is_checked=False)
    free = [
        stub.pk for stub in unused.select_for_update(skip_locked=connection.features.has_select_for_update_skip_locked)
    ]
    DocumentStub.objects.filter(pk__in=free, citations=None).delete()


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
        is_chosen=bool(chosen),
    )


def link(citation: Citation) -> None:
    """Set target, or candidates when the citation could mean several documents.

    What is open to everybody decides first: what strangers read of a citation must not depend on documents that
    they may not know. Candidates hold the others as well, for those who may see them.
    """
    if citation.is_chosen and citation.target_id:
        citation.candidates = []
        return
    citation.is_chosen = False
    said = identity_of(citation)
    stub = DocumentStub.objects.meant_by(said)
    known = said.completed_by(stub) if stub and stub.is_checked else said
    held = held_documents(known)
    meant = held_documents(known, open_pages()) or held
    is_sure = len(meant) == 1 and not _is_ambiguous(known, meant[0])
    citation.known_as = said.phrase if held else ""
    citation.target_id = meant[0].pk if is_sure else None
    named = {page.pk for page in (*meant, *held)}
    citation.candidates = [] if is_sure and len(named) == 1 else [{"page_id": pk} for pk in sorted(named)]


def give_stub(citation: Citation) -> None:
    """A stub for what not everybody finds on the site, none for what everybody does."""
    is_open = citation.target_id is not None and may_see_page(AnonymousUser(), citation.target_id)
    citation.stub = None if is_open else DocumentStub.objects.made_of(identity_of(citation), citation.kind)


def open_pages():
    """The documents that anybody may read now."""
    return restrict(apps.get_model("directives.DirectivePage").objects.all(), AnonymousUser())


def held_documents(known: Identity, pages=None) -> list:
    """The published documents that can be meant, oldest first; of `pages` only when these are given."""
    pages = apps.get_model("directives.DirectivePage").objects.filter(live=True) if pages is None else pages
    if not known.is_numbered:
        return _held_by_name(known, pages)
    held = list(of_number(pages, known.number, known.notation).order_by("issued_on", "pk"))
    if known.day:
        held = [page for page in held if page.issued_on and agree(page.issued_on, known.day)]
    if known.issuer and (not known.is_party or known.day):
        held = [page for page in held if is_same_issuer(page.issuer_name, known.issuer)] or held
    if known.abstract and len(held) > 1:
        held = [page for page in held if _has_abstract(page, known)] or held
    return held


def _held_by_name(known: Identity, pages) -> list:
    """A law cited by name and date or year, e.g. "Luật Đất đai ngày 18 tháng 01 năm 2024"; or a resolution by name."""
    if not known.names_one:
        return []
    if known.day:
        rows = [page for page in pages.filter(kind__slug__in=LAWS).select_related("kind") if page.issued_on]
        rows = [page for page in rows if agree(page.issued_on, known.day)]
    else:
        rows = pages.filter(Q(title__iexact=known.name) | Q(abstract__iexact=known.name))
    return [page for page in rows if answers_to(page, known.name)]


def answers_to(page, name: str) -> bool:
    """Whether a document bears this name, with or without the word for its kind: "Luật Đất đai", "Đất đai"."""
    kind = page.kind.name if page.kind else ""
    names = {page.title, page.abstract, f"{kind} {page.abstract}", f"{kind} {page.title}"} - {""}
    return plain_words(name) in {_YEAR_AT_END.sub("", plain_words(each)) for each in names}


def is_law(page) -> bool:
    return bool(page.kind) and page.kind.slug in LAWS


def _has_abstract(page, known: Identity) -> bool:
    return fold(known.abstract)[:40] in fold(page.abstract)


def _is_ambiguous(known: Identity, page) -> bool:
    """A Party number repeats every term: date, abstract or familiar name must speak for it."""
    if not known.is_party or known.day or known.phrase:
        return False
    if known.abstract and _has_abstract(page, known):
        return False
    aliases = of_number(CitationAlias.objects.all(), page.number, page.notation)
    return len(set(aliases.values_list("issued_on", flat=True))) != 1
