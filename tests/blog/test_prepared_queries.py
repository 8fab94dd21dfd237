"""A query that is written once finds what the ORM finds, with values of the types that the model has."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, router, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from blog.models import Post, Tag, User
from blog.navigation import navigation
from blog.prepared import Prepared
from blog.reading import front_posts, neighbours, public_post
from tests import cast

NOW = datetime(1999, 9, 9, 9, 9, 9, 999999, tzinfo=UTC)


def test_the_post_of_an_address_with_author_and_tags(author: User) -> None:
    written = cast.post(author, summary="In short.")
    written.tags.set([Tag.objects.create(name=name, slug=name) for name in ("b", "a")])
    cast.post(author, slug="another")
    found = public_post(timezone.now(), written.month, written.slug)
    expected = Post.objects.get(pk=written.pk)
    assert {field.attname: getattr(found, field.attname) for field in Post._meta.concrete_fields} == {
        field.attname: getattr(expected, field.attname) for field in Post._meta.concrete_fields
    }
    assert (found.author, str(found.author)) == (author, str(author))
    assert found.shown_tags == list(expected.tags.all())
    assert [tag.name for tag in found.shown_tags] == ["a", "b"]


def test_no_post_where_there_is_none_for_a_stranger(author: User) -> None:
    now = timezone.now()
    draft, later = cast.draft(author), cast.post(author, published_at=now + timedelta(minutes=5))
    page = cast.post(author, kind=Post.Kind.PAGE)
    for hidden in (draft, later, page):
        assert public_post(now, hidden.month or now.date().replace(day=1), hidden.slug) is None


def test_the_posts_beside_one(author: User) -> None:
    now = timezone.now()
    oldest, middle, newest = (cast.post(author, published_at=now - timedelta(hours=hours)) for hours in (3, 2, 1))
    twin = cast.post(author, published_at=middle.published_at)
    assert neighbours(middle, now) == (twin, oldest)
    assert neighbours(newest, now) == (None, twin)
    assert neighbours(oldest, now) == (middle, None)
    assert neighbours(middle, now)[1].get_absolute_url() == oldest.get_absolute_url()


def test_the_front_page_has_the_newest_each_with_its_own_tags(author: User) -> None:
    now = timezone.now()
    for hours in range(13):
        made = cast.post(author, published_at=now - timedelta(hours=hours))
        made.tags.set([Tag.objects.get_or_create(name=name, slug=name)[0] for name in ("all", f"only-{hours}")])
    expected = list(Post.objects.published(now).posts().newest_first().for_list()[:11])
    found = front_posts(now)
    assert found == expected
    for one, other in zip(found, expected, strict=True):
        assert one.shown_tags == list(other.tags.all())
        assert (one.lead, one.author, one.published_at) == (other.lead, other.author, other.published_at)
        assert one.get_absolute_url() == other.get_absolute_url()


def test_the_head_of_a_page_leads_to_standing_pages_and_the_newest_year(author: User) -> None:
    now = timezone.now()
    assert navigation(now).year == ""
    page = cast.post(author, kind=Post.Kind.PAGE, slug="about")
    cast.post(author, published_at=datetime(2019, 5, 4, tzinfo=UTC))
    found = navigation(now)
    assert (found.pages, found.year) == ([page], "2019")
    assert found.pages[0].get_absolute_url() == "/about/"


def test_examples_that_do_not_tell_values_apart_are_refused() -> None:
    twice = Prepared(
        Post, lambda pk, author: Post.objects.filter(pk=pk, author=author).values_list("pk"), pk=5, author=5
    )
    with pytest.raises(ValueError, match="do not tell"):
        twice.rows(post=1, author=2)


def test_a_query_that_locks_is_asked_where_is_written(monkeypatch: pytest.MonkeyPatch, author: User) -> None:
    asked = []
    monkeypatch.setattr(router, "db_for_read", lambda model: asked.append("read") or "default")
    monkeypatch.setattr(router, "db_for_write", lambda model: asked.append("write") or "default")
    for rows in (User.objects.all(), User.objects.select_for_update()):
        query = Prepared(User, lambda pk, rows=rows: rows.filter(pk=pk), pk=919_191)
        with transaction.atomic():
            query.object(pk=author.pk)
            asked.clear()
            assert query.object(pk=author.pk) == author
        asked.append("|")
        said = "".join(asked)
        assert ("write" in said, "read" in said) == (rows.query.select_for_update, not rows.query.select_for_update)


def test_of_no_numbers_nothing_is_found_and_nothing_asked(author: User) -> None:
    by_number = Prepared(User, lambda ids: User.objects.filter(pk__in=ids))
    with CaptureQueriesContext(connection) as asked:
        assert (by_number.rows([]), by_number.values(set()), list(by_number.objects(iter(())))) == ([], [], [])
    assert len(asked) == 0
    assert list(by_number.objects([author.pk])) == [author]


@pytest.mark.django_db(transaction=True)
def test_a_lock_outside_a_transaction_would_be_none_and_is_refused(author: User) -> None:
    query = Prepared(User, lambda pk: User.objects.select_for_update().filter(pk=pk), pk=919_191)
    with transaction.atomic():
        assert query.object(pk=author.pk) == author
    with pytest.raises(transaction.TransactionManagementError):
        query.object(pk=author.pk)


def test_numbers_that_stand_elsewhere_than_behind_in_are_refused_where_they_would_be_a_list(author: User) -> None:
    query = Prepared(User, lambda ids: User.objects.filter(pk=ids[0]))
    if connection.vendor == "postgresql":
        with pytest.raises(ValueError, match="behind IN"):
            query.rows([author.pk])
    else:
        assert list(query.objects([author.pk])) == [author]
