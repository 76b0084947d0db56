"""A document that pages cite and the site lacks: what is known of it fills what its file does not say."""

from directives.intake.sheet import Sheet
from directives.models import DocumentKind, DocumentStub, IntakeRecord
from home.partial_dates import type_partial_date
from home.permissions import edits_every_unit

#: Under this name a record keeps which document its file was brought for, until a person saves the review.
WANTED = "stub"


def wanted_stub(pk: str, user) -> DocumentStub | None:
    """The stub of that number, for the office alone: pages that are not for everybody may have named it."""
    if not (pk.isascii() and pk.isdigit() and edits_every_unit(user)):
        return None
    return DocumentStub.objects.filter(pk=pk).first()


def hints_of(record: IntakeRecord, sheet: Sheet, user) -> dict[str, str]:
    """What the citations tell of fields that the file leaves empty: `{"number": "12", "issued_on": "05/03/2024"}`."""
    stub = wanted_stub(str(record.values.get(WANTED, "")), user)
    if stub is None:
        return {}
    kind = DocumentKind.objects.filter(name=stub.kind).first() if stub.kind else None
    told = {
        "number": stub.number,
        "notation": stub.notation,
        "issued_on": type_partial_date(stub.issued_on),
        "issuer_name": stub.issuer,
        "abstract": stub.name,
        "kind": str(kind.pk) if kind else "",
    }
    if stub.notation and not sheet.initial["notation"] and stub.separator in ("/", "-"):
        told["separator"] = stub.separator
    return {name: value for name, value in told.items() if value and (name == "separator" or not sheet.initial[name])}


def said_of_other(record: IntakeRecord, sheet: Sheet, user) -> str:
    """A sentence when the file bears another number than the document it was brought for, else ""."""
    stub = wanted_stub(str(record.values.get(WANTED, "")), user)
    if stub is None or not (stub.number and sheet.initial["number"] and sheet.initial["notation"]):
        return ""
    if (stub.number, stub.notation) == (sheet.initial["number"], sheet.initial["notation"]):
        return ""
    return f"Tệp được nhập cho “{stub}”, nhưng số, ký hiệu trong tệp khác. Hãy kiểm tra xem có đúng tệp không."
