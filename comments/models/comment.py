"""A comment, the texts it had, and the one mutator of its state."""

from collections.abc import Iterable
from datetime import UTC, datetime
from functools import lru_cache

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from blog.changing import Changing
from blog.models import Post
from comments.models.indexes import INDEXES
from comments.models.reasons import Reason
from comments.models.senders import Sender, new_key
from comments.paths import STEP, PathField

LARGEST_ID = 2**63 - 1
MAX_PATH = STEP * settings.COMMENTS_MAX_DEPTH
FEW = 5  # statements that are cheaper than one with a case for each row
RANKED_AT_ONCE = 100  # rows of a statement with a case for each: the database tries them one after the other
AGE_DOUBLES = 12 * 3600  # seconds in which waiting makes a comment twice as urgent


def by_age(moment: datetime) -> float:
    """The urgency of what waits since `moment` and has nothing else to it.

    Urgency is the binary logarithm of how much a comment needs a person. Every twelve hours of waiting double that for
    all comments alike, so their order never changes by time alone and an index can hold it.
    """
    return -moment.timestamp() / AGE_DOUBLES


def by_age_now() -> float:
    return by_age(timezone.now())


class CommentQuerySet(models.QuerySet):
    def published(self, now: datetime | None = None) -> "CommentQuerySet":
        """What a stranger may read: published itself, and on a public post. The one predicate of every channel.

        Asked of each comment and not as a list of posts, so that SQLite reads the newest ones in their order and stops.
        """
        public_post = Post.objects.published(now).order_by().filter(pk=OuterRef("post"))
        return self.filter(Exists(public_post), status=Comment.Status.PUBLISHED)

    def of_sender(self, sender: int | OuterRef) -> "CommentQuerySet":
        """A sender's, in the order in which they came.

        A range of one, in the order of an index: by "equal", PostgreSQL may read all comments from the first on where
        few senders wrote most of them, and of a new one there is nothing to be found.
        """
        return self.filter(sender__gte=sender, sender__lte=sender).order_by("sender_id", "pk")

    def pending(self) -> "CommentQuerySet":
        """What waits for a person: pending comments, published ones whose edit waits, and reported ones."""
        return self.filter(
            Q(status=Comment.Status.PENDING) | Q(proposed_revision__isnull=False) | Q(open_reports__gt=0)
        )


class CommentManager(models.Manager.from_queryset(CommentQuerySet)):
    """All comments, and the ways in which one changes: by its number, whatever else was asked for."""

    def swap(self, comments: Iterable["Comment"], seen: int, **changes) -> int:
        """The one mutator: write `changes` to those comments whose version is still `seen`, and count the version up.

        Returns how many; nothing is written to those where somebody else came first.
        """
        return _swapping(tuple(changes)).change([comment.pk for comment in comments], seen=seen, **changes)

    def rank(self, comment_id: int, urgency: float, open_reports: int) -> None:
        """Note how soon a person should look at a comment. Changes nothing that readers see, and no version."""
        _RANKING.change(comment=comment_id, urgency=urgency, open_reports=open_reports)

    def rank_new(self, comment_id: int, urgency: float) -> bool:
        """The same for one about which nobody has decided anything yet. False where somebody has."""
        return bool(_RANKING_NEW.change(comment=comment_id, urgency=urgency))

    def rank_each(self, urgencies: dict[int, float]) -> None:
        """The same for many, whose reports are as they were; by comment its urgency."""
        alike: dict[float, list[int]] = {}
        for pk, urgency in urgencies.items():
            alike.setdefault(urgency, []).append(pk)
        if len(alike) > FEW:
            rows = [Comment(pk=pk, urgency=urgency) for pk, urgency in urgencies.items()]
            self.bulk_update(rows, ["urgency"], batch_size=RANKED_AT_ONCE)
            return
        for urgency, those in alike.items():
            _RANKING_ALIKE.change(those, urgency=urgency)


