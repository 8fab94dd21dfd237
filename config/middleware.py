"""What every request passes: the door that refuses what no page takes, and headers that Django has no setting for."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseNotAllowed

Handler = Callable[[HttpRequest], HttpResponse]
PERMISSIONS_POLICY = (
    "accelerometer=(), browsing-topics=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), "
    "magnetometer=(), microphone=(), midi=(), payment=(), usb=()"
)
METHODS = ("GET", "HEAD", "POST", "OPTIONS")


def headers(handler: Handler) -> Handler:
    """Add the headers that every answer carries, errors and feeds included."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = handler(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response

    return middleware


def door(handler: Handler) -> Handler:
    """Refuse unknown methods and NUL in path, query or cookies before any view or database sees them.

    PostgreSQL raises DataError for a NUL in any parameter, and so would answer 500. No server lets one through in a
    header, but a quoted cookie may spell it "\\000".
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.method not in METHODS:
            return HttpResponseNotAllowed(METHODS)
        if "\x00" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            return HttpResponseBadRequest("This address has a character in it that no page of this site has.")
        if any("\x00" in value for value in request.COOKIES.values()):
            return HttpResponseBadRequest("A cookie of this request has a character in it that no cookie of ours has.")
        if request.method == "POST" and request.path.startswith("/comments/"):
            refused = _too_large(request)
            if refused:
                return refused
        return handler(request)

    return middleware


def _too_large(request: HttpRequest) -> HttpResponse | None:
    """A comment is at most 10 KB of text, so 64 KB of request is refused before it is read or parsed."""
    raw = request.META.get("CONTENT_LENGTH") or "0"
    if not (raw.isascii() and raw.isdigit()):
        return HttpResponseBadRequest("The length of this request is not a number.")
    if len(raw) > 12 or int(raw) > settings.COMMENTS_MAX_REQUEST_BYTES:
        return HttpResponse(
            "This is larger than any comment can be (10 KB of text). Go back: your browser still has what you typed.",
            status=413,
            content_type="text/plain; charset=utf-8",
        )
    return None
