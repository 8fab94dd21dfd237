"""Pages of the queue by urgency: whole, without a gap and without a row twice, also where many are equally urgent."""

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as some

from blog.models import Post
from comments.models import Comment
from moderation import pages, queue
from moderation.pages import MOST_KEY, NoKey, read_key, write_key
from tests import cast

pytestmark = pytest.mark.django_db


def several(post: Post) -> list[int]:
    """Nine of all three kinds, four of them equally urgent; their numbers in the order in which they are due."""
    made = []
    for urgency in (3.25, -40338.618321759256, 3.25, 0.1, 3.25, 1e-7, 3.25, -7.0, 12.0):
        comment = cast.comment(post, "pending" if urgency < 3 else "published", urgency=urgency)
        made.append((urgency, comment.pk))
        if urgency == 12.0:
            comment.revisions.create(number=2, body="x", html="x")
            Comment.objects.filter(pk=comment.pk).update(proposed_revision=2)
        elif urgency > 3:
            Comment.objects.filter(pk=comment.pk).update(open_reports=1)
    return [pk for _, pk in sorted(made, reverse=True)]


@pytest.mark.parametrize("size", [1, 2, 4])
def test_pages_go_on_both_ways_and_lose_nothing(
    size: int, as_moderator: Client, post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queue, "SIZE", size)
    due = several(post)
    found, address = [], "/moderation/"
    while address:
        page = as_moderator.get(address).context["queue"]
        found.append([row.comment.pk for row in page.items])
        address, last = page.next, page
    assert [pk for part in found for pk in part] == due
    for expected in found[-2::-1]:
        last = as_moderator.get(last.previous).context["queue"]
        assert [row.comment.pk for row in last.items] == expected


@pytest.mark.parametrize("stretch", [1, 2, 3])
def test_a_search_goes_on_by_stretches_through_all_of_them(
    stretch: int, as_moderator: Client, post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "MOST_SIFTED", stretch)
    due = several(post)
    found, address, asked = [], "/moderation/?q=words", 0
    while address and asked < 30:
        page = as_moderator.get(address).context["queue"]
        found += [row.comment.pk for row in page.items]
        address, asked = page.next, asked + 1
    assert found == due


@pytest.mark.parametrize(
    "key",
    ["nan_5", "inf_5", "1.0_0", "1.0_", "_5", "1_5", "1.00_5", "1e400_5", "-0.10_5", f"1.0_{2**63}", "1.0_5_5",
     "1.0 _5", "+1.0_5", "1.0_-5", "１.0_5", "1.0_5%0A", "5", "x" * 200],
)  # fmt: skip
def test_an_odd_place_is_404(key: str, as_moderator: Client) -> None:
    for name in ("after", "before"):
        assert as_moderator.get(f"/moderation/?{name}={key}").status_code == 404


def test_a_place_of_one_order_is_none_in_the_other(as_moderator: Client) -> None:
    assert as_moderator.get("/moderation/?after=1.5_5").status_code == 200
    assert as_moderator.get("/moderation/?order=oldest&after=5").status_code == 200
    for query in ("order=oldest&after=1.5_5", "tab=spam&after=1.5_5", "order=urgent&before=5", "order=newest"):
        assert as_moderator.get(f"/moderation/?{query}").status_code == 404


@given(
    some.one_of(
        some.integers(1, MOST_KEY),
        some.tuples(some.floats(-1e15, 1e15, allow_nan=False), some.integers(1, MOST_KEY)),
    )
)
def test_a_key_is_read_as_it_was_written(key) -> None:
    assert read_key(write_key(key)) == key


@given(some.text(max_size=70))
def test_no_other_text_is_a_key(text: str) -> None:
    try:
        key = read_key(text)
    except NoKey:
        return
    assert write_key(key) == text
