"""What happened to a comment between the moment a moderator looked at it and the moment they decided."""

from dataclasses import dataclass

from blog.differences import Row, compare
from comments.models import Comment
from moderation.items import judged_revision
from moderation.models import Decision

MOST = 20


@dataclass(frozen=True, slots=True)
class Meanwhile:
    """Decisions made since, oldest first, and the difference of the texts to be judged (empty if there is none)."""

    decisions: list[Decision]
    changes: list[Row]


def meanwhile(comment: Comment, seen: int) -> Meanwhile:
    """Compare the comment with what it was at version `seen`.

    Every change of the version wrote a decision, so the one that started from `seen` knows the state that was seen.
    """
    made = list(
        Decision.objects.filter(comment=comment, from_version__gte=seen).select_related("words").order_by("pk")[:MOST]
    )
    if not made or made[0].from_version != seen:
        return Meanwhile(made, [])
    before = made[0].before
    numbers = before["proposed_revision"] or before["revision"], judged_revision(comment)
    if numbers[0] == numbers[1]:
        return Meanwhile(made, [])
    bodies = dict(comment.revisions.filter(number__in=numbers).values_list("number", "body"))
    return Meanwhile(made, compare(*(bodies.get(number, "") for number in numbers)))
