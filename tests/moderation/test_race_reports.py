"""Reports at the same moment, and a decision among them: each is stored once, and the last word is a person's."""

from functools import partial

import pytest
from django.utils import timezone

from blog.models import Post, User
from comments.models import Comment, Sender
from moderation import filing
from moderation.actors import person
from moderation.decisions import Conflict, decide
from moderation.models import Decision, Report
from tests import cast
from tests.moderation.complaints import complaint, sender, states
from tests.moderation.desk import status_of
from tests.together import in_step, together

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_report_sent_twice_at_once_is_stored_once(post: Post) -> None:
    comments = [(cast.comment(post).pk, sender()) for _ in range(10)]

    def file(pk: int, by: Sender) -> Report | None:
        return filing.file(pk, complaint(by, network="681:one"), timezone.now())

    first, second = in_step(comments, file, file)
    assert [sorted((a is None, b is None)) for a, b in zip(first, second, strict=True)] == [[False, True]] * 10
    assert Report.objects.count() == 10


def test_three_at_once_hold_exactly_once(post: Post) -> None:
    for _ in range(5):
        comment = cast.comment(post)
        found = together(*(partial(filing.file, comment.pk, complaint(), timezone.now()) for _ in range(3)))
        assert all(isinstance(report, Report) for report in found), found
        assert status_of(comment) == "pending"
        assert Decision.objects.filter(comment=comment).count() == 1
        comment.refresh_from_db()
        assert comment.open_reports == 3
        post.refresh_from_db()
        assert post.published_comments == 0


def test_a_decision_and_the_report_that_would_hold_do_not_undo_each_other(post: Post, moderator: User) -> None:
    for _ in range(8):
        comment = cast.comment(post)
        for _ in range(2):
            filing.file(comment.pk, complaint(), timezone.now())
        outcome = together(
            partial(filing.file, comment.pk, complaint(), timezone.now()),
            partial(decide, comment.pk, "reject", seen=1, actor=person(moderator), reason="threat"),
        )
        comment.refresh_from_db()
        if isinstance(outcome[1], Conflict):
            assert (comment.status, states(comment)) == ("pending", ["open"] * 3)
        else:
            assert isinstance(outcome[0], Comment.DoesNotExist)
            assert (comment.status, states(comment)) == ("rejected", ["upheld"] * 2)
        assert comment.open_reports == states(comment).count("open")
