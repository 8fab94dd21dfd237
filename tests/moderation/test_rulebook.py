"""A rule is a draft, then on, then retired; once it was on, nothing changes what it says and nobody deletes it."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from blog.models import Post, User
from moderation import foresight, rulebook
from moderation.models import Rule
from moderation.rulebook import RuleRefused
from tests.comments.submissions import send

NOW = timezone.now()


def draft(by: User, text: str = "casino", *, looked: bool = True, after: Rule | None = None, **given: str) -> Rule:
    made = rulebook.draft(given.get("kind", "word"), text, "hold", "Adverts.", by=by, predecessor=after, now=NOW)
    if looked:
        foresight.go_on(foresight.begin(made, 30, by=by, now=NOW))
    return made


def test_a_draft_does_nothing_and_a_rule_in_force_does(moderator: User, post: Post) -> None:
    made = draft(moderator, "index")
    assert not send(post, key="1").reviews.get().signals.filter(rule=made).exists()
    rule = rulebook.switch_on(made.pk, by=moderator, now=NOW)
    assert (rule.state, rule.on_by, rule.on_at) == ("on", moderator, NOW)
    assert send(post, key="2").reviews.get().signals.filter(rule=made).exists()
    rule = rulebook.retire(made.pk, by=moderator, now=NOW)
    assert (rule.state, rule.retired_by, rule.retired_at) == ("retired", moderator, NOW)
    assert not send(post, key="3").reviews.get().signals.filter(rule=made).exists()


def test_nobody_switches_on_what_nobody_looked_at(moderator: User) -> None:
    made = draft(moderator, looked=False)
    with pytest.raises(RuleRefused, match="Look first"):
        rulebook.switch_on(made.pk, by=moderator, now=NOW)
    foresight.begin(made, 30, by=moderator, now=NOW)
    with pytest.raises(RuleRefused, match="Look first"):
        rulebook.switch_on(made.pk, by=moderator, now=NOW)
    assert Rule.objects.get().state == "draft"


def test_no_way_leads_back(moderator: User) -> None:
    rule = rulebook.switch_on(draft(moderator).pk, by=moderator, now=NOW)
    with pytest.raises(RuleRefused, match="on already"):
        rulebook.switch_on(rule.pk, by=moderator, now=NOW)
    rulebook.retire(rule.pk, by=moderator, now=NOW)
    for act, says in ((rulebook.retire, "not in force"), (rulebook.switch_on, "retired already")):
        with pytest.raises(RuleRefused, match=says):
            act(rule.pk, by=moderator, now=NOW)


def test_a_draft_is_deleted_and_a_rule_that_was_on_is_not(moderator: User) -> None:
    rulebook.discard(draft(moderator).pk)
    assert not Rule.objects.exists()
    rule = rulebook.switch_on(draft(moderator).pk, by=moderator, now=NOW)
    for _ in range(2):
        with pytest.raises(RuleRefused, match="never deleted"):
            rulebook.discard(rule.pk)
        Rule.objects.filter(pk=rule.pk).update(state="retired")


def test_a_successor_takes_over_in_one_moment(moderator: User) -> None:
    old = rulebook.switch_on(draft(moderator).pk, by=moderator, now=NOW)
    new = rulebook.switch_on(draft(moderator, after=old).pk, by=moderator, now=NOW)
    old.refresh_from_db()
    assert (old.state, old.retired_by, new.state, new.predecessor) == ("retired", moderator, "on", old)


def test_two_rules_in_force_never_say_the_same(moderator: User) -> None:
    one, two = draft(moderator), draft(moderator)
    rulebook.switch_on(one.pk, by=moderator, now=NOW)
    with pytest.raises(RuleRefused, match="in force already"):
        rulebook.switch_on(two.pk, by=moderator, now=NOW)
    assert Rule.objects.on().count() == 1


def test_patterns_in_force_are_limited(moderator: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rulebook, "MOST_PATTERNS", 1)
    made = [
        draft(moderator, text, kind=kind) for kind, text in (("pattern", "a{3}"), ("word", "b"), ("pattern", "c{3}"))
    ]
    for each in made[:2]:
        rulebook.switch_on(each.pk, by=moderator, now=NOW)
    with pytest.raises(RuleRefused, match="patterns in force already"):
        rulebook.switch_on(made[2].pk, by=moderator, now=NOW)


@pytest.mark.parametrize("state", ["on", "retired"])
@pytest.mark.parametrize("change", [{"kind": "phrase"}, {"text": "other"}, {"effect": "spam"}, {"state": "draft"}])
@pytest.mark.django_db
def test_the_database_refuses_to_change_what_was_in_force(state: str, change: dict) -> None:
    rule = Rule.objects.create(kind="word", text="casino", effect="hold", state=state)
    with pytest.raises(IntegrityError, match="was in force"), transaction.atomic():
        Rule.objects.filter(pk=rule.pk).update(**change)
    Rule.objects.filter(pk=rule.pk).update(note="Another reason.")


@pytest.mark.django_db
def test_the_database_refuses_to_bring_back_a_retired_rule() -> None:
    rule = Rule.objects.create(kind="word", text="casino", effect="hold", state="retired")
    with pytest.raises(IntegrityError, match="was in force"), transaction.atomic():
        Rule.objects.filter(pk=rule.pk).update(state="on")


@pytest.mark.django_db
def test_a_draft_may_still_be_put_right() -> None:
    rule = Rule.objects.create(kind="word", text="casino", effect="hold", state="draft")
    Rule.objects.filter(pk=rule.pk).update(text="casinos", state="on")
    assert Rule.objects.get().text == "casinos"
