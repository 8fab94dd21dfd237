"""Pages that are the same for everybody: any cache may keep them, if it asks each time whether they are still true."""

from collections.abc import Callable
from functools import wraps
from hashlib import blake2b

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

MAY_BE_KEPT = "public, max-age=0, must-revalidate"


def asked_anew(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Give the response an ETag of its content; answer 304 where the visitor has that already.

    By the ETag alone: a date would not tell that something was taken back. HEAD gets the headers of GET, which
    Django's own ConditionalGetMiddleware does not see to.
    """
    if response.status_code != 200:
        return response
    response.headers["ETag"] = etag = f'W/"{blake2b(response.content, digest_size=16).hexdigest()}"'
    response.headers["Cache-Control"] = MAY_BE_KEPT
    return get_conditional_response(request, etag=etag, response=response)


def same_for_all(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Decorate a view that reads neither cookie nor session and is only read."""

    @require_safe
    @wraps(view)
    def wrapped(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if not getattr(response, "is_rendered", True):
            response.render()
        return asked_anew(request, response)

    return wrapped
