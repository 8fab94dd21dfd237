"""A moderator decides while the author edits: nobody's words become public that no moderator has seen."""

import pytest
from django.utils import timezone
from pytest_django import Settings

from blog.models import Post, User
from comments import submission
from comments.models import Comment
from moderation.actors import person
from moderation.decisions import Conflict, decide
from moderation.models import Decision
from tests import cast
from tests.together import in_step

ROUNDS = 40


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("status", "act"), [("pending", "approve"), ("published", "reject")])
def test_a_text_changed_in_the_moment_of_the_decision_is_a_conflict(
    post: Post, moderator: User, settings: Settings, status: str, act: str
) -> None:
    settings.COMMENT_SCREENER = "tests.moderation.histories.look_away"
    made = [cast.comment(post, status, body="As seen.") for _ in range(ROUNDS)]

    def edit(comment: Comment) -> Comment:
        return submission.edit(comment, "Unseen.", "<p>Unseen.</p>", 1, None, timezone.now())

    def judge(comment: Comment) -> Decision:
        return decide(comment.pk, act, seen=1, actor=person(moderator), reason="hate" if act == "reject" else "")

    rounds = [(comment,) for comment in made]
    for comment, edited, judged in zip(made, *in_step(rounds, edit, judge), strict=True):
        assert [isinstance(outcome, Conflict) for outcome in (edited, judged)] in ([True, False], [False, True])
        comment.refresh_from_db()
        assert comment.decisions.count() == 1
        if isinstance(edited, Conflict):
            assert comment.body == "As seen."
            assert comment.revisions.count() == 1, "a refused edit left its text behind"
            assert edited.latest == judged
        else:
            assert comment.status == status
            assert judged.latest.action == "edit"
            assert (comment.body, comment.revisions.count()) == ("Unseen." if status == "pending" else "As seen.", 2)
