"""One file as the clerk reviews it: its reading, the page it would become, the value of each field as typed text."""

from functools import cached_property

from wagtail.models import Page

from directives.intake.citing import DraftedCitation, draft_citations
from directives.intake.draft_forms import FORMS, DraftForm, fill_draft, form_name
from directives.intake.evidence import Evidence, collect_evidence
from directives.intake.readership import Readership, is_scan, readership_of
from directives.intake.reading import Reading
from directives.intake.recognition import Recognition
from directives.intake.signer_lines import type_signer
from directives.models import IntakeRecord
from home.partial_dates import type_partial_date
from search.visibility import STAFF

UNREAD = Readership(STAFF, "chưa đọc được chữ nào của tệp")
#: What a person may type; everything else is edited on the page itself.
PLAIN = (
    "title",
    "issuer_name",
    "parent_issuer_name",
    "number",
    "separator",
    "notation",
    "place",
    "abstract",
    "urgency",
)


class Sheet:
    """`Sheet(record, user).initial["notation"] == "STNMT-VP"`.

    Shape: `page` is not stored; `initial` holds each field as a person would type it.
    """

    def __init__(self, record: IntakeRecord, user, form: str = ""):
        self.record = record
        self.user = user
        self.form_name = form if form in FORMS else form_name(self.recognition)

    @cached_property
    def reading(self) -> Reading:
        """What was read, nothing at all for a file whose text nobody could read."""
        if self.record.reading:
            return Reading.from_json(self.record.reading)
        return Reading(format=self.record.format)

    @property
    def recognition(self) -> Recognition:
        return self.reading.recognition

    @property
    def form(self) -> DraftForm:
        return FORMS[self.form_name]

    @cached_property
    def readership(self) -> Readership:
        return readership_of(self.reading) if self.record.reading else UNREAD

    @property
    def is_scan(self) -> bool:
        return is_scan(self.reading)

    @cached_property
    def page(self) -> Page:
        """The page as the file alone would make it."""
        page = fill_draft(self.form_name, self.recognition, self.record.name, self.user)
        page.audience = self.readership.audience
        return page

    @cached_property
    def evidence(self) -> dict[str, Evidence]:
        return collect_evidence(self.reading, self.form.names)

    @cached_property
    def initial(self) -> dict[str, str]:
        page = self.page
        typed = {name: str(getattr(page, name) or "") for name in PLAIN}
        return typed | {
            "form": self.form_name,
            "kind": str(page.kind_id or ""),
            "issued_on": type_partial_date(page.issued_on),
            "signers": "\n".join(type_signer(child.value) for child in page.signers),
            "addressees": "\n".join(str(child.value) for child in page.addressees),
            "recipients": "\n".join(self.recipient_lines),
            "effective_from": "",
            "unit": str(page.unit_id or ""),
            "audience": page.audience,
        }

    @cached_property
    def citations(self) -> list[DraftedCitation]:
        """The cited documents, each with how it will be linked."""
        return draft_citations(self.page, self.user)

    @cached_property
    def candidates(self) -> dict[int, list[tuple[int, str]]]:
        """The documents that a citation could mean, for those that could mean several: `{1: [(17, "Chỉ thị …")]}`."""
        return {row.position: row.candidates for row in self.citations if row.candidates}

    @property
    def recipient_lines(self) -> list[str]:
        """The lines of "Nơi nhận" as printed, without bullets and end signs."""
        return [row["raw"].strip(" -;.") for row in self.recognition.value("recipients", [])]
