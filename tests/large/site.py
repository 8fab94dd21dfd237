"""A site with 100,000 comments and 3,000 posts, the same on every run.

Written past the door and without a ledger: what is shown depends on the rows alone. The ORM writes a twenty-fifth of
it, and the database copies that, because a hundred thousand objects of Python would take a minute. Whoever fills a
database with it does so in a transaction that is taken back: decisions can not be deleted.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.management.color import no_style
from django.db import connection
from django.db.models import F, Model
from django.utils import timezone

from blog.models import Post, User
from comments.models import Comment, Revision, Sender
from comments.models.comment import by_age
from comments.paths import depth_of
from moderation.filters.reading import TextReading
from moderation.fingerprint import print_of
from moderation.models import Campaign, CampaignMember, Decision, Fingerprint, Review, Signal
from moderation.sharing import BAND_COLUMNS
from tests import cast

COPIES = 25
PENDING, PUBLISHED, REFUSED = 2_400, 960, 640
MADE = PENDING + PUBLISHED + REFUSED
COMMENTS = MADE * COPIES
ALIKE = 20  # every so manieth of the pending ones stands on the card
MEMBERS = PENDING // ALIKE * COPIES
ANSWERED = 5  # every so manieth of the published ones is answered by the one after it
EDITED = REPORTED = 8  # of the published ones
APPROVED = 80  # of the published ones, by a person
REPEATED = 4  # every so manieth of the pending ones says the same
POSTS = 3_000
REPEATED_TEXT = "The tax credit of this year is open again, and our office helps you to claim it at once, my friend."
STEP_AND_COPY = "{:08d}c{:03d}"  # a place in the thread; `_copied` writes the number of the copy


@dataclass(frozen=True, slots=True)
class Site:
    """What tests ask about: the posts of the flood and of the long thread, the browser that half of the flood came from
    and the one of all that is public, the card, and a moderator."""

    flooded: Post
    discussed: Post
    sender: Sender
    regular: Sender
    card: Campaign
    moderator: User


def fill() -> Site:
    """Fill a migrated database, and let it count what it has."""
    now = timezone.now()
    author, moderator = cast.person("author", "Authors"), cast.person("editor", "Editors")
    posts = Post.objects.bulk_create([_post(author, number, now) for number in range(POSTS)])
    senders = [Sender.objects.create(), Sender.objects.create()]
    site = Site(posts[0], posts[1], *senders, Campaign.objects.create(size=MEMBERS), moderator)
    waiting = Comment.objects.bulk_create(_waiting(site, now))
    reviews = Review.objects.bulk_create(
        [
            Review(id=row.pk, comment=row, revision=1, policy="policy-3", mode="hold_new", outcome="hold")
            for row in waiting
        ]
    )
    Signal.objects.bulk_create(
        [Signal(id=one.pk, review=one, code="links_few", weight=1, says="1 link") for one in reviews]
    )
    Fingerprint.objects.bulk_create(map(_fingerprint, waiting))
    CampaignMember.objects.bulk_create([CampaignMember(comment=row, campaign=site.card) for row in waiting[::ALIKE]])
    public = Comment.objects.bulk_create(_public(site, now))
    refused = Comment.objects.bulk_create(_refused(site, now))
    Decision.objects.bulk_create([*map(_approval, public[:APPROVED]), *map(_decision, refused)])
    Revision.objects.bulk_create(map(_revision, Comment.objects.all()))
    for model in (Comment, Revision, Review, Signal, Fingerprint, CampaignMember, Decision):
        _copied(model)
    _repeat_a_text()
    connection.check_constraints()  # now, and not after each test that stands on it
    with connection.cursor() as cursor:
        # The numbers were given here; what a test writes goes on behind them.
        for statement in connection.ops.sequence_reset_sql(no_style(), [Comment, Revision, Review, Signal]):
            cursor.execute(statement)
        cursor.execute("ANALYZE")
    return site


def _post(author: User, number: int, now: datetime) -> Post:
    post = Post(
        author=author, title=f"Post {number}", slug=f"large-{number}", status=Post.Status.PUBLISHED,
        source=f"About gate number {number}.", published_at=now - timedelta(days=1, hours=number),
        published_comments=PUBLISHED * COPIES if number == 1 else 0,
    )  # fmt: skip
    post.render()
    return post


def _comment(post: Post, number: int, status: str, moment: datetime, above: str = "", **given) -> Comment:
    path = above + STEP_AND_COPY.format(number, 0)
    text = f"A letter about gates, number {number}, with a few more words that make it a comment."
    return Comment(
        id=number, post=post, path=path, thread=path[:12], depth=depth_of(path), status=status, created_at=moment,
        name=f"Reader {number}", body=text, html=f"<p>{text}</p>", network=f"1:{number % 500}",
        urgency=by_age(moment) + number * 7 % 11, capability=path[-12:], **given,
    )  # fmt: skip


def _waiting(site: Site, now: datetime) -> Iterator[Comment]:
    for number in range(1, PENDING + 1):
        moment = now - timedelta(days=20) + timedelta(minutes=number * 10)
        yield _comment(site.flooded, number, "pending", moment, sender=site.sender if number % 2 else None)


def _public(site: Site, now: datetime) -> Iterator[Comment]:
    above = None
    for number in range(PENDING + 1, PENDING + PUBLISHED + 1):
        moment = now - timedelta(days=300) + timedelta(minutes=number * 10)
        at = number - PENDING
        given: dict[str, object] = {"sender": site.regular, "reviewed_at": moment if at <= APPROVED else None}
        given |= {"proposed_revision": 2} if at <= EDITED else {"open_reports": 1} if at <= EDITED + REPORTED else {}
        if above:
            given |= {"parent_id": above.pk, "above": above.path}
        comment = _comment(site.discussed, number, "published", moment, published_at=moment, **given)
        above = comment if at % ANSWERED == 0 else None
        yield comment


def _refused(site: Site, now: datetime) -> Iterator[Comment]:
    for number in range(PENDING + PUBLISHED + 1, MADE + 1):
        moment = now - timedelta(days=40) + timedelta(minutes=number)
        yield _comment(site.discussed, number, "spam" if number % 2 else "rejected", moment, version=2)


def _fingerprint(comment: Comment) -> Fingerprint:
    bands = {name: comment.pk * len(BAND_COLUMNS) + number for number, name in enumerate(BAND_COLUMNS)}
    return Fingerprint(comment=comment, digest=f"{comment.path:0>64}", signature="0" * 128, **bands)


def _revision(comment: Comment) -> Revision:
    return Revision(id=comment.pk, comment=comment, number=1, body=comment.body, html=comment.html)


def _decision(comment: Comment) -> Decision:
    return Decision(
        id=comment.pk, comment=comment, action="spam" if comment.status == "spam" else "reject", from_status="pending",
        to_status=comment.status, from_version=1, to_version=2, revision=1, actor_kind="system",
        actor_name="policy-3", before={}, after={}, created_at=comment.created_at,
    )  # fmt: skip


def _approval(comment: Comment) -> Decision:
    return Decision(
        id=comment.pk, comment=comment, action="approve", from_status="pending", to_status="published", from_version=1,
        to_version=2, revision=1, actor_kind="person", actor_name="Editor", before={}, after={},
        created_at=comment.created_at,
    )  # fmt: skip


def _repeat_a_text() -> None:
    """Give every so manieth of the waiting comments one fingerprint."""
    printed = print_of(TextReading("body", REPEATED_TEXT))
    bands = dict(zip(BAND_COLUMNS, printed.minhash.bands, strict=True))
    same = Fingerprint.objects.annotate(at=F("pk") % REPEATED).filter(at=0)
    same.update(digest=printed.digest, signature=printed.signature, **bands)


def _copied(model: type[Model]) -> None:
    """Copy all rows under numbers, places and secrets of their own; what they point to is copied alike."""
    name = connection.ops.quote_name
    columns, values = [], []
    for field in model._meta.concrete_fields:
        column = value = name(field.column)
        if field.primary_key or (field.related_model in (Comment, Review)):
            value = f"{column} + %(shift)s"
        elif column.strip('"') in ("path", "thread", "capability", "digest") and model is not Decision:
            value = f"replace({column}, 'c000', %(copy)s)"
        elif field.column in BAND_COLUMNS:
            value = f"{column} + {len(BAND_COLUMNS)} * %(shift)s"
        elif field.column == "urgency":
            value = f"{column} + %(later)s"
        columns.append(column)
        values.append(value)
    table = name(model._meta.db_table)
    with connection.cursor() as cursor:
        for copy in range(1, COPIES):
            given = {"shift": copy * MADE, "copy": f"c{copy:03d}", "later": copy * 0.37, "most": MADE}
            cursor.execute(  # names of our own columns; each value is passed
                f"INSERT INTO {table} ({', '.join(columns)}) SELECT {', '.join(values)} FROM {table} "  # noqa: S608
                f"WHERE {name(model._meta.pk.column)} <= %(most)s",
                given,
            )
