"""While the database or the disk fails, every page says to come back, none shows why, and the next request works."""

import errno
from collections.abc import Callable

import pytest
from django.core.files.storage import default_storage
from django.db import InterfaceError, OperationalError, connection, connections
from django.template.loader import render_to_string
from django.test import Client

from blog import views
from blog.models import Post, User
from comments.models import Comment
from config.outage import is_outage
from moderation import decisions
from moderation.models import Decision
from tests import cast
from tests.staff_addresses import patterns
from tests.staff_world import World

WORD = "word-of-the-trace"
ERRORS = [OperationalError(WORD), InterfaceError(WORD), OSError(errno.ENOSPC, WORD)]


def down(execute, sql, params, many, context):
    raise OperationalError(WORD)


def raising(error: Exception) -> Callable:
    def broken(*args: object, **kwargs: object) -> None:
        raise error

    return broken


def is_sorry(answer) -> bool:
    page = answer.content.decode()
    assert WORD not in page
    assert "Traceback" not in page
    return answer.status_code == 503 and answer.headers["Retry-After"] == "30" and "back in a moment" in page


def test_the_page_needs_neither_request_nor_database() -> None:
    assert "We will be back in a moment" in render_to_string("503.html")


@pytest.mark.parametrize("error", ERRORS)
def test_an_outage_in_a_view_is_answered_with_503(error: Exception, db: None, monkeypatch) -> None:
    monkeypatch.setattr(views, "front_posts", raising(error))
    answer = Client(raise_request_exception=False).get("/")
    assert is_sorry(answer)
    assert answer.headers["Cache-Control"] == "no-store"
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Frame-Options"] == "DENY"


def test_an_error_of_ours_is_still_a_500(db: None, monkeypatch) -> None:
    monkeypatch.setattr(views, "front_posts", raising(ValueError(WORD)))
    answer = Client(raise_request_exception=False).get("/")
    assert answer.status_code == 500
    assert WORD not in answer.content.decode()


def test_what_an_outage_led_to_counts_as_one() -> None:
    def after(first: Exception, *, hidden: bool = False) -> Exception:
        try:
            try:
                raise first
            except Exception as error:
                raise KeyError(WORD) from (None if hidden else error)
        except KeyError as last:
            return last

    assert is_outage(after(OperationalError()))
    assert not is_outage(after(OperationalError(), hidden=True))
    assert not is_outage(after(ValueError()))
    assert not is_outage(OSError(errno.ENOENT, ""))
    assert not is_outage(None)


@pytest.mark.django_db
@pytest.mark.parametrize("who", [None, "author", "moderator", "chief"])
def test_no_address_breaks_otherwise_while_the_database_is_away(who: str | None) -> None:
    world = World()
    client = cast.logged_in(getattr(world, who)) if who else Client()
    client.raise_request_exception = False
    year, month = world.post.address
    open_addresses = [
        "/", "/feed/", "/comments/feed/", "/sitemap.xml", "/search/?q=text", f"/{year}/", f"/{year}/{month}/",
        "/about/", world.post.get_absolute_url(), world.post.get_absolute_url() + "feed/",
        "/tag/tag/", "/author/author/", "/no/such/page",
        world.comment.status_address, f"/comments/{world.comment.pk}/", f"/comments/on/{world.post.pk}/",
    ]  # fmt: skip
    codes = set()
    for path in [*open_addresses, *(world.path(pattern, None) for pattern in patterns())]:
        for ask in (client.get, client.post):
            with connection.execute_wrapper(down):
                answer = ask(path)
            assert answer.status_code != 500, path
            assert answer.status_code < 500 or is_sorry(answer), path
            codes.add(answer.status_code)
    assert 503 in codes
    assert client.get("/").status_code == 200


@pytest.mark.django_db
def test_a_full_disk_costs_the_picture_and_nothing_else(as_author: Client, author: User, monkeypatch) -> None:
    from tests.blog.test_admin_profile import picture

    monkeypatch.setattr(default_storage, "_save", raising(ERRORS[2]))
    as_author.raise_request_exception = False
    assert is_sorry(as_author.post("/admin/profile/", {"display_name": "Mira", "new_picture": picture()}))
    stored = User.objects.get(pk=author.pk)
    assert (stored.display_name, stored.avatar.name) == ("Author", "")
    assert as_author.get("/").status_code == 200


@pytest.mark.django_db(transaction=True)
def test_a_decision_that_broke_off_half_way_has_not_happened(post: Post, as_moderator: Client, monkeypatch) -> None:
    comment = cast.comment(post, "pending")
    as_moderator.raise_request_exception = False
    monkeypatch.setattr(decisions.ledger, "append", raising(OperationalError(WORD)))
    address = f"/moderation/comments/{comment.pk}/decisions/"
    assert is_sorry(as_moderator.post(address, {"action": "approve", "seen": 1}))
    comment.refresh_from_db()
    post.refresh_from_db()
    assert (comment.status, comment.version, post.published_comments) == ("pending", 1, 0)
    monkeypatch.undo()
    assert as_moderator.post(address, {"action": "approve", "seen": 1}).status_code == 303


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has no server that could go away")
@pytest.mark.parametrize("point", ["before", "in the middle"])
def test_a_server_that_goes_away_costs_one_request(point: str, post: Post, as_moderator: Client, monkeypatch) -> None:
    comment = cast.comment(post, "pending")
    as_moderator.raise_request_exception = False
    real = decisions._write

    def cut(*args: object, **kwargs: object) -> Decision:
        made = real(*args, **kwargs)
        kill_connection()
        return made

    if point == "before":
        connection.ensure_connection()
        kill_connection()
    else:
        monkeypatch.setattr(decisions, "_write", cut)
    address = f"/moderation/comments/{comment.pk}/decisions/"
    assert is_sorry(as_moderator.post(address, {"action": "approve", "seen": 1}))
    monkeypatch.undo()
    connections["default"].close_if_unusable_or_obsolete()  # as at the begin of every real request
    assert Comment.objects.get(pk=comment.pk).status == "pending"
    assert not Decision.objects.exists()
    assert as_moderator.post(address, {"action": "approve", "seen": 1}).status_code == 303


def kill_connection() -> None:
    """End this thread's connection from outside, as a restart of the server does."""
    import psycopg

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        pid = cursor.fetchone()[0]
    parameters = connection.get_connection_params()
    wanted = {name: parameters[name] for name in ("host", "port", "user", "password", "dbname")}
    with psycopg.connect(**wanted, autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(%s)", [pid])
