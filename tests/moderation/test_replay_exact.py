"""Today's policy over recorded screenings gives today's outcomes exactly: outcome, score, reasons and every finding."""

import pytest
from pytest_django import Settings

from blog.models import Post, User
from comments.models import Comment
from moderation.foresight import Change, Effect
from moderation.models import Review, Rule, Signal
from moderation.replay import NotReplayable, Recorded, RuleBook, as_recorded, recorded_before
from tests.moderation.submitted import everything


@pytest.fixture
def sent(
    author: User, moderator: User, editor: User, monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> list[Comment]:
    return everything(author, moderator, editor, monkeypatch)


def replayable() -> list[Recorded]:
    found = recorded_before(None, 10_000)
    return [one for one in found if one.review.facts and not one.review.error]


def test_every_screening_comes_out_as_it_was_recorded_whatever_changed_since(sent: list[Comment], editor: User) -> None:
    book, found = RuleBook(), replayable()
    assert len(found) >= 50
    for one in found:
        assert one.judged_by(book.named(one.rules)) == as_recorded(one.review), one.review.comment_id

    Post.objects.update(title="Called otherwise now", mode="closed")
    Rule.objects.update(state="retired")
    User.objects.filter(pk=editor.pk).update(is_staff=False)
    Comment.objects.filter(status="pending").update(status="spam")
    book = RuleBook()
    for one in replayable():
        assert one.judged_by(book.named(one.rules)) == as_recorded(one.review), one.review.comment_id


def test_what_was_sent_is_of_every_kind_and_what_cannot_be_replayed_says_so(sent: list[Comment]) -> None:
    reviews = Review.objects.all()
    assert set(reviews.values_list("outcome", flat=True)) == {"publish", "hold", "spam"}
    assert set(reviews.values_list("mode", flat=True)) >= {"open", "hold_new", "hold_all"}
    assert reviews.filter(trusted=True).exists()
    assert reviews.filter(revision=2).count() >= 2
    families = {code.partition("_")[0] for code in Signal.objects.values_list("code", flat=True)}
    assert families >= {"rule", "links", "alike", "form", "history", "shape"}
    hit = Signal.objects.filter(rule__isnull=False)
    assert set(hit.values_list("rule__kind", flat=True)) == set(Rule.Kind.values)

    said = []
    for one in recorded_before(None, 10_000):
        try:
            one.judged_by(())
        except NotReplayable as reason:
            said.append(str(reason))
    assert sorted(said) == ["broke when it was screened", "erased"]
    one = replayable()[0]
    one.review.facts = {name: value for name, value in one.review.facts.items() if name != "sender"}
    with pytest.raises(NotReplayable, match="another version"):
        one.judged_by(())
    with pytest.raises(NotReplayable, match="rule 987654"):
        RuleBook().named([987654])


DRAFTS = (
    ("word", "words", "hold"),
    ("word", "nowhere", "spam"),
    ("phrase", "few words", "spam"),
    ("domain", "example", "hold"),
    ("address", "known@spam.example", "spam"),
    ("pattern", "[a-c]{2}", "hold"),
    ("word", "casino", "spam"),
)


def test_the_short_way_for_one_rule_comes_out_as_the_full_replay(sent: list[Comment]) -> None:
    found, moves = replayable(), set()
    today = (book := RuleBook()).named(sorted(book.on))
    before = [one.judged_by(today).outcome for one in found]
    for kind, text, effect in DRAFTS:
        draft = Rule.objects.create(kind=kind, text=text, effect=effect, state="draft")
        change, fact = Change(draft), RuleBook(draft).named([draft.pk])
        for one, was in zip(found, before, strict=True):
            after = one.judged_by((*today, *fact))
            moves.add(_compare(change.effect(one), was, after.outcome))
            assert bool(change.effect(one)) is any(signal.rule == draft.pk for signal in after.signals)
    assert {"", "publish>hold", "hold>spam"} <= moves
    for rule in Rule.objects.on():
        change, without = Change(rule), tuple(fact for fact in today if fact.id != rule.pk)
        for one, was in zip(found, before, strict=True):
            moves.add(_compare(change.effect(one), was, one.judged_by(without).outcome))
    assert moves & {"hold>publish", "spam>publish"}


def _compare(effect: Effect | None, before: str, after: str) -> str:
    moved = f"{before}>{after}" if before != after else ""
    assert (effect.move if effect else "") == moved
    return moved
