"""Rule 1 by canaries: every hidden post and comment carries words that stand nowhere else, every address of the site
is asked as a stranger, and none of the words comes back. An address without a policy here fails the test."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone
from pytest_django import Settings

from blog.models import OldAddress, Post, Revision, Tag
from comments.models import Comment, Sender
from tests import cast

# How a stranger may ask each address. PUBLIC gives what is asked, staff addresses answer with the log-in, and a
# capability is private to who holds its key.
PUBLIC = {
    "blog:front": lambda w: ["/", "/?page=1", "/?page=2"],
    "blog:post": lambda w: (
        [post.get_absolute_url() for post in w.posts]
        + [w.public.get_absolute_url() + query for query in w.thread_queries()]
    ),
    "blog:page": lambda w: [page.get_absolute_url() for page in w.pages],
    "blog:year": lambda w: [f"/{year}/" for year in w.years],
    "blog:month": lambda w: [f"/{year}/{month:02}/" for year in w.years for month in range(1, 13)],
    "blog:tag": lambda w: [tag.get_absolute_url() for tag in Tag.objects.all()],
    "blog:author": lambda w: [person.get_absolute_url() for person in w.people],
    "blog:search": lambda w: [f"/search/?q={word}" for word in w.search_words],
    "blog:feed": lambda w: ["/feed/"],
    "blog:sitemap": lambda w: ["/sitemap.xml"],
    "blog:robots": lambda w: ["/robots.txt"],
    "blog:healthz": lambda w: ["/healthz"],
    "blog:favicon": lambda w: ["/favicon.ico"],
    "blog:avatar": lambda w: ["/media/avatars/none.webp"],
    "blog:preview": lambda w: ["/preview/no-such-token/"],
    "comments:feed": lambda w: ["/comments/feed/"],
    "comments:post_feed": lambda w: [post.get_absolute_url() + "feed/" for post in w.posts],
    "comments:submit": lambda w: [
        reverse("comments:submit", args=[post.pk]) + f"?parent={comment.pk}"
        for post in [*w.posts, *w.pages]
        for comment in w.comments
    ],
    "comments:rules": lambda w: ["/comments/rules/"],
    "transparency:page": lambda w: ["/transparency/"],
    "comments:permalink": lambda w: [comment.get_absolute_url() for comment in w.comments],
    "reports:report": lambda w: [reverse("reports:report", args=[comment.pk]) for comment in w.comments],
    "reports:thanks": lambda w: [f"/comments/reported/?on={post.pk}" for post in [*w.posts, *w.pages]],
    "reports:notice": lambda w: ["/notice/", *(f"/notice/?comment={comment.pk}" for comment in w.comments)],
}
CAPABILITY = {"comments:status", "comments:edit", "comments:withdraw", "reports:notice_status"}
CAPABILITY |= {"comments:mail", "comments:mail_confirm", "comments:mail_stop"}
CAPABILITY |= {"appeals:appeal", "appeals:understood"}
STAFF_NAMESPACES = {"admin", "moderation"}
STAFF_OPEN = {"admin:login", "admin:logout", "admin:jsi18n", "admin:autocomplete"}


class World:
    """A site with everything hidden that can be hidden, each with two words of its own."""

    def __init__(self) -> None:
        now = timezone.now()
        self.words: list[str] = []
        self.people = [cast.person("author", "Authors"), cast.person("hidden-author", "Authors")]
        self.public = self._post("public", hidden=False)
        self.posts = [self.public, self._post("plain", hidden=False)]
        self.posts.append(self._post("draft", status=Post.Status.DRAFT, published_at=None, author=self.people[1]))
        self.posts.append(self._post("scheduled", published_at=now + timedelta(days=1), author=self.people[1]))
        self.posts.append(self._post("taken-back", status=Post.Status.DRAFT, published_at=now - timedelta(days=3)))
        OldAddress.objects.create(post=self.posts[-1], month=self.posts[-1].month, slug="former")
        self.pages = [
            self._post("about", kind=Post.Kind.PAGE, hidden=False),
            self._post("hidden-page", kind=Post.Kind.PAGE, status=Post.Status.DRAFT, published_at=None),
        ]
        self.comments = [cast.comment(self.public, name="Open reader", body="An open comment")]
        for status in Comment.Status:
            if status != Comment.Status.PUBLISHED:
                hidden = self._comment(self.public, status, parent=self.comments[0])
                cast.comment(self.public, parent=hidden, name="Open replier", body="An open reply")
        for post in self.posts[2:]:
            self._comment(post, Comment.Status.PUBLISHED)
        self.comments += Comment.objects.exclude(pk=self.comments[0].pk)
        edited = cast.comment(self.public, name="Editor of words", body="Before")
        word = self._word()
        edited.revisions.create(number=2, body=word, html=f"<p>{word}</p>")
        Comment.objects.filter(pk=edited.pk).update(proposed_revision=2)
        Revision.objects.create(
            post=self.public,
            number=90,
            title=self._word(),
            slug="x",
            source=self._word(),
            saved_by_name="x",
            saved_at=now,
        )
        self.years = sorted({now.year - 1, now.year, now.year + 1})
        self.search_words = ["text", "open", *self.words]

    def thread_queries(self) -> list[str]:
        hidden = [f"?c={comment.pk}" for comment in self.comments]
        cursors = [f"?after={comment.path}" for comment in self.comments] + [f"?before={self.comments[-1].path}"]
        return ["", "?order=newest", *hidden, *cursors]

    def _word(self) -> str:
        self.words.append(f"canary{len(self.words):03}word")
        return self.words[-1]

    def _post(self, slug: str, *, hidden: bool = True, author=None, **changes) -> Post:
        words = [self._word() for _ in range(5)] if hidden else ["Open"] * 5
        author = author or self.people[0]
        given = {
            "title": words[0],
            "summary": words[1],
            "source": f"{words[2]} text",
            "slug": f"{slug}-{words[3].lower()}",
        }
        post = cast.post(author, **{**given, **changes})
        tag, _ = Tag.objects.get_or_create(name=words[4], slug=words[4].lower())
        post.tags.add(tag)
        return post

    def _comment(self, post: Post, status: str, parent: Comment | None = None) -> Comment:
        return cast.comment(
            post,
            status,
            parent,
            name=self._word(),
            body=self._word(),
            email=f"{self._word()}@people.example",
            website=f"https://{self._word()}.example/",
            sender=Sender.objects.create(),
            capability=self._word(),
        )


def addresses() -> Iterator[str]:
    """The name of every address of the site, as "namespace:name"."""

    def walk(patterns, namespace: str) -> Iterator[str]:
        for pattern in patterns:
            if isinstance(pattern, URLResolver):
                yield from walk(pattern.url_patterns, pattern.namespace or namespace)
            elif isinstance(pattern, URLPattern):
                yield f"{namespace}:{pattern.name}"

    yield from walk(get_resolver().url_patterns, "")


def test_every_address_has_a_policy() -> None:
    unknown = {
        name
        for name in addresses()
        if name not in PUBLIC and name not in CAPABILITY and name.partition(":")[0] not in STAFF_NAMESPACES
    }
    assert not unknown, f"say in this file how a stranger may ask for {sorted(unknown)}"


@pytest.mark.django_db
def test_no_hidden_word_is_found_on_any_public_address(settings: Settings) -> None:
    settings.TRANSPARENCY_PAGE = True
    world, asked = World(), set()
    waiting = [(address, "") for name, make in PUBLIC.items() if name in set(addresses()) for address in make(world)]
    assert len(world.words) > 40
    while waiting:
        address, found_on = waiting.pop()
        if address in asked:
            continue
        asked.add(address)
        reader = Client(SERVER_NAME="blog.example")
        response = reader.get(address)
        assert response.status_code in (200, 301, 302, 404), (address, found_on, response.status_code)
        leaked = _leaks(response, address, world.words)
        assert not leaked, f"{address} (found on {found_on or 'the list'}) shows {leaked}"
        if response.status_code == 200 and "html" in response.headers["Content-Type"]:
            links = re.findall(r'(?:href|action)="(?:http://blog\.example)?(/[^"]*)"', response.content.decode())
            waiting += [(link.replace("&amp;", "&").partition("#")[0], address) for link in links]
        elif response.status_code in (301, 302):
            waiting.append(
                (response.headers["Location"].removeprefix("http://blog.example").partition("#")[0], address)
            )
    assert len(asked) > 60


def _leaks(response, address: str, words: list[str]) -> list[str]:
    body = b"".join(response.streaming_content) if response.streaming else response.content
    headers = " ".join(f"{name}: {value}" for name, value in response.headers.items())
    text = body.decode("utf-8", "replace") + headers + str(response.cookies)
    # What was asked for may be said back: the search term in its box, an address in a canonical link.
    return [word for word in words if word in text and word not in address]


@pytest.mark.django_db
def test_every_staff_address_sends_a_stranger_to_the_log_in() -> None:
    reader = Client(SERVER_NAME="blog.example")
    for name in sorted(set(addresses())):
        namespace = name.partition(":")[0]
        if namespace not in STAFF_NAMESPACES or name in STAFF_OPEN:
            continue
        for arguments in ([], ["1"], ["1", "1"], ["11111111-1111-4111-8111-111111111111"]):
            try:
                address = reverse(name, args=arguments)
            except Exception:  # noqa: S112 - another number of arguments fits
                continue
            response = reader.get(address)
            assert response.status_code in (302, 403, 404, 405), (name, response.status_code)
            if response.status_code == 302:
                assert reverse("admin:login") in response.headers["Location"], name


@pytest.mark.django_db
@pytest.mark.parametrize("ask", ["get", "post"])
@pytest.mark.parametrize("page", ["", "report/"])
def test_a_hidden_and_an_absent_comment_give_the_same_bytes(page: str, ask: str) -> None:
    world = World()
    reader = Client(SERVER_NAME="blog.example")
    hidden = [comment.pk for comment in world.comments if not Comment.objects.published().filter(pk=comment.pk)]
    answers = set()
    for number in (*hidden, 987654321, 10**30):
        address = f"/comments/{number}/{page}"
        answer = getattr(reader, ask)(address, {"reason": "spam", "body": "Mine"})
        answers.add((answer.status_code, answer.content.replace(address.encode(), b"")))
    assert len(answers) == 1
    assert len(hidden) > 5
    assert world.public.is_public()
