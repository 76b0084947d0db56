"""What a process remembers of a generation in PostgreSQL: for each word asked for, the rows that hold it.

A row never changes: a document that is written again gets another one. So what was read holds as long as the
rows that came and went since are taken in. These stand in the log of writes, which is read from the oldest
transaction on that was not finished last time: so none is missed, whichever ends first.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from threading import Lock

from search.engines.postgres_known import Known
from search.engines.postgres_told import MOST_FOLLOWED, SINCE, WRITE, Question, Told
from search.remembered import Remembered

#: When more was written than is taken in, all is forgotten, and for so many seconds the tables are asked.
REST_SECONDS = 5.0
#: So many rows are read at once; the rest of a question's words when they are asked for again.
MOST_READ = 150_000
#: What a process remembers at most, about; then it begins anew.
MOST_BYTES = 48 * 2**20
#: Rows with higher numbers are not remembered: one bit for each would be too many.
HIGHEST_ROW = 2_000_000
_TRIES = 3


class Memory:
    """What is known of a generation on a day, e.g. `memory.follow({"dat": 40, "dat_dai": 12})`."""

    def __init__(self, generation: str, today: date):
        self.generation, self.today = generation, today
        self._known, self._turn = Known(), object()
        self.lock, self._rests_until = Lock(), 0.0
        #: Whether this process itself has written since.
        self.is_behind = False

    def lately(self, words: Mapping[str, int], with_facets: bool = False) -> Known | None:
        """The same as `follow`, but nobody is asked when nothing is missing: see `Known.news`."""
        known = self._known
        is_enough = known.since and known.has_facets >= with_facets and all(map(known.words.__contains__, words))
        is_resting = time.monotonic() < self._rests_until
        return known if is_enough and not (is_resting or self.is_behind) else self.follow(words, with_facets)

    def follow(self, words: Mapping[str, int], with_facets: bool = False) -> Known | None:
        """What is known, the words among it and as of now; None when the tables are to be asked instead.

        Shape: of each word in how many documents it stands, about.
        """
        for _ in range(_TRIES):
            if time.monotonic() < self._rests_until:
                return None
            self.is_behind = False
            # Asked in the midst of a taking in, too many rows would be told, and some of them left out.
            with self.lock:
                known, turn = self._known, self._turn
                missing = {word: number for word, number in words.items() if word not in known.words}
                read = _first_read(missing)
                facets = with_facets and not known.has_facets
                question = Question(self.generation, self.today, known.since, known.taken_in, read, facets)
            told = question.told()
            with self.lock:
                # What another one took in meanwhile may be missing in what was read here.
                if self._turn is turn and _is_of(known, told):
                    is_known = self._take_in(known, told, facets) and len(read) == len(missing)
                    return known if is_known else None
                if self._turn is turn:
                    self._known, self._turn = Known(), object()
        return None

    def _take_in(self, known: Known, told: Sequence[Told], facets: bool) -> bool:
        # Who knew nothing was told everything as it is now.
        new = [each for each in told if each.kind == WRITE and known.since and each.number not in known.taken_in]
        if sum(len(each.rows) for each in new) > MOST_FOLLOWED or _is_too_much(known, told):
            self._known, self._turn = Known(), object()
            self._rests_until = time.monotonic() + REST_SECONDS
            return False
        if new or not known.since:
            self._turn = object()
        known.take_in(told)
        known.has_facets |= facets
        return True


def _first_read(words: Mapping[str, int]) -> list[str]:
    """Of words with how many documents hold them, those read at once: the rarest, one in any case."""
    read: list[str] = []
    rows = 0
    for word in sorted(words, key=words.__getitem__):
        rows += words[word]
        if read and rows > MOST_READ:
            break
        read.append(word)
    return read


def _is_of(known: Known, told: Iterable[Told]) -> bool:
    """Whether it is told of the log that was followed, if any was: not so when a backup was put back meanwhile."""
    return not known.since or any(each.kind == SINCE and each.number == known.log for each in told)


def _is_too_much(known: Known, told: Iterable[Told]) -> bool:
    """Also so many writes unfinished or, as after a move to another server, said to be of times to come."""
    highest = max((max(each.rows) for each in told if each.rows), default=0)
    writes = sum(each.kind == WRITE for each in told)
    return highest > HIGHEST_ROW or known.bytes_held > MOST_BYTES or writes > MOST_FOLLOWED


_held: Remembered[dict[tuple[str, date], Memory]] = Remembered(dict, seconds=float("inf"))


def memory_of(generation: str, today: date) -> Memory:
    """What this process remembers of a generation; of another one, and on another day, all begins anew."""
    held = _held()
    if (generation, today) not in held:
        # One that another process has put in place is the only one that is asked from now on.
        held.clear()
    return held.setdefault((generation, today), Memory(generation, today))


def expect_news() -> None:
    """This process is writing: what it remembers is to be followed up before it is asked."""
    for memory in list(_held().values()):
        memory.is_behind = True


def forget() -> None:
    """Remember nothing any more, as when a generation comes or goes."""
    _held.forget()
