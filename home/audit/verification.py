"""Is the chain whole: every row sealed over the one before, from the last checkpoint to the signed head."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.db.models import Subquery

from home.audit import anchor, triggers
from home.audit.events import FIRST, SEALED, is_signed, seal
from home.models import AuditCheckpoint, AuditEvent, AuditHead

BATCH = 1_000


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the chain: behind this event the next one must follow."""

    sequence: int
    digest: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a check found, e.g. `Verdict(812, "", (), Place(812, "7dc0…"))` for a whole chain; else the first fault
    as a sentence, and the triggers that are missing. A warning is what could not be checked."""

    checked: int
    fault: str = ""
    warnings: tuple[str, ...] = ()
    end: Place = Place(0, FIRST)


class Broken(Exception):
    """The first place at which the chain does not hold."""


def verify(expected: anchor.Anchor | None = None) -> Verdict:
    """Walk the chain while others may be adding to it; `expected` is an end that was kept somewhere else."""
    gone, (noted, untrue) = _missing_triggers(), _noted_ends()
    verdict = _verify_chain(noted, expected, is_warned=bool(untrue))
    # Somebody who takes the triggers away does so to change rows: which ones is the answer that is sought. And the
    # chain is walked without its notes too: after a move whoever lost them has to know whether the rest is whole.
    faults = "; ".join(filter(None, (untrue, verdict.fault, gone)))
    return replace(verdict, fault=faults)


def _verify_chain(noted: dict[str, anchor.Anchor], expected: anchor.Anchor | None, is_warned: bool) -> Verdict:
    checked, warnings = 0, []
    try:
        place = _beginning()
        if not noted and not is_warned and _signed_head().sequence:
            warnings.append(f"chưa có {anchor.OUTSIDE} ({anchor.SHOWN_PATH}), nên không biết đuôi có bị cắt hay không")
        if expected and expected.sequence <= place.sequence:
            warnings.append(f"sự kiện {expected.sequence} đã xóa vì quá hạn, không đối chiếu được")
        elif expected:
            noted["mốc được đưa vào"] = expected
        ahead = {name: each for name, each in noted.items() if each.sequence > place.sequence}
        while True:
            head = _signed_head()
            for each in _walk(place, head.sequence):
                place, checked = each, checked + 1
                _hold_against(place, ahead)
            if (place.sequence, place.digest) != (head.sequence, head.digest):
                raise Broken(f"đuôi bị cắt: sau sự kiện {place.sequence} còn phải có đến sự kiện {head.sequence}")
            if _signed_head().sequence == head.sequence:
                break
        _check_end(place, ahead)
    except Broken as broken:
        return Verdict(checked, str(broken), tuple(warnings))
    return Verdict(checked, "", tuple(warnings), place)


def _hold_against(place: Place, noted: dict[str, anchor.Anchor]) -> None:
    for name, each in noted.items():
        if each.sequence == place.sequence and each.digest != place.digest:
            raise Broken(f"sự kiện {place.sequence} không phải là sự kiện đã ghi vào {name}")


def _missing_triggers() -> str:
    gone = ", ".join(triggers.missing())
    return f"cơ sở dữ liệu thiếu khóa chống sửa ({gone}), chạy lại manage.py migrate" if gone else ""


def _beginning() -> Place:
    """The place behind which the kept events begin."""
    last = AuditCheckpoint.objects.order_by("-through").first()
    if last is None:
        return Place(0, FIRST)
    if not is_signed(last.signature, "checkpoint", last.through, last.digest, last.removed, last.at.isoformat()):
        raise Broken(f"mốc xóa phần quá hạn đến sự kiện {last.through} không do cổng lập (chữ ký sai)")
    if AuditEvent.objects.filter(sequence__lte=last.through).exists():
        raise Broken(f"còn sự kiện nằm trước mốc đã xóa đến {last.through}")
    return Place(last.through, last.digest)


def _signed_head() -> Place:
    head = AuditHead.objects.filter(pk=AuditHead.ONLY).first()
    if head is None:
        return Place(0, FIRST)
    is_untouched = head.sequence == 0 and head.digest == FIRST
    if not is_untouched and not is_signed(head.signature, "head", head.sequence, head.digest):
        raise Broken(f"chữ ký ở đầu nhật ký (sự kiện {head.sequence}) sai")
    return Place(head.sequence, head.digest)


def _walk(place: Place, last: int) -> Iterator[Place]:
    """Every place up to the last, each held against the one before."""
    columns = (*SEALED, "digest")
    while place.sequence < last:
        rows = AuditEvent.objects.filter(sequence__gt=place.sequence, sequence__lte=last).order_by("sequence")
        batch = list(rows.values(*columns)[:BATCH])
        if not batch:
            return
        for row in batch:
            number = place.sequence + 1
            if row["sequence"] != number:
                raise Broken(f"thiếu sự kiện {number}")
            if row["previous"] != place.digest:
                raise Broken(f"sự kiện {number} không nối tiếp sự kiện trước nó")
            if seal(row) != row["digest"]:
                raise Broken(f"sự kiện {number} đã bị sửa")
            place = Place(number, row["digest"])
            yield place


def _check_end(place: Place, noted: dict[str, anchor.Anchor]) -> None:
    for name, each in noted.items():
        if each.sequence > place.sequence:
            raise Broken(f"đuôi bị cắt: {name} ghi đến sự kiện {each.sequence}, nay chỉ còn đến {place.sequence}")
    end = AuditHead.objects.filter(pk=AuditHead.ONLY).values("sequence")
    stray = AuditEvent.objects.filter(sequence__gt=Subquery(end)).order_by("sequence").first()
    if stray:
        raise Broken(f"sự kiện {stray.sequence} bị chèn vào sau đuôi")


def _noted_ends() -> tuple[dict[str, anchor.Anchor], str]:
    """The noted ends, or none and why they are not to be trusted."""
    try:
        return anchor.noted_ends(), ""
    except anchor.Untrue as untrue:
        return {}, str(untrue)
