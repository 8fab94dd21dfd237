"""What a lesson is learned from: what its screening saw; of what was never screened, what the comment's row says."""

from dataclasses import replace

import pytest

from blog.models import Post, User
from moderation import installed_filter, learning
from moderation.filters.context import NOWHERE
from moderation.models import Lesson, Review
from tests import cast
from tests.comments.submissions import LETTER, send
from tests.moderation.asking import act
from tests.moderation.orders import flood
from tests.moderation.taught import NOW, SURROUNDED, afresh, learned, screened, settled, shown, taught

pytestmark = pytest.mark.django_db


@pytest.fixture
def given(monkeypatch: pytest.MonkeyPatch) -> list:
    """Evidence and number of every comment from which features are taken, in that order."""
    asked, extract = [], installed_filter.extract
    monkeypatch.setattr(installed_filter, "extract", lambda *these: asked.append(these) or extract(*these))
    return asked


def test_it_learns_from_what_was_screened_and_without_that_from_the_row(
    post: Post, moderator: User, given: list
) -> None:
    recorded = screened(post, "One text", post_title="Called so then", honeypot=True, seconds_on_form=3.5)
    plain = cast.comment(post, "pending", body=f"What {post.title} says", website="https://a.example/")
    Review.objects.create(comment=plain, revision=1, policy="p", mode="open", outcome="hold", error="Broken")
    act(recorded, "spam", moderator)
    act(plain, "spam", moderator)
    learned()
    (one, first), (two, second) = given
    assert (first, second) == (recorded.pk, plain.pk)
    assert (one.body, one.post_title, one.honeypot, one.seconds_on_form, one.context) == (
        recorded.body, "Called so then", True, 3.5, SURROUNDED,
    )  # fmt: skip
    assert (two.body, two.post_title, two.sender.spam, two.website) == (
        plain.body, post.title, 0, "https://a.example/",
    )  # fmt: skip
    assert two.seconds_on_form is None, "it came by the form, and without its clock"
    learning.start_over()
    learned()
    assert len(given) == 2, "what was stored is used afterwards"


def test_what_was_never_screened_teaches_what_it_has_to_do_with_its_post_and_nothing_of_a_form(
    post: Post, moderator: User, given: list
) -> None:
    cast.comment(post, body="What others say below it")
    imported = cast.comment(post, "pending", body=f"I read what {post.title} says")
    timed = cast.comment(post, "pending", seconds_on_form=4.5)
    old = screened(post, f"About {post.title} too", context=NOWHERE, seconds_on_form=None)
    for comment in (imported, timed, old):
        act(comment, "spam", moderator)
    learned()
    known = {comment: evidence for evidence, comment in given}
    assert [known[comment.pk].seconds_on_form for comment in (imported, timed, old)] == [60.0, 4.5, None]
    for comment in (imported, old):
        context = known[comment.pk].context
        assert context.post_script == "latin"
        assert min(context.relevance.titled, context.relevance.shared) > 0
        assert replace(context, post_script="", relevance=None) == NOWHERE, "what is known today was not known then"
        assert context.relevance.thread is None, "nor does it depend on when the learner comes to it"


def test_a_lesson_is_learned_from_the_very_features_that_its_screening_weighed(
    post: Post, moderator: User, monkeypatch
) -> None:
    Post.objects.filter(pk=post.pk).update(mode="hold_all")
    post.refresh_from_db()
    weighed = []
    of_seen = installed_filter.of_seen
    monkeypatch.setattr(installed_filter, "of_seen", lambda *asked: weighed.append(of_seen(*asked)) or weighed[-1])
    for at in range(3):
        comment = send(post, f"{LETTER} Look at https://shop{at}.example/", key=f"sent-{at}", typed={"name": "Joe"})
        act(comment, "approve", moderator)
        if at:
            learned()
    screenings, extracted = [weighed[at] for at in (0, 1, 4)], [weighed[at] for at in (2, 3, 5)]
    assert [replace(one, traces=None) for one in extracted] == screenings
    remembered = comment.reviews.get().facts["context"]["memory"]
    assert (remembered["name"]["ham"], remembered["site_ham"]) == (2, 2), "the site knew the others when it came"
    assert shown() == afresh()


def test_what_is_erased_while_it_is_being_learned_gets_no_features_again(
    post: Post, moderator: User, editor: User, monkeypatch
) -> None:
    extract = installed_filter.extract
    comments = flood(post, 2)
    for comment in comments:
        act(comment, "spam", moderator)

    def erased_meanwhile(evidence, comment):
        if evidence.body == comments[0].body:
            act(comments[0], "erase", editor)
        return extract(evidence, comment)

    monkeypatch.setattr(installed_filter, "extract", erased_meanwhile)
    assert learning.learn(NOW) == 2
    assert not Lesson.objects.filter(comment=comments[0], features__isnull=False).exists()
    assert learned() == taught((comments[1], True))


def test_a_text_that_cannot_be_seen_is_left_out_and_the_rest_learned(post: Post, moderator: User, monkeypatch) -> None:
    extract = installed_filter.extract

    def breaking(evidence, comment):
        if "break" in evidence.body:
            raise ValueError("no features")
        return extract(evidence, comment)

    monkeypatch.setattr(installed_filter, "extract", breaking)
    monkeypatch.setattr("moderation.lesson_features.log.exception", lambda *args: None)
    bad, good = cast.comment(post, "pending", body="break it"), cast.comment(post, "pending", body="good")
    for comment in (bad, good):
        act(comment, "approve", moderator)
    assert learned() == taught((good, False))
    assert settled()
