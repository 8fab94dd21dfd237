"""Posts and pages in the admin: the list, the editing page, and deleting. Every save goes through `blog.editing`."""

from django import forms
from django.contrib import admin, messages
from django.db import transaction
from django.db.models import PROTECT, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html

from blog import editing, preview, search
from blog.addresses import UnusableAddress
from blog.admin import drafts, filters, history
from blog.admin.post_form import PUBLISH, UNPUBLISH, PostForm
from blog.admin.ticked import TickedRows
from blog.differences import compare
from blog.models import Post

EDITOR_FIELDS = ["author", "kind"]


@admin.register(Post)
class PostAdmin(TickedRows, admin.ModelAdmin):
    """Authors see and change their own posts, editors all; for everybody else's post the answer is 404."""

    form = PostForm
    change_form_template = add_form_template = "admin/blog/post/edit.html"
    change_list_template = "admin/blog/post/list.html"
    delete_confirmation_template = "admin/blog/post/delete.html"
    list_display = ["headline", "state", "author", "published", "comments_count", "updated"]
    list_display_links = ["headline"]
    list_select_related = ["author"]
    list_filter = [filters.StatusFilter, filters.AuthorFilter, filters.TagFilter, filters.MonthFilter]
    list_per_page = 40
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER  # each count of a facet is a query
    search_fields = ["title", "text"]
    search_help_text = "Words of the title or the text."
    ordering = ["-updated_at", "-pk"]
    actions = ["publish_ticked", "unpublish_ticked"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Post]:
        editable = super().get_queryset(request).editable_by(request.user)
        is_list = request.resolver_match and request.resolver_match.url_name == "blog_post_changelist"
        return editable.defer("source", "html", "text") if is_list and request.method == "GET" else editable

    def get_urls(self) -> list:
        wrap = self.admin_site.admin_view
        return [
            path("preview/", wrap(lambda request: drafts.show(self, request)), name="blog_post_preview"),
            path(
                "<int:post_id>/preview/",
                wrap(lambda request, post_id: drafts.show(self, request, post_id)),
                name="blog_post_preview_of",
            ),
            path(
                "<int:post_id>/history/<int:number>/restore/",
                wrap(lambda request, post_id, number: history.restore(self, request, post_id, number)),
                name="blog_post_restore",
            ),
            *super().get_urls(),
        ]

    # --- the list ---------------------------------------------------------------------------------------------

    def get_list_filter(self, request: HttpRequest) -> list:
        return [known for known in self.list_filter if known is not filters.AuthorFilter or _is_editor(request)]

    def get_list_display(self, request: HttpRequest) -> list[str]:
        return [name for name in self.list_display if name != "author" or _is_editor(request)]

    def get_actions(self, request: HttpRequest) -> dict:
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)  # a post goes one at a time, after its own page was read
        return actions

    @admin.display(description="title", ordering="title")
    def headline(self, post: Post) -> str:
        return format_html('{}<span class="kind"> page</span>', post.title) if post.is_page else post.title

    @admin.display(description="status", ordering="status")
    def state(self, post: Post) -> str:
        name, words = state_of(post)
        return format_html('<span class="state {}">{}</span>', name, words)

    @admin.display(description="published", ordering="published_at", empty_value="–")
    def published(self, post: Post) -> str | None:
        return _moment(post.published_at)

    @admin.display(description="comments", ordering="published_comments")
    def comments_count(self, post: Post) -> int:
        return post.published_comments

    @admin.display(description="updated", ordering="updated_at")
    def updated(self, post: Post) -> str:
        return _moment(post.updated_at)

    @admin.action(description="Publish now", permissions=["change"])
    def publish_ticked(self, request: HttpRequest, queryset: QuerySet[Post]) -> None:
        self._each(
            request,
            queryset,
            "published",
            lambda post: None if post.is_public() else editing.publish(post, request.user),
        )

    @admin.action(description="Unpublish (back to draft)", permissions=["change"])
    def unpublish_ticked(self, request: HttpRequest, queryset: QuerySet[Post]) -> None:
        def act(post: Post) -> Post | None:
            return editing.unpublish(post, request.user) if post.status == Post.Status.PUBLISHED else None

        self._each(request, queryset, "unpublished", act)

    def _each(self, request: HttpRequest, queryset: QuerySet[Post], done: str, act) -> None:
        """Do one thing to every ticked post by itself; what one post refuses does not stop the others."""
        changed = 0
        for post in queryset.editable_by(request.user):
            try:
                if act(post):
                    changed += 1
                    self.log_change(request, post, done.capitalize() + ".")
            except (UnusableAddress, editing.EditConflict) as error:
                messages.error(request, f"“{post}” was not {done}: {error}")
        if changed:
            messages.success(request, f"{changed} {'post' if changed == 1 else 'posts'} {done}.")
        else:
            messages.info(request, f"No post had to be {done}.")

    # --- the editing page -------------------------------------------------------------------------------------

    def get_fields(self, request: HttpRequest, obj: Post | None = None) -> list[str]:
        fields = ["title", "source", "summary", "slug", "tags_typed", "published_at", "mode", "seen"]
        return fields + EDITOR_FIELDS if _is_editor(request) else fields

    def get_changeform_initial_data(self, request: HttpRequest) -> dict:
        return {"author": request.user.pk, "kind": Post.Kind.POST}

    def formfield_for_dbfield(self, db_field, request: HttpRequest, **kwargs) -> forms.Field | None:
        if db_field.name == "author":
            return db_field.formfield()  # without the links to the accounts that Django puts around it
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None) -> HttpResponse:
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except (editing.EditConflict, UnusableAddress):
            # Somebody saved between the form's check and the write. Asked again, the form says so itself.
            return super().changeform_view(request, object_id, form_url, extra_context)

    def save_form(self, request: HttpRequest, form: PostForm, change: bool) -> Post:
        return form.instance  # editing.save_post does what form.save would

    def save_model(self, request: HttpRequest, obj: Post, form: PostForm, change: bool) -> None:
        if not change and not _is_editor(request):
            obj.author, obj.kind = request.user, Post.Kind.POST
        editing.save_post(obj, by=request.user, seen=form.cleaned_data.get("seen"), tags=form.chosen_tags())

    def save_related(self, request, form, formsets, change) -> None:
        """Nothing is left to save: tags went along with the post."""

    def construct_change_message(self, request, form, formsets, add=False) -> str:
        return "Written." if add else f"Saved as version {form.instance.version}."

    def response_add(self, request: HttpRequest, obj: Post, post_url_continue=None) -> HttpResponse:
        return self.response_change(request, obj)

    def response_change(self, request: HttpRequest, obj: Post) -> HttpResponse:
        messages.success(request, _told(request, obj))
        return HttpResponseRedirect(reverse("admin:blog_post_change", args=[obj.pk]))

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None) -> HttpResponse:
        form: PostForm = context["adminform"].form
        stored = Post.objects.get(pk=obj.pk) if obj else None
        now = timezone.now()
        context |= {
            "title": "Write a post" if add else "Edit",
            "subtitle": stored.title if stored else "",
            "form": form,
            "stored": stored,
            "state": state_of(stored) if stored else ("draft", "New"),
            "is_published": bool(stored) and stored.status == Post.Status.PUBLISHED,
            "is_public": bool(stored) and stored.is_public(now),
            "conflict": form.conflict,
            "changes": _changes(form) if form.conflict else [],
            "preview_address": _preview_address(stored),
            "share": preview.link(stored) if stored else "",
            "share_until": preview.expiry(now),
            "publish_name": PUBLISH,
            "unpublish_name": UNPUBLISH,
        }
        response = super().render_change_form(request, context, add, change, form_url, obj)
        response.status_code = 409 if form.conflict else 422 if form.errors else 200
        return response

    def history_view(self, request: HttpRequest, object_id: str, extra_context: dict | None = None) -> HttpResponse:
        return history.show(self, request, self.own(request, object_id))

    def own(self, request: HttpRequest, object_id: str | int) -> Post:
        """The post, if it exists and whoever asks may change it; 404 otherwise."""
        post = self.get_object(request, str(object_id))
        if post is None or not self.has_change_permission(request, post):
            raise Http404
        return post

    def _get_obj_does_not_exist_redirect(self, request: HttpRequest, opts, object_id: str) -> HttpResponse:
        raise Http404

    # --- deleting ---------------------------------------------------------------------------------------------

    def get_deleted_objects(self, objs, request: HttpRequest) -> tuple:
        """What goes along, in words; a post on which something else stands is not to be deleted."""
        kept = [post for post in objs if _is_stood_on(post)]
        protected = [
            f"Comments stand below “{post}”. Unpublish it instead: nobody sees it then, and nothing is lost."
            for post in kept
        ]
        counts = {"revisions": sum(post.revisions.count() for post in objs)}
        return [str(post) for post in objs], counts, set(), protected

    def delete_model(self, request: HttpRequest, obj: Post) -> None:
        with transaction.atomic():
            search.forget_post(obj.pk)
            super().delete_model(request, obj)


