"""What an archive can hold: documents, campaigns, stories, news; each with its own words and lists."""

from collections.abc import Mapping
from dataclasses import dataclass

from search.models import EntryQuerySet


@dataclass(frozen=True, slots=True)
class Shelf:
    """A part of the holdings with what people call it, e.g. `shelf_named("tin-tuc").noun` is "tin, thông báo".

    Shape: `kinds` are kinds of entries; none means the official documents, whatever their kind.
    """

    slug: str
    name: str
    noun: str
    sheet: str
    type_label: str
    all_types: str
    kinds: tuple[str, ...] = ()

    @property
    def is_register(self) -> bool:
        """Whether its entries have numbers and notations: the register of documents."""
        return not self.kinds or "campaign" in self.kinds

    @property
    def kept(self) -> dict[str, str]:
        """The parameter that names it in an address; the register itself needs none."""
        return {} if self is SHELVES[0] else {"muc": self.slug}

    @property
    def nothing(self) -> str:
        """What an empty list says."""
        return f"Không có {self.noun} nào theo lựa chọn này."

    def of(self, entries: EntryQuerySet) -> EntryQuerySet:
        """Those of the entries that stand here, e.g. `shelf.of(Entry.objects.all())`."""
        return entries.filter(kind__in=self.kinds) if self.kinds else entries.official()

    def count_in(self, counts: Mapping[tuple[str, bool], int]) -> int:
        """How many of the entries counted by kind and officiality stand here."""
        return sum(n for (kind, official), n in counts.items() if (kind in self.kinds if self.kinds else official))


SHELVES = (
    Shelf("van-ban", "Văn bản", "văn bản", "Sổ văn bản", "Loại văn bản", "Tất cả loại"),
    Shelf(
        "phong-trao",
        "Phong trào thi đua",
        "phong trào",
        "Danh sách phong trào thi đua",
        "Loại văn bản",
        "Tất cả loại",
        ("campaign",),
    ),
    Shelf(
        "guong-dien-hinh",
        "Gương điển hình",
        "gương điển hình",
        "Danh sách gương điển hình",
        "Hình thức",
        "Tất cả hình thức",
        ("story",),
    ),
    Shelf(
        "tin-tuc",
        "Tin tức, thông báo",
        "tin, thông báo",
        "Danh sách tin tức, thông báo",
        "Loại tin",
        "Tất cả loại",
        ("article", "notice"),
    ),
)


def shelf_named(slug: str | None) -> Shelf:
    """The shelf an address asks for; the register for any other word."""
    return next((shelf for shelf in SHELVES if shelf.slug == slug), SHELVES[0])
