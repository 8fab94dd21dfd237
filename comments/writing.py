"""The writing page: the form, empty or shown again with its text, and what it needs to know of post and visitor."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from blog.models import Post, User
from blog.reading import post_by_number
from comments import stamps
from comments.forms import CommentForm
from comments.models import Comment
from comments.models.comment import LARGEST_ID
from comments.senders import sender_of

NAMES_LOOKED_AT = 100  # of the latest comments: whoever gave none in so many is not asked again


def open_post(post_id: int, now: datetime) -> Post | None:
    """The post if it takes comments now. Hidden, closed and absent posts are all the same: None."""
    if post_id > LARGEST_ID:
        return None
    post = post_by_number(now, post_id)
    return post if post and post.takes_comments(now) else None


def staff_of(request: HttpRequest) -> User | None:
    """The account behind the request, if it is one that speaks for the site."""
    user = request.user
    return user if user.is_authenticated and user.is_active and user.is_staff else None


def blank_form(request: HttpRequest, post: Post, now: datetime, parent: str = "") -> CommentForm:
    """A fresh form; a browser that commented before finds its name in it, and nothing else that it typed.

    What a stranger is given depends on nothing but the post and `parent`, since the page of a post is kept.
    """
    user = staff_of(request)
    initial = {"stamp": stamps.make(post.pk, now), "parent": parent[:19]}
    sender = None if user else sender_of(request)
    if sender:
        latest = Comment.objects.of_sender(sender.pk).reverse().values_list("name", flat=True)[:NAMES_LOOKED_AT]
        initial["name"] = next(filter(None, latest), "")
    return CommentForm(initial=initial, post=post, user=user)


def write_page(
    request: HttpRequest, post: Post, form: CommentForm, *, preview: str = "", status: int = 200
) -> HttpResponse:
    """The form on a page of its own, with the comment that it answers and, if asked for, the preview."""
    raw = str(form["parent"].value() or "")
    parent = None
    if raw.isascii() and raw.isdigit() and len(raw) < 19:
        parent = Comment.objects.published().filter(post=post, pk=int(raw)).first()
    context = {"post": post, "form": form, "parent": parent, "preview": preview}
    response = render(request, "comments/write.html", context, status=status)
    response.headers["X-Robots-Tag"] = "noindex"
    return response
