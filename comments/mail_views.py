"""The pages behind links in mails: GET shows, POST does. Whoever follows every link of a mail changes nothing."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from comments import mail_links, subscriptions
from comments.mail_links import CONFIRM, CONFIRM_DAYS, LinkRefused
from comments.models import Address, Subscription
from comments.status_page import LONGEST_CAPABILITY, private


@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Prove an address, and begin the mails that were asked for with it."""
    now = timezone.now()
    try:
        number, *_ = mail_links.read(CONFIRM, token, now, CONFIRM_DAYS)
    except (LinkRefused, ValueError) as refusal:
        return refused(request, str(refusal))
    found = Subscription.objects.select_related("comment__post", "address").filter(pk=number).first()
    if found is None or found.ended_at or found.address.stopped:
        return refused(request, "These mails were ended, or the comment is gone. There is nothing to confirm.")
    if request.method == "POST" and found.confirmed_at is None:
        subscriptions.confirm(found, now)
        found.refresh_from_db()
    return private(render(request, "comments/mail_confirm.html", {"subscription": found, "title": _title(found)}))


@require_http_methods(["GET", "HEAD", "POST"])
def manage(request: HttpRequest, key: str) -> HttpResponse:
    """What an address gets, for who holds the key from its mails: end one, end all, or take mail again."""
    if len(key) > LONGEST_CAPABILITY or "\x00" in key:
        raise Http404
    address, now = get_object_or_404(Address, key=key), timezone.now()
    done = ""
    if request.method == "POST":
        done = _do(request, address)
        address.refresh_from_db()
    alive = address.subscriptions.filter(ended_at=None).exclude(confirmed_at=None).select_related("comment__post")
    rows = [(one, _title(one)) for one in alive.order_by("-pk")[: subscriptions.MOST]]
    context = {"address": address, "rows": rows, "done": done, "now": now}
    return private(render(request, "comments/mail.html", context))


def refused(request: HttpRequest, words: str) -> HttpResponse:
    """A link that does nothing, and why."""
    return private(render(request, "comments/mail_refused.html", {"words": words}, status=410))


def _do(request: HttpRequest, address: Address) -> str:
    now, act = timezone.now(), request.POST.get("act", "")
    if act == "end_all":
        subscriptions.end_all(address, now)
        return "You will get no more mail from us."
    if act == "open_again":
        subscriptions.open_again(address)
        return "You can be asked again. Mails come only about comments for which you tick the box."
    number = act.removeprefix("end ")
    if number.isascii() and number.isdigit() and len(number) < 19:
        for one in address.subscriptions.filter(pk=int(number)):
            subscriptions.end(one, now)
            return "You will get no more mail about this comment."
    return ""


def _title(subscription: Subscription) -> str:
    """The title of the post, where it is public."""
    post = subscription.comment.post
    return post.title if post.is_public() else "a post that is not public now"
