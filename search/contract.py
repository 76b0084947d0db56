"""What a page tells the index about itself. The index knows documents, never page types."""

from dataclasses import dataclass, field
from datetime import date, datetime

from search.vietnamese.dates import PartialDate


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture for a listing row, e.g. `Picture(image_id=3, alt="Máy toàn đạc trên cánh đồng")`."""

    image_id: int
    alt: str


@dataclass(frozen=True, slots=True)
class StateDates:
    """What a row's status is computed from when it is read, e.g. `StateDates("in_force", until=date(2025, 1, 1))`.

    Shape: `claim` is the editor's own word (a key of `search.states.LABELS`), the dates may overrule it.
    """

    claim: str = ""
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class SearchDocument:
    """One page as the index sees it, e.g. `SearchDocument(kind="story", title="Giữ rừng", body="…")`."""

    kind: str
    title: str
    body: str = ""
    summary: str = ""
    byline: str = ""
    number: str = ""
    separator: str = "/"
    notation: str = ""
    issued_on: PartialDate | None = None
    sort_at: datetime | None = None
    type_key: str = ""
    type_name: str = ""
    issuer_key: str = ""
    issuer_name: str = ""
    unit_id: int | None = None
    unit_name: str = ""
    campaign_id: int | None = None
    topics: tuple[str, ...] = ()
    state: StateDates = field(default_factory=StateDates)
    picture: Picture | None = None
    is_official: bool = False
    files: tuple[int, ...] = ()
    images: tuple[int, ...] = ()
