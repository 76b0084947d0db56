"""Panels that put the evidence of the recogniser beside each field, and list what is missing."""

from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail.admin.panels import FieldPanel, Panel

from directives.completeness import missing_in, warnings_for

SURE, LIKELY = 0.9, 0.6
SOURCES = {
    "typed": "đọc từ văn bản",
    "ocr": "đọc từ ảnh",
    "signature": "theo chữ ký số",
    "person": "người soát gõ",
    "file_name": "đoán từ tên tệp",
    "inferred": "suy từ nội dung",
}


def confidence_word(confidence: float) -> str:
    """How sure the recogniser is, in one word: "chắc", "nên xem", "yếu"."""
    if confidence >= SURE:
        return "chắc"
    return "nên xem" if confidence >= LIKELY else "yếu"


def evidence_of(page) -> dict:
    """What was read for each field of this draft, e.g. `{"place": {"evidence": "Kon Tum, ngày …", …}}`."""
    record = getattr(page, "intake_record", None) if page.pk else None
    return record.recognition.get("evidence", {}) if record else {}


class EvidencePanel(FieldPanel):
    """A field with the words of the document it was read from under it."""

    class BoundPanel(FieldPanel.BoundPanel):
        def __init__(self, **kwargs):
            super().__init__(**kwargs)
            found = evidence_of(self.instance).get(self.field_name)
            if found:
                self.help_text = self._describe(found)

        def _describe(self, found: dict) -> SafeString:
            word = confidence_word(found["confidence"])
            return format_html(
                '<span class="evidence" data-confidence="{}">{} · {}: “{}”</span>',
                word,
                word,
                SOURCES.get(found["source"], "đọc từ văn bản"),
                found["evidence"],
            )


class MissingPanel(Panel):
    """The list of what the document still lacks. It informs and never blocks."""

    def __init__(self, heading="Còn thiếu", icon="list-ul", **kwargs):
        super().__init__(heading=heading, icon=icon, **kwargs)

    class BoundPanel(Panel.BoundPanel):
        template_name = "admin_panels/missing.html"

        def get_context_data(self, parent_context=None) -> dict:
            context = super().get_context_data(parent_context)
            record = getattr(self.instance, "intake_record", None) if self.instance.pk else None
            context["missing"] = missing_in(self.instance)
            context["warnings"] = warnings_for(self.instance, self.request.user)
            context["suggestions"] = record.recognition.get("suggestions", []) if record else []
            context["record"] = record
            return context
