"""What the screens of the intake tell the audit log: whoever opens a file under review has read it."""

from directives.models import IntakeRecord
from home.audit.events import Subject
from home.audit.readings import register_reading, tell_file, tell_page


def tell_record(user, number: int) -> Subject | None:
    """The kept original, e.g. `Subject("file", 12)`; without one the page that was made of it."""
    record = IntakeRecord.objects.filter(pk=number).values("document_id", "page_id").first() or {}
    if record.get("document_id"):
        return tell_file(user, record["document_id"])
    return tell_page(user, record["page_id"]) if record.get("page_id") else None


def connect() -> None:
    for address in ("intake_review", "intake_page_image", "intake_crop"):
        register_reading(address, "pk", tell_record)
