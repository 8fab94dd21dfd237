"""Which content an address on this site is about: a public comment, or a public post or page."""

from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import parse_qs, unquote, urlsplit

from django.conf import settings
from django.urls import Resolver404, resolve

from blog.models import Post
from comments.models import Comment
from comments.models.comment import LARGEST_ID

MOST_CONTENTS = 10
MOST_SAID_BACK = 80
LONGEST = 300


class NotHere(ValueError):
    """The address leads to no public comment or post of this site. The message is for the person who typed it."""


@dataclass(frozen=True, slots=True)
class Target:
    """What an address is about: a comment with the number of its public text, or else a post."""

    address: str
    comment_id: int | None
    post_id: int | None
    revision: int = 1


def target_of(typed: str, now: datetime) -> Target:
    """Read one address, as copied from the browser or from a link; a path alone will do. Raises NotHere."""
    said = typed if len(typed) <= MOST_SAID_BACK else typed[: MOST_SAID_BACK - 1] + "…"
    path, query, fragment = _on_this_site(typed, said)
    nothing = NotHere(f"There is no public comment or post at “{said}”. It may have been taken down already.")
    try:
        match = resolve(path)
    except Resolver404:
        raise nothing from None
    if match.view_name in ("comments:permalink", "reports:report"):
        found = _comment(match.kwargs["comment_id"], None, now)
        if found is None:
            raise nothing
        return found
    post = _post(match, now)
    if post is None:
        raise nothing
    named = fragment.removeprefix("c-") if fragment.startswith("c-") else parse_qs(query).get("c", [""])[0]
    if named:
        # Who names a comment means it: the post around it must not be taken for it.
        number = int(named) if named.isascii() and named.isdigit() and len(named) < 20 else 0
        found = _comment(number, post, now)
        if found is None:
            raise nothing
        return found
    return Target(path[:LONGEST], None, post.pk)


def _on_this_site(typed: str, said: str) -> tuple[str, str, str]:
    home = urlsplit(settings.SITE_URL)
    try:
        parts = urlsplit(typed if typed.startswith("/") or "://" in typed else f"{home.scheme}://{typed}")
        elsewhere = parts.netloc and (parts.hostname, parts.port or _port(parts.scheme)) != (
            home.hostname, home.port or _port(parts.scheme),
        )  # fmt: skip
    except ValueError:
        raise NotHere(f"“{said}” is no address.") from None
    if elsewhere or parts.scheme not in ("", "http", "https") or typed.startswith("//"):
        raise NotHere(f"“{said}” is not on this site; we can only act on what is at {home.netloc}.")
    path = unquote(parts.path)
    if "\x00" in path or len(path) > LONGEST:
        raise NotHere(f"“{said}” is no address.")
    return path, parts.query, parts.fragment


def _port(scheme: str) -> int:
    return 443 if scheme == "https" else 80


def _comment(number: int, post: Post | None, now: datetime) -> Target | None:
    if not 0 < number <= LARGEST_ID:
        return None
    found = Comment.objects.published(now).filter(pk=number)
    if post:
        found = found.filter(post=post)
    comment = found.only("revision").first()
    return comment and Target(comment.get_absolute_url(), comment.pk, None, comment.revision)


def _post(match, now: datetime) -> Post | None:
    public = Post.objects.published(now).only("pk")
    if match.view_name == "blog:post":
        month = date(int(match.kwargs["year"]), int(match.kwargs["month"]), 1)
        return public.posts().filter(month=month, slug=match.kwargs["slug"]).first()
    if match.view_name == "blog:page":
        return public.pages().filter(slug=match.kwargs["slug"]).first()
    return None