def state_of(post: Post) -> tuple[str, str]:
    """A post's state as a class name and in words."""
    if post.status == Post.Status.DRAFT:
        return "draft", "Draft"
    return ("scheduled", "Scheduled") if post.is_scheduled() else ("public", "Public")


def _is_editor(request: HttpRequest) -> bool:
    return request.user.has_perm("blog.edit_every_post")


def _is_stood_on(post: Post) -> bool:
    """Whether rows exist that protect the post; the blog need not know whose they are."""
    return any(
        getattr(post, relation.get_accessor_name()).exists()
        for relation in Post._meta.related_objects
        if getattr(relation, "on_delete", None) is PROTECT
    )


def _changes(form: PostForm) -> list[tuple[str, list]]:
    """What the stored post and the typed one have different, by field."""
    stored, typed = form.stored, form.cleaned_data
    fields = [("Title", "title"), ("Summary", "summary"), ("Text", "source")]
    compared = [
        (label, compare(getattr(stored, name), typed.get(name, "").replace("\r\n", "\n"))) for label, name in fields
    ]
    return [(label, rows) for label, rows in compared if rows]


def _preview_address(post: Post | None) -> str:
    return reverse("admin:blog_post_preview_of", args=[post.pk]) if post else reverse("admin:blog_post_preview")


def _told(request: HttpRequest, post: Post) -> str:
    if post.status == Post.Status.DRAFT:
        return "Taken back: it is a draft again." if UNPUBLISH in request.POST else "Draft saved."
    if post.is_scheduled():
        return f"Saved. It appears on {_moment(post.published_at)}."
    link = format_html('<a href="{}">Look at it</a>', post.get_absolute_url())
    return format_html("{} {}.", "Published." if PUBLISH in request.POST else "Saved.", link)


def _moment(moment) -> str | None:
    return date_format(timezone.localtime(moment), "j M Y, H:i") if moment else None
