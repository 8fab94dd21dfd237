"""What every request passes, outermost first: who is believed about it, the headers of every answer, and the door that
refuses what no page takes."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseNotAllowed

from comments.origin import comes_through_a_trusted_proxy

Handler = Callable[[HttpRequest], HttpResponse]
PERMISSIONS_POLICY = (
    "accelerometer=(), browsing-topics=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), "
    "magnetometer=(), microphone=(), midi=(), payment=(), usb=()"
)
METHODS = ("GET", "HEAD", "POST", "OPTIONS")
SMALL = ("/comments/", "/notice/")  # addresses that strangers send texts to
FORWARDED = ("HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO", "HTTP_X_FORWARDED_HOST", "HTTP_X_FORWARDED_PORT")


def forwarded(handler: Handler) -> Handler:
    """Forget what a peer that is no trusted proxy says about another visitor, or about how they came.

    Django's SECURE_PROXY_SSL_HEADER believes anybody; a request that only claims to be https must not count as such.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        if not comes_through_a_trusted_proxy(request):
            for name in FORWARDED:
                request.META.pop(name, None)
        return handler(request)

    return middleware


def headers(handler: Handler) -> Handler:
    """Add the headers that every answer carries, errors and feeds included.

    Django's SecurityMiddleware sets three of these too, but not on what it answers itself: a redirect to https goes
    without, and so does its refusal of a strange Host.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        response = handler(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("Cross-Origin-Opener-Policy", settings.SECURE_CROSS_ORIGIN_OPENER_POLICY)
        response.headers.setdefault("Referrer-Policy", settings.SECURE_REFERRER_POLICY)
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        return response

    return middleware


def door(handler: Handler) -> Handler:
    """Refuse unknown methods and NUL in path, query or cookies before any view or database sees them.

    PostgreSQL raises DataError for a NUL in any parameter, and so would answer 500. No server lets one through in a
    header, but a quoted cookie may spell it "\\000". Encodings that could spell one are config/shield.py's business.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.method not in METHODS:
            return HttpResponseNotAllowed(METHODS)
        if "\x00" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            return HttpResponseBadRequest("This address has a character in it that no page of this site has.")
        if any("\x00" in value for value in request.COOKIES.values()):
            return HttpResponseBadRequest("A cookie of this request has a character in it that no cookie of ours has.")
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not (length.isascii() and length.isdigit()):
            return HttpResponseBadRequest("The length of this request is not a number.")
        if request.method == "POST" and request.path.startswith(SMALL):
            refused = _too_large(length)
            if refused:
                return refused
        return handler(request)

    return middleware


def _too_large(length: str) -> HttpResponse | None:
    """A comment is at most 10 KB of text, so 64 KB of request is refused before it is read or parsed."""
    if len(length) > 12 or int(length) > settings.COMMENTS_MAX_REQUEST_BYTES:
        return HttpResponse(
            "This is larger than any text that is taken here (10 KB). Go back: your browser still has what you typed.",
            status=413,
            content_type="text/plain; charset=utf-8",
        )
    return None
