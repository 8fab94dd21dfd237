"""What gives the desk's other pages something to show: reports, a rejection with its appeal, a notice, a warning."""

from datetime import datetime, timedelta

from blog.models import User
from comments.models import Comment, Sender
from comments.origin import network_of
from moderation import appeals, decisions, filing, illegal, sanctions
from moderation.actors import person
from moderation.noticed import Target
from moderation.people import who_sent

LONG_THREAD = "which-bell"  # stays as it is
REPORTED = (
    ("harassment", "He goes for the person and not for the point.", 50),
    ("harassment", "", 34),
    ("off_topic", "What has this to do with the post?", 12),
)


def load(people: dict[str, User], now: datetime) -> Comment | None:
    """Fill the pages; returns a comment whose private page says a lot, or None where there are no comments."""
    ends = Comment.objects.published(now).filter(user=None, replies=None).exclude(post__slug=LONG_THREAD)
    published = list(ends.order_by("-pk")[:4])
    if len(published) < 4:
        return None
    reported, refused, noticed, warned = published
    for number, (reason, words, minutes) in enumerate(REPORTED):
        moment = now - timedelta(minutes=minutes)
        reader = Sender.objects.create(created_at=moment - timedelta(days=30))
        network = network_of(f"198.51.{number}.7", now)
        filing.file(reported.pk, filing.Complaint(reason, words, reader, None, network), moment)
    decision = decisions.decide(
        refused.pk,
        "reject",
        seen=refused.version,
        actor=person(people["moderator"]),
        reason="off_topic",
        message="We keep this thread to the post. You are welcome to say it under the one about the council.",
        now=now - timedelta(hours=5),
    )
    appeals.file(
        refused.pk,
        "I think it is on the topic: the second half of the post is about just this. Would you read it once more?",
        decision=decision.pk,
        now=now - timedelta(hours=3),
    )
    target = Target(noticed.get_absolute_url(), noticed.pk, None, noticed.revision)
    said = illegal.Said([target], "This says of a named tradesman that he steals. It is untrue.", "R. Ash", "", False)
    illegal.receive(said, "demo-notice", now - timedelta(hours=2))
    sanctions.impose(
        who_sent(warned)[0],
        "warn",
        actor=person(people["moderator"]),
        reason="low_effort",
        message="Please say a little more than “first”.",
        comment=warned,
        now=now - timedelta(hours=1),
    )
    return refused
