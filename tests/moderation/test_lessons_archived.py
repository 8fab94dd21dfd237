"""An archive teaches in pairs and at most 300 of each label, is read once, keeps no text, and can be taken out."""

import json
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest
from django.core.management import CommandError, call_command

from blog.models import Post, User
from comments.models import Comment
from moderation import archived_lessons, folding, installed_filter, learning, snapshots
from moderation.classifier.extraction import hashed
from moderation.classifier.features import Features
from moderation.classifier.labelled import UnreadableRows, read_rows
from moderation.filters.history import NEW_SENDER
from moderation.filters.timing import INSTANT, TIME_MISSING
from moderation.models import Lesson, Snapshot
from tests import cast
from tests.moderation.asking import act, undo
from tests.moderation.histories import rolled_back
from tests.moderation.orders import flood
from tests.moderation.taught import NOW, features_of, learned, live, never, screened, seen, settled, taught

pytestmark = pytest.mark.django_db


def line(body: str, label: str = "ham", **changes: object) -> str:
    given = {"created": "", "author": "Reader", "author_url": "", "post_title": "Indexes, slowly", "id": body}
    return json.dumps({**given, "body": body, "label": label, **changes})


def add(*lines: str, name: str = "old.jsonl") -> int:
    return archived_lessons.add(name, read_rows(lines), NOW)


def old(body: str) -> Features:
    """What a row of an archive must be learned from: as an unhurried comment, since no form of ours stood before it."""
    return seen(body, email="", seconds_on_form=60.0)


def said(post: Post, moderator: User, body: str, action: str) -> Comment:
    comment = screened(post, body)
    act(comment, action, moderator)
    return comment


def test_ham_of_an_archive_waits_for_spam_to_stand_beside(post: Post, moderator: User) -> None:
    add(line("old one"), line("old two"), line("old three"))
    assert learned() == never()
    word = said(post, moderator, "a word of today", "approve")
    assert learned() == taught((word, False))
    spam = said(post, moderator, "spam of today", "spam")
    first = [(word, False), (spam, True), (old("old one"), False)]
    assert learned() == taught(*first)
    more = said(post, moderator, "more spam", "spam")
    assert learned() == taught(*first, (more, True), (old("old two"), False))
    assert settled()


def test_spam_that_was_there_before_the_archive_counts_too(post: Post, moderator: User) -> None:
    spam = said(post, moderator, "spam of today", "spam")
    learned()
    add(line("old one"), line("old two"))
    assert learned() == taught((spam, True), (old("old one"), False))


def test_spam_of_an_archive_is_learned_and_pairs_like_any(post: Post, moderator: User) -> None:
    add(line("old one"), line("old spam", "spam"), line("old two"))
    assert learned() == taught((old("old spam"), True), (old("old one"), False))


def test_an_archive_says_nothing_of_forms_and_clocks(post: Post, moderator: User) -> None:
    add(line("old spam", "spam"), line("old one"))
    learned()
    learner = snapshots.current()[1]
    assert learner.taught(hashed("finding", NEW_SENDER)) != 0, "findings of archived comments are learned"
    for code in (TIME_MISSING, INSTANT):
        assert learner.taught(hashed("finding", code)) == 0


def test_there_is_a_limit_for_each_label(post: Post, moderator: User, monkeypatch) -> None:
    for module in (folding, learning, archived_lessons):
        monkeypatch.setattr(module, "MOST_ARCHIVED", 2)
    monkeypatch.setattr(learning, "STEP", 2)
    expected = [(said(post, moderator, f"spam {at}", "spam"), True) for at in range(3)]
    add(line("old one"), line("old two"), line("a spam", "spam"), name="one")
    add(line("old three"), line("b spam", "spam"), line("c spam", "spam"), name="two")
    expected += [(old("old one"), False), (old("old two"), False), (old("a spam"), True), (old("b spam"), True)]
    assert Lesson.objects.filter(source="archive").count() == 6
    assert learned() == taught(*expected)
    learning.start_over()
    monkeypatch.setattr(learning, "STEP", 100)
    assert learned() == taught(*expected), "in steps of any size"


def test_in_whatever_steps_it_was_learned_it_is_the_same(post: Post, moderator: User, monkeypatch) -> None:
    for module in (folding, learning, archived_lessons):
        monkeypatch.setattr(module, "MOST_ARCHIVED", 4)
    states = set()
    for seed in range(8):
        with rolled_back():
            chance, comments = Random(seed), flood(post, 12)
            imported = flood(post, 4, "published")
            archived_lessons.add_published(NOW)
            for at, comment in enumerate(comments):
                act(comment, chance.choice(["spam", "approve"]), moderator)
                if chance.random() < 0.4:
                    add(*(line(f"{at} {n}", chance.choice(["ham", "ham", "spam"])) for n in range(3)), name=f"{at}")
                monkeypatch.setattr(learning, "STEP", chance.randrange(1, 6))
                learning.learn(NOW, seconds=chance.choice([-1, 40]))
                if chance.random() < 0.4:
                    undo(chance.choice(comments[: at + 1]), moderator)
                if imported and chance.random() < 0.3:
                    act(imported.pop(), "spam", moderator)
                if chance.random() < 0.1:
                    archived_lessons.forget(str(chance.randrange(at + 1)))
            states.add(in_steps := learned())
            learning.start_over()
            monkeypatch.setattr(learning, "STEP", 10_000)
            assert learned() == in_steps, f"history {seed}"
    assert len(states) == 8


