"""The address in a mail's List-Unsubscribe header: GET shows a page with a button, POST ends the mails.

The one view of the site without a CSRF token: RFC 8058 lets the reader's mail service send the POST, which has no page
of ours, no cookie and no token. What proves the request is the signed link itself, and all it can do is end mails.
"""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from blog.models import User
from comments import mail_links, subscriptions
from comments.mail_links import STOP, LinkRefused
from comments.mail_views import refused
from comments.models import AuthorMail, Subscription
from comments.reply_mail import OF_AUTHOR, OF_SUBSCRIPTION
from comments.status_page import private


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """End the mails that the link is about. It never expires: a mail may be years old when somebody has enough."""
    now = timezone.now()
    try:
        what, number = mail_links.read(STOP, token, now)
    except (LinkRefused, ValueError) as refusal:
        return refused(request, str(refusal))
    found = _found(what, number)
    if request.method == "POST":
        _end(found, now)
    context = {
        "done": request.method == "POST" or found is None or getattr(found, "ended_at", None) is not None,
        "of_author": what == OF_AUTHOR,
        "key": found.address.key if isinstance(found, Subscription) else "",
    }
    return private(render(request, "comments/mail_stop.html", context))


def _found(what: int, number: int) -> Subscription | User | None:
    if what == OF_SUBSCRIPTION:
        return Subscription.objects.select_related("address").filter(pk=number).first()
    return User.objects.filter(pk=number).first() if what == OF_AUTHOR else None


def _end(found: Subscription | User | None, now: datetime) -> None:
    if isinstance(found, Subscription):
        subscriptions.end(found, now)
    elif found is not None:
        AuthorMail.objects.get_or_create(user=found, defaults={"ended_at": now})
