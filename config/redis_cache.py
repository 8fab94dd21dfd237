"""A Redis that may die: then nothing stands in the cache, and the site is slower until it is back."""

import json
from collections.abc import Callable
from typing import Any

from django.core.cache.backends.redis import RedisCache
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

from config.breaker import Breaker

SILENCE = 0.25  # seconds to wait for a connection, and for an answer


class Pages:
    """Kept pages as bytes: headers as a line of JSON, then the content. Who can write to Redis can run no code here."""

    def dumps(self, page: tuple[dict[str, str], bytes]) -> bytes:
        headers, content = page
        return json.dumps(headers).encode() + b"\n" + content

    def loads(self, data: bytes) -> tuple[dict[str, str], bytes]:
        headers, _, content = data.partition(b"\n")
        return json.loads(headers), content


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
        self._breaker = _breakers.setdefault(server, Breaker("Redis", "pages are made anew until it does"))

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
