"""A Redis cache that the site can do without: when it is down, everything is simply not cached."""

import logging
import time

from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)

#: Units: seconds that a server which did not answer is left alone, so that no page waits for it again and again.
PAUSE = 5.0
_asked_again_at: dict[str, float] = {}


def forgiving(name: str, answer):
    """A cache method that logs a failing server and answers as an empty cache would."""
    method = getattr(RedisCache, name)

    def call(self, *args, **kwargs):
        server = str(self._servers)
        if time.monotonic() < _asked_again_at.get(server, 0):
            return answer(args, kwargs)
        try:
            return method(self, *args, **kwargs)
        except RedisError as error:
            _asked_again_at[server] = time.monotonic() + PAUSE
            logger.warning("the cache did not answer: %s", error)
            return answer(args, kwargs)

    call.__name__ = name
    return call


def _default_of(args, kwargs):
    return kwargs.get("default", args[1] if len(args) > 1 else None)


class ForgivingRedisCache(RedisCache):
    """Django's Redis cache; site and publishing go on while the server is away."""

    get = forgiving("get", _default_of)
    get_many = forgiving("get_many", lambda args, kwargs: {})
    set = forgiving("set", lambda args, kwargs: None)
    set_many = forgiving("set_many", lambda args, kwargs: [])
    add = forgiving("add", lambda args, kwargs: False)
    touch = forgiving("touch", lambda args, kwargs: False)
    delete = forgiving("delete", lambda args, kwargs: False)
    delete_many = forgiving("delete_many", lambda args, kwargs: None)
    has_key = forgiving("has_key", lambda args, kwargs: False)
    clear = forgiving("clear", lambda args, kwargs: False)
