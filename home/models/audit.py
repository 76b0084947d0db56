"""The audit log: one row an event, each sealed over the one before; nobody changes or removes a row."""

from django.core.exceptions import PermissionDenied
from django.db import models


class AppendOnlyQuerySet(models.QuerySet):
    """Rows that are only added and read; the triggers of the database hold the same where no Python is asked."""

    def update(self, **kwargs):
        raise PermissionDenied("Nhật ký chỉ ghi thêm, không sửa.")

    def delete(self):
        raise PermissionDenied("Nhật ký chỉ ghi thêm, không xóa.")

    def bulk_update(self, objs, fields, batch_size=None):
        raise PermissionDenied("Nhật ký chỉ ghi thêm, không sửa.")


class AuditEvent(models.Model):
    """Who did what to which thing, for whom the thing was open at that moment, and from where.

    Shape: nothing points to other tables, so that the row outlives accounts and pages. No title and no text of a
    document is kept: `label` is the printed number, "39-CT/TW", where there is one. `readers` are the audience
    tokens parted by spaces; both they and `audience` are empty for what was not on the site. `origin` names the
    single thing that caused the event where it might be told twice. `digest` is over `previous` and all the rest.
    """

    sequence = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField(db_index=True)
    action = models.CharField(max_length=32, db_index=True)
    actor_id = models.BigIntegerField(null=True, db_index=True)
    actor_name = models.CharField(max_length=255)
    address = models.CharField(max_length=45, blank=True)
    kind = models.CharField(max_length=32, blank=True)
    object_id = models.BigIntegerField(null=True)
    label = models.CharField(max_length=255, blank=True)
    unit_id = models.BigIntegerField(null=True, db_index=True)
    audience = models.CharField(max_length=16, blank=True)
    readers = models.TextField(blank=True)
    detail = models.JSONField(default=dict)
    origin = models.CharField(max_length=120, blank=True)
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        verbose_name = "sự kiện của nhật ký"
        verbose_name_plural = "nhật ký kiểm tra"
        default_permissions = ()
        permissions = [("view_audit", "Xem và xuất nhật ký kiểm tra")]
        indexes = [
            models.Index(fields=["kind", "object_id", "at"], name="audit_of_object"),
            models.Index(fields=["origin"], condition=~models.Q(origin=""), name="audit_origin"),
        ]

    def __str__(self) -> str:
        return f"{self.sequence} {self.action}"

    def save(self, *args, **kwargs) -> None:
        if not self._state.adding:
            raise PermissionDenied("Nhật ký chỉ ghi thêm, không sửa.")
        super().save(*args, force_insert=True, **{name: kwargs[name] for name in kwargs if name == "using"})

    def delete(self, *args, **kwargs):
        raise PermissionDenied("Nhật ký chỉ ghi thêm, không xóa.")


class AuditHead(models.Model):
    """Where the chain ends now: one row, locked by whoever adds to it, signed with the key of the site.

    A second row remembers the end that was last noted outside the database (`home.audit.anchor`).
    """

    ONLY, NOTED = 1, 2

    sequence = models.BigIntegerField(default=0)
    digest = models.CharField(max_length=64)
    signature = models.CharField(max_length=64, blank=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.sequence)


class AuditCheckpoint(models.Model):
    """Up to where the chain was pruned because its time was over: what is left begins behind it."""

    through = models.BigIntegerField(unique=True)
    digest = models.CharField(max_length=64)
    removed = models.BigIntegerField()
    at = models.DateTimeField()
    signature = models.CharField(max_length=64)

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.through)
