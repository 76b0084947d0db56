"""Tells who shows pages that what is kept of some has changed; sent in the transaction of the change."""

from django.dispatch import Signal

#: Sent with `page_ids` of the pages whose rows, readers or hours changed.
pages_changed = Signal()
