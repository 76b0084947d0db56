"""What is done to files and pictures, in the transaction of the save."""

from django.db.models.signals import post_delete, post_save, pre_save

from home.audit.actions import FILE_ADDED, FILE_CHANGED, FILE_DELETED, FILE_REPLACED
from home.audit.events import Subject
from home.audit.recording import record
from home.audit.subjects import file_subject
from home.models import PortalDocument, PortalImage

REPLACING = "_audit_replaces_file"


def on_saving(instance, **kwargs) -> None:
    setattr(instance, REPLACING, instance.replaces_file)


def on_saved(instance, created: bool, raw: bool = False, update_fields=None, **kwargs) -> None:
    if raw or update_fields is not None:
        return
    action = FILE_ADDED if created else FILE_REPLACED if getattr(instance, REPLACING, False) else FILE_CHANGED
    record(action, _subject(instance), **_digest(instance))


def on_deleted(instance, **kwargs) -> None:
    record(FILE_DELETED, _subject(instance), **_digest(instance))


def _subject(instance) -> Subject:
    return file_subject(instance) if isinstance(instance, PortalDocument) else Subject("image", instance.pk)


def _digest(instance) -> dict[str, str]:
    """Which bytes it was about: their digest tells nothing of what they say."""
    digest = getattr(instance, "sha256", "")
    return {"sha256": digest} if digest else {}


def connect() -> None:
    for model in (PortalDocument, PortalImage):
        name = model._meta.model_name
        pre_save.connect(on_saving, sender=model, dispatch_uid=f"audit_saving_{name}")
        post_save.connect(on_saved, sender=model, dispatch_uid=f"audit_saved_{name}")
        post_delete.connect(on_deleted, sender=model, dispatch_uid=f"audit_deleted_{name}")
