"""What the portal tells the audit log, who belongs to which unit; and what it forgets of a nameless story."""

from django.db.models.signals import post_delete, post_save

from home.audit.actions import MEMBERSHIP_CHANGED
from home.audit.events import Subject
from home.audit.recording import record
from news.anonymising import story_anonymised
from portal.models import Membership, UrgentPublication


def on_membership(instance, created: bool = False, signal=None, raw: bool = False, **kwargs) -> None:
    if raw:
        return
    deed = "thôi" if signal is post_delete else "vào" if created else "sửa"
    subject = Subject("user", instance.user_id, instance.user.get_username(), instance.unit_id)
    days = {"from": instance.starts_on, "until": instance.ends_on}
    told = {name: str(day) for name, day in days.items() if day}
    record(MEMBERSHIP_CHANGED, subject, deed=deed, unit=instance.unit_id, **told)


def on_anonymised(page, **kwargs) -> None:
    """The list of urgent publications keeps titles of its own."""
    UrgentPublication.objects.filter(page_id=page.pk).update(title=page.title[:255])


def connect() -> None:
    story_anonymised.connect(on_anonymised, dispatch_uid="portal_story_anonymised")
    for signal in (post_save, post_delete):
        signal.connect(on_membership, sender=Membership, dispatch_uid=f"audit_membership_{id(signal)}")
