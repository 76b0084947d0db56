"""The same file, and the same number, a second time: the first is told instead of kept, the second only said."""

from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone
from wagtail.models import Page

from directives.models import DirectivePage, IntakeRecord, IntakeState
from home.models import PortalDocument
from home.page_policy import choosable_pages
from search.models import FileUse
from search.vietnamese.letters import fold

from .record_access import own_records

#: Records that hold nothing of their file.
_EMPTY = (IntakeState.TWIN, IntakeState.REFUSED, IntakeState.FAILED, IntakeState.CANCELLED)


def wait_for_others(sha256: str) -> None:
    """Until the end of the transaction nobody else takes in the same bytes. SQLite has one writer at a time anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [int(sha256[:15], 16)])


def earlier_record(sha256: str) -> IntakeRecord | None:
    """The record that holds a file of the same bytes already."""
    return _holding(sha256).first()


def _holding(sha256: str) -> QuerySet[IntakeRecord]:
    held = IntakeRecord.objects.filter(sha256=sha256).exclude(state__in=_EMPTY)
    return held.select_related("page", "document").defer("reading").order_by("created_at", "pk")


def page_with_file(sha256: str) -> Page | None:
    """A published page that shows a file of the same bytes, brought in some other way."""
    files = PortalDocument.objects.filter(sha256=sha256)
    used = FileUse.objects.filter(kind=FileUse.FILE, file_id__in=files.values("pk"))
    return Page.objects.filter(pk__in=used.values("page_id")).order_by("pk").first()


def said_of_twin(sha256: str, user) -> str:
    """Why a file is not taken in again, e.g. "Trùng với tệp đã có ở trang “Kế hoạch …”."; "" for a new one.

    Shape: also "" when the person may meet neither the page nor the record: whoever holds the file is then not told,
    and it is taken in as this person's own.
    """
    pages = [held.page for held in _holding(sha256) if held.page_id]
    page = next((page for page in [*pages, page_with_file(sha256)] if page is not None and knows(user, page)), None)
    if page is not None:
        return f"Tệp này đã có ở trang “{page.title}”."[:500]
    held = _holding(sha256)
    if user is not None:
        held = held.filter(pk__in=own_records(user).order_by().values("pk"))
    record = held.first()
    return f"Tệp này đã được nhập ngày {timezone.localtime(record.created_at):%d/%m/%Y}." if record else ""


def said_of_number(reading, user) -> str:
    """A warning that a document of this number, notation, year and issuer is here; "" when there is none."""
    found = reading.recognition
    number, notation = found.value("number", ""), found.value("notation", "")
    year = str(found.value("issued_on", ""))[:4]
    if not (number and notation and year):
        return ""
    alike = DirectivePage.objects.filter(number=number, notation__iexact=notation, issued_on__startswith=year)
    agency = fold(str(found.value("agency", "")))
    for page in alike[:20]:
        if (not agency or not page.issuer_name or fold(page.issuer_name) == agency) and knows(user, page):
            return f"Số, ký hiệu {page.printed_number} trùng với văn bản đã có cùng năm: “{page.title}”."
    return ""


def knows(user, page: Page) -> bool:
    """Whether a person may be told the title of a page."""
    return user is None or choosable_pages(Page.objects.filter(pk=page.pk), user).exists()
