"""Every way to ask for a post that is not public gives the bytes that an absent one gives."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from blog import editing
from blog.models import OldAddress, Post, User
from tests import cast

pytestmark = pytest.mark.django_db
QUERIES = ["", "?preview=1", "?preview=true", "?p={id}", "?page_id={id}", "?static=1&order=asc", "?draft=1",
           "?version=1", "?status=draft", "?order=newest", "?c=1", "?format=json", "?utm_source=x"]  # fmt: skip
PATHS = ["/{y}/{m}/{slug}/", "/{y}/{m}/{slug}", "/{y}/{m}/{slug}/feed/", "/{y}/{m}/{slug}/feed", "/{y}/{m}/{SLUG}/",
         "/{y}/{m}/{slug}//", "/{y}/{m}/{slug}/.", "/{y}/{m}/{slug}%2f", "/{y}/{m}/{slug}.html", "/{y}/{m}/{slug}/amp/",
         "/{y}/{m}/%20{slug}/", "/{y}/{m}/{slug};x=1/", "/{slug}/", "/{slug}", "/preview/{slug}/", "/preview/{id}/",
         "/post/{id}/", "/posts/{id}/", "/{id}/", "/?p={id}", "/tag/{slug}/", "/tag/{slug}", "/author/{slug}/",
         "/comments/on/{id}/"]  # fmt: skip
CLOCK = ("Date", "Expires")  # the second of the answer, which two requests need not share


def hidden(kind: str, author: User) -> Post:
    """A post that is not public, of one of four kinds."""
    now, given = timezone.now(), {"slug": "secret", "title": "secret"}
    if kind == "draft":
        return cast.draft(author, **given)
    if kind == "scheduled":
        return cast.post(author, published_at=now + timedelta(minutes=1), **given)
    if kind == "taken back":
        return editing.unpublish(cast.post(author, **given), author)
    return cast.draft(author, kind=Post.Kind.PAGE, **given)


def said(client: Client, address: str, word: str) -> tuple:
    answer = client.get(address)
    headers = {name: value for name, value in answer.headers.items() if name not in ("Set-Cookie", *CLOCK)}
    place = headers.pop("Location", "")
    assert "Set-Cookie" not in answer.headers
    return answer.status_code, place.replace(word, "absent"), headers, answer.content.replace(word.encode(), b"absent")


@pytest.mark.parametrize("kind", ["draft", "scheduled", "taken back", "page"])
@pytest.mark.parametrize("path", PATHS)
def test_a_hidden_and_an_absent_post_are_the_same_to_a_stranger(kind: str, path: str, author: User) -> None:
    secret = hidden(kind, author)
    year, month = secret.address
    there = {"y": year, "m": month, "slug": "secret", "SLUG": "SECRET", "id": secret.pk}
    nowhere = {**there, "slug": "absent", "SLUG": "ABSENT", "id": 987654321}
    for query in QUERIES if path == PATHS[0] else [""]:
        at_hidden = said(Client(), (path + query).format(**there), "secret")
        at_absent = said(Client(), (path + query).format(**nowhere), "absent")
        if "{id}" in path + query:  # what was asked for may be said back, never more
            at_hidden = tuple(str(part).replace(str(secret.pk), "987654321") for part in at_hidden)
            at_absent = tuple(str(part).replace(str(secret.pk), "987654321") for part in at_absent)
        assert at_hidden == at_absent, query


def test_no_query_opens_a_draft_to_staff_on_its_public_address(as_editor: Client, author: User) -> None:
    draft = hidden("draft", author)
    for query in QUERIES:
        assert as_editor.get(draft.get_absolute_url() + query.format(id=draft.pk)).status_code == 404


def test_renaming_a_draft_leaves_no_trace_among_the_old_addresses(author: User, reader: Client) -> None:
    draft = hidden("draft", author)
    draft.slug = draft.title = "renamed"
    editing.save_post(draft, by=author, seen=draft.version)
    assert not OldAddress.objects.exists()
    editing.publish(draft, author)
    draft.slug = "again"
    editing.save_post(draft, by=author, seen=draft.version)
    year, month = draft.address
    assert reader.get(f"/{year}/{month}/secret/").status_code == 404
    assert reader.get(f"/{year}/{month}/renamed/").status_code == 301
    editing.unpublish(draft, author)
    assert reader.get(f"/{year}/{month}/renamed/").status_code == 404
