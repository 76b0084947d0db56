"""What a person typed, laid over what was recognised, so that everything drawn from it follows."""

from dataclasses import asdict, replace
from typing import Any

from directives.intake.filling import signer_block
from directives.intake.grammar.found import Found
from directives.intake.recognition import Recognition
from directives.intake.signer_lines import read_signer, type_signer
from directives.recipients import parse_recipients
from home.partial_dates import PartialDate

_SOURCES = {"issuer_name": "agency", "parent_issuer_name": "parent_agency"}
_SAME = ("number", "separator", "notation", "place", "abstract", "addressees", "urgency")


def overlay(recognition: Recognition, typed: dict[str, Any]) -> Recognition:
    """The recognition with typed values, as in `overlay(recognition, {"number": "12"}).value("number") == "12"`.

    Shape: values as the form cleaned them; one that a person emptied is no longer there.
    """
    values = {name: typed[name] for name in _SAME if name in typed}
    values |= {source: typed[name] for name, source in _SOURCES.items() if name in typed}
    if "issued_on" in typed:
        values["issued_on"] = _iso(typed["issued_on"])
    if "signers" in typed:
        values["signatures"] = _signatures(typed["signers"], recognition)
    if "recipients" in typed:
        values["recipients"] = _recipients(typed["recipients"], recognition)
    fields = {name: found for name, found in recognition.fields.items() if name not in values}
    if "signatures" in values:
        fields.pop("signature", None)
    fields |= {name: Found(value, "person", 1.0, "") for name, value in values.items() if value}
    return replace(recognition, fields=fields)


def _iso(day: PartialDate | None) -> str:
    return day.iso() if day else ""


def _signatures(lines: list[str], recognition: Recognition) -> list[dict]:
    """A line that nobody changed keeps all that was recognised of it."""
    known = {type_signer(signer_block(row)): row for row in recognition.value("signatures", [])}
    return [known.get(line) or _typed_signature(line) for line in lines]


def _typed_signature(line: str) -> dict:
    row = read_signer(line)
    return row | {"standing_for": "", "office_display": row["office"]}


def _recipients(lines: list[str], recognition: Recognition) -> list[dict]:
    known = {row["raw"].strip(" -;."): row for row in recognition.value("recipients", [])}
    rows = []
    for line in lines:
        parsed = parse_recipients(f"- {line}")
        rows += [known[line]] if line in known else [asdict(row) | {"purpose": row.purpose or ""} for row in parsed]
    return rows
