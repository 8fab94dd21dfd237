"""Large pieces of a page, put in after its template was rendered.

Django joins what a template made at each level of blocks and includes, and copies it twice each time. With the thread
of a thousand comments, 1.4 MB, that took longer than making it.
"""

import re
import secrets

from django.utils.safestring import SafeString


class Pieces:
    """What waits for its place. The marks cannot be guessed, so no text that somebody wrote contains one."""

    def __init__(self) -> None:
        self._token = secrets.token_hex(12)
        self._waiting: dict[str, SafeString] = {}

    def keep(self, html: SafeString) -> str:
        """Return what stands for `html` until `placed`."""
        mark = f"piece{self._token}{len(self._waiting)}end"
        self._waiting[mark] = html
        return mark

    def placed(self, text: str) -> bytes:
        """The page in UTF-8 with each piece where it belongs."""
        parts = re.split(f"(piece{self._token}[0-9]+end)", text)
        # Joined as bytes: one letter beyond ASCII anywhere makes the whole text slow to copy.
        return b"".join([self._waiting.get(part, part).encode() for part in parts])


def later(context, html: SafeString) -> str:
    """For a template tag: `html`, or its mark where the view places them, which `pieces` in the context says."""
    pieces = context.get("pieces")
    return pieces.keep(html) if pieces and html else html
