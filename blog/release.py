"""What of a page changes with the installed release and its settings, and not with the database."""

from functools import cache
from hashlib import blake2b

import django
from django.conf import settings


@cache
def release() -> str:
    """A digest of the templates, the stylesheet and the settings that pages show: part of every computed ETag.

    Made of contents, not of times, so that all processes of one release agree. Read once: some sixty small files.
    """
    digest = blake2b(digest_size=8)
    base = settings.BASE_DIR
    for path in [*sorted((base / "templates").rglob("*.html")), *sorted(base.glob("*/static/**/*.*"))]:
        digest.update(path.read_bytes())
    site = (settings.SITE_URL, settings.SITE_NAME, settings.SITE_TAGLINE, settings.TIME_ZONE)
    shown = (django.VERSION, *site, settings.TRANSPARENCY_PAGE)
    digest.update(repr(shown).encode())
    return digest.hexdigest()
