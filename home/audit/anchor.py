"""The end of the chain noted in two places: outside the database, where who cuts the tail off there does not reach,
and inside it, where it is remembered that there must be a note outside.
"""

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings
from django.db import transaction

from home.audit.events import is_signed, sign
from home.models import AuditHead

OUTSIDE, INSIDE = "mốc ngoài cơ sở dữ liệu", "mốc ghi trong cơ sở dữ liệu"
SHOWN_PATH = "var/nhat-ky/moc.json"
#: What whoever looks after the server does about it.
REMEDY = (
    "Nếu vừa chuyển máy chủ hoặc phục hồi cơ sở dữ liệu, hãy chép lại thư mục var/nhat-ky của máy cũ; không còn thì đối"
    ' chiếu bằng manage.py audit_verify --expect, rồi lập lại mốc bằng manage.py audit_verify --accept "lý do"'
)


class Untrue(ValueError):
    """A note that this site did not write, or that is gone; the sentence says which."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """What the end of the chain once was, e.g. `Anchor(812, "7dc0…")`."""

    sequence: int
    digest: str


def file() -> Path:
    return Path(settings.VAR_DIR) / "nhat-ky" / "moc.json"


def drop(anchor: Anchor, is_accepted: bool = False) -> bool:
    """Note this end of the chain; an earlier one than the noted takes its place only when it was accepted."""
    noted = None if is_accepted else read()
    if noted and noted.sequence >= anchor.sequence:
        return False
    file().parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    part = file().with_suffix(f".{os.getpid()}")
    part.write_text(json.dumps(asdict(anchor) | {"signature": sign("anchor", anchor.sequence, anchor.digest)}))
    part.chmod(0o600)
    part.replace(file())
    return True


@transaction.atomic
def remember(anchor: Anchor, is_accepted: bool = False) -> None:
    """Remember in the database what was noted outside, after it stands there."""
    values = asdict(anchor) | {"signature": sign("noted", anchor.sequence, anchor.digest)}
    noted = AuditHead.objects.filter(pk=AuditHead.NOTED)
    changed = noted if is_accepted else noted.filter(sequence__lt=anchor.sequence)
    if not changed.update(**values) and not noted.exists():
        AuditHead.objects.bulk_create([AuditHead(pk=AuditHead.NOTED, **values)], ignore_conflicts=True)


def read() -> Anchor | None:
    """The end noted outside; None where none was noted yet. Errors: Untrue when this site did not write it."""
    if not file().is_file():
        return None
    try:
        said = json.loads(file().read_text())
        anchor, signature = Anchor(said["sequence"], said["digest"]), said["signature"]
    except (KeyError, TypeError, UnicodeDecodeError, json.JSONDecodeError) as error:
        raise Untrue(f"{OUTSIDE} ({SHOWN_PATH}) đã bị sửa") from error
    if not is_signed(signature, "anchor", anchor.sequence, anchor.digest):
        raise Untrue(f"{OUTSIDE} ({SHOWN_PATH}) đã bị sửa")
    return anchor


def remembered() -> Anchor | None:
    """The end remembered inside; None where none was noted yet. Errors: Untrue when this site did not write it."""
    row = AuditHead.objects.filter(pk=AuditHead.NOTED).first()
    if row is None:
        return None
    if not is_signed(row.signature, "noted", row.sequence, row.digest):
        raise Untrue(f"{INSIDE} đã bị sửa")
    return Anchor(row.sequence, row.digest)


def noted_ends() -> dict[str, Anchor]:
    """Every noted end by the words for its place.

    Errors: Untrue when one was changed, or when the note outside is gone although it was written once.
    """
    inside, outside = remembered(), read()  # in this order: what is remembered was noted outside before
    if inside and not outside:
        raise Untrue(f"{OUTSIDE} ({SHOWN_PATH}) đã mất, dù từng ghi đến sự kiện {inside.sequence}")
    return {place: each for place, each in ((OUTSIDE, outside), (INSIDE, inside)) if each}


def doubt() -> str:
    """Why notes and chain disagree, as far as it shows without walking the chain; "" where they agree.

    Example: "mốc ngoài cơ sở dữ liệu ghi đến sự kiện 812, nay chỉ còn đến 700" after an older copy was restored.
    """
    try:
        ends = noted_ends()
    except Untrue as untrue:
        return str(untrue)
    head = AuditHead.objects.filter(pk=AuditHead.ONLY).first()
    last = head.sequence if head else 0  # read after the notes, which never run ahead of it
    cut = (
        f"{place} ghi đến sự kiện {each.sequence}, nay chỉ còn đến {last}"
        for place, each in ends.items()
        if each.sequence > last
    )
    return next(cut, "")