class Comment(models.Model):
    """One comment. Born pending and stored before anything judges it; changed only through `CommentManager.swap`."""

    class Status(models.TextChoices):
        UNCONFIRMED = "unconfirmed", "Unconfirmed"
        PENDING = "pending", "Pending"
        PUBLISHED = "published", "Published"
        REJECTED = "rejected", "Rejected"
        SPAM = "spam", "Spam"
        WITHDRAWN = "withdrawn", "Withdrawn"
        ERASED = "erased", "Erased"

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="comments")
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="replies")
    path = PathField(max_length=MAX_PATH, editable=False)
    thread = PathField(max_length=STEP, editable=False, help_text="First step of the path: the top-level comment.")
    depth = models.PositiveSmallIntegerField(default=0, editable=False)

    status = models.CharField(max_length=11, choices=Status, default=Status.PENDING, editable=False)
    reason = models.CharField(max_length=16, choices=Reason, blank=True, editable=False)
    version = models.PositiveIntegerField(
        default=1, editable=False, help_text="Counts changes; a decision names the one it saw."
    )
    revision = models.PositiveIntegerField(default=1, editable=False, help_text="The revision whose text stands here.")
    proposed_revision = models.PositiveIntegerField(
        null=True, editable=False, help_text="An edit that waits to be judged."
    )

    name = models.CharField(max_length=60)
    email = models.EmailField(max_length=254, blank=True)
    website = models.CharField(max_length=200, blank=True)
    body = models.TextField()
    html = models.TextField(editable=False)

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="comments"
    )
    sender = models.ForeignKey(  # its indexes stand in indexes.py
        Sender, null=True, blank=True, on_delete=models.SET_NULL, related_name="comments", db_index=False
    )
    network = models.CharField(max_length=64, blank=True, editable=False, help_text="Keyed hash of the address prefix.")
    user_agent = models.CharField(max_length=200, blank=True, editable=False)
    seconds_on_form = models.FloatField(null=True, editable=False)
    honeypot = models.BooleanField(default=False, editable=False)
    capability = models.CharField(max_length=32, unique=True, default=new_key, editable=False)
    submission_key = models.CharField(max_length=64, unique=True, null=True, editable=False)

    urgency = models.FloatField(
        default=by_age_now, editable=False, help_text="Binary logarithm; `by_age` says of what."
    )
    open_reports = models.PositiveIntegerField(default=0, editable=False, help_text="Readers' complaints not decided.")

    created_at = models.DateTimeField(default=timezone.now, editable=False)
    published_at = models.DateTimeField(null=True, editable=False)
    edited_at = models.DateTimeField(null=True, editable=False)
    reviewed_at = models.DateTimeField(null=True, editable=False)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )

    objects = CommentManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["post", "path"], name="comments_place"),
            models.CheckConstraint(
                name="comments_known_status",
                condition=Q(
                    status__in=[
                        "unconfirmed",
                        "pending",
                        "published",
                        "rejected",
                        "spam",
                        "withdrawn",
                        "erased",
                    ]
                ),
            ),
            models.CheckConstraint(
                name="comments_published_has_time",
                condition=~Q(status="published") | Q(published_at__isnull=False),
            ),
        ]
        indexes = INDEXES

    def __str__(self) -> str:
        return f"comment {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("comments:permalink", args=[self.pk])

    @property
    def is_published(self) -> bool:
        return self.status == self.Status.PUBLISHED

    @property
    def status_address(self) -> str:
        """The private page on which its author sees what became of the comment."""
        return reverse("comments:status", args=[self.capability])


@lru_cache(maxsize=64)
def _swapping(fields: tuple[str, ...]) -> Changing:
    """The UPDATE of `CommentManager.swap` for these fields; a decision changes one of a few sets of them."""
    examples = {name: _example(Comment._meta.get_field(name), at) for at, name in enumerate(fields)}
    return Changing(
        Comment,
        lambda ids, seen, **changes: (
            Comment.objects.filter(pk__in=ids, version=seen),
            {"version": F("version") + 1, **changes},
        ),
        seen=919_191,
        **examples,
    )


def _example(field: models.Field, at: int) -> object:
    if isinstance(field, models.DateTimeField):
        return datetime(1999, 9, 9, 9, 9, 9, at, tzinfo=UTC)
    if isinstance(field, models.FloatField):
        return 919_191.5 + at
    return f"919191-{at}" if isinstance(field, models.CharField | models.TextField) else 818_181 + at


_RANKING_ALIKE = Changing(
    Comment,
    lambda ids, urgency: (Comment.objects.filter(pk__in=ids), {"urgency": urgency}),
    urgency=919_191.5,
)
_RANKING_NEW = Changing(
    Comment,
    lambda comment, urgency: (
        Comment.objects.filter(pk=comment, status=Comment.Status.PENDING, version=1),
        {"urgency": urgency},
    ),
    comment=919_191,
    urgency=919_191.5,
)
_RANKING = Changing(
    Comment,
    lambda comment, urgency, open_reports: (
        Comment.objects.filter(pk=comment),
        {"urgency": urgency, "open_reports": open_reports},
    ),
    comment=919_191,
    urgency=919_191.5,
    open_reports=818_181,
)


class Revision(models.Model):
    """A text that a comment has or had; an edit is a new revision, judged like a new comment."""

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    body = models.TextField()
    html = models.TextField()
    seconds_on_form = models.FloatField(null=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["comment", "number"], name="comments_revision_number")]

    def __str__(self) -> str:
        return f"revision {self.number} of comment {self.comment_id}"
