"""The pages of the blocklist: write, look ahead, switch on, retire; each by who may, and said in words."""

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from blog.models import Post, User
from moderation.models import Replay, Rule
from tests import cast
from tests.comments.submissions import LETTER, send
from tests.moderation.desk import decide, html

pytestmark = pytest.mark.django_db
RULES = "/moderation/rules/"


def write(client: Client, **typed: object):
    given = {"kind": "word", "text": "index", "effect": "hold", "note": "Adverts.", **typed}
    return client.post(f"{RULES}new/", given)


def look(client: Client, rule: Rule, days: str = "30"):
    return client.post(f"{RULES}{rule.pk}/replay/", {"days": days}, follow=True)


def press(client: Client, rule: Rule, act: str, seen: str = ""):
    """Press a button of the page as it stands."""
    seen = seen or client.get(f"{RULES}{rule.pk}/").context["stamp"]
    return client.post(f"{RULES}{rule.pk}/{act}/", {"seen": seen})


def test_from_a_thought_to_a_rule_in_force_and_out_again(as_moderator: Client, moderator: User, post: Post) -> None:
    Post.objects.filter(pk=post.pk).update(mode="open")
    post.refresh_from_db()
    send(post, key="before")
    answer = write(as_moderator)
    rule = Rule.objects.get()
    assert answer.headers["Location"] == f"{RULES}{rule.pk}/"
    assert (rule.state, rule.created_by, rule.note) == ("draft", moderator, "Adverts.")
    assert "Switch it on" not in html(as_moderator.get(f"{RULES}{rule.pk}/"))

    page = html(look(as_moderator, rule))
    assert "Looked at <b>1</b> comment, all of the last 30 days." in page
    assert "newly held, <span>published now</span>" in page
    assert '<mark title="">index</mark>' in page
    assert press(as_moderator, rule, "on").status_code == 303
    assert send(post, f"{LETTER} More.", key="after").status == "pending"

    assert "newly let pass, <span>held now</span>" in html(look(as_moderator, rule))
    assert press(as_moderator, rule, "retire").status_code == 303
    assert send(post, "An index is all that it took, they tell me.", key="last").status == "published"
    assert "Switch it on" not in html(as_moderator.get(f"{RULES}{rule.pk}/"))


def test_what_people_approved_is_shown_before_the_button(as_moderator: Client, post: Post) -> None:
    comment = send(post)
    decide(as_moderator, comment, "approve")
    write(as_moderator)
    page = html(look(as_moderator, Rule.objects.get()))
    assert "Judged otherwise by a person" in page
    assert "approved by a person" in page
    assert f'href="/moderation/comments/{comment.pk}/"' in page
    assert page.index("Judged otherwise") < page.index("Switch it on all the same")


def test_numbers_that_changed_meanwhile_are_shown_again_first(as_moderator: Client, post: Post) -> None:
    write(as_moderator)
    rule = Rule.objects.get()
    seen = look(as_moderator, rule).context["stamp"]
    send(post)
    look(as_moderator, rule)
    answer = press(as_moderator, rule, "on", seen)
    assert answer.status_code == 409
    assert "counted anew meanwhile" in html(answer)
    assert Rule.objects.get().state == "draft"


def test_a_long_look_goes_on_by_a_button(as_moderator: Client, post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("moderation.foresight.CHUNK", 2)
    monkeypatch.setattr("moderation.foresight.go_on.__defaults__", (9.0, 2))
    for number in range(3):
        send(post, f"{LETTER} {number}", key=str(number))
    write(as_moderator)
    rule = Rule.objects.get()
    page = html(look(as_moderator, rule))
    assert "That is not yet all of the last 30 days." in page
    assert "Look further back" in page
    page = html(as_moderator.post(f"{RULES}{rule.pk}/replay/", follow=True))
    assert "Looked at <b>3</b> comments, all of the last 30 days." in page


@pytest.mark.parametrize(
    ("kind", "typed", "stored"),
    [
        ("word", "  CaSino ", "casino"),
        ("phrase", "Game   Gold", "Game Gold"),
        ("domain", "Spam.EXAMPLE", "spam.example"),
        ("address", "Me@Spam.Example", "me@spam.example"),
        ("pattern", "Two  spaces?", "Two  spaces?"),
    ],
)
def test_a_rule_is_stored_clean(kind: str, typed: str, stored: str, as_moderator: Client) -> None:
    write(as_moderator, kind=kind, text=typed)
    assert Rule.objects.get().text == stored


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"text": "CASINO"}, "There is a rule with this kind and text already: rule"),
        ({"text": "a\x00b"}, "Null characters"),
        ({"text": "a\x1bb"}, "control character"),
        ({"text": "a b"}, "choose the kind “Phrase”"),
        ({"text": "\u200b"}, ""),
        ({"text": "ß" * 150}, "too long"),
        ({"kind": "domain", "text": "..."}, "no domain"),
        ({"kind": "address", "text": "me.example"}, "no e-mail address"),
        ({"kind": "pattern", "text": r"(a)\1"}, "Referring back to a group is not possible"),
        ({"kind": "pattern", "text": ".*"}, "would hit every comment"),
        ({"kind": "sorcery"}, "Select a valid choice"),
        ({"effect": "delete"}, "Select a valid choice"),
        ({"note": " "}, "why this rule is needed"),
    ],
)
def test_a_rule_that_cannot_be_is_refused_in_words(typed: dict, says: str, as_moderator: Client) -> None:
    Rule.objects.create(kind="word", text="casino", effect="hold")
    answer = write(as_moderator, **typed)
    assert answer.status_code == 422
    assert says in html(answer)
    assert Rule.objects.count() == 1


