"""Tags in the admin."""

from django import forms
from django.contrib import admin
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest

from blog.admin.ticked import TickedRows
from blog.models import Post, Tag


@admin.register(Tag)
class TagAdmin(TickedRows, admin.ModelAdmin):
    """Authors add tags, editors rename and delete them."""

    list_display = ["name", "slug", "posts_count"]
    search_fields = ["name"]
    list_per_page = 100
    show_full_result_count = False
    view_on_site = False  # a tag that only drafts have has no page

    def get_queryset(self, request: HttpRequest) -> QuerySet[Tag]:
        # Public ones only: the number of somebody's drafts on a subject is nobody else's business.
        public = Q(posts__in=Post.objects.published())
        return super().get_queryset(request).annotate(_posts=Count("posts", filter=public))

    def get_deleted_objects(self, objs, request: HttpRequest) -> tuple:
        """Posts stay and merely lose the tag, so there is nothing else to list."""
        return [str(tag) for tag in objs], {"tags": len(objs)}, set(), []

    def get_form(self, request: HttpRequest, obj: Tag | None = None, **kwargs) -> type[forms.ModelForm]:
        form = super().get_form(request, obj, **kwargs)
        if "slug" in form.base_fields:
            form.base_fields["slug"].help_text = "Part of the address of the tag's page."
        return form

    @admin.display(description="public posts", ordering="_posts")
    def posts_count(self, tag: Tag) -> int:
        return tag._posts
