"""A Redis that may die: then nothing stands in the cache, and the site is slower until it is back.

A breaker (M. Nygard, "Release It!", 2007): after a failure the server is left alone for some seconds. Otherwise every
visitor would wait for the same silence, and a hundred of them would take every thread.
"""

import json
import logging
from collections.abc import Callable
from threading import Lock
from time import monotonic
from typing import Any

from django.core.cache.backends.redis import RedisCache
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

log = logging.getLogger(__name__)
SILENCE = 0.25  # seconds to wait for a connection, and for an answer
PAUSE = 5.0  # seconds in which a server that failed is not asked


class Pages:
    """Kept pages as bytes: headers as a line of JSON, then the content. Who can write to Redis can run no code here."""

    def dumps(self, page: tuple[dict[str, str], bytes]) -> bytes:
        headers, content = page
        return json.dumps(headers).encode() + b"\n" + content

    def loads(self, data: bytes) -> tuple[dict[str, str], bytes]:
        headers, _, content = data.partition(b"\n")
        return json.loads(headers), content


class Breaker:
    """Whether a server may be asked. One for each server and process."""

    def __init__(self) -> None:
        self._lock, self._broken, self._until = Lock(), False, 0.0

    def lets_through(self) -> bool:
        return not self._broken or monotonic() >= self._until

    def failed(self, error: Exception) -> None:
        with self._lock:
            if not self._broken:
                log.error("Redis does not answer (%s): pages are made anew until it does.", type(error).__name__)
            self._broken, self._until = True, monotonic() + PAUSE

    def answered(self) -> None:
        if self._broken:
            with self._lock:
                self._broken = False
            log.warning("Redis answers again.")


_breakers: dict[str, Breaker] = {}


class SteadyRedis(RedisCache):
    """Django's Redis cache for pages, in which nothing stands while the server is away."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        options = {
            "serializer": Pages,
            "socket_connect_timeout": SILENCE,
            "socket_timeout": SILENCE,
            "retry": Retry(NoBackoff(), 0),
            **params.get("OPTIONS", {}),
        }
        super().__init__(server, {**params, "OPTIONS": options})
        self._breaker = _breakers.setdefault(server, Breaker())

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        return self._asked(lambda: super(SteadyRedis, self).get(key, default, version), default)

    def set(self, key: str, value: Any, timeout: float | None = 300, version: int | None = None) -> None:
        self._asked(lambda: super(SteadyRedis, self).set(key, value, timeout, version), None)

    def delete(self, key: str, version: int | None = None) -> bool:
        return self._asked(lambda: super(SteadyRedis, self).delete(key, version), False)

    def clear(self) -> bool:
        return self._asked(super().clear, False)

    def _asked(self, ask: Callable[[], Any], otherwise: Any) -> Any:
        if not self._breaker.lets_through():
            return otherwise
        try:
            answer = ask()
        except (RedisError, OSError) as error:
            self._breaker.failed(error)
            return otherwise
        self._breaker.answered()
        return answer
