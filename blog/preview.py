"""A link that shows one revision of a post to somebody without an account, for a week."""

from datetime import datetime, timedelta

from django.core.signing import BadSignature, TimestampSigner
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from blog.models import Post, Revision, Tag
from blog.site import absolute

LIFETIME = timedelta(days=7)
SALT = "blog.preview"  # a link of another purpose opens nothing here


def link(post: Post) -> str:
    """The full address of the preview of what is stored of the post now."""
    token = TimestampSigner(salt=SALT).sign_object([post.pk, post.version])
    return absolute(reverse("blog:preview", args=[token]))


def expiry(now: datetime) -> datetime:
    """When a link that is made now stops to work."""
    return now + LIFETIME


@require_safe
def preview(request: HttpRequest, token: str) -> HttpResponse:
    """Show the revision that a link names. A bad, an expired and an orphaned link give the same 404."""
    try:
        post_id, number = map(int, TimestampSigner(salt=SALT).unsign_object(token, max_age=LIFETIME))
    except (BadSignature, ValueError, TypeError):
        raise Http404 from None
    revision = Revision.objects.filter(post_id=post_id, number=number).select_related("post__author").first()
    if revision is None:
        raise Http404
    post = revision.post
    post.title, post.summary, post.source = revision.title, revision.summary, revision.source
    post.render()
    response = page(request, post, list(post.tags.all()))
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def page(request: HttpRequest, post: Post, tags: list[Tag]) -> HttpResponse:
    """The page of a post as readers will see it, without the conversation; `post` need not be saved, only rendered."""
    if post.pk is None:
        post.pk = 0  # a post without a key has no tags and no address that a template could ask for
    known = Tag.objects.all()
    known._result_cache = tags
    known._prefetch_done = True
    post._prefetched_objects_cache = {"tags": known}
    context = {"post": post, "is_preview": True, "canonical": absolute(post.get_absolute_url())}
    response = render(request, "blog/post.html", context)
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
