"""`evaluate_filter` tries files of labelled comments and prints one table; nothing in a file makes it crash."""

import json
import re
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from moderation.management.commands import evaluate_filter
from moderation.management.progress import Bar
from moderation.strictness import STRICTNESS
from tests.moderation import invented_blog
from tests.moderation.classified import tiny_prior


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with two blogs, their posts and a prior."""
    (tmp_path / "one.jsonl").write_text(invented_blog.comment_lines(invented_blog.rows(40, seed=5)))
    (tmp_path / "two.jsonl").write_text(invented_blog.comment_lines(invented_blog.rows(30, seed=6)))
    (tmp_path / "posts.jsonl").write_text(invented_blog.post_lines())
    (tmp_path / "prior.bin").write_bytes(tiny_prior().to_bytes())
    return tmp_path


def evaluate(folder: Path, *names: str, **options: object) -> str:
    out = StringIO()
    files = [str(folder / f"{name}.jsonl") for name in names]
    call_command("evaluate_filter", *files, **{"prior": folder / "prior.bin", **options}, stdout=out)
    return out.getvalue()


def rows(told: str) -> dict[str, list[str]]:
    """The lines of the table by their first word, without the processor's times."""
    found = {line.split()[0]: line.split()[1:] for line in told.splitlines()[3:-3]}
    return {name: [*cells[:-3], cells[-1]] for name, cells in found.items()}


def test_a_table_of_every_file_and_the_mean(folder: Path) -> None:
    told = evaluate(folder, "one", "two")
    lines = told.splitlines()
    assert lines[0] == "Normal: held from p = 0.15, spam from p = 0.95."
    assert lines[2].split() == [
        *("comments", "spam", "leaked", "held", "lost", "decisions"),
        *("leaked", "held", "decisions", "AUC", "error", "mean", "p99", "KB"),
    ]
    assert "\n".join(lines[-3:]) == f"{evaluate_filter.LEGEND}\n{evaluate_filter.WARNING}"
    table = rows(told)
    assert list(table) == ["one", "two", "mean"]
    assert (table["one"][0], table["two"][0], table["mean"][0]) == ("40", "30", "35")
    assert float(table["one"][9]) > 0.9
    assert table["one"][10] == "-"  # no comment after the first 200


def test_one_file_has_no_mean(folder: Path) -> None:
    assert list(rows(evaluate(folder, "one"))) == ["one"]


@pytest.mark.parametrize("word", STRICTNESS)
def test_the_lines_are_those_of_the_word(folder: Path, word: str) -> None:
    lines = STRICTNESS[word]
    told = evaluate(folder, "one", strictness=word)
    assert told.startswith(f"{word.capitalize()}: held from p = {lines.hold:g}, spam from p = {lines.spam:g}.\n")


def test_a_stricter_word_asks_for_more_decisions(folder: Path) -> None:
    strict, relaxed = (int(rows(evaluate(folder, "one", strictness=word))["one"][5]) for word in ("strict", "relaxed"))
    assert strict > relaxed


def test_the_same_seed_gives_the_same_figures(folder: Path) -> None:
    assert rows(evaluate(folder, "one", seed=2)) == rows(evaluate(folder, "one", seed=2))


def test_posts_are_those_beside_the_file_or_those_that_are_named(folder: Path, tmp_path_factory) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (folder / "posts.jsonl").rename(elsewhere / "posts.jsonl")
    without = rows(evaluate(folder, "one"))
    named = rows(evaluate(folder, "one", posts=elsewhere / "posts.jsonl"))
    (elsewhere / "posts.jsonl").rename(folder / "posts.jsonl")
    assert rows(evaluate(folder, "one")) == named != without


def test_the_archive_is_tried_only_when_asked_for(folder: Path) -> None:
    both = invented_blog.comment_lines(invented_blog.rows(10)) + invented_blog.comment_lines(
        invented_blog.rows(15, seed=2), era="archive"
    )
    (folder / "both.jsonl").write_text(both)
    assert rows(evaluate(folder, "both"))["both"][0] == "10"
    assert rows(evaluate(folder, "both", archive=True))["both"][0] == "25"
    (folder / "old.jsonl").write_text(invented_blog.comment_lines(invented_blog.rows(3), era="archive"))
    with pytest.raises(CommandError, match=r"old\.jsonl: all its comments are of the archive; --archive"):
        evaluate(folder, "old")


@pytest.mark.parametrize("spam", [True, False])
def test_a_file_with_one_label_has_dashes_where_nothing_is_defined(folder: Path, spam: bool) -> None:
    some = [row for row in invented_blog.rows(20) if row.spam == spam]
    (folder / "only.jsonl").write_text(invented_blog.comment_lines(some))
    cells = rows(evaluate(folder, "only"))["only"]
    assert cells[9] == "-"
    assert cells[2:5].count("-") == (2 if spam else 1)


def test_odd_comments_are_tried_too(folder: Path) -> None:
    bodies = ["\ud800 \x00", "a" * 20_000, "\u202e\u200b", "赌场", "http://" * 900, "😀" * 5000]
    lines = [{"body": body, "label": ("ham", "spam")[at % 2], "author": body} for at, body in enumerate(bodies)]
    (folder / "odd.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    assert rows(evaluate(folder, "odd"))["odd"][0] == str(len(bodies))


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "no comment in it is labelled"),
        (b'{"body": "x", "label": "toxic"}\n', "no comment in it is labelled"),
        (b'{"body": "x", "label": "ham"}\nnonsense\n', "Line 2 is no labelled comment"),
        (b"\xff\xff\n", "utf-8"),
    ],
)
def test_a_file_that_cannot_be_read_is_named_before_anything_is_tried(folder: Path, content, reason) -> None:
    (folder / "bad.jsonl").write_bytes(content)
    with pytest.raises(CommandError, match=rf"(?s)bad\.jsonl: .*{reason}.*\. Nothing was tried\."):
        evaluate(folder, "one", "bad")


def test_a_missing_file_posts_or_prior_is_named(folder: Path) -> None:
    for names, options in (
        (["gone"], {}),
        (["one"], {"posts": folder / "gone.jsonl"}),
        (["one"], {"prior": folder / "gone.jsonl"}),
    ):
        with pytest.raises(CommandError, match=r"gone\.jsonl: No such file or directory\. Nothing was tried\."):
            evaluate(folder, *names, **options)


def test_nothing_of_the_site_is_read(folder: Path, django_db_blocker) -> None:
    with django_db_blocker.block():
        assert rows(evaluate(folder, "one"))


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


def test_the_bar_moves_on_a_terminal_and_leaves_an_empty_line() -> None:
    out = Terminal()
    with Bar("one", 200, out) as tell:
        for done in range(1, 201):
            tell(done)
    drawn = out.getvalue()
    assert re.findall(r"(\d+) %", drawn) == [str(percent) for percent in range(101)]
    assert "one [" + "#" * 15 + "." * 15 + "]  50 %" in drawn
    assert drawn.endswith("\r\x1b[K")
    assert "\n" not in drawn


def test_the_bar_draws_nothing_anywhere_else() -> None:
    out = StringIO()
    with Bar("one", 0, out) as tell:
        tell(1)
    assert out.getvalue() == ""
