"""Where kept pages stand: in each process's own memory, or in a Redis that all machines share."""

from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

#: Pages that one process keeps. One with 100 comments takes about 20 KB.
MOST_PAGES = 500


def caches_of(url: str) -> dict:
    """The setting CACHES. Raises ImproperlyConfigured for an address of no known kind."""
    if not url:
        memory = "django.core.cache.backends.locmem.LocMemCache"
        return {"default": {"BACKEND": memory, "OPTIONS": {"MAX_ENTRIES": MOST_PAGES}}}
    if urlsplit(url).scheme in ("redis", "rediss", "unix"):
        return {"default": {"BACKEND": "config.redis_cache.SteadyRedis", "LOCATION": url, "KEY_PREFIX": "gatepost"}}
    raise ImproperlyConfigured(f"CACHE_URL begins with {urlsplit(url).scheme!r}; leave it out, or give redis://…")
