"""What every template may say: dates as Vietnamese write them, icons, pictures, absolute addresses."""

import re
from collections.abc import Iterable
from datetime import date, datetime

from django import template
from django.conf import settings
from django.db.models import prefetch_related_objects
from django.utils import timezone
from django.utils.html import format_html, json_script
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator

from home.icons import SHAPES
from home.json_ld import department_organization
from home.models import PortalImage
from search.models import Entry
from search.vietnamese.dates import PartialDate, spell_blank, spell_long, spell_short, weekday_name
from search.vietnamese.display import bind_compounds

register = template.Library()
WIDTHS = {"l": "fill-1200x800", "s": "fill-480x360", "w": "fill-1200x600"}


@register.filter
def bind(text: str) -> str:
    """Display titles with their compounds held together, e.g. "thi\u00a0đua"."""
    return bind_compounds(str(text))


def _partial(value) -> PartialDate | None:
    if isinstance(value, datetime):
        value = timezone.localtime(value).date()
    if isinstance(value, date):
        return PartialDate(year=value.year, month=value.month, day=value.day)
    return value or None


@register.filter
def short_date(value) -> str:
    """ "05/03/2024", or "năm 2024" when that is all that is known."""
    day = _partial(value)
    return spell_short(day) if day else ""


@register.filter
def long_date(value) -> str:
    """ "ngày 05 tháng 3 năm 2024"."""
    day = _partial(value)
    return spell_long(day) if day else ""


@register.filter
def iso_date(value) -> str:
    """ "2024-03-05" for the machine-readable date of a time element."""
    day = _partial(value)
    return day.iso() if day else ""


@register.filter
def weekday(value: date) -> str:
    """ "Thứ Sáu"."""
    return weekday_name(value)


@register.simple_tag
def icon(name: str) -> SafeString:
    """A line icon, decoration beside a word."""
    return format_html('<svg class="ic" viewBox="0 0 24 24" aria-hidden="true">{}</svg>', mark_safe(SHAPES[name]))


@register.filter
def absolute(path: str) -> str:
    """The address with scheme and host, e.g. "http://127.0.0.1:8000/van-ban/"."""
    return path if "://" in path else f"{settings.SITE_ADDRESS}{path}"


@register.simple_tag
def picture(image: PortalImage | None, alt: str = "", size: str = "l", is_first: bool = False) -> SafeString:
    """An image at its two widths; all but the first wait until they are near the screen."""
    if image is None or not image.is_shown:
        return mark_safe("")
    spec = WIDTHS[size]
    large, small = image.get_renditions(f"{spec}|format-webp", f"{_halved(spec)}|format-webp").values()
    loading = 'fetchpriority="high"' if is_first else 'loading="lazy" decoding="async"'
    return format_html(
        '<img src="{}" srcset="{} {}w, {} {}w" sizes="{}" width="{}" height="{}" alt="{}" {}>',
        large.url, small.url, small.width, large.url, large.width, _sizes(size), large.width, large.height, alt,
        mark_safe(loading),
    )  # fmt: skip


def _halved(spec: str) -> str:
    width, height = spec.removeprefix("fill-").split("x")
    return f"fill-{int(width) // 2}x{int(height) // 2}"


def _sizes(size: str) -> str:
    return "10rem" if size == "s" else "(min-width: 60rem) 38rem, 100vw"


def prefetch_pictures(entries: Iterable[Entry]) -> list[Entry]:
    """The entries with the renditions of all their pictures loaded in one query."""
    rows = list(entries)
    prefetch_related_objects([row.picture for row in rows if row.picture], "renditions")
    return rows


@register.simple_tag
def json_ld(data: dict) -> SafeString:
    """Structured data for search engines, escaped so that no text can leave its script element."""
    return mark_safe(json_script(data).replace('type="application/json"', 'type="application/ld+json"'))


@register.filter
def page_address(archive, number: int) -> str:
    """The address of another page of a list, its filters kept, e.g. "?nam=2024&trang=2"."""
    return archive.address(trang=str(number) if number > 1 else "")


@register.filter
def page_numbers(page) -> list[int | None]:
    """Page numbers with None for a gap, e.g. [1, None, 4, 5, 6, None, 9]."""
    marks = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return [mark if isinstance(mark, int) else None for mark in marks]


@register.filter
def blank_date(value: PartialDate | None) -> str:
    """The date of a document head, gaps where it is not known: "ngày … tháng … năm 2024"."""
    return spell_blank(value) if value else spell_blank(PartialDate(None, None, None))


@register.filter
def opening(text: str, length: int) -> str:
    """The beginning of a text up to the last pause that fits, e.g. "Rà soát thủ tục; cắt giảm thời gian…"."""
    line = " ".join(str(text).split())
    if len(line) <= length:
        return line
    pauses = [mark.end() for mark in re.finditer(r"\w(?=[.;,] )", line[: length + 2])]
    if not pauses or pauses[-1] < length / 2:
        return Truncator(line).chars(length)
    end = pauses[-1]
    return line[: end + 1] if line[end] == "." else f"{line[:end]}…"


@register.filter
def file_size(bytes_held: int | None) -> str:
    """The size of a file as people say it, e.g. "67 KB", "2,2 MB"."""
    size = bytes_held or 0
    if size < 1024:
        return f"{size} byte"
    return f"{round(size / 1024)} KB" if size < 1024**2 else f"{size / 1024**2:.1f} MB".replace(".", ",")


@register.simple_tag(takes_context=True)
def directory(context) -> list[Entry]:
    """The units of the front page in the order of the tree, in one query; `byline` is the unit's code."""
    rows = Entry.objects.visible_to(context["request"].user).filter(kind="unit").exclude(state_claim="closed")
    return list(rows.exclude(type_key__in=("department", "leadership")).order_by("page__path"))


@register.simple_tag
def organization_json_ld(department) -> dict:
    """The department for search engines."""
    return department_organization(department, f"{settings.SITE_ADDRESS}/")
