"""The moderators' digest: one mail to each who wants it, never one for each comment, and rarer while nobody acts.

A flood of comments makes the numbers in it larger and never the mails more.
"""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from blog import second_factor
from blog.models import User
from blog.site import absolute
from comments import letters, mail_links
from comments.letters import Letter
from comments.models import Comment, Notice
from moderation.access import PERMISSION, may_moderate
from moderation.models import Appeal, Decision, DeskMail, IllegalContentNotice, LedgerHead

DIGEST, DECIDE = "digest", "decide"
DECIDE_DAYS = 3
MOST_RECIPIENTS = 200
MOST_COUNTED = 999
MOST_LISTED = 5
LEAST_GAP, DAY, LONGEST_GAP = timedelta(hours=4), timedelta(days=1), timedelta(days=7)
Interval = DeskMail.Interval


def enqueue(now: datetime) -> int:
    """Put a digest into the outbox for everybody whose time it is; how many. Nothing waits: nothing is sent."""
    oldest = oldest_waiting()
    if not settings.NOTICES_BY_MAIL or oldest is None:
        return 0
    able = User.objects.with_perm(PERMISSION, backend="blog.accounts.Accounts")
    moderators = list(able.filter(is_staff=True).exclude(email="").order_by("pk")[:MOST_RECIPIENTS])
    wishes = DeskMail.objects.in_bulk([user.pk for user in moderators], field_name="user_id")
    return sum(_to(user, wishes.get(user.pk), oldest, now) for user in moderators)


def oldest_waiting() -> datetime | None:
    """When the oldest of what waits for a person was sent: comment, appeal or notice; None when nothing waits."""
    rows = Comment.objects
    parts = (
        rows.filter(status=Comment.Status.PENDING).order_by("pk"),
        rows.filter(proposed_revision__isnull=False).order_by("pk"),
        rows.filter(open_reports__gt=0).order_by("-urgency", "-pk"),
        Appeal.objects.open().order_by("pk"),
        IllegalContentNotice.objects.filter(state=IllegalContentNotice.State.OPEN).order_by("pk"),
    )
    found = [moment for part in parts for moment in part.values_list("created_at", flat=True)[:1]]
    return min(found, default=None)


def _to(user: User, wish: DeskMail | None, oldest: datetime, now: datetime) -> bool:
    wish = wish or DeskMail.objects.get_or_create(user=user)[0]
    if wish.interval == Interval.OFF:
        return False
    if wish.interval == Interval.WAITING and now - oldest < timedelta(hours=wish.hours):
        return False
    least = DAY if wish.interval == Interval.DAILY else LEAST_GAP
    ignored = 0
    if wish.last_at is not None:
        if now - wish.last_at < least:
            return False
        if not _anybody_decided(wish.last_at):
            # A mail that changes nothing is noise: the next one comes after twice the time.
            if now - wish.last_at < min(least * 2 ** min(wish.ignored, 10), LONGEST_GAP):
                return False
            ignored = min(wish.ignored + 1, 100)
    with transaction.atomic():
        # Two workers at once: one of them moves the time on.
        if not DeskMail.objects.filter(pk=wish.pk, last_at=wish.last_at).update(last_at=now, ignored=ignored):
            return False
        key = f"digest:{user.pk}:{int(now.timestamp())}"
        Notice.objects.create(kind=DIGEST, key=key, user=user, due_at=now, next_try_at=now, created_at=now)
    return True


def _anybody_decided(since: datetime) -> bool:
    return Decision.objects.filter(created_at__gt=since, actor_kind=Decision.ActorKind.PERSON).exists()


def digest(notice: Notice, now: datetime, others: Sequence[Notice] = ()) -> Letter | None:
    """Write a digest from what waits when it is sent; None for who may not moderate any more, or when all is done."""
    user, oldest = notice.user, oldest_waiting()
    if oldest is None or not user.email or not may_moderate(user):
        return None
    lines = [line for count in COUNTS if (line := count(now))]
    head = LedgerHead.objects.filter(pk=1).first()
    body = f"""What waits on {settings.SITE_NAME}:

{chr(10).join(f"- {line}" for line in lines)}

The oldest has waited {_age(now - oldest)}. The desk: {absolute(reverse("moderation:queue"))}

{_most_urgent(user, now)}The log ends with decision {head.last if head else 0}, digest
{head.digest if head and head.digest else "(none yet)"}
Keep this mail: "manage.py verify_ledger" shows with that digest whether the log up to here was changed.

How often you get this, and whether: {absolute(reverse("moderation:mail"))}
"""
    return Letter(user.email, f"{letters.header(lines[0])} – {settings.SITE_NAME}", body)


def must_log_in(user: User) -> bool:
    """Whether a mail must not decide for this account, because that would go round its second factor."""
    return settings.STAFF_SECOND_FACTOR_REQUIRED or second_factor.is_set_up(user)


def _most_urgent(user: User, now: datetime) -> str:
    rows = Comment.objects.filter(status=Comment.Status.PENDING).select_related("post").order_by("-urgency", "-pk")
    parts, by_desk = [], must_log_in(user)
    for comment in rows[:MOST_LISTED]:
        link = reverse("moderation:item", args=[comment.pk])
        if not by_desk:
            token = mail_links.make(DECIDE, user.pk, comment.pk, comment.version, now=now)
            link = reverse("moderation:decide_by_mail", args=[token])
        about = f"{letters.name(comment.name)} on “{letters.header(comment.post.title)}”"
        parts.append(f"{about}, {_age(now - comment.created_at)} ago:\n{letters.quoted(comment.body[:400])}\n")
        parts.append(f"{absolute(link)}\n")
    if not parts:
        return ""
    good = "" if by_desk else f" Each link is yours alone and good for {DECIDE_DAYS} days."
    return "\n".join([f"The most urgent. A link shows the comment and asks what to do.{good}\n", *parts, ""])


def _pending(now: datetime) -> str:
    return _count(Comment.objects.filter(status=Comment.Status.PENDING), "comment waits", "comments wait")


def _edits(now: datetime) -> str:
    edits = Comment.objects.filter(proposed_revision__isnull=False).exclude(status=Comment.Status.PENDING)
    return _count(edits, "edit waits", "edits wait")


def _reported(now: datetime) -> str:
    return _count(Comment.objects.filter(open_reports__gt=0), "comment is reported", "comments are reported")


def _appeals(now: datetime) -> str:
    return _count(Appeal.objects.open(), "appeal is open", "appeals are open")


def _notices(now: datetime) -> str:
    open_ones = IllegalContentNotice.objects.filter(state=IllegalContentNotice.State.OPEN)
    return _count(open_ones, "notice of illegal content is open", "notices of illegal content are open")


#: The lines of a digest, each made by a function of the moment; an empty one is left out.
COUNTS: list[Callable[[datetime], str]] = [_pending, _edits, _reported, _appeals, _notices]


def _count(rows, one: str, more: str) -> str:
    number = rows.order_by().values("pk")[: MOST_COUNTED + 1].count()
    if number > MOST_COUNTED:
        return f"{MOST_COUNTED}+ {more}"
    return f"{number} {one if number == 1 else more}" if number else ""


def _age(passed: timedelta) -> str:
    hours = int(passed.total_seconds() // 3600)
    if hours < 1:
        return f"{max(int(passed.total_seconds() // 60), 1)} min"
    return f"{hours} h" if hours < 48 else f"{hours // 24} days"
