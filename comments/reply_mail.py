"""The mails to readers and authors, written at the moment of sending from what is true then; None cancels one."""

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.urls import reverse

from blog.site import absolute
from comments import letters, mail_links
from comments.letters import Letter
from comments.mail_links import CONFIRM, CONFIRM_DAYS, STOP
from comments.models import AuthorMail, Comment, Notice, Subscription

MOST_LISTED = 10
#: What a stop link ends: the mails about one comment, or those about new comments on an author's posts.
OF_SUBSCRIPTION, OF_AUTHOR = 1, 2


def confirm(notice: Notice, now: datetime, others: Sequence[Notice] = ()) -> Letter | None:
    """The question to an address whether it is theirs. Nothing that anybody typed stands in it."""
    subscription = notice.subscription
    if subscription.confirmed_at or subscription.ended_at or subscription.address.stopped:
        return None
    link = absolute(reverse("comments:mail_confirm", args=[mail_links.make(CONFIRM, subscription.pk, now=now)]))
    body = f"""Somebody wrote a comment on {settings.SITE_NAME} and asked for mail to this address about it:
when it is answered, and what becomes of it.

If that was you, open this page and press the button on it:
{link}
The link is good for {CONFIRM_DAYS} days.

If it was not you, do nothing. Without your yes this address gets no other mail from us.
Never want to be asked again? {_manage(subscription)}
"""
    return Letter(subscription.address.email, f"Is this your address? – {settings.SITE_NAME}", body, _stop(notice, now))


def reply(notice: Notice, now: datetime, others: Sequence[Notice] = ()) -> Letter | None:
    """Somebody answered."""
    answer = _public(notice, now)
    parent = answer.parent if answer else None
    if parent is None or parent.pk != notice.subscription.comment_id or not parent.is_published:
        return None
    who, title = letters.name(answer.name), letters.header(answer.post.title)
    body = f"""{who} answered your comment on “{title}”:

{letters.quoted(answer.body)}

Read it in the conversation: {absolute(answer.get_absolute_url())}

{footer(notice.subscription, now)}"""
    return Letter(notice.subscription.address.email, f"{who} answered you on “{title}”", body, _stop(notice, now))


def new_comments(notice: Notice, now: datetime, others: Sequence[Notice] = ()) -> Letter | None:
    """New comments on an author's posts, all that are due together in one mail."""
    author = notice.user
    if not settings.NOTIFY_AUTHORS or not _reachable(author) or AuthorMail.objects.filter(user=author).exists():
        return None
    wanted = [one.comment_id for one in (notice, *others)]
    found = Comment.objects.published(now).filter(pk__in=wanted, post__author=author).select_related("post")
    comments = list(found.order_by("pk"))
    if not comments:
        return None
    parts = [
        f"{letters.name(one.name)} on “{letters.header(one.post.title)}”:\n\n{letters.quoted(one.body)}\n\n"
        f"{absolute(one.get_absolute_url())}\n"
        for one in comments[:MOST_LISTED]
    ]
    if more := len(comments) - MOST_LISTED:
        parts += [f"And {more} more.\n"] if more > 0 else []
    first = letters.header(comments[0].post.title)
    subject = f"New comment on “{first}”" if len(comments) == 1 else f"{len(comments)} new comments on your posts"
    body = "\n".join([*parts, f"You get this as the author. End these mails: {_stop(notice, now)}\n"])
    return Letter(author.email, subject, body, _stop(notice, now))


def footer(subscription: Subscription, now: datetime) -> str:
    """Why this mail comes, and how to end it."""
    return (
        "You get this because you asked for it when you wrote your comment.\n"
        f"End mails about this comment: {stop_address(OF_SUBSCRIPTION, subscription.pk, now)}\n"
        f"All that you get from us: {_manage(subscription)}\n"
    )


def stop_address(what: int, number: int, now: datetime) -> str:
    """The address that ends a kind of mails, by a page with a button or by one POST."""
    return absolute(reverse("comments:mail_stop", args=[mail_links.make(STOP, what, number, now=now)]))


def _stop(notice: Notice, now: datetime) -> str:
    if notice.subscription_id:
        return stop_address(OF_SUBSCRIPTION, notice.subscription_id, now)
    return stop_address(OF_AUTHOR, notice.user_id, now)


def _manage(subscription: Subscription) -> str:
    return absolute(reverse("comments:mail", args=[subscription.address.key]))


def _public(notice: Notice, now: datetime) -> Comment | None:
    found = Comment.objects.published(now).filter(pk=notice.comment_id)
    return found.select_related("post", "parent").first()


def _reachable(user) -> bool:
    return bool(user and user.is_active and user.email)
