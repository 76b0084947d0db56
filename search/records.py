"""A published page as lists and engines keep it: its row, its grants, its record, and a digest of all of it."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, date, datetime

from django.utils import timezone
from wagtail.models import Page

from search.contract import SIGNPOSTS, IndexRecord, SearchDocument
from search.later_versions import Hours, later_versions, narrowed_hours
from search.models import KINDS, FileUse
from search.vietnamese.collation import sort_key
from search.vietnamese.letters import clean
from search.vietnamese.number_parts import number_parts
from search.vietnamese.syllables import syllables
from search.visibility import Audience

#: Characters of a text that a row of results may show a passage of; engines index all of it.
SHOWN_BODY = 60_000
#: The one value of the facet "attachment".
WITH_FILES = "1"


def key_of(page_id: int) -> str:
    """The key of a page in every engine: `key_of(12)` is `"page:12"`."""
    return f"page:{page_id}"


@dataclass(frozen=True, slots=True)
class FilePassage:
    """The text of one page of an attached file: `FilePassage(5, "Kế hoạch.pdf", 3, "Điều 5. …")`."""

    file_id: int
    file_name: str
    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Described:
    """A page that somebody may read, as it was read from the database, with the text of its files.

    Shape: `named` are its unit and its campaign as addresses name them, where all its readers may see them; `hours`
    of each token, where an approved later version is for fewer readers.
    """

    page: Page
    document: SearchDocument
    audience: Audience
    opens_at: datetime | None
    closes_at: datetime | None
    passages: tuple[FilePassage, ...] = ()
    named: Mapping[str, str] = field(default_factory=dict)
    hours: Mapping[str, Hours] = field(default_factory=dict)

    @property
    def uses(self) -> frozenset[tuple[str, int]]:
        """The files and images shown on the page, e.g. `{("file", 5), ("image", 3)}`."""
        files = {(FileUse.FILE, pk) for pk in self.document.files}
        images = {(FileUse.IMAGE, pk) for pk in self.document.images}
        picture = {(FileUse.IMAGE, self.document.picture.image_id)} if self.document.picture else set()
        return frozenset(files | images | picture)

    @property
    def grants(self) -> frozenset[tuple[str, datetime | None, datetime | None]]:
        hours = self.hours or dict.fromkeys(self.audience.tokens, (self.opens_at, self.closes_at))
        return frozenset((token, *each) for token, each in hours.items())

    @property
    def first_close(self) -> datetime | None:
        """When the first of its present readers loses it: until the timer has run no engine finds it from then on."""
        ends = (self.hours[token][1] for token in self.audience.tokens if token in self.hours)
        return min(filter(None, (self.closes_at, *ends)), default=None)


def describe(page: Page) -> Described | None:
    """The page with all that is indexed of it; None when nobody may read it, whatever the hour."""
    if not hasattr(page, "search_document"):
        return None
    line = page.line_above()
    window = page.reading_window(line)
    audience = page.effective_audience(line)
    if window is None or not audience.tokens or not page.may_be_read():
        return None
    line = [*line, page]
    later = page.known_later
    if later is None:
        later = later_versions([each.pk for each in line])
    hours = narrowed_hours(line, window, audience, later)
    return Described(page, page.search_document(), audience, *window, hours=hours)


def record_of(described: Described, version: int) -> IndexRecord:
    """The record that engines hold, e.g. `record_of(described, 3).key` is `"page:12"`."""
    page, document = described.page, described.document
    dates = _dates_of(described)
    # "Về công tác văn thư" is asked for as "nghị định công tác văn thư"; its number need not hold the kind's initials.
    kind_name = document.type_name if document.is_official else ""
    texts = (kind_name, document.summary, document.byline, document.body)
    return IndexRecord(
        key=key_of(page.pk),
        version=version,
        audiences=described.audience.tokens,
        opens_at=described.opens_at,
        closes_at=described.first_close,
        title=clean(document.title),
        body=" ".join(text for text in texts if text),
        attachments="\n".join(passage.text for passage in described.passages),
        number=printed_number(document),
        kind=document.kind,
        url=address_of(page),
        issued_on=dates["issued_on"],
        is_undated=dates["is_undated"],
        sort_at=dates["sort_at"],
        facets=facets_of(document, dates["year"], described.named),
        state=document.state,
    )


def address_of(page: Page) -> str:
    return page.get_url() or page.url_path


def printed_number(document: SearchDocument) -> str:
    """Number and notation as printed, e.g. "39-CT/TW"; the notation alone while the number is missing."""
    if document.number and document.notation:
        return f"{document.number}{document.separator}{document.notation}"
    return document.number or document.notation


def facets_of(document: SearchDocument, year: int | None, named: Mapping[str, str]) -> Mapping[str, tuple[str, ...]]:
    """The values of each facet that has some, e.g. `{"kind": ("directive",), "year": ("2024",)}`."""
    values = {
        "kind": (document.kind,),
        "type": (document.type_key,),
        "issuer": (document.issuer_key,),
        "unit": (named.get("unit", ""),),
        "field": document.topics,
        "year": (str(year or ""),),
        "campaign": (named.get("campaign", ""),),
        "tag": document.tags,
        "attachment": (WITH_FILES if document.files else "",),
    }
    held = {name: tuple(dict.fromkeys(filter(None, each))) for name, each in values.items()}
    return {name: each for name, each in held.items() if each}


def row_of(described: Described) -> dict:
    """The columns of the listing row, e.g. `row_of(described)["year"]` is 2024."""
    document = described.document
    state, picture = document.state, document.picture
    return _dates_of(described) | {
        "kind": document.kind,
        "title": clean(document.title)[:600],
        "sort_title": sort_key(document.title)[:255],
        "url": address_of(described.page),
        "summary": document.summary,
        "byline": document.byline[:500],
        "body": clean_lines(document.body)[:SHOWN_BODY],
        "has_files": bool(document.files),
        "number": document.number,
        "separator": document.separator or "/",
        "notation": document.notation,
        "type_key": document.type_key,
        "type_name": document.type_name,
        "issuer_key": document.issuer_key,
        "issuer_name": document.issuer_name,
        "unit_id": document.unit_id,
        "unit_name": document.unit_name,
        "campaign_id": document.campaign_id,
        "topics": "".join(f"|{name}" for name in document.topics) + ("|" if document.topics else ""),
        "audience": described.audience.level,
        "state_claim": state.claim,
        "state_since": state.since,
        "state_until": state.until,
        "is_official": document.is_official,
        "picture_id": picture.image_id if picture else None,
        "picture_alt": picture.alt if picture else "",
        "folded_text": folded_text(document),
    }


def folded_text(document: SearchDocument) -> str:
    """All its words folded, each between spaces, for the lists of the admin: `" ke hoach 39 ct tw "`."""
    printed = printed_number(document)
    names = (KINDS[document.kind], document.type_name, document.issuer_name, document.unit_name)
    words = " ".join((document.title, document.summary, document.byline, *names, document.body, printed))
    return f" {' '.join([*syllables(words), *number_parts(printed)])} "


def clean_lines(text: str) -> str:
    """The text without what no database column holds: `clean_lines("Điều\\x00 5")` is `"Điều 5"`."""
    return text.replace("\x00", "")


def _dates_of(described: Described) -> dict:
    document, page = described.document, described.page
    issued = document.issued_on
    # Always the same for the same page: a moment read from the clock would make it look changed.
    sort_at = (
        document.sort_at
        or page.first_published_at
        or described.opens_at
        or page.latest_revision_created_at
        or timezone.make_aware(datetime(2000, 1, 1))
    )
    local = timezone.localtime(sort_at)
    if document.kind in SIGNPOSTS or (issued is None and document.is_official):
        return {"issued": "", "issued_on": None, "year": None, "month": None, "is_undated": True, "sort_at": sort_at}
    if issued is None:
        day: date = local.date()
        return {
            "issued": day.isoformat(),
            "issued_on": day,
            "year": day.year,
            "month": day.month,
            "is_undated": False,
            "sort_at": sort_at,
        }
    return {
        "issued": issued.iso(),
        "issued_on": issued.first_day(),
        "year": issued.year,
        "month": issued.month,
        "is_undated": issued.precision not in ("day", "month"),
        "sort_at": sort_at,
    }


def digest_of(described: Described, row: dict, record: IndexRecord) -> str:
    """A fingerprint of all that is kept of the page; its version is not part of it."""
    grants = sorted(described.grants, key=str)
    passages = [asdict(passage) for passage in described.passages]
    facets = sorted(record.facets.items())
    said = (row, grants, sorted(described.uses), passages, facets, record.body, described.document.campaign_name)
    return hashlib.sha256(json.dumps(said, default=_plain, sort_keys=True).encode()).hexdigest()


def _plain(value: object) -> str:
    """A moment reads the same whatever zone it was written in."""
    return value.astimezone(UTC).isoformat() if isinstance(value, datetime) else str(value)
