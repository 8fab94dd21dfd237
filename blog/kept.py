"""Public pages are made once for each of their versions, kept compressed, and handed out from there.

A view says with `kept` how its version is read. The middleware then answers by itself: one short query for the
version, 304 to who has it, else the page from Django's cache, where it stands under a key with the version in it.
Only what everybody may see is kept. Who might see more (a comment of their own that waits, a form that knows them) has
a cookie that says so, and goes past.
"""

import logging
import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache, wraps
from hashlib import blake2b

from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.urls import Resolver404, get_urlconf, resolve
from django.utils import timezone
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.http import http_date, parse_etags
from django.views.decorators.http import require_safe

from blog.encodings import SMALLEST, compressed, encoding_for, unpacked
from blog.freshness import MAY_BE_KEPT
from blog.release import release
from blog.versions import Version

log = logging.getLogger(__name__)
View = Callable[..., HttpResponse]
Page = tuple[dict[str, str], bytes]  # headers, and the content compressed
KEPT_SECONDS = 24 * 3600  # an unread page makes room
LONGEST = 256  # characters of a path that is remembered; ours are shorter
TEXTS = ("text/", "application/atom+xml", "application/xml")


@dataclass(frozen=True, slots=True)
class Keeping:
    """How a view's pages are kept: see `kept`."""

    version: Callable[..., Version | None]
    reads: tuple[str, ...] = ()
    passes: tuple[str, ...] = ()
    personal: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """A page with a version: how it is kept, and the ETag of this address at this version.

    `passes` says that the page is one of too many, and is not kept.
    """

    keeping: Keeping
    version: Version
    etag: str
    passes: bool


def kept(
    version: Callable[..., Version | None],
    *,
    reads: tuple[str, ...] = (),
    passes: tuple[str, ...] = (),
    personal: bool = False,
):
    """Decorate a view whose pages are the same for everybody, or with `personal` for every stranger.

    Args:
        version: called with the time, the part of the query that the view looks at, and what the address gives the
            view; None where the page is not kept.
        reads: the names of that part. No other may change what the view shows, but for these:
        passes: names of what has too many values, of which anybody can make up more. Pages with one of them are made
            each time, so that they put no other out of the cache; who has one is answered 304 all the same.
    """

    def decorate(view: View) -> View:
        @require_safe
        @wraps(view)
        def wrapped(request: HttpRequest, *args, **kwargs) -> HttpResponse:
            response = view(request, *args, **kwargs)
            if personal and is_known(request):
                patch_cache_control(response, private=True, no_cache=True)
            elif response.status_code == 200:
                response.headers["Cache-Control"] = MAY_BE_KEPT
            if personal:
                patch_vary_headers(response, ["Cookie"])
            return response

        wrapped.keeping = Keeping(version, reads, passes, personal)
        return wrapped

    return decorate


def is_known(request: HttpRequest) -> bool:
    """Whether the browser shows a cookie by which it may see more than a stranger."""
    return settings.SENDER_COOKIE_NAME in request.COOKIES or settings.SESSION_COOKIE_NAME in request.COOKIES


