"""Puts what was recognised into the fields of a draft. What was not read stays empty."""

from datetime import date

from django.utils.html import escape

from directives.intake.meanings import is_own, meaning_of
from directives.intake.recognition import Recognition
from directives.models import DocumentKind, Organ
from directives.recipients import Recipient, is_publication_order
from home.models import UnitPage
from search.vietnamese.dates import PartialDate
from search.visibility import PUBLIC, STAFF

FROM_FIELDS = {
    "kind": "kind",
    "number": "number",
    "notation": "notation",
    "issued_on": "issued_on",
    "place": "place",
    "abstract": "abstract",
    "issuer_name": "agency",
    "parent_issuer_name": "parent_agency",
    "signers": "signatures",
    "addressees": "addressees",
    "recipients": "recipients",
    "urgency": "urgency",
    "cited": "citations",
    "unit": "drafting_unit_code",
}
LIMITS = {"number": 11, "notation": 40, "place": 100, "abstract": 500, "agency": 200, "parent_agency": 200}


def fill_document(page, recognition: Recognition) -> None:
    """The fields that every official document has."""
    day = PartialDate.from_iso(recognition.value("issued_on")) if recognition.value("issued_on") else None
    page.number = _text(recognition, "number")
    page.notation = _text(recognition, "notation")
    page.separator = recognition.value("separator") or "/"
    page.issued_on = day
    page.place = _text(recognition, "place")
    page.abstract = _text(recognition, "abstract")
    page.issuer_name = _text(recognition, "agency")
    page.parent_issuer_name = _text(recognition, "parent_agency")
    page.urgency = recognition.value("urgency", "")
    page.kind = find_kind(recognition)
    page.printed_kind = printed_kind(recognition)
    page.issuer = find_issuer(recognition, day)
    page.unit = find_unit(recognition.value("drafting_unit_code", "")) if is_own(page) else None
    page.audience = audience_for(recognition)
    page.signers = [("signer", signer_block(row)) for row in _signatures(recognition)]
    page.addressees = [("addressee", name[:255]) for name in recognition.value("addressees", [])]
    page.recipients = [("recipient", recipient_block(row, page)) for row in recognition.value("recipients", [])]
    page.cited = [("citation", _citation(row)) for row in recognition.value("citations", [])]
    page.body = [block for row in recognition.body if (block := body_block(row))]


def _text(recognition: Recognition, name: str) -> str:
    value = recognition.value(name) or ""
    value = ", ".join(value) if isinstance(value, list) else str(value)
    return value[: LIMITS[name]]


def find_kind(recognition: Recognition) -> DocumentKind | None:
    """The row of the catalogue, e.g. công văn of the state for "cong_van"; Party rows for "05-NQ/ĐU"."""
    slug = recognition.value("kind") or ""
    rows = {row.series: row for row in DocumentKind.objects.filter(slug=slug)}
    wanted = ("party", "state") if recognition.value("separator") == "-" else ("state", "legal", "other", "party")
    notation = str(recognition.value("notation") or "")
    if notation[:4].isdigit():
        wanted = ("legal", *wanted)
    return next((rows[series] for series in wanted if series in rows), None)


def printed_kind(recognition: Recognition) -> str:
    """The type line as printed, e.g. "PHÁT ĐỘNG PHONG TRÀO THI ĐUA"; "" when the document prints none."""
    found = recognition.fields.get("kind")
    line = found.evidence.strip() if found and found.source == "typed" else ""
    return line if line.isupper() and len(line) <= 120 and "/" not in line else ""


def find_issuer(recognition: Recognition, day: PartialDate | None) -> Organ | None:
    """The organ of that name or code on the day of issue, when exactly one answers."""
    on: date | None = day.first_day() if day else None
    place = recognition.value("place")
    agency = recognition.value("agency")
    name = agency[0] if isinstance(agency, list) and agency else agency
    for question in ({"name": name}, {"code": recognition.value("organ_code")}):
        if any(question.values()):
            found = Organ.objects.find(place=place, on=on, **question)
            if len(found) == 1:
                return found[0]
    return None


