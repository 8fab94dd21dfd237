"""A moderator decides about a notice: takes the comment off the site through the door, or not, and answers."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from blog.models import Post, User
from comments.models import Comment
from moderation import illegal, notice_desk_views
from moderation.decisions import NotAllowed
from moderation.models import Decision, IllegalContentNotice
from moderation.noticed import Target
from tests import cast
from tests.moderation.complaints import notice_about, report, states
from tests.moderation.desk import decide, html, status_of

pytestmark = pytest.mark.django_db
PAGE = "/moderation/notices/"
ANSWER = "The comment names your street, which the law forbids."


def answer(client: Client, notice: IllegalContentNotice, becomes: str, *comments: Comment, **changes: object):
    ticked = [f"{comment.pk}:{comment.version}" for comment in comments]
    sent = {"outcome": becomes, "remove": ticked, "answer": ANSWER, **changes}
    return client.post(f"{PAGE}{notice.pk}/", sent)


def test_the_list_shows_open_ones_the_oldest_first_and_decided_ones_apart(as_moderator: Client, post: Post) -> None:
    first, second = notice_about(cast.comment(post)), notice_about(cast.comment(post))
    done = notice_about(cast.comment(post), answer="Lawful.")
    page = html(as_moderator.get(PAGE))
    assert page.index(f"Notice {first.pk}<") < page.index(f"Notice {second.pk}<")
    assert f"Notice {done.pk}<" not in page
    decided = html(as_moderator.get(f"{PAGE}?tab=decided"))
    assert f"Notice {done.pk}<" in decided
    assert f"Notice {first.pk}<" not in decided
    assert as_moderator.get(f"{PAGE}?tab=x").status_code == 404


def test_the_lists_go_by_key(as_moderator: Client, post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notice_desk_views, "SIZE", 2)
    made = [notice_about(cast.comment(post)) for _ in range(5)]
    page = html(as_moderator.get(f"{PAGE}?after={made[1].pk}"))
    assert [f"Notice {each.pk}<" in page for each in made] == [False, False, True, True, False]


def test_taking_off_is_a_rejection_as_illegal_and_the_notifier_reads_the_answer(
    as_moderator: Client, moderator: User, post: Post, reader: Client
) -> None:
    comment = cast.comment(post)
    notice = notice_about(comment)
    report(comment)
    assert answer(as_moderator, notice, "removed", comment).status_code == 303
    decision = Decision.objects.get()
    assert (decision.action, decision.reason, decision.actor) == ("reject", "illegal", moderator)
    assert decision.message == illegal.TO_THE_AUTHOR
    assert notice.contents.get().decision == decision
    notice.refresh_from_db()
    assert (notice.state, notice.outcome, notice.answer) == ("decided", "removed", ANSWER)
    assert (notice.decided_by, notice.decided_by_name) == (moderator, "Moderator")
    assert (status_of(comment), states(comment)) == ("rejected", ["upheld"])
    status = html(reader.get(notice.status_address))
    assert ANSWER in status
    assert "Article 21" in status
    assert "Moderator" not in status


def test_no_action_leaves_the_comment_and_answers(as_moderator: Client, post: Post, reader: Client) -> None:
    comment = cast.comment(post)
    notice = notice_about(comment)
    assert answer(as_moderator, notice, "none", comment).status_code == 303
    assert status_of(comment) == "published"
    assert not Decision.objects.exists()
    assert "Decided: no action" in html(reader.get(notice.status_address))


def test_of_several_only_the_ticked_go(as_moderator: Client, post: Post, reader: Client) -> None:
    one, two = cast.comment(post), cast.comment(post)
    notice = notice_about(one, two)
    assert answer(as_moderator, notice, "removed", two).status_code == 303
    assert (status_of(one), status_of(two)) == ("published", "rejected")
    assert html(reader.get(notice.status_address)).count("<b>taken off the site</b>") == 1


def test_a_comment_that_is_off_the_page_already_needs_no_decision(as_moderator: Client, post: Post) -> None:
    comment = cast.comment(post)
    notice = notice_about(comment)
    decide(as_moderator, comment, "spam")
    assert answer(as_moderator, notice, "removed").status_code == 303
    assert Decision.objects.count() == 1


def test_a_comment_of_another_notice_is_not_touched(as_moderator: Client, post: Post) -> None:
    mine, other = cast.comment(post), cast.comment(post)
    notice = notice_about(mine)
    answer(as_moderator, notice, "removed", mine, other)
    assert status_of(other) == "published"


@pytest.mark.parametrize(
    "changes",
    [
        {"answer": ""}, {"answer": " \u200b"}, {"answer": "x" * 2001}, {"outcome": ""}, {"outcome": "x"},
        {"remove": []}, {"remove": ["x"]}, {"remove": ["1:" + "9" * 40]}, {"remove": ["1:9999999999"]},
        {"remove": ["\u0661:1"]}, {"remove": ["1:1"] * 11},
    ],
)  # fmt: skip
def test_what_is_missing_or_broken_is_said_and_changes_nothing(as_moderator: Client, post: Post, changes: dict) -> None:
    comment = cast.comment(post)
    notice = notice_about(comment)
    given = answer(as_moderator, notice, "removed", comment, **changes)
    assert given.status_code == 422
    assert "The notice was not answered" in html(given)
    assert "answer" in changes or ANSWER in html(given)
    assert status_of(comment) == "published"
    notice.refresh_from_db()
    assert notice.state == "open"


def test_a_comment_that_changed_since_is_a_conflict_and_the_answer_is_kept(as_moderator: Client, post: Post) -> None:
    comment = cast.comment(post)
    notice = notice_about(comment)
    decide(as_moderator, comment, "hold")
    given = answer(as_moderator, notice, "removed", comment)
    assert given.status_code == 409
    assert ANSWER in html(given)
    assert f"{comment.pk}:2" in html(given)
    notice.refresh_from_db()
    assert (notice.state, status_of(comment)) == ("open", "pending")


def test_what_a_colleague_answered_is_not_answered_again(as_moderator: Client, as_editor: Client, post: Post) -> None:
    comment = cast.comment(post)
    notice = notice_about(comment)
    answer(as_editor, notice, "none")
    given = answer(as_moderator, notice, "removed", comment)
    assert given.status_code == 409
    assert "Editor answered this notice" in html(given)
    assert ANSWER in html(given)
    assert status_of(comment) == "published"


def test_a_post_must_be_taken_down_before_it_can_be_said_so(as_moderator: Client, post: Post) -> None:
    said = illegal.Said(
        [Target(post.get_absolute_url(), None, post.pk)], "It breaks the law.", "A", "a@b.example", False
    )
    notice = illegal.receive(said, "form", timezone.now())
    assert answer(as_moderator, notice, "removed").status_code == 422
    Post.objects.filter(pk=post.pk).update(status=Post.Status.DRAFT)
    assert answer(as_moderator, notice, "removed").status_code == 303


def test_nobody_else_answers(post: Post, stranger: User, author: User) -> None:
    notice = notice_about(cast.comment(post))
    for by in (stranger, author):
        with pytest.raises(NotAllowed):
            illegal.answer(notice.pk, outcome="none", words="x", remove={}, by=by, now=timezone.now())


def test_a_number_that_is_none_is_not_found(as_moderator: Client) -> None:
    for number in (987654321, 10**18, 10**30):
        assert as_moderator.get(f"{PAGE}{number}/").status_code == 404


def test_the_number_of_queries_does_not_grow(as_moderator: Client, post: Post) -> None:
    def queries(address: str) -> int:
        with CaptureQueriesContext(connection) as seen:
            assert as_moderator.get(address).status_code == 200
        return len(seen)

    small = notice_about(cast.comment(post))
    few = queries(PAGE), queries(f"{PAGE}{small.pk}/")
    large = notice_about(*(cast.comment(post) for _ in range(9)))
    assert (queries(PAGE), queries(f"{PAGE}{large.pk}/")) == few
