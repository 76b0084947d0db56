"""What caches have to forget: written in the transaction of the change that makes a kept copy old."""

from django.db import models
from django.utils import timezone
from django.utils.crypto import get_random_string


def make_token() -> str:
    return get_random_string(12)


class PurgeOrder(models.Model):
    """Copies under these keys are old from now on, e.g. `keys=["noi-dung", "tep"]`.

    Shape: the newest `token` with the number of rows is the version of the content, by which the application knows
    its own old copies at once; a cache in front of it is told by a worker until `delivered_at`. Without one an order
    counts as delivered when it is given.
    """

    token = models.CharField(max_length=12, default=make_token)
    keys = models.JSONField(default=list)
    ordered_at = models.DateTimeField(default=timezone.now)
    delivered_at = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)
    not_before = models.DateTimeField(null=True)
    lease_until = models.DateTimeField(null=True)
    error = models.TextField(blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["ordered_at"], condition=models.Q(delivered_at=None), name="purge_order_pending")
        ]

    def __str__(self) -> str:
        return f"{' '.join(self.keys)} {self.ordered_at:%d/%m/%Y %H:%M}"
