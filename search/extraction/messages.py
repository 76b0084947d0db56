"""What the reading process tells its parent: a line of JSON for each part, and the parts put together again."""

import json
import logging
from collections.abc import Iterable
from dataclasses import dataclass, field

from search.vietnamese.letters import clean

from .blocks import block_from_json
from .pages import Body, Ending, FilePage, Found, Part, Progress, by_number, page_from_json, page_to_json
from .tidying import without_running_lines

logger = logging.getLogger(__name__)


@dataclass
class Gathered:
    """What a process has told so far: `gathered.pages`; `ending` is None as long as it may tell more."""

    format: str = ""
    pages: list[FilePage] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    body: Body = field(default_factory=lambda: Body(()))
    ending: Ending | None = None

    def take(self, part: Part) -> None:
        """Puts one part to the others."""
        match part:
            case FilePage():
                self.pages.append(part)
            case Body():
                self.body = part
            case Found(format=kind, warning=warning):
                self.format = kind or self.format
                self.warnings += [warning] if warning else []
            case Ending():
                self.ending = part

    def ordered_pages(self) -> tuple[FilePage, ...]:
        """The pages in their order, those of a PDF without the lines that run along all of them."""
        pages = sorted(self.pages, key=by_number)
        return tuple(without_running_lines(pages) if self.format == "pdf" else pages)


def line_of(part: Part) -> list:
    """A part for JSON: `line_of(Ending()) == ["end", "", False, False, False]`; `part_of` takes it back."""
    match part:
        case FilePage():
            return ["page", *page_to_json(part)]
        case Body():
            return ["body", [block.to_json() for block in part.blocks], list(part.margins)]
        case Found():
            return ["found", part.format, part.warning]
        case Progress():
            return ["progress", part.done, part.total, part.from_pictures]
        case Ending():
            return ["end", part.problem, part.is_cut, part.is_refused, part.is_failed]


def part_of(line) -> Part | None:
    """The part that `line_of` wrote; None for a line that is none, of which a crash goes to the log.

    Errors: ValueError, TypeError or KeyError for a part that is broken.
    """
    match line:
        case ["page", *page]:
            return page_from_json(page)
        case ["body", list(blocks), list(margins)]:
            return Body(tuple(map(block_from_json, blocks)), tuple(margins))
        case ["found", str(kind), str(warning)]:
            return Found(kind, warning)
        case ["progress", int(done), int(total), bool(from_pictures)]:
            return Progress(done, total, from_pictures)
        case ["end", str(problem), bool(is_cut), bool(is_refused), bool(is_failed)]:
            return Ending(problem, is_cut, is_refused, is_failed)
        case ["crashed", str(place)]:
            logger.error("reading a file crashed: %s", clean(place))
    return None


def gather(lines: Iterable[bytes]) -> Gathered:
    """What a process wrote, up to the line at which it was ended: `gather(output.splitlines()).pages`."""
    gathered = Gathered()
    for line in lines:
        try:
            part = part_of(json.loads(line))
        except (ValueError, TypeError, KeyError):
            break
        if part is not None:
            gathered.take(part)
        if gathered.ending is not None:
            break
    return gathered
