"""How an event reads to a person: the words of its action, its thing, its readers and its details."""

from home.audit.actions import LABELS
from home.models import AuditEvent
from search.models import KINDS
from search.visibility import LABELS as AUDIENCES
from search.visibility import PEOPLE, PUBLIC, STAFF, UNITS

KIND_NAMES = KINDS | {
    "file": "Tệp",
    "image": "Ảnh",
    "user": "Tài khoản",
    "group": "Vai trò",
    "record": "Danh mục, cài đặt",
    "list": "Danh sách",
    "audit": "Nhật ký",
}
NOT_ON_THE_SITE = "Chưa công bố"
DETAILS = {
    "revision": "phiên bản",
    "word": "mã việc",
    "source": "từ trang",
    "destination": "đến trang",
    "sha256": "giá trị băm",
    "role": "vai trò",
    "permissions": "quyền",
    "given": "thêm quyền",
    "taken": "bớt quyền",
    "page": "tại trang",
    "collection": "tại bộ tệp",
    "fields": "mục",
    "deed": "việc",
    "unit": "đơn vị",
    "from": "từ ngày",
    "until": "đến ngày",
    "mark": "dấu",
    "path": "địa chỉ",
    "form": "định dạng",
    "filters": "lọc theo",
    "through": "đến sự kiện",
    "removed": "số sự kiện",
    "rows": "số dòng",
    "by": "người chạy lệnh",
    "fault": "chỗ lệch",
    "reason": "lý do",
    "file": "tệp",
    "before": "trước",
    "after": "sau",
}


def action_name(event: AuditEvent) -> str:
    return LABELS.get(event.action, event.action)


def subject_name(event: AuditEvent) -> str:
    """The thing without its title, e.g. "Văn bản 39-CT/TW (mã 12)"."""
    number = f"(mã {event.object_id})" if event.object_id is not None else ""
    return " ".join(filter(None, (KIND_NAMES.get(event.kind, event.kind), event.label, number)))


def audience_name(event: AuditEvent) -> str:
    if event.audience:
        return AUDIENCES.get(event.audience, event.audience)
    return NOT_ON_THE_SITE if event.kind in KINDS else ""


def name_readers(tokens: str) -> str:
    """Audience tokens in words, e.g. `name_readers("office unit:7")` is "Đơn vị (mã 7)"."""
    held = tokens.split()
    if PUBLIC in held or STAFF in held:
        return AUDIENCES[PUBLIC if PUBLIC in held else STAFF]
    for prefix, level in (("unit:", UNITS), ("user:", PEOPLE)):
        if numbers := [token.removeprefix(prefix) for token in held if token.startswith(prefix)]:
            return f"{AUDIENCES[level]} (mã {', '.join(numbers)})"
    return "không ai"


def detail_text(event: AuditEvent) -> str:
    """The details on one line, e.g. "phiên bản: 41; trước: Nội bộ cơ quan; sau: Công khai"."""
    said = []
    for name, value in sorted(
        event.detail.items(), key=lambda pair: list(DETAILS).index(pair[0]) if pair[0] in DETAILS else 99
    ):
        shown = name_readers(str(value)) if name in ("before", "after") else value
        said.append(f"{DETAILS.get(name, name)}: {shown}")
    return "; ".join(said)
