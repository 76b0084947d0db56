"""The fields of a document as a person checks them: value, where it comes from, how sure, what speaks for it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from directives.citations import find_citations
from directives.kind_codes import KIND_WORDS
from search.extraction.pages import DigitalSignature
from search.vietnamese.letters import fold
from search.vietnamese.people import has_family_name

from .grammar.file_names import NameHints, hints_of
from .grammar.found import Found
from .grammar.printed_head import with_strokes
from .places import Spot

TYPED, READ, NAMED, SIGNED = "typed", "ocr", "file_name", "signature"
_SURE = 0.75
_AUTHORITIES = {
    "thay_mat": "TM.", "ky_thay": "KT.", "thua_lenh": "TL.", "thua_uy_quyen": "TUQ.", "quyen": "Q.",
}  # fmt: skip
_URGENCIES = {"1": "Khẩn", "2": "Thượng khẩn", "3": "Hỏa tốc"}
_NAMES = {slug: word[:1].upper() + word[1:] for word, slug in KIND_WORDS.items()} | {
    "phat_dong": "Phát động", "thu_moi": "Thư mời", "thu_cong": "Thư công", "loi_keu_goi": "Lời kêu gọi",
    "tuyen_bo": "Tuyên bố", "tieu_chuan": "Tiêu chuẩn",
}  # fmt: skip
_ATTACHED = re.compile(r"\bkem theo\b")
_MENTION = 200
_BETWEEN = 4
_SIGNED_AT = re.compile(r"(?:thoi gian ky|ngay ky)\s*:\s*(\d{1,2})[./-](\d{1,2})[./-]((?:19|20)\d\d)")


@dataclass(frozen=True, slots=True)
class Fact:
    """`Fact("131", "file_name", 0.6, sure=False, evidence="QĐ 131.pdf")`.

    Shape: `source` is "typed", "ocr", "file_name" or "signature"; `sure` tells that a person need not look;
    `box` tells where it stands, None where the file knows no places.
    Units: `confidence` from 0 to 1.
    """

    value: Any
    source: str
    confidence: float
    sure: bool
    evidence: str
    box: Spot | None = None

    def to_json(self) -> dict[str, Any]:
        """`{"value": …, "source": "typed", "confidence": 0.95, "sure": true, "evidence": …, "box": null}`"""
        return asdict(self) | {"confidence": round(self.confidence, 2)}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "Fact":
        """The fact that `to_json` wrote."""
        return cls(**data | {"box": tuple(data["box"]) if data["box"] else None})


def kind_name(slug: str) -> str:
    """The printed name of a kind: `kind_name("ke_hoach") == "Kế hoạch"`."""
    return _NAMES.get(slug, slug.replace("_", " ").capitalize())


def facts_of(
    base: Mapping[str, Found],
    printed: Mapping[str, Found],
    text: str,
    file_name: str,
    is_read: bool,
    signatures: Sequence[DigitalSignature] = (),
) -> tuple[dict[str, Fact], list[str]]:
    """The fields of a document, those not found left out, and warnings for people.

    Shape: the names are those of `read_document`; `base` was read from its blocks, `printed` from its lines;
    `is_read` tells that its first page is a picture; `signatures` suggest what the text does not tell.
    """
    facts = _chosen(_plain_fields(base), _plain_fields(printed), is_read)
    warnings: list[str] = []
    _confirm_by_own_words(facts, text)
    _add_hints(facts, hints_of(file_name), file_name, warnings)
    _add_signing(facts, text)
    _add_signatures(facts, signatures, warnings)
    if "number" in facts and "notation" not in facts:
        facts["number"] = replace(facts["number"], sure=False)
    return facts, warnings


def _plain_fields(fields: Mapping[str, Found]) -> dict[str, Found]:
    """The fields under the names people use, with printed words for the ids of the grammar."""
    plain = {name: fields[name] for name in _KEPT if name in fields}
    if "agencies" in fields:
        plain["agency"] = fields["agencies"]
    if "notation" in plain and "kind" in plain:
        notation = plain["notation"]
        plain["notation"] = replace(notation, value=with_strokes(notation.value, plain["kind"].value))
    if "kind" in plain:
        plain["kind"] = replace(plain["kind"], value=kind_name(plain["kind"].value))
    if "urgency" in plain:
        plain["urgency"] = replace(plain["urgency"], value=_URGENCIES[plain["urgency"].value])
    if "recipients" in plain:
        plain["recipients"] = replace(plain["recipients"], value=[one["raw"] for one in plain["recipients"].value])
    if "circulation" in fields:
        plain["secrecy"] = replace(fields["circulation"], value="Lưu hành nội bộ")
    if "signatures" in fields:
        plain |= _signing_fields(fields["signatures"])
    return plain


_KEPT = (
    "agency", "parent_agency", "place", "number", "notation", "issued_on", "kind", "abstract", "addressees",
    "recipients", "urgency",
)  # fmt: skip


def _signing_fields(found: Found) -> dict[str, Found]:
    names = [one["name"] for one in found.value if one["name"]]
    offices = [one["office_display"] or one["office"] for one in found.value if one["office"]]
    marks = [_AUTHORITIES[mark] for one in found.value[:1] for mark in one["authorities"]]
    read = {"signer": names, "office": offices, "authority": marks}
    return {name: replace(found, value=_one_or_all(values)) for name, values in read.items() if values}


def _one_or_all(values: list[str]) -> str | list[str]:
    return values[0] if len(values) == 1 else values


def _chosen(base: Mapping[str, Found], printed: Mapping[str, Found], is_read: bool) -> dict[str, Fact]:
    """Of two readings of the same paper the one that suits its source, surer where both agree."""
    first, second = (printed, base) if is_read else (base, printed)
    facts = {}
    for name in [*dict.fromkeys((*first, *second))]:
        found = _whole_office(name, first.get(name) or second[name], second.get(name))
        agree = name in first and name in second and _same(first[name].value, second[name].value)
        facts[name] = _fact(name, found, is_read, agree)
    return facts


def _whole_office(name: str, found: Found, other: Found | None) -> Found:
    """An office that runs over to a second line, from whichever reading saw that."""
    is_longer = name == "office" and other and isinstance(found.value, str) and isinstance(other.value, str)
    return other if is_longer and other and other.value.startswith(f"{found.value} ") else found


def _fact(name: str, found: Found, is_read: bool, agree: bool) -> Fact:
    confidence = found.confidence
    if not is_read:
        confidence = min(0.99, confidence + 0.04 * agree)
        return Fact(found.value, TYPED, confidence, confidence >= _SURE, found.evidence)
    confidence = min(confidence, 0.9) if agree else 0.8 * min(confidence, 0.9)
    if name in ("number", "issued_on"):
        # Both are written by hand on most scans: one reading of them is never enough.
        return Fact(found.value, READ, min(confidence, 0.7), False, found.evidence)
    return Fact(found.value, READ, confidence, agree and confidence >= _SURE, found.evidence)


def _same(one: Any, other: Any) -> bool:
    return _comparable(one) == _comparable(other)


def _comparable(value: Any) -> str:
    text = " ".join(value) if isinstance(value, list) else str(value)
    return re.sub(r"[^a-z0-9]", "", fold(text))


def _confirm_by_own_words(facts: dict[str, Fact], text: str) -> None:
    """Number and date from "(Kèm theo Kế hoạch số 12/KH-SYT ngày …)" over an appendix: a second witness."""
    notation = facts.get("notation")
    if notation is None:
        return
    for mention in _ATTACHED.finditer(fold(text)):
        nearby = find_citations(text[mention.start() : mention.end() + _MENTION])
        # What follows later is another document that the text cites.
        citation = nearby[0] if nearby and nearby[0].start <= len(mention[0]) + _BETWEEN else None
        number = citation.number if citation else None
        if citation is None or number is None or not number.number or number.notation != notation.value:
            continue
        own = facts.get("number")
        if own is not None and own.value != number.number and not _is_hint(own, number.number):
            continue
        _witness(facts, "number", number.number, citation.text)
        if citation.issued_on and citation.issued_on.iso():
            _witness(facts, "issued_on", citation.issued_on.iso(), citation.text)
        return


def _witness(facts: dict[str, Fact], name: str, value: str, evidence: str) -> None:
    known = facts.get(name)
    source = facts["notation"].source
    if known is None or (known.source == READ and not _is_prefix(known.value, value) and name == "issued_on"):
        facts[name] = Fact(value, source, 0.7, False, evidence)
    elif known.source == READ and _is_prefix(known.value, value):
        is_same = known.value == value or name == "issued_on"
        facts[name] = Fact(value, READ, 0.9, is_same, f"{known.evidence} · {evidence}")


def _is_hint(own: Fact, number: str) -> bool:
    """Whether what was read of a number may be the beginning of that one."""
    return own.source == READ and _is_prefix(own.value, number)


def _is_prefix(short: str, long: str) -> bool:
    return long.startswith(short)


def _add_hints(facts: dict[str, Fact], hints: NameHints, file_name: str, warnings: list[str]) -> None:
    """What the file name tells fills gaps and confirms; against typed text it counts nothing."""
    if hints.notation and "notation" not in facts:
        facts["notation"] = Fact(hints.notation, NAMED, 0.4, False, file_name)
    if hints.number and ("notation" in facts or hints.is_strong):
        _hint(facts, "number", hints.number, hints.is_strong, file_name, warnings)
    if hints.issued_on:
        _hint(facts, "issued_on", hints.issued_on, True, file_name, warnings)
    elif hints.year and "issued_on" not in facts:
        facts["issued_on"] = Fact(hints.year, NAMED, 0.4, False, file_name)


def _hint(facts: dict[str, Fact], name: str, value: str, is_strong: bool, file_name: str, warnings: list[str]) -> None:
    known = facts.get(name)
    if known is None:
        facts[name] = Fact(value, NAMED, 0.65 if is_strong else 0.5, False, file_name)
        return
    agrees = known.value.lstrip("0") == value.lstrip("0")
    if known.source == TYPED:
        if name == "issued_on" and known.sure and len(known.value) < 10 and _is_prefix(known.value, value):
            facts[name] = Fact(value, NAMED, 0.8, False, f"{known.evidence} · {file_name}")
        elif not agrees and is_strong and name == "number":
            warnings.append(f"Tên tệp nói số {value}, văn bản ghi số {known.value}; hãy kiểm tra.")
    elif agrees:
        facts[name] = replace(known, confidence=0.92, sure=True, evidence=f"{known.evidence} · {file_name}")
    elif name == "issued_on" and _is_prefix(known.value, value):
        facts[name] = Fact(value, NAMED, 0.8, False, f"{known.evidence} · {file_name}")
    elif is_strong and not known.sure:
        label = "số" if name == "number" else "ngày"
        warnings.append(f"Tên tệp nói {label} {value}, chữ đọc từ ảnh là {known.value}; hãy xem lại ảnh.")
        facts[name] = Fact(value, NAMED, 0.55, False, f"{file_name} · {known.evidence}")


def _add_signing(facts: dict[str, Fact], text: str) -> None:
    """The day in the printed mark of a digital signature, as a suggestion for a date that was not found."""
    match = _SIGNED_AT.search(fold(text))
    if match and "issued_on" not in facts:
        day, month, year = (int(part) for part in match.groups())
        if day <= 31 and month <= 12:
            facts["issued_on"] = Fact(f"{year}-{month:02}-{day:02}", SIGNED, 0.5, False, match[0])


def _add_signatures(facts: dict[str, Fact], signatures: Sequence[DigitalSignature], warnings: list[str]) -> None:
    """What digital signatures tell fills gaps; against what was read it counts nothing."""
    if any(signature.is_intact is False for signature in signatures):
        warnings.append("Chữ ký số của tệp không khớp với nội dung; hãy hỏi lại cơ quan ban hành.")
    for signature in signatures:
        day = signature.time[:10]
        told = " · ".join(part for part in (signature.signer, signature.organisation, signature.time) if part)
        known = facts.get("issued_on")
        is_finer = known is not None and not known.sure and len(known.value) < 10 and day.startswith(known.value)
        if day and (known is None or is_finer):
            facts["issued_on"] = Fact(day, SIGNED, 0.5, False, told)
        organisation = signature.organisation
        if organisation and "agency" not in facts:
            facts["agency"] = Fact(organisation, SIGNED, 0.5, False, told)
        # The organ signs besides its leader, under its own name.
        if signature.signer and "signer" not in facts and has_family_name(signature.signer):
            facts["signer"] = Fact(signature.signer, SIGNED, 0.5, False, told)
