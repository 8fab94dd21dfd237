"""A screening that comes too late changes nothing: the word of a person, or a newer text, stands."""

import pytest
from django.utils import timezone

from blog.models import Post, User
from comments import submission
from comments.models import Comment
from moderation import installed_filter, screening
from moderation.actors import person
from moderation.decisions import decide
from moderation.models import Decision, Fingerprint, Review, Rule, Signal
from tests.comments.submissions import ORIGIN, draft, edit
from tests.together import in_step


@pytest.fixture
def waiting(post: Post) -> Comment:
    """A stored comment that the policy would publish, not screened yet."""
    Post.objects.filter(pk=post.pk).update(mode="open")
    return submission.store(post, None, draft(), ORIGIN, "key", timezone.now())


def meanwhile(monkeypatch: pytest.MonkeyPatch, happens) -> None:
    """Let something happen while the filters look."""
    run = installed_filter.filters.run

    def slow(*given):
        monkeypatch.setattr(installed_filter.filters, "run", run)
        happens()
        return run(*given)

    monkeypatch.setattr(installed_filter.filters, "run", slow)


@pytest.mark.parametrize("action", ["reject", "spam", "approve"])
def test_a_faster_moderators_word_stands(
    waiting: Comment, moderator: User, monkeypatch: pytest.MonkeyPatch, action: str
) -> None:
    def acts() -> None:
        decide(waiting.pk, action, seen=1, actor=person(moderator), reason="off_topic" if action == "reject" else "")

    meanwhile(monkeypatch, acts)
    review = screening.screen(waiting.pk)
    assert review.outcome == "publish"
    decision = Decision.objects.get()
    assert (decision.action, decision.actor) == (action, moderator)
    waiting.refresh_from_db()
    assert (waiting.status, waiting.version) == (decision.to_status, 2)


@pytest.mark.parametrize("action", ["reject", "approve"])
def test_what_was_decided_meanwhile_is_not_ranked_as_new(
    post: Post, moderator: User, monkeypatch: pytest.MonkeyPatch, action: str
) -> None:
    held = submission.store(post, None, draft(), ORIGIN, "key", timezone.now())
    reason = "off_topic" if action == "reject" else ""
    meanwhile(monkeypatch, lambda: decide(held.pk, action, seen=1, actor=person(moderator), reason=reason))
    assert screening.screen(held.pk).outcome == "hold"
    assert Comment.objects.get(pk=held.pk).urgency == held.urgency


def test_a_newer_text_is_not_published_by_the_screening_of_the_older(
    waiting: Comment, monkeypatch: pytest.MonkeyPatch
) -> None:
    spam = "Buy cheap pills!!! " + " ".join(f"https://pills{number}.example/buy" for number in range(9))
    meanwhile(monkeypatch, lambda: edit(waiting, spam))
    screening.screen(waiting.pk)
    waiting.refresh_from_db()
    assert waiting.body == spam
    assert waiting.status != "published"


@pytest.mark.parametrize("action", ["approve", "spam"])
def test_a_second_screening_overrules_no_person(waiting: Comment, moderator: User, action: str) -> None:
    decide(waiting.pk, action, seen=1, actor=person(moderator))
    decide(waiting.pk, {"approve": "hold", "spam": "not_spam"}[action], seen=2, actor=person(moderator))
    screening.screen(waiting.pk)
    waiting.refresh_from_db()
    assert waiting.status == "pending"
    assert Decision.objects.filter(actor_kind="system").count() == 0


def test_a_second_screening_of_what_is_decided_does_nothing(waiting: Comment) -> None:
    screening.screen(waiting.pk)
    screening.screen(waiting.pk)
    assert Decision.objects.count() == 1
    assert Review.objects.count() == 2


def test_of_a_comment_erased_meanwhile_nothing_is_kept(
    waiting: Comment, editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    Rule.objects.create(kind="word", text="index", effect="hold")
    meanwhile(monkeypatch, lambda: decide(waiting.pk, "erase", seen=1, actor=person(editor)))
    review = screening.screen(waiting.pk)
    review.refresh_from_db()
    assert (review.why, review.facts) == ([], {})
    assert not Signal.objects.exists()
    assert not Fingerprint.objects.exists()
    waiting.refresh_from_db()
    assert (waiting.status, waiting.body) == ("erased", "")


@pytest.mark.django_db(transaction=True)
def test_of_a_screening_and_a_rejection_at_once_the_rejection_is_never_overruled(post: Post, moderator: User) -> None:
    Post.objects.filter(pk=post.pk).update(mode="open")
    made = [submission.store(post, None, draft(), ORIGIN, f"key-{n}", timezone.now()) for n in range(20)]

    def reject(comment: Comment) -> Decision:
        return decide(comment.pk, "reject", seen=1, actor=person(moderator), reason="off_topic")

    screened, rejected = in_step([(comment,) for comment in made], lambda comment: screening.screen(comment.pk), reject)
    assert [outcome for outcome in screened if isinstance(outcome, Exception)] == []
    for comment, outcome in zip(made, rejected, strict=True):
        comment.refresh_from_db()
        if isinstance(outcome, Decision):
            assert comment.status == "rejected"
        assert comment.decisions.count() == 1
