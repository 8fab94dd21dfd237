"""The whole past of one comment: its decisions, its texts with what changed, and its screenings."""

from dataclasses import dataclass

from blog.differences import Row, compare
from comments.models import Comment, Revision
from moderation import findings
from moderation.citations import Piece, pieces
from moderation.findings import Findings
from moderation.models import Decision, Review

MOST = 100


@dataclass(frozen=True, slots=True)
class Text:
    """One revision, and how it differs from the one before."""

    revision: Revision
    changes: list[Row]


@dataclass(frozen=True, slots=True)
class Screening:
    """One review with its findings, and the text that it read with the citations."""

    review: Review
    findings: Findings
    text: list[Piece]
    because: list[str]  # what the policy said beside its findings

    @property
    def titles(self) -> dict[int, str]:
        return self.findings.titles


@dataclass(frozen=True, slots=True)
class Past:
    """Newest first, at most MOST of each kind."""

    decisions: list[Decision]
    texts: list[Text]
    screenings: list[Screening]
    public_replies: int


def past_of(comment: Comment) -> Past:
    """Everything that is recorded about a comment."""
    revisions = list(comment.revisions.order_by("-number").defer("html")[:MOST])
    reviews = comment.reviews.order_by("-pk").prefetch_related("signals")[:MOST]
    bodies = {revision.number: revision.body for revision in revisions}
    return Past(
        decisions=list(
            Decision.objects.filter(comment=comment)
            .select_related("reversed_by", "reverses", "words")
            .order_by("-pk")[:MOST]
        ),
        texts=[
            Text(revision, compare(bodies[revision.number - 1], revision.body) if revision.number - 1 in bodies else [])
            for revision in revisions
        ],
        screenings=[screening_of(review, bodies.get(review.revision, "")) for review in reviews],
        public_replies=comment.replies.filter(status=Comment.Status.PUBLISHED).order_by().values("pk")[:MOST].count(),
    )


def screening_of(review: Review, body: str) -> Screening:
    """A review as a page shows it, with the text of the revision that it read."""
    signals = list(review.signals.all())
    found = findings.of_review(review, signals)
    return Screening(review, found, pieces(body, found.cited("body")), findings.because(review, signals))
