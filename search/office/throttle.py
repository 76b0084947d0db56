"""How often one address may post; no address is kept."""

import time

from django.core.cache import cache
from django.utils.crypto import salted_hmac

from search.client_address import counted_address

WINDOW_SECONDS = 60


def is_too_often(request, deed: str, most: int) -> bool:
    """Whether this client did this more than `most` times within this minute of the clock; counts the call.

    Shape: the key is a keyed digest of the address and is gone after a minute. Two calls at the same moment may
    count as one.
    """
    client = salted_hmac(f"search.throttle.{deed}", counted_address(request)).hexdigest()[:32]
    key = f"throttle:{deed}:{client}:{int(time.time() // WINDOW_SECONDS)}"
    count = cache.get(key, 0) + 1
    cache.set(key, count, WINDOW_SECONDS)
    return count > most
