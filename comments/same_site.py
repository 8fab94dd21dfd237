"""Whether a comment was sent from our own page. The form that everybody gets holds no token, so that it can be kept."""

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest
from django.middleware.csrf import CsrfViewMiddleware

from blog.kept import is_known


class _Token(CsrfViewMiddleware):
    """Django's check of the form's token, which says why instead of answering."""

    def _reject(self, request: HttpRequest, reason: str) -> str:
        return reason


def is_from_here(request: HttpRequest) -> bool:
    """Tell a form of ours from one that another site makes a visitor's browser send.

    Browsers say where a form was sent from, in headers that no page can write (Origin, Sec-Fetch-Site, and before
    those Referer): whatever they say is believed. Where nothing is said, a visitor that the site knows must bring
    Django's token, which their forms have; from a stranger there is nothing that a forged form could use.
    """
    fetched = request.headers.get("Sec-Fetch-Site", "same-origin")
    if fetched not in ("same-origin", "none"):
        return False
    said = request.headers.get("Origin") or _origin_of(request.headers.get("Referer", ""))
    if said:
        return said == f"{request.scheme}://{request.get_host()}" or said in settings.CSRF_TRUSTED_ORIGINS
    if "Sec-Fetch-Site" in request.headers or not is_known(request):
        return True
    return not _Token(lambda _: None).process_view(request, None, (), {})


def _origin_of(address: str) -> str:
    """The origin of an address, "" where there is no address and "null" where it has none that can be read."""
    if not address:
        return ""
    try:
        parts = urlsplit(address)
    except ValueError:
        return "null"
    return f"{parts.scheme}://{parts.netloc}" if parts.scheme and parts.netloc else "null"
