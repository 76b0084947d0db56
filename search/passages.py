"""Which part of a found document is shown: its own text, or the page of an attached file that holds the words.

Words that were typed with accents are looked for with them first, side by side, then one by one; letters alone
are taken for a word only where the document does not hold it as it was typed.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from search.models import AttachmentPage, Entry
from search.vietnamese.snippets import Reading, first_marked, first_snippet
from search.vietnamese.syllables import exact_tokens, syllables
from search.wording import Understanding

Pieces = list[tuple[str, bool]]
#: Pages of attached files that are looked at for one document, those with the most words first.
MOST_PAGES = 20


@dataclass(frozen=True, slots=True)
class Passage:
    """The title and the best part in pieces, found words marked; `source` is the attached file it stands in."""

    title: Pieces
    text: Pieces
    source: str = ""
    source_page: int = 0


@dataclass(frozen=True, slots=True)
class _Readings:
    """Ways to look for the words, the best first: `exact` as they were typed, `all` by their letters as well."""

    exact: tuple[Reading, ...]
    all: tuple[Reading, ...]


def best_passages(entries: Sequence[Entry], words: Understanding) -> dict[int, Passage]:
    """The passage of each entry, e.g. `best_passages([entry], words)[entry.pk].text`; one query at most."""
    readings = _readings_of(words)
    chosen: dict[int, Passage] = {}
    tried: dict[int, tuple[Reading, ...]] = {}
    wanted: dict[int, int] = {}
    for entry in entries:
        title, place = first_marked(entry.title, readings.all)
        # A title that holds the words as they were typed says better why it was found than letters in the text.
        tried[entry.pk] = readings.exact if readings.exact and place == 0 else readings.all
        pieces, place = _own_passage(entry, tried[entry.pk])
        chosen[entry.pk] = Passage(title, pieces)
        if entry.has_files and place:
            wanted[entry.pk] = place
    for page_id, pages in _pages_with_words(list(wanted), words).items():
        for page in pages[:MOST_PAGES]:
            pieces, place = first_snippet(page.text, tried[page_id])
            if place < wanted[page_id]:
                wanted[page_id] = place
                chosen[page_id] = Passage(chosen[page_id].title, pieces, page.file_name, page.number)
            if not wanted[page_id]:
                break
    return chosen


def _readings_of(words: Understanding) -> _Readings:
    plain = (Reading(words.close_terms), Reading(words.terms))
    exact = _accents_of(words)
    if not exact:
        return _Readings((), plain)
    accented = {word.folded for word in words.used.words if word.is_accented}
    typed = (Reading(words.close_terms, exact), Reading(accented, exact))
    return _Readings(typed, (*typed, *plain))


def _accents_of(words: Understanding) -> Mapping[str, set[str]]:
    """The tokens with accents that are taken for each syllable: of a query with accents those it was typed with,
    of an abbreviation those of its long form; what was mended is spelled without any.
    """
    used = words.used
    any_accents = {syllable for change in words.changes for syllable in syllables(change.used)}
    if not used.is_accented:
        any_accents.update(used.folded)
    forms = [form for expansion in words.expansions for form in expansion.forms]
    pairs = [*zip(used.folded, used.exact, strict=True)]
    pairs += [pair for form in forms for pair in zip(syllables(form), exact_tokens(form), strict=True)]
    found: dict[str, set[str]] = defaultdict(set)
    for folded, token in pairs:
        if folded not in any_accents:
            found[folded].add(token)
    return found


def _pages_with_words(page_ids: list[int], words: Understanding) -> Mapping[int, list[AttachmentPage]]:
    found: dict[int, list[AttachmentPage]] = defaultdict(list)
    pages: Iterable[AttachmentPage] = ()
    if page_ids and words.terms:
        pages = AttachmentPage.objects.holding(words.terms).filter(page_id__in=page_ids)
    for page in pages:
        found[page.page_id].append(page)
    return found


def _own_passage(entry: Entry, readings: Sequence[Reading]) -> tuple[Pieces, int]:
    """The best part of the document's own text, and the place of the reading that found it."""
    # The text of a document begins with its abstract, which is the title of the row.
    body = entry.body.removeprefix(entry.title)
    pieces, place = first_snippet(body, readings) if body else ([], len(readings))
    if not place or not entry.summary:
        return pieces, place
    other, other_place = first_snippet(entry.summary, readings)
    is_better = other_place < place or place == len(readings)
    return (other, other_place) if is_better else (pieces, place)
