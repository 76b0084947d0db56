"""What is still to be written into an index, and the runs that write or check a whole one."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone


class IndexState(models.Model):
    """What the indexes should hold of one page, written in the transaction of the change; it outlives the page.

    Shape: `version` grows by one with each change; `indexed_version` is what the remote engine is known to hold,
    pending means that it is lower. A removed page keeps its row as a tombstone. `digest` tells whether a page
    read again says anything new. `unread_since` is set with each save of a page until it has been read again: what
    a process that died in between left undone is found by it.
    """

    key = models.CharField(max_length=64, unique=True)
    page_id = models.BigIntegerField(unique=True)
    version = models.BigIntegerField(default=0)
    indexed_version = models.BigIntegerField(default=0)
    is_removed = models.BooleanField(default=False)
    digest = models.CharField(max_length=64, blank=True)
    attempts = models.PositiveIntegerField(default=0)
    not_before = models.DateTimeField(null=True)
    lease_until = models.DateTimeField(null=True)
    error = models.TextField(blank=True)
    changed_at = models.DateTimeField(default=timezone.now)
    unread_since = models.DateTimeField(null=True, db_index=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["changed_at"], condition=Q(version__gt=F("indexed_version")), name="index_state_pending"
            )
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.version}"


class IndexRun(models.Model):
    """A rebuild or a check of an index: its lock while it runs, its result afterwards."""

    REBUILD, VERIFY = "rebuild", "verify"

    kind = models.CharField(max_length=8, choices=[(REBUILD, "Dựng lại"), (VERIFY, "Đối chiếu")])
    engine = models.CharField(max_length=16)
    started_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True)
    beat_at = models.DateTimeField(default=timezone.now)
    holds_writers = models.BooleanField(default=False)
    host = models.CharField(max_length=255)
    process = models.BigIntegerField()
    report = models.JSONField(default=dict)
    error = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "engine"], condition=Q(finished_at=None), name="one_index_run_at_a_time"
            )
        ]
        indexes = [models.Index(fields=["kind", "-finished_at"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.engine} {self.started_at:%d/%m/%Y %H:%M}"
