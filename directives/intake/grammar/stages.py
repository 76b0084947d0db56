"""When a campaign is launched, reviewed and closed, and until when units register."""

import re

from search.vietnamese.dates import possible_date
from search.vietnamese.letters import fold, plain_signs

from .found import Found
from .sentences import sentence_at

_REGISTERING = r"dang ky (?:thi dua|giao uoc|danh hieu)|ky (?:ket )?giao uoc"
# A review report has a day of its own; the day of the report is not the day of the review.
_REVIEWING = r"(?<!bao cao )(?<!hoi nghi )(?:so ket|tong ket(?! kinh nghiem))"
_EVENT = re.compile(rf"\b(?:(?P<pledge>{_REGISTERING})|(?P<review>{_REVIEWING})|(?P<launch>phat dong))\b")
_BEFORE_DATE = r"(?:\b(?:truoc|vao|trong|cham nhat|hoan thanh|xong)\s+|[:(]\s*)(?:la\s+)?"
_DATE = (
    r"(?:(?:ngay\s+)?(?P<day>\d{1,2})(?:\s*[/.-]\s*|\s+thang\s+)(?P<month>\d{1,2})"
    r"(?:(?:\s*[/.-]\s*|\s+nam\s+)(?P<year>20\d\d))?"
    r"|thang\s+(?P<only>\d{1,2})(?:(?:\s*[/-]\s*|\s+nam\s+)(?P<its>20\d\d))?)(?![\d/%])"
)
_DATED = re.compile(rf"(?P<gap>[^.;\n]{{0,80}}?){_BEFORE_DATE}{_DATE}")
_BASIS = re.compile(r"^\W*(?:can cu|thuc hien (?:thong bao|ket luan|ke hoach|chi thi|cong van))\b")
_LAUNCH_REACH = 30


def read_stages(text: str, year: Found | None) -> dict[str, Found]:
    """`stages` and `pledge_deadline`, as in `stages[0] == {"kind": "interim", "held_on": "2025-07-15", …}`.

    Shape: `kind` is launch, interim or final; `held_on` an ISO date known to the day or the month;
    stages go by date. `pledge_deadline` is an ISO date known to the day.
    """
    folded = fold(plain_signs(text))
    stages: list[dict[str, str]] = []
    fields: dict[str, Found] = {}
    for event in _EVENT.finditer(folded):
        held_on = _date_after(folded, event, year.value if year else None)
        evidence = sentence_at(text, event.start())
        if not held_on or _BASIS.match(fold(evidence)):
            continue
        if not event["pledge"]:
            stages.append({"kind": _kind(event), "held_on": held_on, "evidence": evidence})
        elif len(held_on) == len("2025-02-28"):
            fields.setdefault("pledge_deadline", Found(held_on, "typed", 0.85, evidence))
    if stages:
        stages = _once(sorted(stages, key=lambda stage: stage["held_on"]))
        fields["stages"] = Found(stages, "typed", 0.85, _joined(stages))
    return fields


def _kind(event: re.Match[str]) -> str:
    if event["launch"]:
        return "launch"
    return "interim" if event["review"].startswith("so") else "final"


def _date_after(folded: str, event: re.Match[str], year: int | None) -> str:
    """The ISO date that follows an event in its own clause; "" when there is none to rely on."""
    match = _DATED.match(folded, event.end())
    if not match or _EVENT.search(match["gap"]) or (event["launch"] and len(match["gap"]) > _LAUNCH_REACH):
        return ""
    said = match["year"] or match["its"] or (str(year) if year else "")
    date = possible_date(said, match["month"] or match["only"], match["day"])
    # What an earlier year did is history, not a stage of this campaign.
    is_past = bool(year and date.year and date.year < year)
    wanted = "day" if match["day"] else "month"
    return date.iso() if date.precision == wanted and not is_past else ""


def _once(stages: list[dict[str, str]]) -> list[dict[str, str]]:
    seen = {(stage["kind"], stage["held_on"]): stage for stage in reversed(stages)}
    return list(reversed(seen.values()))


def _joined(stages: list[dict[str, str]]) -> str:
    return "\n".join(dict.fromkeys(stage["evidence"] for stage in stages))
