"""The page of one post or standing page, and the old addresses that lead to it."""

from datetime import date, datetime

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.cache import patch_cache_control

from blog.kept import kept
from blog.models import OldAddress, Post
from blog.navigation import navigation
from blog.pieces import Pieces
from blog.reading import neighbours, public_post
from blog.versions import page_version, post_version


@kept(post_version, reads=("order",), passes=("c", "after", "before"), personal=True)
def post(request: HttpRequest, year: str, month: str, slug: str) -> HttpResponse:
    """A post with its conversation. Absent, hidden and not yet public give the same 404."""
    now, first = timezone.now(), date(int(year), int(month), 1)
    found = public_post(now, first, slug)
    if found is None:
        return _moved(now, month=first, slug=slug)
    newer, older = neighbours(found, now)
    pieces = Pieces()
    context = {"post": found, "newer": newer, "older": older, "navigation": navigation(now), "pieces": pieces}
    return HttpResponse(pieces.placed(render_to_string("blog/post.html", context, request)))


@kept(page_version)
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """A standing page, such as "about"."""
    now = timezone.now()
    found = Post.objects.published(now).pages().filter(slug=slug).first()
    if found is None:
        return _moved(now, month=None, slug=slug)
    return render(request, "blog/page.html", {"post": found, "navigation": navigation(now)})


def _moved(now: datetime, **address) -> HttpResponse:
    """Lead from an old address to a post that is public now. Raises Http404 for every other address."""
    known = OldAddress.objects.filter(**address, post__in=Post.objects.published(now).order_by())
    old = known.select_related("post").first()
    if old is None:
        raise Http404
    response = HttpResponsePermanentRedirect(old.post.get_absolute_url())
    # "For ever" is ours to keep, not the browser's: the post may move back.
    patch_cache_control(response, public=True, max_age=0, must_revalidate=True)
    return response
