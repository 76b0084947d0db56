"""What is known of the file a document came in: its pages, who signed it, whether its words were read from pictures."""

from django.conf import settings
from django.db import models

from directives.models.intake_record import IntakeRecord
from search.extraction.pages import OCR, page_from_json


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
