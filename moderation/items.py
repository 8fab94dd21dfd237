"""All that a moderator needs to decide about some comments, gathered in a number of queries that does not grow."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

from django.db.models import Model, OuterRef, QuerySet, Subquery
from django.utils.text import Truncator

from blog.counting import CountOf
from blog.differences import Row, compare
from blog.models import User
from blog.prepared import Prepared
from comments.links import find_links
from comments.models import Comment, Revision, Sender
from moderation import decisions, findings
from moderation.campaigns import CardLink
from moderation.citations import Piece, pieces
from moderation.findings import Findings
from moderation.models import Decision, Review, Signal
from moderation.transitions import possible

#: A text longer than this is shown in a box with a scroll bar.
LONG_CHARS, LONG_LINES = 700, 14
MOST_HOSTS = 8
EXCERPT_CHARS = 180
#: A flood from one browser is as quickly told as a few letters: nobody needs to know how many thousands they are.
MOST_OF_A_SENDER = 1000
STATUS, A = Comment.Status, Decision.Action
BUTTONS = (A.ACCEPT_EDIT, A.REFUSE_EDIT, A.APPROVE, A.NOT_SPAM, A.HOLD, A.SPAM)


@dataclass(frozen=True, slots=True)
class History:
    """Other comments of the same proven sender by status, as (status, word, how many), "1000+" for more."""

    counts: tuple[tuple[str, str, int | str], ...] = ()

    @property
    def any(self) -> bool:
        return bool(self.counts)


@dataclass(slots=True)
class Item:
    """One comment on the desk. `proposed` is the edit that waits, `text` what is to be judged."""

    comment: Comment
    review: Review | None
    findings: Findings
    because: list[str]  # what the policy says beside the findings
    history: History
    latest: Decision | None
    proposed: Revision | None
    actions: list[str]  # in the order of the buttons; rejecting stands apart, because it asks for a reason
    rejectable: bool
    name: list[Piece] = field(default_factory=list)
    website: list[Piece] = field(default_factory=list)
    text: list[Piece] = field(default_factory=list)
    changes: list[Row] = field(default_factory=list)
    hosts: list[str] = field(default_factory=list)
    long: bool = False
    next: int | None = None
    # Of the item in focus alone; focus.py fills them.
    why: tuple[str, ...] = ()
    held_by: str = ""
    alike: list = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)
    card: CardLink | None = None
    extras: list = field(default_factory=list)

    @property
    def waits(self) -> bool:
        return self.comment.status == STATUS.PENDING or self.proposed is not None or self.comment.open_reports > 0

    @property
    def parent_excerpt(self) -> str:
        """The beginning of the comment that this one answers."""
        return " ".join(Truncator(self.comment.parent.body).chars(EXCERPT_CHARS).split())

    @property
    def undoable(self) -> Decision | None:
        return self.latest if self.latest and self.latest.action not in decisions.FINAL else None

    @property
    def titles(self) -> dict[int, str]:
        return self.findings.titles

    @property
    def cited_text_is_older(self) -> bool:
        """The screening looked at a text that is no longer the one to be judged."""
        return self.review is not None and self.review.revision != judged_revision(self.comment)


def judged_revision(comment: Comment) -> int:
    """Number of the text that a decision now would be about."""
    return comment.proposed_revision or comment.revision


def gather(ids: Iterable[int]) -> list[Item]:
    """The items of some comments, in the order given; ids without a comment are left out."""
    ids = list(ids)
    comments = {comment.pk: comment for comment in _COMMENTS.objects(ids)} if ids else {}
    reviews = _by_number(_REVIEWS, [c.latest_review for c in comments.values() if c.latest_review])
    made = _by_number(_DECISIONS, [c.latest_decision for c in comments.values() if c.latest_decision])
    signals: dict[int, list[Signal]] = {}
    for signal in _SIGNALS.objects(reviews) if reviews else ():
        signals.setdefault(signal.review_id, []).append(signal)
    proposed = _proposed(comments.values())
    histories = _histories(comments.values())
    items = [
        _item(
            comment,
            reviews.get(comment.latest_review),
            signals.get(comment.latest_review, []),
            histories[comment.pk],
            made.get(comment.latest_decision),
            proposed.get(comment.pk),
        )
        for comment in (comments[pk] for pk in ids if pk in comments)
    ]
    for item, following in pairwise(items):
        item.next = following.comment.pk
    return items


def _comments(ids: list[int]) -> QuerySet:
    latest_review = Review.objects.filter(comment=OuterRef("pk")).order_by("-pk").values("pk")[:1]
    latest_decision = Decision.objects.filter(comment=OuterRef("pk")).order_by("-pk").values("pk")[:1]
    return (
        Comment.objects.filter(pk__in=ids)
        .select_related("post", "parent", "user", "reviewed_by")
        .defer("html", "parent__html", "post__source", "post__html", "post__text", "user__about", "reviewed_by__about")
        .annotate(latest_review=Subquery(latest_review), latest_decision=Subquery(latest_decision))
    )


_COMMENTS = Prepared(Comment, _comments)
_REVIEWS = Prepared(Review, lambda ids: Review.objects.filter(pk__in=ids).defer("facts"))
_DECISIONS = Prepared(Decision, lambda ids: Decision.objects.filter(pk__in=ids).select_related("words"))
_SIGNALS = Prepared(Signal, lambda reviews: Signal.objects.filter(review__in=reviews).order_by("-weight", "pk"))


def _by_number(written: Prepared, ids: list[int]) -> dict[int, Model]:
    return {found.pk: found for found in written.objects(ids)} if ids else {}


def _item(
    comment: Comment,
    review: Review | None,
    signals: list[Signal],
    history: History,
    latest: Decision | None,
    proposed: Revision | None,
) -> Item:
    body = proposed.body if proposed else comment.body
    acts = possible(comment, "person")
    because = findings.because(review, signals) if review else []
    item = Item(
        comment=comment,
        review=review,
        findings=findings.of_review(review, signals, leave_out=because),
        because=because,
        history=history,
        latest=latest,
        proposed=proposed,
        actions=[action for action in BUTTONS if action in acts],
        rejectable=A.REJECT in acts,
        changes=compare(comment.body, body),
        hosts=list(dict.fromkeys(link.host for link in find_links(body)))[:MOST_HOSTS],
        long=len(body) > LONG_CHARS or body.count("\n") > LONG_LINES,
    )
    cited = item.findings.cited if not item.cited_text_is_older else lambda field: []
    item.name = pieces(comment.name, cited("name"))
    item.website = pieces(comment.website, cited("website"))
    item.text = pieces(body, cited("body"))
    return item


def _proposed(comments: Iterable[Comment]) -> dict[int, Revision]:
    wanted = {comment.pk: comment.proposed_revision for comment in comments if comment.proposed_revision}
    if not wanted:
        return {}
    found = Revision.objects.filter(comment__in=list(wanted), number__in=set(wanted.values())).defer("html")
    return {revision.comment_id: revision for revision in found if wanted[revision.comment_id] == revision.number}


def _histories(comments: Iterable[Comment]) -> dict[int, History]:
    """By comment: what else came from the same browser or account. A typed name or address proves nothing."""
    comments = list(comments)
    by_sender = _counts(Sender, "sender", {comment.sender_id for comment in comments if comment.sender_id})
    by_user = _counts(User, "user", {comment.user_id for comment in comments if comment.user_id})
    histories = {}
    for comment in comments:
        counts = by_user.get(comment.user_id) if comment.user_id else by_sender.get(comment.sender_id)
        others = {status: n - (status == comment.status) for status, n in (counts or {}).items()}
        histories[comment.pk] = History(
            tuple((status.value, status.label, _up_to(others[status])) for status in STATUS if others.get(status))
        )
    return histories


def _counts(senders: type[Model], column: str, keys: set[int]) -> dict[int, dict[str, int]]:
    """By sender and status how many comments there are, counted no further than MOST_OF_A_SENDER + 2."""
    rows = _counting(senders, column, MOST_OF_A_SENDER + 2).values(keys) if keys else ()
    return {key: dict(zip(STATUS, numbers, strict=True)) for key, *numbers in rows}


@lru_cache(maxsize=64)
def _counting(senders: type[Model], column: str, most: int) -> Prepared:
    # Each status is a range of one: by "equal" PostgreSQL would rather read what else the sender wrote, or the table.
    made = Comment.objects.filter(**{column: OuterRef("pk")}).order_by("status").values("pk")
    counted = [CountOf(made.filter(status__gte=status, status__lte=status)[:most]) for status in STATUS]
    return Prepared(senders, lambda keys: senders.objects.filter(pk__in=keys).values_list("pk", *counted))


def _up_to(number: int) -> int | str:
    return number if number <= MOST_OF_A_SENDER else f"{MOST_OF_A_SENDER}+"
