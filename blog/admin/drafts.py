"""What is on the editing page, shown as the page that would come of it, before anything is saved."""

from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils import timezone

from blog import preview
from blog.addresses import UnusableAddress, settle
from blog.admin.post_form import PostForm
from blog.editing import storable
from blog.markup import render
from blog.models import Post, Tag

PART = "part"  # the field with which the side preview asks for the text alone


def show(admin: ModelAdmin, request: HttpRequest, post_id: int | None = None) -> HttpResponse:
    """Answer the posted form with the post's page, or with its rendered text alone. Saves nothing."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    post = admin.own(request, post_id) if post_id else None
    if post is None and not admin.has_add_permission(request):
        raise PermissionDenied
    source = storable(request.POST.get("source", ""))
    if request.GET.get(PART) == "text":
        return _uncached(HttpResponse(render(source)))
    form_class = admin.get_form(request, post, change=bool(post), fields=admin.get_fields(request, post))
    form = form_class(request.POST, instance=post or Post(author=request.user))
    form.is_valid()  # what is not valid yet is shown all the same
    shown: Post = form.instance
    if not shown.author_id:
        shown.author = request.user
    shown.title = storable(request.POST.get("title", ""))[:200] or "Without a title"
    shown.source = source
    now = timezone.now()
    shown.published_at = shown.published_at or now
    shown.render()
    if not shown.slug:
        try:
            settle(shown, now)
        except UnusableAddress:
            shown.slug = "preview"
    return preview.page(request, shown, _tags(form))


def _tags(form: PostForm) -> list[Tag]:
    """The typed tags, the unsaved ones too."""
    names = form.cleaned_data.get("tags_typed") or []
    known = {tag.name.casefold(): tag for tag in Tag.objects.filter(name__in=names)}
    return [known.get(name.casefold()) or Tag(name=name, slug="new") for name in names]


def _uncached(response: HttpResponse) -> HttpResponse:
    response.headers["Cache-Control"] = "no-store"
    return response
