"""What is known of the file a document came in: its pages, who signed it, whether its words were read from pictures."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models

from directives.models.intake_record import IntakeRecord
from search.extraction.pages import OCR, page_from_json

#: Formats in which people go on writing: no signed document comes in them.
DRAFT_FORMATS = frozenset(("doc", "docx", "odt", "rtf", "txt", "md", "xls", "xlsx", "ods", "htm", "html"))


class Original(models.Model):
    """Facts of one kept file, as the public page shows them beside the readable text.

    Shape: `signatures` as the reader found them: `[{"signer": "…", "organisation": "…", "time": "2024-03-05T…",
    "is_intact": true}]`; `ocr_pages` counts the pages whose words were read from their picture.
    """

    document = models.OneToOneField(
        settings.WAGTAILDOCS_DOCUMENT_MODEL, on_delete=models.CASCADE, related_name="original", primary_key=True
    )
    format = models.CharField(max_length=10, blank=True)
    page_count = models.PositiveSmallIntegerField(default=0)
    ocr_pages = models.PositiveSmallIntegerField(default=0)
    signatures = models.JSONField(default=list)

    class Meta:
        verbose_name = "tệp gốc của văn bản"

    def __str__(self) -> str:
        return f"{self.format} {self.page_count}"

    @property
    def is_scan(self) -> bool:
        """Whether no page of it holds words of its own."""
        return 0 < self.page_count <= self.ocr_pages

    @property
    def signature_note(self) -> str:
        """Who signed it, e.g. "Đã ký số: Sở Y tế tỉnh Kon Tum, 10:20 ngày 06/03/2024.", or what it is instead."""
        if self.signatures:
            return " ".join(signed_words(signature) for signature in self.signatures)
        if self.is_scan:
            return "Bản quét từ giấy."
        return "Chưa có bản ký." if self.format in DRAFT_FORMATS else "Tệp không có chữ ký số."


def signed_words(signature: dict[str, Any]) -> str:
    """One digital signature in words; the hour as the signature tells it."""
    by = signature["organisation"] or signature["signer"]
    hour = f", {datetime.fromisoformat(signature['time']):%H:%M ngày %d/%m/%Y}" if signature["time"] else ""
    changed = "" if signature["is_intact"] else " Tệp đã thay đổi sau khi ký."
    return f"Đã ký số: {by}{hour}.{changed}"


@dataclass(frozen=True, slots=True)
class Twin:
    """The file whose words the page lets people read, and what is known of it; without a file nothing is signed."""

    file: Any = None
    original: Original | None = None

    @classmethod
    def of(cls, page, originals: dict[int, Original]) -> "Twin":
        """The original among the attached files: the one with signatures, else a PDF, else the first."""
        files = [child.value["document"] for child in page.attachments if child.value["document"]]

        def rank(file) -> tuple[bool, bool]:
            known = originals.get(file.pk)
            return not (known and known.signatures), file.file_extension.lower() in DRAFT_FORMATS

        best = min(files, key=rank, default=None)
        return cls(best, originals.get(best.pk) if best else None)

    @property
    def signature_note(self) -> str:
        """What stands beside the text about the signature, "" when nothing is known."""
        if self.original:
            return self.original.signature_note
        return "Chưa có bản ký." if self.is_draft else ""

    @property
    def is_draft(self) -> bool:
        """Whether there is no file that could bear a signature."""
        return self.file is None or self.file.file_extension.lower() in DRAFT_FORMATS

    @property
    def is_recognised(self) -> bool:
        """Whether some of the text was read from pictures."""
        return bool(self.original and self.original.ocr_pages)


def keep_facts(page) -> None:
    """What intake read of the file the page was made of, small enough to be asked for with each view."""
    records = IntakeRecord.objects.filter(page=page.pk, document__isnull=False)
    for record in records.values("document_id", "format", "page_count", "reading"):
        reading = record["reading"] or {}
        pages = [page for page in map(page_from_json, reading.get("pages", ())) if page.number]
        Original.objects.update_or_create(
            document_id=record["document_id"],
            defaults={
                "format": record["format"],
                "page_count": len(pages) if reading else record["page_count"],
                "ocr_pages": sum(page.source == OCR for page in pages),
                "signatures": reading.get("signatures", []),
            },
        )