def kept_pages(handler: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: answer for kept pages, and compress every other answer that is public."""

    def middleware(request: HttpRequest) -> HttpResponse:
        encoding = encoding_for(request.META.get("HTTP_ACCEPT_ENCODING", ""))
        asked = _asked(request)
        if asked is None:
            return _packed(handler(request), encoding)
        if _has_it(request, asked.etag):
            return _not_modified(asked)
        # Who takes no compression is rare, and is given the unpacked page: so only packed ones take room.
        key = f"page:{encoding or 'gzip'}:{asked.etag}"
        page = None if asked.passes else _found(key)
        if page is None:
            response = handler(request)
            if response.status_code != 200 or response.streaming or response.cookies:
                return response
            patch_vary_headers(response, ["Accept-Encoding"])
            headers = {**dict(response.items()), **_validators(asked)}
            page = headers, compressed(response.content, encoding or "gzip")
            if not asked.passes:
                _keep(key, page)
        return _answer(page, encoding)

    return middleware


@lru_cache(maxsize=1024)
def _led_to(path: str, urlconf: str) -> tuple[Keeping | None, dict]:
    """How the view's pages at a path are kept, and what the path gives the view. Raises Resolver404.

    Remembered, since thirty patterns are tried for the page of a post: a fifth of what a kept page costs.
    """
    match = resolve(path, urlconf)
    return getattr(match.func, "keeping", None), match.kwargs


def _asked(request: HttpRequest) -> Asked | None:
    if request.method not in ("GET", "HEAD"):
        return None
    path = request.path_info
    lead = _led_to if len(path) <= LONGEST else _led_to.__wrapped__
    try:
        keeping, given = lead(path, get_urlconf() or settings.ROOT_URLCONF)
    except Resolver404:
        return None
    if keeping is None or (keeping.personal and is_known(request)):
        return None
    query = {name: request.GET[name] for name in (*keeping.reads, *keeping.passes) if name in request.GET}
    try:
        version = keeping.version(timezone.now(), query, **given)
    except DatabaseError:
        return None  # the view meets the same trouble, and says so with the site's own page
    if version is None:
        return None
    # The host and the scheme too: a page that a proxy of another name gets is another page, or none.
    host = request.META.get("HTTP_HOST") or request.META["SERVER_NAME"]
    shown = (release(), request.scheme, host, request.path, query, version.parts)
    digest = blake2b(repr(shown).encode("utf-8", "replace"), digest_size=16).hexdigest()
    return Asked(keeping, version, f'W/"{digest}"', not query.keys().isdisjoint(keeping.passes))


def _found(key: str) -> Page | None:
    """What stands in the cache. A cache that is broken is one in which nothing stands: it slows, and breaks nothing."""
    try:
        return cache.get(key)
    except Exception:
        log.exception("The cache cannot be read; the page is made.")
        return None


def _keep(key: str, page: Page) -> None:
    try:
        cache.set(key, page, KEPT_SECONDS)
    except Exception:
        log.exception("The cache cannot be written; the page is made again next time.")


def _answer(page: Page, encoding: str) -> HttpResponse:
    headers, packed = page
    content = packed if encoding else unpacked(packed)
    own = {"Content-Length": str(len(content)), **({"Content-Encoding": encoding} if encoding else {})}
    return HttpResponse(content, headers={**headers, **own})


def _has_it(request: HttpRequest, etag: str) -> bool:
    held = request.META.get("HTTP_IF_NONE_MATCH", "")
    if not held or held == etag:
        return bool(held)
    plain = etag.removeprefix("W/")
    return any(one in ("*", etag) or one.removeprefix("W/") == plain for one in parse_etags(held))


def _validators(asked: Asked) -> dict[str, str]:
    validators = {"ETag": asked.etag}
    if asked.version.changed_at:
        # For people and robots to read. Whether a page is still true is told by the ETag alone: a date would not
        # tell two changes within a second apart.
        validators["Last-Modified"] = http_date(math.ceil(asked.version.changed_at.timestamp()))
    return validators


def _not_modified(asked: Asked) -> HttpResponse:
    vary = "Accept-Encoding, Cookie" if asked.keeping.personal else "Accept-Encoding"
    headers = {**_validators(asked), "Cache-Control": MAY_BE_KEPT, "Vary": vary}
    return HttpResponseNotModified(headers=headers)


def _packed(response: HttpResponse, encoding: str) -> HttpResponse:
    """The response, compressed where it is a text for everybody: no secret stands beside what a visitor can choose."""
    if (
        response.streaming
        or "public" not in response.get("Cache-Control", "")
        or response.has_header("Content-Encoding")
    ):
        return response
    if not response.get("Content-Type", "").startswith(TEXTS):
        return response
    patch_vary_headers(response, ["Accept-Encoding"])
    if encoding and response.status_code == 200 and len(response.content) >= SMALLEST:
        response.content = compressed(response.content, encoding)
        response.headers["Content-Encoding"] = encoding
        response.headers["Content-Length"] = str(len(response.content))
    return response
