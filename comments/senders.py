"""The browser's signed token, the one thing by which a guest is recognised; set when a comment is sent."""

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from comments.models import Sender

SALT = "comments.sender"
AGE = 2 * 365 * 24 * 3600  # seconds


def sender_of(request: HttpRequest) -> Sender | None:
    """The sender whose token this browser holds, or None. A forged token is none."""
    raw = request.COOKIES.get(settings.SENDER_COOKIE_NAME, "")
    if not raw or len(raw) > 200:
        return None
    try:
        key = signing.Signer(salt=SALT).unsign(raw)
    except signing.BadSignature:
        return None
    return Sender.objects.filter(key=key).first()


def remember(response: HttpResponse, sender: Sender) -> None:
    """Give the browser its token."""
    response.set_cookie(
        settings.SENDER_COOKIE_NAME,
        signing.Signer(salt=SALT).sign(sender.key),
        max_age=AGE,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