def find_unit(code: str) -> UnitPage | None:
    """The unit that drafted it, by the code in the notation or in "Lưu: VT, VP"."""
    return UnitPage.objects.filter(code=code).first() if code else None


def audience_for(recognition: Recognition) -> str:
    """Public when the recipients order publication ("Website Sở") and no mark says internal; else staff."""
    recipients = [recipient_of(row) for row in recognition.value("recipients", [])]
    is_internal = recognition.value("circulation") == "internal"
    return PUBLIC if is_publication_order(recipients) and not is_internal else STAFF


def recipient_of(row: dict) -> Recipient:
    """The recipient that a recognised row describes, e.g. `Recipient("channel", "Website Sở", None, "Website Sở")`."""
    return Recipient(**row | {"drafting_units": tuple(row.get("drafting_units", ()))})


def _signatures(recognition: Recognition) -> list[dict]:
    single = recognition.value("signature")
    return recognition.value("signatures") or ([single] if single else [])


def signer_block(row: dict) -> dict:
    """A recognised signature as the page keeps it, e.g. `{"office": "Giám đốc", "name": "Nguyễn Văn Lộc", …}`."""
    behalf = "; ".join(part for part in (row["on_behalf_of"], row.get("standing_for")) if part)
    return {
        "authorities": list(row["authorities"]),
        "on_behalf_of": (behalf or "")[:160],
        "office": (row["office_display"] or row["office"] or "")[:160],
        "name": (row["name"] or "")[:80],
    }


def recipient_block(row: dict, page) -> dict:
    """A recognised line of "Nơi nhận" as the page keeps it, with what it stands for on the day of issue."""
    name = row["raw"] if row["kind"] == "archive" else row["name"]
    return {
        "kind": row["kind"],
        "name": name[:255],
        "purpose": (row["purpose"] or "")[:60],
        "meaning": meaning_of(row, page)[:255],
    }


def _citation(row: dict) -> dict:
    slug = (row["doc_kind"] or "").split("|")[0]
    kind = DocumentKind.objects.filter(slug=slug).first() if slug else None
    return {
        "text": row["text"][:500],
        "kind": kind.name if kind else "",
        "number": row["number"][:11],
        "separator": row["separator"] or "/",
        "notation": row["notation"][:40],
        "issued_on": PartialDate.from_iso(row["issued_on"]) if row["issued_on"] else None,
        "issuer": row["issuer"][:255],
        "abstract": row["abstract"][:500],
        "target": None,
    }


def shorten(text: str, limit: int) -> str:
    """The text cut at a word, e.g. `shorten("một hai ba", 8)` is "một hai…"."""
    return text if len(text) <= limit else f"{text[: limit - 1].rsplit(' ', 1)[0]}…"


def table_of(rows: list[list[str]]) -> dict:
    """A table with its head in the first row, word for word as the editor keeps it: what differs counts as edited."""
    choice = {"first_row_is_table_header": True, "first_col_is_header": False, "table_header_choice": "row"}
    return {"data": rows} | choice


def body_block(row: dict) -> tuple[str, object] | None:
    """One block of the readable text, e.g. `("paragraph", "<p>…</p>")`."""
    kind = row["type"]
    if kind == "table":
        return "table", table_of(row["rows"])
    html = row["html"] or str(escape(row["text"]))
    if kind == "heading":
        level = str(min(max(row["level"], 1), 3))
        return "heading", {
            "text": row["text"],
            "short": row["short"][:80],
            "level": level,
            "anchor": row["anchor"][:60],
        }
    if kind == "item" and row["anchor"]:
        return "item", {"text": f"<p>{html}</p>", "short": row["short"][:80], "anchor": row["anchor"][:60]}
    if kind == "title":
        return "heading", {"text": row["text"], "short": "", "level": "1", "anchor": ""}
    return ("paragraph", f"<p>{html}</p>") if kind in ("paragraph", "item") else None
