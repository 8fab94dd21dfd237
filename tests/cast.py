"""The people, posts and comments that tests are about, each made in one line."""

import itertools
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.models import Group
from django.test import Client
from django.utils import timezone
from django.utils.html import format_html

from blog.models import Post, User
from blog.page_times import touch_pages
from comments.models import Comment, Revision
from comments.paths import depth_of, new_step

PASSWORD = "correct-gatepost-for-tests"
"""Every person of the cast logs in with it."""

_number = itertools.count(1)


def person(username: str, *groups: str, **changes: Any) -> User:
    """Return a new account in the groups named, staff when it is in any, with PASSWORD.

    Raises:
        Group.DoesNotExist: a group that no migration makes.
    """
    name = username.replace("-", " ").title()
    given = {"email": f"{username}@people.example", "display_name": name, "slug": username, **changes}
    made = User.objects.create_user(username, password=PASSWORD, is_staff=bool(groups), **given)
    made.groups.set([Group.objects.get(name=group) for group in groups])
    return made


def logged_in(user: User) -> Client:
    """Return a browser in which `user` is logged in."""
    client = Client()
    client.force_login(user)
    return client


def post(author: User, **changes: Any) -> Post:
    """Return a saved post: public since yesterday unless `changes` say otherwise, its slug new."""
    number = next(_number)
    given = {
        "title": f"Post number {number}",
        "slug": f"post-{number}",
        "source": f"The text of post number {number}.",
        "status": Post.Status.PUBLISHED,
        "published_at": timezone.now() - timedelta(days=1),
        **changes,
    }
    made = Post(author=author, **given)
    made.render()
    made.save()
    return made


def draft(author: User, **changes: Any) -> Post:
    """Return a saved post that only its author and editors may see."""
    return post(author, **{"status": Post.Status.DRAFT, "published_at": None, **changes})


def comment(
    under: Post, status: str = Comment.Status.PUBLISHED, parent: Comment | None = None, **changes: Any
) -> Comment:
    """Return a saved comment in the given status, as if its decision had been made long ago.

    The row is written past the door on purpose: a test of what is shown needs any state, not the way to it.
    """
    now: datetime = changes.pop("created_at", timezone.now())
    above, path = parent.path if parent else "", ""
    # Of three hundred that say the same moment two share a place once in twenty-four runs; the product draws again too.
    while not path or Comment.objects.filter(post=under, path=path).exists():
        path = above + new_step(now)
    number = next(_number)
    given = {"name": f"Reader {number}", "body": f"Words of comment number {number}.", **changes}
    public = status == Comment.Status.PUBLISHED
    made = Comment.objects.create(
        post=under,
        parent=parent,
        path=path,
        thread=path[:12],
        depth=depth_of(path),
        status=status,
        created_at=now,
        **{"published_at": now if public else None, "html": format_html("<p>{}</p>", given["body"]), **given},
    )
    Revision.objects.create(comment=made, number=1, body=made.body, html=made.html, created_at=now)
    if public:  # what waits moves nothing on the page
        touch_pages([under.pk], now, comments=1)
    return made
