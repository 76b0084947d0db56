"""What the frame of every page needs: the department, how the reader wants to see the page, the day."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models.signals import post_delete, post_save
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from home.models import Department
from search.remembered import Remembered

SECTIONS = (
    ("phong-trao", "Phong trào thi đua"),
    ("van-ban", "Văn bản"),
    ("guong-dien-hinh", "Gương điển hình"),
    ("don-vi", "Đơn vị"),
    ("tin-tuc", "Tin tức"),
    ("kho-luu-tru", "Kho lưu trữ"),
)


@dataclass(frozen=True, slots=True)
class Display:
    """How a reader wants the page, from cookies, e.g. `Display(has_contrast=True, text_size=1)`."""

    has_contrast: bool = False
    text_size: int = 0

    @classmethod
    def of(cls, request: HttpRequest) -> "Display":
        size = request.COOKIES.get("co-chu", "0")
        return cls(request.COOKIES.get("tuong-phan") == "1", int(size) if size in ("0", "1", "2") else 0)

    @property
    def larger(self) -> int:
        return min(self.text_size + 1, 2)

    @property
    def smaller(self) -> int:
        return max(self.text_size - 1, 0)


department = Remembered(Department.load, seconds=5)


def forget_department(**kwargs: object) -> None:
    """Read the department again: at once, and once more when the change is there for everybody."""
    department.forget()
    transaction.on_commit(department.forget)


for _signal in (post_save, post_delete):
    _signal.connect(forget_department, sender=Department, dispatch_uid="frame_department")


def site_frame(request: HttpRequest) -> dict[str, object]:
    """The variables of base.html; the department is only loaded where a template asks for it."""
    return {
        "department": SimpleLazyObject(department),
        "display": Display.of(request),
        "today": timezone.localdate(),
        "sections": SECTIONS,
        "section": request.path.strip("/").split("/")[0],
    }
