"""Every hostile text there is, in everything that staff look at, is text on every page of the desk and the admin."""

from collections.abc import Iterator

import pytest
from django.test import Client

from blog.models import Post, Revision, Tag, User
from comments.models import Comment
from moderation.actors import person
from moderation.decisions import decide
from moderation.models import Rule
from tests import cast
from tests.moderation.desk import html, reviewed
from tests.page_walls import page_faults
from tests.payloads import PAYLOADS

pytestmark = pytest.mark.django_db
EVERY = 7  # of the pages about one thing, which are alike


def storable(payload: str, most: int) -> str:
    """What both databases take, no more: the doors that would refuse it are tested elsewhere."""
    return payload.replace("\x00", "").encode("utf-8", "replace").decode()[:most]


@pytest.fixture
def as_chief(db: None) -> Client:
    return cast.logged_in(cast.person("chief", "Editors", is_superuser=True))


@pytest.fixture
def hostile(author: User, moderator: User) -> None:
    """A post, a tag, a rule, an account and two comments for every payload, with it in every text that they have."""
    for number, payload in enumerate(PAYLOADS):
        short, name = storable(payload, 50), storable(payload, 60)
        post = cast.post(
            author, title=storable(payload, 200), summary=storable(payload, 500), source=storable(payload, 9000)
        )
        Tag.objects.create(name=f"{number}{short}"[:50], slug=f"tag-{number}").posts.add(post)
        Revision.objects.create(
            post=post, number=1, title=storable(payload, 200), slug="x", source="x", saved_by_name=name,
            saved_at=post.created_at,
        )  # fmt: skip
        Rule.objects.create(
            kind="word", text=f"{number}{storable(payload, 190)}", effect="hold", note=storable(payload, 200)
        )
        cast.person(
            f"person-{number}", "Moderators", display_name=f"{number}{name}"[:60], about=storable(payload, 2000)
        )
        for reason in ("hate", ""):
            comment = cast.comment(
                post, "pending", name=name, email=storable(payload, 200), website=storable(payload, 200),
                body=storable(payload, 5000), user_agent=storable(payload, 200),
            )  # fmt: skip
            spans = [["body", 0, 5], ["name", 0, 3], ["website", 1, 4]]
            reviewed(comment, ("rule_hold", 3.0, storable(payload, 300), spans), why=[storable(payload, 300)])
            if reason:
                note = storable(payload, 1000)
                decide(comment.pk, "reject", seen=1, actor=person(moderator), reason=reason, note=note)


def faults(answer, known: set[str]) -> list[str]:
    ours = ("'/static/admin/img/", "<a href=../password/>")  # as Django writes them
    found = [fault for fault in page_faults(html(answer)) if fault not in known]
    return [fault for fault in found if not any(own in fault for own in ours)]


def lists(posts: list[Post]) -> Iterator[str]:
    yield from ("/moderation/?tab=all", "/moderation/?tab=rejected", "/moderation/", "/moderation/log/", "/admin/")
    yield from ("/moderation/rules/", "/moderation/rules/?q=alert", "/admin/moderation/rule/")
    for path in ("blog/post", "blog/tag", "blog/user", "comments/comment"):
        yield from (f"/admin/{path}/", f"/admin/{path}/?all=", f"/admin/{path}/?p=1", f"/admin/{path}/?q=alert")
    yield from (f"/moderation/?post={post.pk}&tab=all" for post in posts[::EVERY])
    yield from (f"/moderation/log/?post={post.pk}" for post in posts[::EVERY])


def things(posts: list[Post]) -> Iterator[str]:
    for comment in Comment.objects.all()[::EVERY]:
        yield f"/moderation/comments/{comment.pk}/"
        yield f"/moderation/comments/{comment.pk}/erase/"
    for post in posts[::EVERY]:
        yield from (f"/admin/blog/post/{post.pk}/{page}/" for page in ("change", "history", "delete"))
        yield f"/admin/blog/post/{post.pk}/history/?old=1"
        yield f"/admin/blog/post/{post.pk}/history/1/restore/"
    for pk in Rule.objects.values_list("pk", flat=True)[::EVERY]:
        yield from (f"/moderation/rules/{pk}/", f"/moderation/rules/new/?like={pk}")
    for model, path in ((Tag, "blog/tag"), (User, "blog/user")):
        for pk in model.objects.values_list("pk", flat=True)[::EVERY]:
            yield from (f"/admin/{path}/{pk}/{page}/" for page in ("change", "history", "delete"))


@pytest.mark.parametrize("pages", [lists, things])
def test_what_staff_look_at_is_text(pages, as_chief: Client, hostile: None) -> None:
    # The admin draws pictures of its own on every page; what is on one that shows nothing of a payload is ours.
    known = set(page_faults(html(as_chief.get("/admin/blog/tag/add/"))))
    known |= set(page_faults(html(as_chief.get("/admin/blog/post/add/"))))
    bad = {}
    for address in pages(list(Post.objects.order_by("pk"))):
        answer = as_chief.get(address, follow=True)
        assert answer.status_code == 200, address
        if found := faults(answer, known):
            bad[address] = found[:3]
        assert ">42<" not in html(answer), address
    assert bad == {}


@pytest.mark.parametrize("payload", PAYLOADS[::8], ids=lambda payload: ascii(payload)[:30])
def test_what_is_refused_or_said_back_is_text(payload: str, as_chief: Client, post: Post) -> None:
    known = set(page_faults(html(as_chief.get("/admin/blog/tag/add/"))))
    known |= set(page_faults(html(as_chief.get("/admin/blog/post/add/"))))
    comment, name = cast.comment(post, "pending"), storable(payload, 300)
    typed = dict.fromkeys(
        ("title", "summary", "slug", "tags_typed", "published_at", "mode", "name", "text", "kind", "note", "reason",
         "seen", "action", "display_name", "about", "username", "email", "code", "back", "next", "item"), name,
    )  # fmt: skip
    for address in (
        "/admin/blog/post/add/", "/admin/blog/post/preview/", "/admin/blog/tag/add/", "/moderation/rules/new/",
        "/admin/profile/", "/admin/blog/user/add/", f"/moderation/comments/{comment.pk}/decisions/",
        f"/moderation/comments/{comment.pk}/erase/", "/moderation/batches/", "/admin/second-factor/confirm/",
        "/admin/blog/post/", "/admin/comments/comment/", "/admin/auth/group/add/",
    ):  # fmt: skip
        answer = as_chief.post(address, typed, follow=True)
        assert answer.status_code < 500, address
        assert faults(answer, known) == [], address
    for address in (
        "/moderation/",
        "/moderation/log/",
        "/moderation/rules/",
        "/admin/blog/post/",
        "/admin/blog/tag/",
        "/admin/comments/comment/",
    ):
        for key in ("q", "who", "tag", "author", "signal", "batch", "since", "month", "status"):
            answer = as_chief.get(address, {key: name}, follow=True)
            assert answer.status_code < 500, (address, key)
            assert faults(answer, known) == [], (address, key)
