"""Comments that arrive one after another and are screened as in life, for the tests of campaigns."""

from datetime import UTC, datetime, timedelta

from blog.models import Post
from comments.models import Comment, Sender
from moderation import screening
from moderation.campaigning import Facts, traces_of
from moderation.fingerprint import digest, minhash
from moderation.models import Campaign, CampaignMember
from tests import cast
from tests.moderation import waves

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
HEARING = [alternatives[0] for alternatives in waves.SENTENCES]
TEXT = " ".join(HEARING)


def arrives(post: Post, body: str, now: datetime = NOW, **changes: object) -> Comment:
    """A comment that somebody new sends now, after its screening."""
    given = {"sender": Sender.objects.create(), "created_at": now, **changes}
    made = cast.comment(post, "pending", body=body, **given)
    screening.screen(made.pk, now)
    made.refresh_from_db()
    return made


def alike(post: Post, number: int, now: datetime = NOW) -> list[Comment]:
    """So many comments of different people that say nearly the same."""
    return [arrives(post, f"{TEXT} {waves.NAMES[at % 9]} {at}", now) for at in range(number)]


def card_of(comment: Comment) -> Campaign | None:
    """The card that a comment belongs to."""
    member = CampaignMember.objects.filter(pk=comment.pk).select_related("campaign").first()
    return member.campaign if member else None


def facts(number: int, body: str, website: str = "", **changes: object) -> Facts:
    """A comment as the pure rules see it."""
    found = minhash(body)
    traces = traces_of(body, digest=digest(body), signature=found.signature if found else "", website=website)
    given = {"at": NOW + timedelta(minutes=number), "sender": number, **changes}
    return Facts(number, traces, **given)
