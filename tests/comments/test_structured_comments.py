"""Machines are told of the public comments of a page what its reader sees."""

import json

import pytest
from django.test import Client

from blog.models import Post
from comments import structured
from tests import cast

HOSTILE = ['"}]</script><script>', "back\\slash", "%(id)s %s", "two\nlines\u2028", structured.MARKS["name"]]


def told(post: Post) -> dict:
    page = Client().get(post.get_absolute_url()).content.decode()
    return json.loads(page.split('<script type="application/ld+json">')[1].split("</script>")[0])


@pytest.mark.parametrize("text", HOSTILE)
def test_each_comment_with_its_words_its_time_and_its_name(post: Post, text: str) -> None:
    comment = cast.comment(post, name=text, body=text)
    address = f"http://blog.example/comments/{comment.pk}/"
    assert told(post)["comment"] == [
        {
            "@type": "Comment",
            "@id": address,
            "url": address,
            "dateCreated": comment.created_at.isoformat(timespec="seconds"),
            "author": {"@type": "Person", "name": text},
            "text": text,
        }
    ]


def test_a_post_without_comments_has_none(post: Post) -> None:
    assert "comment" not in told(post)
    assert told(post)["commentCount"] == 0


def test_of_a_long_page_the_first(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(structured, "MOST", 2)
    first = [cast.comment(post) for _ in range(3)][:2]
    assert [one["text"] for one in told(post)["comment"]] == [one.body for one in first]
    assert told(post)["commentCount"] == 3
