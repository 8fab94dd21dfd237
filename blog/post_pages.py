"""The page of one post or standing page, the old addresses that lead to it, and when it need not be sent again."""

from datetime import date, datetime
from hashlib import blake2b

from django.conf import settings
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers
from django.views.decorators.http import require_safe

from blog.models import OldAddress, Post
from blog.navigation import Navigation, navigation
from blog.release import release


@require_safe
def post(request: HttpRequest, year: str, month: str, slug: str) -> HttpResponse:
    """A post with its conversation. Absent, hidden and not yet public give the same 404."""
    now, first = timezone.now(), date(int(year), int(month), 1)
    found = _public(now).posts().filter(month=first, slug=slug).first()
    if found is None:
        return _moved(now, month=first, slug=slug)
    newer, older = neighbours(found, now)
    context = {"post": found, "newer": newer, "older": older, "navigation": navigation(now)}
    return _answer(request, context, "blog/post.html", now)


@require_safe
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """A standing page, such as "about"."""
    now = timezone.now()
    found = _public(now).pages().filter(slug=slug).first()
    if found is None:
        return _moved(now, month=None, slug=slug)
    return _answer(request, {"post": found, "navigation": navigation(now)}, "blog/page.html", now)


def _public(now: datetime):
    return Post.objects.published(now).select_related("author").prefetch_related("tags")


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


def neighbours(post: Post, now: datetime) -> tuple[Post | None, Post | None]:
    """The public posts that were published next and before."""
    posts = Post.objects.published(now).posts().only("kind", "title", "slug", "month", "version")
    later = Q(published_at__gt=post.published_at) | Q(published_at=post.published_at, pk__gt=post.pk)
    earlier = Q(published_at__lt=post.published_at) | Q(published_at=post.published_at, pk__lt=post.pk)
    return (
        posts.filter(later).order_by("published_at", "pk").first(),
        posts.filter(earlier).newest_first().first(),
    )


def _answer(request: HttpRequest, context: dict, template: str, now: datetime) -> HttpResponse:
    """The page, or 304 where the visitor's browser has it; who may see comments of their own always gets the page."""
    known = settings.SENDER_COOKIE_NAME in request.COOKIES or settings.SESSION_COOKIE_NAME in request.COOKIES
    etag = None if known else _etag(request, context, now)
    response = etag and get_conditional_response(request, etag=etag)
    if not response:
        response = render(request, template, context)
        if etag:
            response.headers["ETag"] = etag
    patch_cache_control(response, private=True, no_cache=True)
    patch_vary_headers(response, ["Cookie"])
    return response


def _etag(request: HttpRequest, context: dict, now: datetime) -> str:
    """Everything that the page shows to a stranger, by version numbers; nothing in it moves for a pending comment."""
    post, links = context["post"], context["navigation"]
    newer, older = context.get("newer"), context.get("older")
    shown = (
        release(),
        post.pk,
        post.version,
        post.page_changed_at,
        [(near.pk, near.version) if near else None for near in (newer, older)],
        (post.author_id, post.author.display_name, post.author.slug, post.author.avatar.name),
        [(tag.slug, tag.name) for tag in post.tags.all()],
        _links(links),
        post.takes_comments(now),
        # A form's stamp ages: half-way to its end the page is sent anew.
        int(now.timestamp()) // (settings.COMMENTS_FORM_SECONDS // 2),
        # The form in the kept page answers to this cookie and to no other.
        request.COOKIES.get(settings.CSRF_COOKIE_NAME, ""),
        request.META.get("QUERY_STRING", ""),
    )
    return f'W/"{blake2b(repr(shown).encode("utf-8", "replace"), digest_size=16).hexdigest()}"'


def _links(links: Navigation) -> tuple:
    return links.versions, links.year
