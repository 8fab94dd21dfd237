"""Every address of the admin and the desk, read from the URLconf, so that a new one is tested without a word here."""

import re
from collections.abc import Callable, Iterator

from django.urls import URLResolver, get_resolver

STAFF = ("admin/", "moderation/")
PART = re.compile(r"\(\?P<(\w+)>[^()]*\)|<(?:\w+:)?(\w+)>")


def patterns() -> list[str]:
    """The addresses as the URLconf writes them, each with its parts in angle brackets: "admin/tag/<object_id>/"."""
    found = [PART.sub(r"<\1\2>", path.replace("^", "").replace("$", "")) for path in _walk(get_resolver(), "")]
    return [path for path in found if path.startswith(STAFF)]


def filled(pattern: str, value: Callable[[str, str], object]) -> str:
    """A path: every part replaced by what `value` says for the pattern and the part's name."""
    return "/" + re.sub(r"<(\w+)>", lambda part: str(value(pattern, part[1])), pattern)


def _walk(resolver: URLResolver, prefix: str) -> Iterator[str]:
    for pattern in resolver.url_patterns:
        path = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern, path)
        else:
            yield path
