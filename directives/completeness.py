"""What a document still lacks, as sentences for its editor. Nothing here ever blocks publication."""

from django.db.models import Model

from home.page_policy import choosable_pages
from search.visibility import PUBLIC

LABELS = (
    ("kind", "Loại văn bản"),
    ("number", "Số (chưa cấp số)"),
    ("notation", "Ký hiệu"),
    ("abstract", "Trích yếu"),
    ("issuer_name", "Cơ quan ban hành"),
    ("place", "Địa danh"),
    ("signers", "Người ký"),
    ("recipients", "Nơi nhận"),
    ("body", "Toàn văn"),
    ("attachments", "Tệp đính kèm (bản gốc đã ký)"),
    ("unit", "Đơn vị soạn thảo"),
)
MOST_TWINS = 3
DATE_GAPS = {
    "none": "Ngày, tháng, năm ban hành",
    "year": "Ngày, tháng ban hành (mới rõ năm)",
    "month": "Ngày ban hành (mới rõ tháng)",
}


def missing_in(page: Model) -> list[str]:
    """What is not known yet, e.g. `["Số (chưa cấp số)", "Ngày, tháng ban hành (mới rõ năm)"]`.

    A page type adds its own gaps with `own_gaps()`.
    """
    gaps = [label for name, label in LABELS if not getattr(page, name)]
    precision = page.issued_on.precision if page.issued_on else "none"
    if precision in DATE_GAPS:
        gaps.insert(2, DATE_GAPS[precision])
    if page.issuer_name and not page.issuer_id:
        gaps.append("Cơ quan ban hành trong danh mục (mới có tên như in)")
    return gaps + (page.own_gaps() if hasattr(page, "own_gaps") else [])


def said_of_twins(page: Model, user, besides: int | None = None) -> list[str]:
    """A sentence for each other document with this number of the same organ and year; a warning, never a bar.

    Shape: `besides` is the page that was made of this one, which is no other document.
    Those that the person may neither read nor edit are said once and not named.
    """
    twins = page.same_numbered()
    if besides is not None:
        twins = twins.exclude(pk=besides)
    known = list(choosable_pages(twins, user).order_by("pk")[:MOST_TWINS])
    start = f"Trùng số, ký hiệu {page.printed_number} với"
    said = [f"{start} văn bản đã có của cùng cơ quan trong năm: “{twin.title}”." for twin in known]
    if len(known) < MOST_TWINS and twins.exclude(pk__in=choosable_pages(twins, user).values("pk")).exists():
        said.append(f"{start} một văn bản của cùng cơ quan trong năm, ngoài phạm vi ông/bà phụ trách.")
    return said


def warnings_for(page: Model, user) -> list[str]:
    """What looks wrong, e.g. a number that another document of the same organ and year already bears."""
    messages = said_of_twins(page, user)
    if (mark := _internal_mark(page)) and page.audience == PUBLIC:
        messages.append(f"Bản gốc có dấu “{mark}” nhưng trang để công khai: chỉ duyệt khi cơ quan ban hành cho phép.")
    if not page.is_not_secret:
        messages.append("Chưa xác nhận văn bản không chứa bí mật nhà nước.")
    return messages


def _internal_mark(page: Model) -> str:
    """The mark on the original that lets it circulate inside only, "" without one."""
    record = getattr(page, "intake_record", None) if page.pk else None
    return record.recognition.get("internal_mark", "") if record else ""
