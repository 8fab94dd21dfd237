"""A page of a thread costs the same queries whatever stands below the post."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from blog.models import Post
from comments.models import Sender
from comments.threads import read_page
from tests.comments.trees import plant

MIXED = ["published", "published", "spam", "pending"]


def chains(count: int) -> list[tuple[int, str, bool]]:
    """Threads of 60 levels, a quarter of them not public."""
    return [(number - 1 if number % 60 else 10**6, MIXED[number % 4], number % 8 == 3) for number in range(count)]


@pytest.mark.parametrize("order", ["oldest", "newest"])
def test_ten_and_a_thousand_comments_cost_the_same_few_queries(post: Post, settings: Settings, order: str) -> None:
    settings.COMMENTS_PAGE_SIZE = 5
    ours, other = Sender.objects.create(), Sender.objects.create()
    costs = {}
    for count in (12, 1000):
        made = [one for one in plant(post, chains(count), ours, other) if one.status == "published"]
        middle = sorted(one.path for one in made)[len(made) // 2]
        ways = {
            "first": {},
            "after": {"after": middle},
            "before": {"before": middle},
            "around": {"around": made[len(made) // 2].pk},
        }
        for name, way in ways.items():
            with CaptureQueriesContext(
                connection,
            ) as queries:
                read_page(post, order=order, sender=ours, **way)
            costs.setdefault(name, []).append(len(queries))
    assert costs["first"] in ([2, 2], [3, 3])
    assert costs["after"] == costs["before"] == [3, 3]
    assert costs["around"] == [5, 5]