def test_a_change_is_a_new_rule_that_names_the_old(as_moderator: Client) -> None:
    old = Rule.objects.create(kind="word", text="casino", effect="hold")
    assert 'value="casino"' in html(as_moderator.get(f"{RULES}new/?like={old.pk}"))
    assert "says just this" in html(write(as_moderator, text="casino", like=old.pk))
    write(as_moderator, text="casino", effect="spam", like=old.pk)
    new = Rule.objects.latest("pk")
    assert (new.predecessor, new.state) == (old, "draft")
    look(as_moderator, new)
    press(as_moderator, new, "on")
    assert dict(Rule.objects.values_list("effect", "state")) == {"hold": "retired", "spam": "on"}
    assert f"rule {new.pk}" in html(as_moderator.get(f"{RULES}{old.pk}/"))


def test_a_draft_can_be_thrown_away_and_a_rule_not(as_moderator: Client) -> None:
    rule = Rule.objects.create(kind="word", text="casino", effect="hold")
    assert as_moderator.post(f"{RULES}{rule.pk}/discard/").status_code == 409
    write(as_moderator)
    assert as_moderator.post(f"{RULES}{Rule.objects.latest('pk').pk}/discard/").status_code == 303
    assert list(Rule.objects.all()) == [rule]


def test_every_act_asks_for_its_own_right(post: Post) -> None:
    rule = Rule.objects.create(kind="word", text="casino", effect="hold")
    looker = cast.person("looker", "Authors")
    looker.user_permissions.add(Permission.objects.get(codename="decide"))
    client = cast.logged_in(looker)
    pages = ("", "new/", f"{rule.pk}/")
    acts = tuple(f"{rule.pk}/{act}/" for act in ("replay", "on", "retire", "discard"))
    assert {client.get(RULES + page).status_code for page in pages} == {403}
    assert {client.post(RULES + act).status_code for act in acts} == {403}
    looker.user_permissions.add(Permission.objects.get(codename="view_rule"))
    assert client.get(RULES).status_code == client.get(f"{RULES}{rule.pk}/").status_code == 200
    assert {client.post(RULES + act).status_code for act in ("new/", *acts[1:])} == {403}
    assert (Rule.objects.get().state, Replay.objects.count()) == ("on", 0)


def test_the_list_costs_the_same_queries_however_long(as_moderator: Client, post: Post) -> None:
    costs = []
    for number in (1, 60):
        Rule.objects.bulk_create(Rule(text=f"w{number}x{each}", created_at=timezone.now()) for each in range(number))
        with CaptureQueriesContext(connection) as queries:
            page = html(as_moderator.get(RULES))
        costs.append(len(queries))
        assert ("Older" in page) is (number == 60)
    assert costs[0] == costs[1] <= 12, costs


def test_the_list_is_searched_and_turned_by_key(as_moderator: Client) -> None:
    rules = [Rule.objects.create(text=f"word{number}", note=f"why {number % 7}") for number in range(60)]
    assert html(as_moderator.get(f"{RULES}?q=word59")).count("rule-cell") == 1
    older = as_moderator.get(as_moderator.get(RULES).context["list"].next)
    assert [row.rule for row in older.context["list"].rows] == rules[9::-1]
    for query in ("state=x", "after=0", "before=x", f"after={10**30}"):
        assert as_moderator.get(f"{RULES}?{query}").status_code == 404
    for path in (f"{10**30}/", "0/", "987654/", f"new/?like={10**30}", "new/?like=x"):
        assert as_moderator.get(RULES + path).status_code == 404
