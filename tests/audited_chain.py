"""The audit log in the hands of a test: written, and changed as somebody with all rights in the database would."""

from django.db import connection
from django.utils import timezone

from home.audit import triggers
from home.audit.actions import EDITED
from home.audit.chain import append
from home.audit.events import Draft, Subject
from home.audit.requester import Actor
from home.audit.verification import verify
from home.models import AuditEvent, AuditHead


def write(number: int = 1, at=None) -> AuditEvent:
    subject = Subject("directive", number, f"{number}/QĐ-STNMT", 7, "units", "office unit:7")
    actor = Actor(4, "Trần Thị Thử (vanphong)", "10.0.0.7")
    return append([Draft(EDITED, at or timezone.now(), actor, subject, {"revision": number})])[0]


def fault() -> str:
    triggers.install()
    return verify().fault


def turn_back_to(head: AuditHead) -> None:
    values = (head.sequence, head.digest, head.signature)
    execute("UPDATE home_audithead SET sequence = %s, digest = %s, signature = %s WHERE id = 1", *values)


def execute(statement: str, *values) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
