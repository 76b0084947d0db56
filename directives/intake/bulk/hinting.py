"""What the register says, put beside what the file says: gaps filled, agreement noted, contradictions told."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict
from typing import Any

from directives.kind_codes import KIND_WORDS
from directives.recipients import parse_recipients
from search.vietnamese.dates import PartialDate, spell_short

from .agreement import same
from .registers import Row

PERSON = "person"
#: A register was written by a person, but maybe about another file.
FILLED, CONFIRMED, DOUBTED = 0.85, 0.97, 0.5
#: Without these a document cannot be found by what it is called.
NEEDED = {"number": "số", "notation": "ký hiệu", "issued_on": "ngày ban hành", "abstract": "trích yếu"}
LABELS = NEEDED | {
    "kind": "loại văn bản", "agency": "cơ quan ban hành", "signer": "người ký", "urgency": "độ khẩn",
    "recipients": "nơi nhận", "unit": "đơn vị soạn",
}  # fmt: skip
_URGENCIES = {"Khẩn": "1", "Thượng khẩn": "2", "Hỏa tốc": "3"}
_UNCOMPARED = {"separator", "is_secret", "recipients", "unit"}
Fields = dict[str, dict[str, Any]]


def apply_row(reading: Mapping[str, Any], row: Row, unit_code: str = "") -> tuple[dict[str, Any], list[str]]:
    """The reading with the register's values in it, and the contradictions as sentences.

    Shape: `reading` as `Reading.to_json` wrote it, left untouched; a value of the register has the source
    "person" and the evidence "sổ, dòng 12"; applied twice it is as applied once.
    """
    facts: Fields = {name: dict(fact) for name, fact in (reading.get("facts") or {}).items()}
    recognition = dict(reading.get("recognition") or {})
    fields: Fields = {name: dict(found) for name, found in (recognition.get("fields") or {}).items()}
    evidence = f"sổ, dòng {row.line}"
    clashes = []
    for name, value in _comparable(row):
        held = facts.get(name)
        if held is None:
            facts[name] = _fact(value, FILLED, True, evidence)
        elif evidence in held["evidence"]:
            continue
        elif same(name, held["value"], value):
            facts[name] = _agreed(name, held, value, evidence)
        else:
            clashes.append(
                f"{LABELS[name]}: {evidence} ghi “{_said(name, value)}”, tệp ghi “{_said(name, held['value'])}”"
            )
            facts[name] = _contradicted(held, value, evidence)
        _carry_over(fields, name, facts[name], row)
    if unit_code and "drafting_unit_code" not in fields:
        fields["drafting_unit_code"] = _found(unit_code, FILLED, evidence)
    _fill_recipients(facts, fields, row, evidence)
    recognition |= {"fields": fields, "missing": _still_missing(recognition.get("missing") or [], fields)}
    return {**reading, "facts": facts, "recognition": recognition}, clashes


def _comparable(row: Row) -> Iterator[tuple[str, Any]]:
    return ((name, value) for name, value in row.values.items() if name not in _UNCOMPARED and value)


def _fact(value: Any, confidence: float, sure: bool, evidence: str) -> dict[str, Any]:
    return {"value": value, "source": PERSON, "confidence": confidence, "sure": sure, "evidence": evidence, "box": None}


def _found(value: Any, confidence: float, evidence: str) -> dict[str, Any]:
    return {"value": value, "source": PERSON, "confidence": confidence, "evidence": evidence}


def _agreed(name: str, held: dict, value: Any, evidence: str) -> dict:
    """Two witnesses; the register completes a date of which the file only knows the year."""
    is_fuller = name == "issued_on" and len(str(value)) > len(str(held["value"]))
    if is_fuller:
        return _fact(value, FILLED, True, f"{evidence} · {held['evidence']}")
    confidence = max(held["confidence"], CONFIRMED)
    return held | {"confidence": confidence, "sure": True, "evidence": f"{held['evidence']} · {evidence}".strip(" ·")}


def _contradicted(held: dict, value: Any, evidence: str) -> dict:
    """The file's own words stand; what was only guessed from a picture or a name gives way."""
    if held["source"] == "typed" or held["sure"]:
        return (
            held
            | {"sure": False, "confidence": min(held["confidence"], DOUBTED)}
            | {"evidence": f"{held['evidence']} · {evidence} ghi “{value}”"}
        )
    return _fact(value, DOUBTED, False, f"{evidence} · tệp ghi “{held['value']}”")


def _carry_over(fields: Fields, name: str, fact: dict, row: Row) -> None:
    """The same into the fields from which the page is filled, under their own names and ids."""
    own = "signatures" if name == "signer" else name
    if fact["source"] != PERSON and own in fields:
        return
    value = _IDS.get(name, lambda said: said)(fact["value"])
    if value:
        fields[own] = _found(value, fact["confidence"], fact["evidence"]) | {"source": fact["source"]}
    if name == "notation" and "separator" in row.values:
        fields["separator"] = _found(row.values["separator"], fact["confidence"], fact["evidence"])


def _signature(name: str) -> dict[str, Any]:
    blank = {"on_behalf_of": None, "standing_for": None, "office": None, "office_display": None}
    return {"authorities": [], "name": name, "is_signed": False, **blank}


_IDS: Mapping[str, Callable[[Any], Any]] = {
    "kind": lambda said: KIND_WORDS.get(str(said).lower(), ""),
    "urgency": lambda said: _URGENCIES.get(str(said), ""),
    "signer": lambda said: [_signature(str(name)) for name in (said if isinstance(said, list) else [said])],
}


def _fill_recipients(facts: Fields, fields: Fields, row: Row, evidence: str) -> None:
    listed = row.values.get("recipients")
    if not isinstance(listed, list) or "recipients" in fields or not listed:
        return
    facts["recipients"] = _fact(listed, FILLED, True, evidence)
    parsed = parse_recipients("\n".join(f"- {one};" for one in listed))
    fields["recipients"] = _found([asdict(one) for one in parsed], FILLED, evidence)


def _still_missing(missing: list[dict], fields: Fields) -> list[dict]:
    known = len(str(fields.get("issued_on", {}).get("value", "")).split("-")) if "issued_on" in fields else 0
    there = {*fields, *("year", "month", "day")[:known]}
    there |= {"signature"} if "signatures" in fields else set()
    return [gap for gap in missing if gap["code"] not in there]


def _said(name: str, value: Any) -> str:
    if name == "issued_on":
        return spell_short(PartialDate.from_iso(str(value)))
    text = "; ".join(map(str, value)) if isinstance(value, list) else str(value)
    return text if len(text) <= 80 else f"{text[:79].rsplit(' ', 1)[0]}…"


def gaps_in(reading: Mapping[str, Any]) -> list[str]:
    """What is needed and still not known, in words: `["ngày ban hành"]`."""
    facts = reading.get("facts") or {}
    return [label for name, label in NEEDED.items() if not facts.get(name, {}).get("value")]
