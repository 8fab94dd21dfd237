"""How the list of posts is narrowed. Each filter names what it looks up; none takes a lookup from the address."""

from datetime import date, datetime

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from blog.models import Post, Tag, User

MOST_CHOICES = 60


class StatusFilter(admin.SimpleListFilter):
    """Draft, scheduled or public: what the reader of the list wants to know, by time."""

    title = "status"
    parameter_name = "status"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list:
        return [("draft", "Drafts"), ("scheduled", "Scheduled"), ("public", "Public")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Post]) -> QuerySet[Post]:
        now = timezone.now()
        match self.value():
            case "draft":
                return queryset.filter(status=Post.Status.DRAFT)
            case "scheduled":
                return queryset.filter(status=Post.Status.PUBLISHED, published_at__gt=now)
            case "public":
                return queryset.published(now)
        return queryset


class AuthorFilter(admin.SimpleListFilter):
    """By author; for those who see more than their own posts."""

    title = "author"
    parameter_name = "author"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list:
        seen = model_admin.get_queryset(request).order_by().values("author")
        authors = User.objects.filter(pk__in=seen).order_by("display_name")[:MOST_CHOICES]
        return [(author.slug, str(author)) for author in authors]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Post]) -> QuerySet[Post]:
        return queryset.filter(author__slug=self.value()) if self.value() else queryset


class TagFilter(admin.SimpleListFilter):
    """By a tag that a post of the list has."""

    title = "tag"
    parameter_name = "tag"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list:
        seen = model_admin.get_queryset(request).order_by().values("pk")
        tags = Tag.objects.filter(posts__in=seen).distinct()[:MOST_CHOICES]
        return [(tag.slug, tag.name) for tag in tags]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Post]) -> QuerySet[Post]:
        return queryset.filter(tags__slug=self.value()) if self.value() else queryset


class MonthFilter(admin.SimpleListFilter):
    """By the month of publication."""

    title = "month"
    parameter_name = "month"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list:
        dated = model_admin.get_queryset(request).filter(month__isnull=False)
        months = dated.order_by("-month").values_list("month", flat=True).distinct()[:MOST_CHOICES]
        return [(f"{month:%Y-%m}", f"{month:%B %Y}") for month in months]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Post]) -> QuerySet[Post]:
        if not self.value():
            return queryset
        month = _month(self.value())
        return queryset.filter(month=month) if month else queryset.none()


def _month(text: str) -> date | None:
    try:
        return datetime.strptime(text, "%Y-%m").date()  # noqa: DTZ007 - a month has no time zone
    except ValueError:
        return None
