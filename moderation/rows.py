"""The list beside the item in focus: of each comment what tells it from the others, and its card."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce, Substr
from django.utils.safestring import SafeString

from blog.prepared import Prepared
from comments.models import Comment, Revision
from moderation import ages, campaigns, ranking, urgency
from moderation.models import Review
from moderation.templatetags.desk import live, plain

EXCERPT_CHARS = 140
COLUMNS = (
    "status",
    "version",
    "name",
    "user",
    "proposed_revision",
    "open_reports",
    "created_at",
    "published_at",
    "reviewed_at",
    "post__title",
    "post__status",
    "post__published_at",
    "post__published_comments",
)


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the list.

    Attributes:
        pk: the comment's, and its `version`, as a page writes them. A template asks for each six times a line, and
            would look up each time how this language writes numbers.
        held_by: the other moderator who has the comment open, or "".
    """

    comment: Comment
    pk: str
    version: str
    excerpt: str
    why: tuple[str, ...]
    held_by: str
    card: campaigns.CardLink | None = None

    @property
    def name(self) -> SafeString:
        """The typed name, in which nothing is invisible."""
        return plain(self.comment.name)

    @property
    def text(self) -> SafeString:
        """The excerpt, in which nothing is invisible."""
        return plain(self.excerpt)

    @property
    def age(self) -> SafeString:
        return live(self.comment.created_at)

    @property
    def waits(self) -> bool:
        return ranking.waits(self.comment)


def of(ids: Iterable[int], held: dict[int, str], cards: dict[int, campaigns.CardLink], now: datetime) -> list[Row]:
    """Rows in the order given; ids without a comment are left out."""
    ids = list(ids)
    found = {comment.pk: comment for comment in _COMMENTS.objects(ids)} if ids else {}
    return [_row(found[pk], held.get(pk, ""), now, cards.get(pk)) for pk in ids if pk in found]


def _comments(ids: list[int]) -> QuerySet:
    review = Review.objects.filter(comment=OuterRef("pk")).order_by("-pk")
    edit = Revision.objects.filter(comment=OuterRef("pk"), number=OuterRef("proposed_revision"))
    rows = Comment.objects.filter(pk__in=ids).select_related("post").only(*COLUMNS)
    return rows.annotate(
        beginning=Coalesce(
            Subquery(edit.annotate(start=Substr("body", 1, 2 * EXCERPT_CHARS)).values("start")[:1]),
            Substr("body", 1, 2 * EXCERPT_CHARS),
        ),
        review_score=Subquery(review.values("score")[:1]),
        review_error=Subquery(review.values("error")[:1]),
    )


_COMMENTS = Prepared(Comment, _comments)


def why(comment: Comment, review: Review | None, now: datetime) -> tuple[str, ...]:
    """Why a comment stands where it stands in the queue, in words; nothing for one that does not wait."""
    if not ranking.waits(comment):
        return ()
    said = urgency.words(ranking.facts_about(comment, review, now))
    began = _began(comment)
    if began and (waited := ages.span(began, now)):
        said.append(f"waiting {waited}")
    return tuple(said)


def _began(comment: Comment) -> datetime | None:
    """Since when a pending comment waits, as far as it knows by itself: held again counts from that decision."""
    if comment.status != Comment.Status.PENDING:
        return None
    if comment.published_at and (not comment.reviewed_at or comment.reviewed_at <= comment.published_at):
        return None
    return comment.reviewed_at or comment.created_at


def _row(comment: Comment, held_by: str, now: datetime, card: campaigns.CardLink | None) -> Row:
    scored = comment.review_score is not None
    review = Review(score=comment.review_score, error=comment.review_error or "") if scored else None
    excerpt = " ".join(comment.beginning.split())
    if len(excerpt) > EXCERPT_CHARS:
        excerpt = excerpt[: EXCERPT_CHARS - 1].rstrip() + "\N{HORIZONTAL ELLIPSIS}"
    numbers = str(comment.pk), str(comment.version)
    return Row(comment, *numbers, excerpt, why(comment, review, now), held_by, card)
