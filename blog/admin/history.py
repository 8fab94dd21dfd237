"""The revisions of a post: which there are, what changed between two of them, and one of them back again."""

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.paginator import InvalidPage, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from blog import editing
from blog.addresses import UnusableAddress
from blog.differences import compare
from blog.models import Post, Revision

PAGE_SIZE = 40


def show(admin: ModelAdmin, request: HttpRequest, post: Post) -> HttpResponse:
    """List the revisions; with `old` and `new` in the address, also what changed between the two."""
    try:
        page = Paginator(post.revisions.defer("source", "summary"), PAGE_SIZE).page(request.GET.get("page", 1))
    except InvalidPage:
        raise Http404 from None
    old, new = _asked(request, post)
    context = {
        **_common(admin, request, post),
        "title": "History",
        "page": page,
        "old": old,
        "new": new,
        "changes": changes(old, new) if old and new else [],
    }
    return render(request, "admin/blog/post/history.html", context)


def restore(admin: ModelAdmin, request: HttpRequest, post_id: int, number: int) -> HttpResponse:
    """Ask, and on POST save the old text anew."""
    post = admin.own(request, post_id)
    revision = _revision(post, number)
    if request.method == "POST":
        return _restored(admin, request, post, revision)
    context = {
        **_common(admin, request, post),
        "title": f"Restore version {number}?",
        "revision": revision,
        "changes": [(label, rows) for label, rows in changes(_current(post), revision) if label != "Address"],
    }
    return render(request, "admin/blog/post/restore.html", context)


def changes(old: Revision, new: Revision) -> list[tuple[str, list]]:
    """What differs between two revisions, by field; fields that are equal are left out."""
    fields = [("Title", "title"), ("Address", "slug"), ("Summary", "summary"), ("Text", "source")]
    compared = [(label, compare(getattr(old, name), getattr(new, name))) for label, name in fields]
    return [(label, rows) for label, rows in compared if rows]


def _restored(admin: ModelAdmin, request: HttpRequest, post: Post, revision: Revision) -> HttpResponse:
    seen = request.POST.get("seen", "")
    if seen != str(post.version):
        messages.error(request, f"Not restored. {editing.conflict_with(post)} Look at what changed first.")
        return redirect("admin:blog_post_history", post.pk)
    try:
        editing.restore(post, revision, request.user)
    except (editing.EditConflict, UnusableAddress) as error:
        messages.error(request, f"Not restored. {error}")
        return redirect("admin:blog_post_history", post.pk)
    admin.log_change(request, post, f"Version {revision.number} restored.")
    messages.success(request, f"Version {revision.number} is back, as version {post.version}.")
    return redirect("admin:blog_post_change", post.pk)


def _asked(request: HttpRequest, post: Post) -> tuple[Revision | None, Revision | None]:
    if "old" not in request.GET:
        return None, None
    new = request.GET.get("new")
    return _revision(post, request.GET["old"]), _revision(post, new) if new else _current(post)


def _revision(post: Post, number: int | str) -> Revision:
    text = str(number)
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise Http404
    revision = post.revisions.filter(number=int(text)).first()
    if revision is None:
        raise Http404
    return revision


def _current(post: Post) -> Revision:
    """The stored text, also of a post that was never saved through the door."""
    return Revision(
        post=post, number=post.version, title=post.title, slug=post.slug, summary=post.summary, source=post.source,
        saved_at=post.updated_at,
    )  # fmt: skip


def _common(admin: ModelAdmin, request: HttpRequest, post: Post) -> dict:
    return {**admin.admin_site.each_context(request), "opts": admin.opts, "original": post, "post": post}
