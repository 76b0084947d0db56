"""What the portal tells the audit log: who belongs to which unit."""

from django.db.models.signals import post_delete, post_save

from home.audit.actions import MEMBERSHIP_CHANGED
from home.audit.events import Subject
from home.audit.recording import record
from portal.models import Membership


def on_membership(instance, created: bool = False, signal=None, raw: bool = False, **kwargs) -> None:
    if raw:
        return
    deed = "thôi" if signal is post_delete else "vào" if created else "sửa"
    subject = Subject("user", instance.user_id, instance.user.get_username(), instance.unit_id)
    days = {"from": instance.starts_on, "until": instance.ends_on}
    told = {name: str(day) for name, day in days.items() if day}
    record(MEMBERSHIP_CHANGED, subject, deed=deed, unit=instance.unit_id, **told)


def connect() -> None:
    for signal in (post_save, post_delete):
        signal.connect(on_membership, sender=Membership, dispatch_uid=f"audit_membership_{id(signal)}")
