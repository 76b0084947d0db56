"""Files under review for tests: read by the real readers, or written by hand where only the form matters."""

import hashlib

from django.core.files.base import ContentFile

from directives.intake.grammar.found import Found
from directives.intake.job import read_data
from directives.intake.reading import Reading
from directives.intake.recognition import Recognition
from directives.models import IntakeRecord, IntakeState
from home.models import PortalDocument
from search.extraction.blocks import paragraph
from search.extraction.pages import FilePage


def under_review(data: bytes, name: str, user, reading: Reading | None = None, **changes) -> IntakeRecord:
    """A file that waits for its clerk, read now unless its reading is given."""
    document = PortalDocument(title=name, uploaded_by_user=user)
    document.file.save(name, ContentFile(data), save=False)
    document.save()
    reading = reading or read_data(data, name)
    numbers = [page.number for page in reading.pages]
    fields = {
        "document": document,
        "name": name,
        "sha256": hashlib.sha256(data).hexdigest(),
        "format": name.rpartition(".")[2],
        "state": IntakeState.REVIEW,
        "reading": reading.to_json(),
        "page_count": max(numbers, default=0),
        "created_by": user,
    }
    return IntakeRecord.objects.create(**fields | changes)


def small_reading(lines=("QUYẾT ĐỊNH", "Nội dung."), source: str = "text", **values) -> Reading:
    """A reading with these fields: `small_reading(number="12", notation="QĐ-STNMT")`."""
    fields = {name: Found(value, "typed", 0.95, str(value)) for name, value in values.items()}
    body = [{"type": "paragraph", "text": line, "html": "", "level": 0, "short": "", "anchor": ""} for line in lines]
    return Reading(
        recognition=Recognition(fields, body),
        format="docx" if source == "text" else "pdf",
        pages=(FilePage(1, "\n".join(lines), source),),
        blocks=tuple(paragraph(line) for line in lines),
    )


def decision(**values) -> Reading:
    """A decision of the department, complete but for what `values` change."""
    usual = {
        "kind": "quyet_dinh",
        "form": "directive",
        "number": "12",
        "separator": "/",
        "notation": "QĐ-STNMT",
        "issued_on": "2024-03-05",
        "place": "Kon Tum",
        "agency": "Sở Tài nguyên và Môi trường",
        "abstract": "Về việc kiện toàn tổ công tác",
        "title": "Quyết định về việc kiện toàn tổ công tác",
    }
    return small_reading(**{name: value for name, value in (usual | values).items() if value})
