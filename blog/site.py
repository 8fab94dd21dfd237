"""The site's own name and address. Links in feeds, mails and meta tags come from here, never from a request's Host."""

from functools import lru_cache
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse


@lru_cache(maxsize=4096)
def address(name: str, *given: object) -> str:
    """What `reverse` says of a page's name and arguments. A list of posts asks for the same few again and again."""
    return reverse(name, args=given)


def absolute(path: str) -> str:
    """The full address of a path on this site: "/about/" to "https://blog.example/about/"."""
    return settings.SITE_URL + path


def host() -> str:
    """The site's own host name."""
    return urlsplit(settings.SITE_URL).hostname or "localhost"


def context(request: HttpRequest) -> dict[str, str]:
    """Template context of every page."""
    return {
        "site_name": settings.SITE_NAME,
        "site_tagline": settings.SITE_TAGLINE,
        "site_url": settings.SITE_URL,
        "canonical": absolute(request.path),
    }
