"""The admin under our name, with one log-in for everybody and the second factor behind it."""

from django.conf import settings
from django.contrib.admin import AdminSite
from django.contrib.contenttypes.models import ContentType
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect

from blog import enrolment, profile, second_factor
from blog.models import Post

#: Secrets and recovery codes of staff: nobody reads them here, superusers included. Nor the queue of background work:
#: its rows are pickles and names of functions, and whoever could write one could run anything.
HIDDEN_APPS = {"otp_totp", "otp_static", "django_q"}
#: The order on the index; what is not named follows by name.
FIRST_APPS = ("blog", "comments", "moderation")
FIRST_MODELS = ("Post", "Tag", "User", "Comment")
LATEST_POSTS = 6


class GatepostAdminSite(AdminSite):
    """Django's admin for active staff who passed the second factor, where the account or the site has one."""

    site_header = settings.SITE_NAME
    site_title = settings.SITE_NAME
    index_title = "Your desk"
    site_url = "/"
    enable_nav_sidebar = False
    login_form = second_factor.LoginForm
    logout_template = "admin/logged_out.html"

    def has_permission(self, request: HttpRequest) -> bool:
        return enrolment.is_staff(request) and second_factor.passed(request)

    def register(self, model_or_iterable, admin_class=None, **options) -> None:
        models = [model_or_iterable] if isinstance(model_or_iterable, type) else list(model_or_iterable)
        shown = [model for model in models if model._meta.app_label not in HIDDEN_APPS]
        if shown:
            super().register(shown, admin_class, **options)

    def get_urls(self) -> list:
        own = [
            # Outside admin_view: who is not through the second factor yet must be able to leave.
            path("logout/", never_cache(csrf_protect(self.logout)), name="logout"),
            path("r/<int:content_type_id>/<int:object_id>/", self.admin_view(self.view_on_site), name="view_on_site"),
            path("profile/", self.admin_view(profile.edit), name="profile"),
            *enrolment.urls,
        ]
        return own + [
            known for known in super().get_urls() if getattr(known, "name", None) not in {"logout", "view_on_site"}
        ]

    def admin_view(self, view, cacheable: bool = False):
        """Django lets caches keep the page on which a password is changed; what staff see is kept by none."""
        return super().admin_view(view, cacheable=False)

    def view_on_site(self, request: HttpRequest, content_type_id: int, object_id: int) -> HttpResponse:
        """Lead to the page of something that the asker may see here; Django's own view tells any slug to anybody."""
        try:
            model = ContentType.objects.get_for_id(content_type_id).model_class()
        except (ContentType.DoesNotExist, OverflowError):
            raise Http404 from None
        if model is None or not self.is_registered(model) or not hasattr(model, "get_absolute_url"):
            raise Http404
        admin = self.get_model_admin(model)
        found = admin.get_object(request, str(object_id))
        if found is None or not admin.has_view_permission(request, found):
            raise Http404
        return HttpResponseRedirect(found.get_absolute_url())

    @method_decorator(never_cache)
    def login(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        """The log-in page; leads on whoever is in already, and to the set-up whoever lacks nothing but a device."""
        for header in ("HTTP_USER_AGENT", "HTTP_ACCEPT"):
            # Kept with failed log-ins; PostgreSQL refuses NUL.
            if "\x00" in request.META.get(header, ""):
                request.META[header] = request.META[header].replace("\x00", "")
        if request.method == "GET" and enrolment.is_staff(request):
            if second_factor.passed(request):
                # As it is: `redirect` would look for a page of that name first, and break where there is none.
                return HttpResponseRedirect(self._next(request))
            if not second_factor.is_set_up(request.user):
                return redirect("admin:second_factor")
        return super().login(request, extra_context)

    def index(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        mine = Post.objects.filter(author=request.user).defer("source", "html", "text").order_by("-updated_at")
        shown = mine[:LATEST_POSTS] if request.user.has_perm("blog.change_post") else []
        return super().index(request, {"latest_posts": shown, **(extra_context or {})})

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list:
        apps = super().get_app_list(request, app_label)
        for app in apps:
            app["models"].sort(key=lambda model: _rank(model["object_name"], FIRST_MODELS))
        return sorted(apps, key=lambda app: _rank(app["app_label"], FIRST_APPS))

    def _next(self, request: HttpRequest) -> str:
        wanted = request.GET.get("next", "")
        safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
        return wanted if safe else reverse("admin:index")


def _rank(name: str, first: tuple[str, ...]) -> int:
    return first.index(name) if name in first else len(first)
