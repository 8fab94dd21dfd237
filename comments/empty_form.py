"""The empty form on the page of a post. Those of strangers differ by post and stamp alone, so they are filled in."""

from datetime import datetime

from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from blog.kept import is_known
from blog.models import Post
from blog.shapes import Shapes, mark
from comments import stamps
from comments.forms import CommentForm
from comments.lines import PLACE
from comments.writing import blank_form

TEMPLATE = "comments/_form.html"
STAMP = mark("stamp")
SHAPES = Shapes(TEMPLATE, {"stamp": STAMP, "post": str(PLACE)})


def empty_form(request: HttpRequest, post: Post, now: datetime) -> SafeString:
    """The form as HTML. Who is known gets a page of their own, so theirs has their name and a token of their own."""
    if is_known(request):
        context = {"form": blank_form(request, post, now), "post": post, "token": True}
        return render_to_string(TEMPLATE, context, request)
    turns = settings.NOTICES_BY_MAIL
    shape = SHAPES.known().get(turns) or SHAPES.make(turns, _marked(post))
    return SafeString(shape.filled({"stamp": stamps.make(post.pk, now), "post": post.pk}))


def _marked(post: Post) -> dict:
    form = CommentForm(initial={"stamp": STAMP, "parent": ""}, post=post, user=None)
    return {"form": form, "post": {"pk": PLACE}, "token": False}
