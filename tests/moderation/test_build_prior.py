"""`build_prior` makes a file of labelled comments: the same bytes from the same data, whole or not at all."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from moderation.classifier.prior import Prior
from moderation.management.commands import build_prior
from moderation.management.commands.build_prior import PriorTooLarge
from tests.moderation import invented_blog


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a blog, a data set that is none, and posts."""
    (tmp_path / "blog.jsonl").write_text(invented_blog.comment_lines(invented_blog.rows(60, seed=5)))
    (tmp_path / "second.jsonl").write_text(invented_blog.comment_lines(invented_blog.rows(30, seed=8)))
    (tmp_path / "forum.jsonl").write_text(invented_blog.comment_lines(invented_blog.rows(40, seed=6)))
    (tmp_path / "posts.jsonl").write_text(invented_blog.post_lines())
    return tmp_path


def build(folder: Path, *names: str, out: str = "made.bin", **options: object) -> str:
    told = StringIO()
    files = [str(folder / f"{name}.jsonl") for name in names or ("blog", "second")]
    given = {"posts": [folder / "posts.jsonl"], "other": [folder / "forum.jsonl"], "out": folder / out}
    call_command("build_prior", *files, **{**given, **options}, stdout=told)
    return told.getvalue()


def left(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()} - {"blog.jsonl", "second.jsonl", "forum.jsonl", "posts.jsonl"}


def test_it_writes_a_prior_and_says_how_large(folder: Path) -> None:
    told = build(folder)
    data = (folder / "made.bin").read_bytes()
    prior = Prior.from_bytes(data)
    spam = prior.about["spam"]
    assert told == f"{folder / 'made.bin'}: {len(data):,} bytes, of 130 comments, {spam} of them spam.\n"
    assert [(one["name"], one["kind"], one["comments"]) for one in prior.about["sources"]] == [
        ("blog", "blog", 60),
        ("second", "blog", 30),
        ("forum", "other", 40),
    ]
    assert any(prior.weights)
    assert left(folder) == {"made.bin"}


def test_the_same_files_give_the_same_bytes_in_whatever_order(folder: Path) -> None:
    build(folder, "blog", "second", out="first.bin")
    build(folder, "second", "blog", out="again.bin")
    assert (folder / "first.bin").read_bytes() == (folder / "again.bin").read_bytes()


def test_what_is_called_other_counts_otherwise(folder: Path) -> None:
    build(folder, out="first.bin")
    build(folder, "blog", "second", "forum", out="again.bin", other=[])
    first, again = (Prior.from_bytes((folder / name).read_bytes()) for name in ("first.bin", "again.bin"))
    assert first.weights != again.weights
    assert first.rarities == again.rarities


def test_a_prior_that_is_too_large_is_refused_and_the_old_one_stays(folder: Path, monkeypatch) -> None:
    (folder / "made.bin").write_bytes(b"the old one")
    monkeypatch.setattr(build_prior, "MOST_BYTES", 1000)
    with pytest.raises(PriorTooLarge, match=r"bytes are more than 1,000\. Nothing was written\."):
        build(folder)
    assert (folder / "made.bin").read_bytes() == b"the old one"
    assert left(folder) == {"made.bin"}


def test_writing_that_breaks_leaves_the_old_one(folder: Path, monkeypatch) -> None:
    (folder / "made.bin").write_bytes(b"the old one")

    def broken(_number: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(build_prior.os, "fsync", broken)
    with pytest.raises(CommandError, match=r"No space left on device\. Nothing was written\."):
        build(folder)
    assert (folder / "made.bin").read_bytes() == b"the old one"
    assert left(folder) == {"made.bin"}


def test_a_folder_that_is_not_there_is_named(folder: Path) -> None:
    with pytest.raises(CommandError, match=r"No such file or directory\. Nothing was written\."):
        build(folder, out="nowhere/made.bin")


def test_files_that_cannot_be_read_are_named(folder: Path) -> None:
    (folder / "bad.jsonl").write_text("nonsense\n")
    with pytest.raises(CommandError, match=r"bad\.jsonl: Line 1 is no labelled comment.*Nothing was written"):
        build(folder, "blog", "bad")
    with pytest.raises(CommandError, match=r"bad\.jsonl: Line 1 is no post.*Nothing was written"):
        build(folder, posts=[folder / "bad.jsonl"])
    assert left(folder) == {"bad.jsonl"}
