"""What a server calls: the site, shielded from the one header that Django reads before any middleware."""

import re
from collections.abc import Callable, Iterable

Application = Callable[[dict, Callable], Iterable[bytes]]
_CHARSET = re.compile("charset", re.IGNORECASE)
_UTF8 = re.compile(r';\s*charset\s*=\s*("?)utf-?8\1\s*(?=;|\Z)', re.IGNORECASE)


def shielded(site: Application) -> Application:
    """Return the WSGI application with no Content-Type but one that leaves the encoding at UTF-8.

    Django reads form and query in the encoding that the request names, while it builds the request: what Python knows
    but decodes no text (zip, idna), and what an encoded parameter names that is none (RFC 2231, `charset*=`), raise
    past its own error pages, a 500 without a header of ours; others (utf-7, unicode_escape) spell NUL and half
    characters past the door. No browser sends any of these for our pages, so such a header counts as none.
    """

    def application(environ: dict, start_response: Callable) -> Iterable[bytes]:
        if not keeps_utf8(environ.get("CONTENT_TYPE", "")):
            environ = {**environ, "CONTENT_TYPE": ""}
        return site(environ, start_response)

    return application


def keeps_utf8(content_type: str) -> bool:
    """Whether a Content-Type names no encoding, or plainly UTF-8 every time."""
    return "*" not in content_type and len(_CHARSET.findall(content_type)) == len(_UTF8.findall(content_type))
