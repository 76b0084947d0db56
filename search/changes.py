"""Tells packages above that pages opened, closed or moved, in the transaction of the change."""

from django.dispatch import Signal

#: Sent with `page_ids` once lists and grants are written.
readers_changed = Signal()
