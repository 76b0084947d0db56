"""Which part of a found document is shown: its own text, or the page of an attached file that holds the words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from search.models import AttachmentPage, Entry
from search.vietnamese.snippets import marked, snippet
from search.wording import Understanding

Pieces = list[tuple[str, bool]]


@dataclass(frozen=True, slots=True)
class Passage:
    """The title and the best part in pieces, found words marked; `source` is the attached file it stands in."""

    title: Pieces
    text: Pieces
    source: str = ""
    source_page: int = 0


def best_passages(entries: Sequence[Entry], words: Understanding) -> dict[int, Passage]:
    """The passage of each entry, e.g. `best_passages([entry], words)[entry.pk].text`; one query at most."""
    titles = {entry.pk: _marked_title(entry.title, words) for entry in entries}
    own = {entry.pk: _own_passage(entry, words) for entry in entries}
    wanted = [entry.pk for entry in entries if entry.has_files and not own[entry.pk][1]]
    chosen = {pk: Passage(titles[pk], pieces) for pk, (pieces, _) in own.items()}
    for page in _pages_with_words(wanted, words):
        if chosen[page.page_id].source:
            continue
        pieces, is_good = _passage(page.text, words)
        if is_good:
            chosen[page.page_id] = Passage(titles[page.page_id], pieces, page.file_name, page.number)
    return chosen


def _pages_with_words(page_ids: list[int], words: Understanding) -> Iterable[AttachmentPage]:
    if not page_ids or not words.terms:
        return ()
    return AttachmentPage.objects.holding(words.terms).filter(page_id__in=page_ids)


def _own_passage(entry: Entry, words: Understanding) -> tuple[Pieces, bool]:
    # The text of a document begins with its abstract, which is the title of the row.
    body = entry.body.removeprefix(entry.title)
    pieces, is_good = _passage(body, words) if body else ([], False)
    if _is_marked(pieces) or not entry.summary:
        return pieces, is_good
    return _passage(entry.summary, words)


def _passage(text: str, words: Understanding) -> tuple[Pieces, bool]:
    """The best part of a text, and whether it holds words side by side as they were asked for."""
    pieces = snippet(text, words.close_terms)
    return (pieces, True) if _is_marked(pieces) else (snippet(text, words.terms), False)


def _marked_title(title: str, words: Understanding) -> Pieces:
    pieces = marked(title, words.close_terms)
    return pieces if _is_marked(pieces) else marked(title, words.terms)


def _is_marked(pieces: Pieces) -> bool:
    return any(is_marked for _, is_marked in pieces)
