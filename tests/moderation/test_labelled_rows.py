"""Files of labelled comments are read in the order of time; what is no comment is refused by the number of its line."""

import json
from pathlib import Path

import pytest

from moderation import labelled_files
from moderation.classifier.labelled import Row, Site, UnreadableRows, read_posts, read_rows
from moderation.classifier.memory import SiteMemory
from moderation.classifier.prior import nothing
from moderation.labelled_files import UnreadableFile


def line(body: str = "words", label: str = "ham", **more: object) -> str:
    return json.dumps({"body": body, "label": label, **more})


def test_comments_come_in_the_order_of_time_and_stay_where_they_stand_without_one() -> None:
    lines = [
        line("third", created="2024-02-01T00:00:00Z"),
        line("first, without a time"),
        line("fourth", created="2024-02-01T00:00:00Z"),
        "\n",
        line("second", created="2023-12-31T23:59:59Z"),
    ]
    assert [row.body for row in read_rows(lines)] == ["first, without a time", "second", "third", "fourth"]


def test_all_fields_are_read() -> None:
    told = {
        "id": 7,
        "author": "Anna",
        "author_url": "https://a.example",
        "post_title": "Title",
        "post": "blog/title",
        "era": "archive",
    }
    assert read_rows([line("words", "spam", **told)]) == [
        Row("7", "Anna", "https://a.example", "Title", "words", True, "blog/title", True)
    ]


def test_what_is_missing_is_empty_and_the_title_stands_for_the_post() -> None:
    told = line(author=None, author_url=None, post_title="Title", created=None)
    assert read_rows([told]) == [Row("1", "", "", "Title", "words", False, "Title", False)]


def test_other_labels_and_empty_texts_are_left_out() -> None:
    assert read_rows([line(label="toxic"), line(label=""), line(" \n"), line("kept")])[0].body == "kept"


@pytest.mark.parametrize(
    "bad", ["no json", "[]", "3", '{"body": "x"}', '{"label": "ham"}', line(body=None), line(label=[])]
)
def test_a_line_that_is_no_comment_is_named(bad: str) -> None:
    with pytest.raises(UnreadableRows, match="Line 2 "):
        read_rows([line(), bad, line()])


@pytest.mark.parametrize("bad", ["no json", "[]", "3", '{"title": "x"}'])
def test_a_line_that_is_no_post_is_named(bad: str) -> None:
    with pytest.raises(UnreadableRows, match="Line 2 "):
        read_posts(['{"post": "a", "title": "A", "text": null}', bad])


def test_posts_are_found_by_their_keys() -> None:
    lines = ['{"post": "a", "title": "A", "text": "Words."}', "\n", '{"post": 2, "title": 7}']
    assert read_posts(lines) == {"a": ("A", "Words."), "2": ("7", "")}


@pytest.mark.parametrize("content", [b"", b"\n", b"\xff\xfe\n", b"no json\n", line(label="toxic").encode()])
def test_a_file_without_a_labelled_comment_is_named(content: bytes, tmp_path: Path) -> None:
    file = tmp_path / "blog.jsonl"
    file.write_bytes(content)
    with pytest.raises(UnreadableFile, match=r"blog\.jsonl: "):
        labelled_files.rows_of(file)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    for read in (labelled_files.rows_of, labelled_files.posts_of, labelled_files.prior_of):
        with pytest.raises(UnreadableFile, match=r"gone\.jsonl: No such file"):
            read(tmp_path / "gone.jsonl")


def test_a_prior_that_is_none_is_named(tmp_path: Path) -> None:
    file = tmp_path / "prior.bin"
    file.write_bytes(b"not a prior")
    with pytest.raises(UnreadableFile, match=r"prior\.bin: "):
        labelled_files.prior_of(file)


def test_posts_beside_a_file_are_found_or_there_are_none(tmp_path: Path) -> None:
    assert labelled_files.posts_beside(tmp_path / "blog.jsonl") == {}
    (tmp_path / "posts.jsonl").write_text('{"post": "a", "title": "A"}\n')
    assert labelled_files.posts_beside(tmp_path / "blog.jsonl") == {"a": ("A", "")}


def row(at: int, body: str, author: str = "Anna") -> Row:
    return Row(str(at), author, "", "Title of all", body, False, "post", False)


def test_a_site_sees_what_came_before_and_what_is_public() -> None:
    site, memory = Site({"post": ("Title of all", "A text about indexes.")}, nothing()), SiteMemory()
    body = "The very same eight words of one text, sent again by others."
    first = site.look(row(1, body), memory).evidence.context
    assert (first.echo.again, first.relevance.thread, first.relevance.whole) == (0, None, False)
    assert site.look(row(2, body), memory).evidence.context.echo.again == 0  # by the same sender
    other = site.look(row(3, body, "Bert"), memory).evidence.context
    assert (other.echo.again, other.echo.nearest) == (2, 1.0)
    site.published(row(1, body))
    seen = site.look(row(4, "As Anna says.", "Carl"), memory).evidence.context
    assert (seen.relevance.names, seen.relevance.thread) == (1, 0)
