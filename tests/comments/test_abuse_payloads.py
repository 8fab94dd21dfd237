"""Every hostile text there is, in every field that takes text, is text on every page, and shown as it was cleaned."""

from xml.etree import ElementTree

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from blog.models import Post
from comments import markup
from comments.models import Comment
from tests import cast
from tests.comments.sending import address, edit, filled_in, send
from tests.html_walls import breaches
from tests.page_walls import page_faults
from tests.payloads import PAYLOADS

PLAIN = ("p", "br", "strong", "em", "s", "code", "blockquote", "ul", "li")
ALLOWED = {**{tag: set() for tag in PLAIN}, "pre": {"tabindex"}, "ol": {"start"}, "a": {"href", "rel"}}
ATOM = "{http://www.w3.org/2005/Atom}"
pytestmark = pytest.mark.usefixtures("patient_door")


def send_all(post: Post) -> None:
    """Every payload as text, name, website and user agent; what the form refuses must come back as text."""
    for number, payload in enumerate(PAYLOADS):
        client = Client(HTTP_USER_AGENT=payload.encode("ascii", "replace").decode())
        for changes in ({"body": payload}, {"name": payload, "body": f"Named {number}."}, {"website": payload}):
            answer = client.post(address(post), filled_in(post, **changes))
            assert answer.status_code in (303, 422), payload
            assert answer.status_code == 303 or page_faults(answer.content.decode()) == [], payload


def test_what_is_sent_by_the_form_is_text_on_every_public_page(post: Post, settings) -> None:
    settings.COMMENT_SCREENER = "tests.moderation.histories.look_away"
    send_all(post)
    Comment.objects.update(status="published", published_at=timezone.now())
    comments = list(Comment.objects.order_by("pk"))
    assert len(comments) > 1.2 * len(PAYLOADS)
    for comment in comments:
        assert comment.html == markup.render(comment.body)
        assert breaches(comment.html, ALLOWED, {"http", "https"}) == []
    pages, shown = [post.get_absolute_url()], ""
    while pages:
        page = Client().get(pages.pop()).content.decode()
        shown += page
        assert page_faults(page) == []
        pages += [part.split('"')[0].replace("&amp;", "&") for part in page.split('<a rel="next" href="')[1:2]]
    assert [comment.pk for comment in comments if comment.html not in shown] == []
    _feeds_are_clean(post)
    for comment in comments[::5]:
        for private in (comment.status_address, f"{address(post)}?parent={comment.pk}"):
            assert page_faults(Client().get(private).content.decode()) == []


def _feeds_are_clean(post: Post) -> None:
    for page in ("/comments/feed/", f"{post.get_absolute_url()}feed/", "/sitemap.xml", "/feed/"):
        tree = ElementTree.fromstring(Client().get(page).content)  # noqa: S314 - our own
        for content in tree.iter(f"{ATOM}content"):
            assert breaches(content.text, ALLOWED, {"http", "https"}) == []
        for link in tree.iter(f"{ATOM}link"):
            assert link.get("href").startswith("http://blog.example/")


def test_what_is_previewed_edited_or_searched_is_text(post: Post, reader: Client) -> None:
    comment = cast.comment(post, Comment.Status.PENDING)
    for payload in PAYLOADS[::3]:
        typed = dict.fromkeys(("body", "name", "email", "website", "parent"), payload)
        answers = [
            send(reader, post, **typed, preview="1"),
            send(reader, post, body=payload, preview="1"),
            edit(reader, comment, payload),
            reader.get("/search/", {"q": payload.replace("\x00", "")}),
            reader.get(reverse("comments:status", args=[comment.capability])),
        ]
        for answer in answers:
            assert answer.status_code in (200, 303, 409, 422), payload
            assert page_faults(answer.content.decode()) == [], payload


@pytest.mark.parametrize(
    "bad", ["<img src=x>", "<p onclick=x>", "<script>x</script>", "<a href=' javascript:x'>", "<b style=x>", "<svg>"]
)
def test_the_oracle_sees_what_it_looks_for(bad: str) -> None:
    assert page_faults(f"<!doctype html><title>x</title>{bad}")
    assert not page_faults('<!doctype html><title>x</title><a href="/x/">x</a><script src="/static/x.js"></script>')
