"""What is measured around a comment when it is screened: its post, the talk below it, what else arrives.

All of it in at most 5 queries, over rows that an index gives newest first, so the cost does not grow with the site.
"""

from dataclasses import replace
from datetime import datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

from django.db.models import BooleanField, ExpressionWrapper, Q
from django.utils import timezone

from blog.models import Post
from blog.prepared import Prepared
from blog.versions import NOW
from comments.models import Comment
from moderation import installed_filter
from moderation.classifier.echo import MOST_RECENT, echo_of
from moderation.classifier.relevance import MOST_POST, MOST_TALK, Profile
from moderation.filters.context import Echo, Memory, Relevance
from moderation.filters.reading import TextReading
from moderation.models import Fingerprint, Lesson

HOUR = timedelta(hours=1)
#: From this likeness on the reasons say when the other comment was refused.
DATED = 0.25


class Recent(NamedTuple):
    """What came of late: how much it says the same, and how much of it came from the same network."""

    echo: Echo
    network: int


def profile_of(post: Post) -> Profile:
    """The words of a post; those of the latest posts are kept in memory."""
    return _profile(post.title, post.text[:MOST_POST], installed_filter.prior().digest)


def relevance_of(comment: Comment, body: TextReading) -> Relevance | None:
    """How much a comment's text has to do with its post and with the talk below it. 1 query, 2 for a reply."""
    is_public = comment.post.is_public(timezone.now())
    talk = _TALK.rows(post=comment.post_id, comment=comment.pk) if is_public else []
    if comment.parent_id:
        # What it answers is part of the talk, however long ago that was said.
        talk = [*Comment.objects.filter(pk=comment.parent_id).values_list("name", "body"), *talk][:MOST_TALK]
    return profile_of(comment.post).measure(body, talk)


def recent_around(comment: Comment, signature: int, digest: str, now: datetime) -> Recent:
    """What the latest comments have in common with one, given its fingerprint. 2 queries, both by key.

    As one with a join, SQLite would read all comments first where it takes the fingerprints for few.
    """
    prints = {pk: printed for pk, *printed in _LATEST.rows(comment=comment.pk)}
    others, network = [], 0
    for pk, sender, place, is_new, is_known in _COMMENTS.rows(prints, since=now - HOUR) if prints else ():
        network += bool(is_new and place and place == comment.network)
        if not is_known and (sender is None or sender != comment.sender_id):
            other, same = prints[pk]
            others.append((int(other, 16) if other else 0, same))
    return Recent(echo_of(signature, digest, others), network)


def dated(memory: Memory) -> Memory:
    """The same memory with the day on which the nearest refused text was refused. 1 query where there is one."""
    if memory.nearest is None or (memory.like_spam or 0.0) < DATED:
        return memory
    said = Lesson.objects.filter(comment=memory.nearest, spam=True, live=True).order_by("-pk")
    moment = said.values_list("created_at", flat=True).first()
    return replace(memory, nearest_on=f"{moment.day} {moment:%B %Y}") if moment else memory


def _talk(post: int, comment: int):
    # A range of one, in an order that begins with it. By "equal", PostgreSQL takes a post on which much waits for one
    # with much to read, and looks for its few public comments among those of the whole site.
    public = Comment.objects.filter(status=Comment.Status.PUBLISHED)
    below = public.filter(post__gte=post, post__lte=post).exclude(pk=comment)
    return below.order_by("post", "-published_at", "-pk").values_list("name", "body")[:MOST_TALK]


def _latest(comment: int):
    return (
        Fingerprint.objects.exclude(pk=comment).order_by("-pk").values_list("pk", "signature", "digest")[:MOST_RECENT]
    )


def _comments(numbers: list[int], since: datetime):
    # Two answers in place of two times and a status: what drivers make of a time takes longer than the comparison.
    is_new, is_known = Q(created_at__gt=since), Q(status=Comment.Status.PUBLISHED, reviewed_at__isnull=False)
    answers = [ExpressionWrapper(asked, BooleanField()) for asked in (is_new, is_known)]
    return Comment.objects.filter(pk__in=numbers).values_list("pk", "sender", "network", *answers)


_TALK = Prepared(Comment, _talk, post=919_191, comment=929_292)
_LATEST = Prepared(Fingerprint, _latest, comment=929_292)
_COMMENTS = Prepared(Comment, _comments, since=NOW)


@lru_cache(maxsize=64)
def _profile(title: str, text: str, _prior: str) -> Profile:
    return Profile(title, text, installed_filter.prior().rarity)
