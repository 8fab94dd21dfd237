"""The lists of posts: front page, archive, tag, author, search. They know no visitor."""

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from blog.freshness import same_for_all
from blog.kept import kept
from blog.markup import render as render_markdown
from blog.models import Post, Tag, User
from blog.paging import Page, asked_number, first_page, page_of
from blog.reading import front_posts
from blog.search import PAGE_SIZE as RESULTS
from blog.search import search as search_posts
from blog.versions import POSTS_ON_A_PAGE, front_version

POSTS_IN_A_YEAR = 100


def _public_posts():
    return Post.objects.published(timezone.now()).posts()


def _listed(request: HttpRequest, posts, size: int = POSTS_ON_A_PAGE) -> Page:
    page = page_of(posts.newest_first().for_list(), asked_number(request.GET), size)
    if not page.rows:
        raise Http404
    return page


@kept(front_version, reads=("page",))
@same_for_all
def front(request: HttpRequest) -> HttpResponse:
    """The newest posts."""
    if asked_number(request.GET) == 1:
        page = first_page(front_posts(timezone.now()), POSTS_ON_A_PAGE)
    else:
        page = _listed(request, _public_posts())
    return render(request, "blog/front.html", {"page": page})


@same_for_all
def year(request: HttpRequest, year: str) -> HttpResponse:
    """The posts of a year, month by month, and the way to the other years."""
    first = date(int(year), 1, 1)
    public = _public_posts()
    page = _listed(request, public.filter(month__gte=first, month__lte=date(int(year), 12, 1)), POSTS_IN_A_YEAR)
    years = sorted({month.year for month in public.order_by().values_list("month", flat=True).distinct()}, reverse=True)
    return render(request, "blog/year.html", {"year": first, "years": years, "page": page})


@same_for_all
def month(request: HttpRequest, year: str, month: str) -> HttpResponse:
    """The posts of a month."""
    first = date(int(year), int(month), 1)
    page = _listed(request, _public_posts().filter(month=first))
    return render(request, "blog/month.html", {"month": first, "page": page})


@same_for_all
def tag(request: HttpRequest, slug: str) -> HttpResponse:
    """The posts of a tag; a tag that only hidden posts have does not exist for a reader."""
    found = get_object_or_404(Tag, slug=slug)
    return render(request, "blog/tag.html", {"tag": found, "page": _listed(request, _posts_of(found))})


def _posts_of(subject: Tag | User):
    """The public posts of a tag or an author."""
    return subject.posts.published(timezone.now()).posts()


@same_for_all
def author(request: HttpRequest, slug: str) -> HttpResponse:
    """An author and their posts; an account without a public post has no page."""
    found = get_object_or_404(User, slug=slug)
    page = _listed(request, _posts_of(found))
    about = {"html": render_markdown(found.about)} if found.about else None
    return render(request, "blog/author.html", {"author": found, "about": about, "page": page})


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """What is found for `?q=`; any text at all is answered with results or with words."""
    number = asked_number(request.GET)
    results = search_posts(request.GET.get("q", ""), timezone.now(), page=number)
    if number > 1 and not results.hits:
        raise Http404
    more = results.total > number * RESULTS
    page = Page(results.hits, number, number - 1, number + 1 if more else 0)
    response = render(request, "blog/search.html", {"results": results, "page": page})
    # Every query is a page of its own: no shared cache shall fill up with them.
    patch_cache_control(response, private=True, no_cache=True)
    return response
