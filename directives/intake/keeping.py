"""The original of an intake: kept byte for byte among the files of the clerk's unit, private, and removed again."""

from django.core.files.base import ContentFile
from django.db import transaction
from wagtail.models import Collection, Page

from directives.models import IntakeRecord
from home.models import PortalDocument, UnitPage

from .gate import CheckedFile


def keep_file(data: bytes, checked: CheckedFile, user) -> PortalDocument:
    """The stored original: no page uses it, so only those who work with the unit's files may fetch it."""
    document = PortalDocument(title=checked.name, collection=collection_of(user), uploaded_by_user=user)
    document.file.save(checked.name, ContentFile(data), save=False)
    document.sha256, document.file_size = checked.sha256, checked.size
    document.save()
    return document


def collection_of(user) -> Collection:
    """The collection of the first unit a person belongs to; the root, which only the office opens, without one."""
    unit_id = min(getattr(user, "unit_ids", ()), default=None)
    title = UnitPage.objects.filter(pk=unit_id).values_list("title", flat=True).first()
    own = Collection.objects.filter(name=title).first() if title else None
    return own or Collection.get_first_root_node()


def drop_file(record: IntakeRecord) -> None:
    """Removes the original of a record, unless a page has come to use it; the row stays."""
    with transaction.atomic():
        document, record.document = record.document, None
        record.save(update_fields=["document"])
        if document is not None and not is_used(document):
            document.delete()


def is_used(document: PortalDocument) -> bool:
    """Whether some page, be it a draft, or another record needs the file."""
    if IntakeRecord.objects.filter(document=document).exists():
        return True
    return any(isinstance(user, Page) for user, _ in document.get_usage())
