"""What of a page changes with the installed release and its settings, and not with the database."""

from functools import cache
from hashlib import blake2b

import django
from django.conf import settings

SHOWN = (
    "SITE_URL",
    "SITE_NAME",
    "SITE_TAGLINE",
    "TIME_ZONE",
    "TRANSPARENCY_PAGE",
    "NOTICES_BY_MAIL",
    "COMMENTS_PAGE_SIZE",
    "COMMENTS_MODERATION_MODE",
)


def release() -> tuple:
    """The files that make pages and the settings that pages show: part of every kept page's ETag."""
    return (_files(), *[getattr(settings, name) for name in SHOWN])


@cache
def _files() -> str:
    """A digest of contents, not of times, so that all processes of one release agree. Read once."""
    digest = blake2b(repr(django.VERSION).encode(), digest_size=8)
    base = settings.BASE_DIR
    code = [path for app in ("blog", "comments", "config", "moderation") for path in (base / app).rglob("*.py")]
    for path in sorted([*(base / "templates").rglob("*.html"), *base.glob("*/static/**/*.*"), *code]):
        digest.update(path.read_bytes())
    return digest.hexdigest()
