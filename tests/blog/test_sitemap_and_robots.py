from xml.etree import ElementTree

from django.test import Client

from blog.models import Post, Tag, User
from comments.models import Comment
from tests import cast

NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


def places(reader: Client, **headers) -> dict[str, str]:
    root = ElementTree.fromstring(reader.get("/sitemap.xml", **headers).content)  # noqa: S314 - our own words
    return {url.findtext("s:loc", namespaces=NAMES): url.findtext("s:lastmod", "", NAMES) for url in root}


def test_it_lists_what_is_public_under_the_sites_own_address(author: User, post: Post, reader: Client) -> None:
    post.tags.add(Tag.objects.create(name="Garden", slug="garden"))
    cast.draft(author).tags.add(Tag.objects.create(name="Secret", slug="secret"))
    cast.post(author, kind=Post.Kind.PAGE, slug="about")
    start = "http://blog.example"
    assert set(places(reader, HTTP_HOST="127.0.0.1")) == {
        f"{start}{post.get_absolute_url()}",
        f"{start}/about/",
        f"{start}/tag/garden/",
    }


def test_a_pending_comment_moves_no_date(post: Post, reader: Client) -> None:
    before = places(reader)
    cast.comment(post, Comment.Status.PENDING)
    assert places(reader) == before


def test_nonsense_pages_are_not_found(post: Post, reader: Client) -> None:
    for number in ("2", "0", "-1", "abc", "1" + "0" * 30):
        assert reader.get(f"/sitemap.xml?p={number}").status_code == 404, number


def test_robots_are_told_what_to_leave_alone(db: None, reader: Client) -> None:
    lines = reader.get("/robots.txt").content.decode().splitlines()
    for place in ("/moderation/", "/admin/", "/comments/status/", "/preview/", "/search/"):
        assert f"Disallow: {place}" in lines
    assert "Sitemap: http://blog.example/sitemap.xml" in lines
