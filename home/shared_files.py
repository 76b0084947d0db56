"""A file has the widest audience of the pages that use it: none is widened without a word."""

from collections import defaultdict

from django.db.models import Q
from django.utils import timezone

from home.base import SitePage
from home.models import PortalDocument, PortalImage
from search.models import FileUse, Grant
from search.records import Described
from search.visibility import OFFICE, PUBLIC, STAFF, Audience

KINDS = {FileUse.FILE: ("Tệp", PortalDocument), FileUse.IMAGE: ("Ảnh", PortalImage)}


def refusals_of_shared_files(page) -> list[str]:
    """Why this version may not be published: a sentence for each file that a narrower page uses as well.

    Nothing is said of a file which a published page at least as wide shows already. Four queries besides those
    that read the page.
    """
    if not isinstance(page, SitePage):
        return []
    audience = page.effective_audience()
    uses = Described(page, page.search_document(), audience, None, None).uses
    widened = _widened(uses, audience, page) if uses else set()
    return [
        f"{word} “{title}” đang được dùng ở nội dung có phạm vi hẹp hơn trang này; nếu đăng, người đọc trang này "
        f"cũng mở được. Hãy tải lên một bản sao dành cho trang này rồi chọn bản sao đó."
        for kind, (word, model) in KINDS.items()
        if (numbers := [number for each, number in widened if each == kind])
        for title in model.objects.filter(pk__in=numbers).order_by("pk").values_list("title", flat=True)
    ]


def _widened(uses: frozenset, audience: Audience, page: SitePage) -> set[tuple[str, int]]:
    """Those of the files that readers of `audience` could not open but for this version."""
    shown = Q()
    for kind in KINDS:
        shown |= Q(kind=kind, file_id__in=[number for each, number in uses if each == kind])
    places = defaultdict(set)
    for place, kind, number in FileUse.objects.filter(shown).values_list("page_id", "kind", "file_id"):
        places[kind, number].add(place)
    grants = Grant.objects.filter(page_id__in=FileUse.objects.filter(shown).values("page_id"))
    now = timezone.now()
    is_open = (Q(opens_at=None) | Q(opens_at__lte=now)) & (Q(closes_at=None) | Q(closes_at__gt=now))
    tokens, tokens_now = _by_page(grants), _by_page(grants.filter(is_open))
    same = {page.pk, page.alias_of_id}
    return {
        file
        for file, its_places in places.items()
        if any(not _covers(tokens[place], audience) for place in its_places - same if place in tokens)
        and not any(_covers(tokens_now[place], audience) for place in its_places if place in tokens_now)
    }


def _by_page(grants) -> dict[int, set[str]]:
    tokens = defaultdict(set)
    for place, token in grants.values_list("page_id", "token"):
        tokens[place].add(token)
    return tokens


def _covers(tokens: set[str], audience: Audience) -> bool:
    """Whether a page that these tokens open is at least as wide, e.g. one for the staff against one for a unit."""
    if PUBLIC in tokens:
        return True
    if STAFF in tokens:
        return audience.level != PUBLIC
    return audience.tokens - {OFFICE} <= tokens
