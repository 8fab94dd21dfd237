"""Who may enter the desk: active staff who may decide, past the second factor where one is asked for."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache

from blog import second_factor
from blog.models import User

PERMISSION = "moderation.decide"
View = Callable[..., HttpResponse]


def may_moderate(user: User) -> bool:
    """Whether the account, as it is now, may enter the desk: for links in mails, which come without a session."""
    return user.is_active and user.is_staff and user.has_perm(PERMISSION)


def desk_view(view: View) -> View:
    """Guard a view of the desk: every one is wrapped in this, outermost.

    Somebody who is not logged in, or has yet to prove the second factor, is led to the log-in; who is logged in and
    may not decide gets 403. Answers are kept by no cache and no search engine.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        user = request.user
        if not user.is_authenticated or not user.is_active:
            return _log_in(request)
        if not user.is_staff or not user.has_perm(PERMISSION):
            raise PermissionDenied
        if not second_factor.passed(request):
            return _log_in(request)
        response = view(request, *args, **kwargs)
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return never_cache(guarded)


def _log_in(request: HttpRequest) -> HttpResponse:
    """After the log-in comes the page that was asked for; what was to be done by POST is asked for again."""
    back = request.get_full_path() if request.method == "GET" else reverse("moderation:queue")
    return redirect_to_login(back, reverse("admin:login"))