def test_the_newest_of_each_label_are_taken_in_their_order(monkeypatch) -> None:
    monkeypatch.setattr(archived_lessons, "MOST_ARCHIVED", 2)
    asked = []
    extract = installed_filter.extract
    monkeypatch.setattr(installed_filter, "extract", lambda evidence: asked.append(evidence.body) or extract(evidence))
    rows = read_rows([
        line("b", created="2020-02-01T00:00:00Z"), line("a", created="2020-01-01T00:00:00Z"), line("none"),
        line("c", created="2020-03-01T00:00:00Z"), line("s", "spam", created="2019-01-01T00:00:00Z"),
    ])  # fmt: skip
    assert archived_lessons.add("old.jsonl", rows, NOW) == 3
    assert asked == ["s", "b", "c"]


def test_read_again_it_adds_nothing_and_keeps_no_text(post: Post, moderator: User) -> None:
    said(post, moderator, "spam of today", "spam")
    lines = [line("old one", author="Somebody Special", author_url="https://old.example/")]
    assert add(*lines) == 1
    before, state = list(Lesson.objects.values()), learned()
    assert add(*lines) == add(*lines, name="another name") == 0
    assert len(Lesson.objects.values()) == len(before)
    assert learned() == state
    stored = " ".join(str(row) for row in Lesson.objects.values())
    assert not [word for word in ("old one", "Somebody", "old.example", "Indexes") if word in stored]


def test_forgotten_it_was_never_read_and_read_again_it_is_where_it_was(post: Post, moderator: User) -> None:
    add(line("old one"), line("old spam", "spam"))
    spam = said(post, moderator, "spam of today", "spam")
    state = learned()
    assert archived_lessons.names() == ["old.jsonl"]
    call_command("learn_archive", forget="old.jsonl")
    assert learned() == taught((spam, True))
    assert archived_lessons.names() == []
    assert not Lesson.objects.filter(source="archive", features__isnull=False).exists()
    assert add(line("old one"), line("old spam", "spam")) == 2
    assert learned() == state
    assert Lesson.objects.filter(source="archive").count() == 2


def test_comments_of_this_site_are_an_archive_where_nobody_decided(post: Post, moderator: User, editor: User) -> None:
    decided, spam = screened(post, "a word of today"), screened(post, "spam of today")
    act(decided, "approve", moderator)
    act(spam, "spam", moderator)
    cast.comment(post, user=editor)
    cast.comment(post, "pending")
    later = cast.comment(post, body="imported later", created_at=NOW)
    first = cast.comment(post, body="imported first", created_at=NOW - timedelta(days=9))
    assert archived_lessons.add_published(NOW) == 2
    assert archived_lessons.add_published(NOW) == 0
    assert list(Lesson.objects.filter(source="archive").order_by("pk").values_list("comment", flat=True)) == [
        first.pk, later.pk,
    ]  # fmt: skip
    as_ham, then = (features_of(first), False), (features_of(later), False)
    assert learned() == taught((decided, False), (spam, True), as_ham)
    act(first, "spam", moderator)
    assert live()[-2:] == [(later.pk, "ham"), (first.pk, "spam")], "a person's word stands above"
    expected = [(decided, False), (spam, True), then, (features_of(first), True)]
    assert learned() == taught(*expected)
    undo(first, moderator)
    assert learned() == taught(*expected[:2], as_ham)
    act(first, "erase", editor)
    assert learned() == taught(*expected[:3])
    assert archived_lessons.add_published(NOW) == 0


def test_what_another_version_saw_is_seen_anew(post: Post, moderator: User) -> None:
    spam = said(post, moderator, "spam of today", "spam")
    add(line("old one"))
    state = learned()
    Lesson.objects.filter(source="archive").update(features=b"\x00\x00", features_version=0)
    learning.start_over()
    assert learned() == taught((spam, True))
    assert add(line("old one")) == 1
    assert learned() == state


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        (["{"], "Line 1"),
        ([line("x"), '{"body": "x"}'], "Line 2.*label"),
        (['{"body": 7, "label": "ham"}'], "Line 1"),
        (["[]"], "Line 1"),
    ],
)
def test_what_is_no_archive_is_refused_whole(lines: list[str], says: str, tmp_path: Path) -> None:
    with pytest.raises(UnreadableRows, match=says):
        read_rows(lines)
    file = tmp_path / "old.jsonl"
    file.write_text("\n".join([line("good"), *lines]))
    with pytest.raises(CommandError, match="Nothing was learned"):
        call_command("learn_archive", str(file))
    assert not Lesson.objects.exists()


def test_the_command_says_what_it_did(post: Post, tmp_path: Path, capsys) -> None:
    file = tmp_path / "old.jsonl"
    file.write_text("\n".join([line("one"), line("two", "toxic"), "", line("three", "spam", author=None)]))
    call_command("learn_archive", str(file), name="elsewhere")
    assert "2 of 2 comments" in capsys.readouterr().out
    cast.comment(post)
    call_command("learn_archive", published=True)
    assert "1 published comments" in capsys.readouterr().out
    with pytest.raises(CommandError, match="there is: elsewhere, published"):
        call_command("learn_archive", forget="old.jsonl")
    assert not Snapshot.objects.exists()


def test_forgotten_and_read_again_before_the_learner_came_it_is_learned(post: Post) -> None:
    flood(post, 3)
    Comment.objects.update(status="published", published_at=NOW)
    spam = cast.comment(post, "pending")
    archived_lessons.add_published(NOW)
    learning.learn(NOW)
    archived_lessons.forget("published")
    assert archived_lessons.add_published(NOW) == 3
    learning.learn(NOW)
    call_command("verify_filter")
    assert Lesson.objects.filter(live=True, comment__isnull=False).exclude(comment=spam).count() == 3
