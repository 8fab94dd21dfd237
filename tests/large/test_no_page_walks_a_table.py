"""With 100,000 comments no page reads a large table from end to end, or more rows than it could show a few times over.

Asserted of each statement that the request really makes, on both databases.
"""

import pytest
from django.db import connection
from django.test import Client

from comments.models import Comment, Revision
from moderation.models import CampaignMember, Decision, Fingerprint, Review, Signal
from moderation.pages import write_key
from tests.large.asked import Statement, statements, walks, work
from tests.large.site import COMMENTS, Site
from tests.moderation import asking

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
LARGE = {m._meta.db_table for m in (Comment, Revision, Decision, Review, Signal, Fingerprint, CampaignMember)}
#: Hundreds of steps of SQLite's machine, or rows in PostgreSQL. Reading all comments would be 3,000 and 100,000.
MOST = {"sqlite": 120, "postgresql": 1_500}
#: A search that no index answers looks through a stretch of 5,000.
MOST_SIFTED = {"sqlite": 3_000, "postgresql": 5_600}
DESK = [
    "", "?after={urgent}", "?before={urgent}", "?order=oldest", "?order=oldest&after={number}",
    "?order=oldest&before={number}", "?tab=spam", "?tab=rejected&after={number}", "?tab=published", "?tab=all",
    "?post={flooded}", "?post={discussed}", "ahead/", "comments/{number}/", "comments/{public}/", "reports/",
    "news/?after=0&shown=1,2,{number}",
]  # fmt: skip
LOG = ["", "?after={decision}", "?before={decision}", "?action=reject", "?who=system", "?who=sender", "?reason=spam"]
PUBLIC = ["/", "/comments/feed/", "{address}", "{address}?order=newest", "{address}?after={path}",
          "{address}?c={public}", "{address}feed/", "/search/?q=gate"]  # fmt: skip
SIFTED = ["?q=nowhere", "?q=nowhere&after={urgent}", "log/?post={flooded}"]


@pytest.fixture
def places(large: Site) -> dict[str, object]:
    """Addresses in the middle of everything."""
    waiting = Comment.objects.filter(status="pending").order_by("-urgency", "-pk").values_list("urgency", "pk")[30_000]
    public = Comment.objects.filter(post=large.discussed, status="published").order_by("path")[12_000]
    return {
        "urgent": write_key(waiting), "number": waiting[1], "flooded": large.flooded.pk, "public": public.pk,
        "discussed": large.discussed.pk, "path": public.path, "address": large.discussed.get_absolute_url(),
        "decision": Decision.objects.order_by("pk").values_list("pk", flat=True)[8_000],
    }  # fmt: skip


def faults(asked: list[Statement], vendor: str, most: dict[str, int]) -> list[tuple[object, str]]:
    """What is wrong with the statements, each with its SQL."""
    found = [(line, one.sql) for one in asked for line in walks(one, LARGE)]
    return found + [(done, one.sql) for one in asked if (done := work(one)) > most[vendor]]


@pytest.mark.parametrize("query", DESK)
def test_the_desk(query: str, moderating: Client, places: dict, vendor: str) -> None:
    asked = statements(moderating, "/moderation/" + query.format(**places))
    assert len(asked) > 6
    assert faults(asked, vendor, MOST) == []


@pytest.mark.parametrize("query", ["", "?after={urgent}", "?order=oldest", "?order=oldest&after={number}"])
def test_the_desk_while_nothing_is_reported_or_edited(
    query: str, moderating: Client, places: dict, vendor: str
) -> None:
    """To find nothing is what tempts a planner most."""
    Comment.objects.filter(open_reports__gt=0).update(open_reports=0)
    Comment.objects.filter(proposed_revision__isnull=False).update(proposed_revision=None)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE comments_comment")
    asked = statements(moderating, "/moderation/" + query.format(**places))
    assert faults(asked, vendor, MOST) == []


@pytest.mark.parametrize("query", LOG)
def test_the_log(query: str, moderating: Client, places: dict, vendor: str) -> None:
    asked = statements(moderating, "/moderation/log/" + query.format(**places))
    assert faults(asked, vendor, MOST) == []


@pytest.mark.parametrize("query", SIFTED)
def test_what_no_index_answers_is_looked_for_in_a_stretch(
    query: str, moderating: Client, places: dict, vendor: str
) -> None:
    asked = statements(moderating, "/moderation/" + query.format(**places))
    assert faults(asked, vendor, MOST_SIFTED) == []


@pytest.mark.parametrize("address", PUBLIC)
def test_the_pages_of_readers(address: str, large: Site, reader: Client, places: dict, vendor: str) -> None:
    asked = statements(reader, address.format(**places))
    assert asked
    assert faults(asked, vendor, MOST) == []


def test_a_walk_is_seen(large: Site, vendor: str) -> None:
    """What these tests forbid, asked on purpose: counting all, and a search without an index."""
    rows = Comment.objects.filter(body__contains="nowhere")
    for query in (rows.values("pk"), Comment.objects.filter(seconds_on_form=None).values("pk")):
        sql, params = query.query.sql_with_params()
        assert walks(Statement(sql, params), LARGE)
        assert work(Statement(sql, params)) > MOST_SIFTED[vendor] / 2
    assert Comment.objects.count() == COMMENTS


@pytest.mark.parametrize("place", ["", "?after={path}", "?order=newest"])
@pytest.mark.parametrize("post", ["flooded", "discussed"])
def test_the_page_of_who_waits_for_thousands(post: str, place: str, large: Site, places: dict, vendor: str) -> None:
    if post == "flooded" and "after" in place:
        pytest.skip("nothing is public there")
    browser = asking.browser(large.sender)
    asked = statements(browser, getattr(large, post).get_absolute_url() + place.format(**places))
    assert faults(asked, vendor, MOST) == []
