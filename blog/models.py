"""What authors publish: users, posts, their tags, revisions and old addresses."""

from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.functional import cached_property

from blog.avatars import avatar_path
from blog.markup import plain_text, render, summarise
from blog.moments import month_of
from blog.site import address

no_controls = RegexValidator(
    r"[\x00-\x08\x0a-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]",
    "This has an invisible or control character in it; please type it again.",
    inverse_match=True,
)


class User(AbstractUser):
    """Somebody with an account: an author, an editor or a moderator. Readers need none."""

    display_name = models.CharField(max_length=60, validators=[no_controls], help_text="Shown with posts and comments.")
    slug = models.SlugField(max_length=60, unique=True, help_text="The address of the author's page.")
    about = models.TextField(max_length=2000, blank=True, help_text="Markdown, shown on the author's page.")
    avatar = models.ImageField(upload_to=avatar_path, blank=True)

    REQUIRED_FIELDS = ["email", "display_name", "slug"]

    class Meta(AbstractUser.Meta):
        constraints = [
            # The badge says that somebody speaks for the site; two of the same name would leave open who.
            models.UniqueConstraint(
                Lower("display_name"),
                name="blog_user_display_name",
                violation_error_message="Somebody here has this display name already.",
            ),
        ]

    def __str__(self) -> str:
        return self.display_name or self.username

    def get_full_name(self) -> str:
        return str(self)

    get_short_name = get_full_name

    def get_absolute_url(self) -> str:
        return address("blog:author", self.slug)


class Tag(models.Model):
    """A subject that posts share."""

    name = models.CharField(max_length=50, unique=True, validators=[no_controls])
    slug = models.SlugField(max_length=50, unique=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return address("blog:tag", self.slug)


class PostQuerySet(models.QuerySet):
    def published(self, now: datetime | None = None) -> "PostQuerySet":
        """Everything that a stranger may see, posts and pages: the one predicate of what is public.

        Visibility is by time in the query, so a scheduled post needs no job to appear.
        """
        return self.filter(status=Post.Status.PUBLISHED, published_at__lte=now or timezone.now())

    def posts(self) -> "PostQuerySet":
        return self.filter(kind=Post.Kind.POST)

    def pages(self) -> "PostQuerySet":
        return self.filter(kind=Post.Kind.PAGE)

    def newest_first(self) -> "PostQuerySet":
        return self.order_by("-published_at", "-pk")

    def for_list(self) -> "PostQuerySet":
        """What a list of posts shows: not the source and the HTML, but the text, of which a summary may be made."""
        return self.select_related("author").prefetch_related("tags").defer("source", "html")

    def editable_by(self, user: User) -> "PostQuerySet":
        """Authors work on their own posts; who may change pages or others' posts is an editor."""
        if user.has_perm("blog.edit_every_post"):
            return self
        return self.filter(author=user, kind=Post.Kind.POST)


class Post(models.Model):
    """A post, or a standing page such as "about". The HTML is cleaned once, when the source is saved."""

    class Kind(models.TextChoices):
        POST = "post", "Post"
        PAGE = "page", "Page"

    class Status(models.TextChoices):
        DRAFT = "draft", "Draft"
        PUBLISHED = "published", "Published"

    class Mode(models.TextChoices):
        SITE = "", "As the site"
        OPEN = "open", "Open: publish what the filters pass"
        HOLD_NEW = "hold_new", "Hold newcomers"
        HOLD_ALL = "hold_all", "Hold everything"
        CLOSED = "closed", "Closed"

    kind = models.CharField(max_length=4, choices=Kind, default=Kind.POST)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="posts")
    title = models.CharField(max_length=200, validators=[no_controls])
    slug = models.SlugField(max_length=80)
    summary = models.TextField(
        max_length=500, blank=True, help_text="Shown in lists and feeds; made from the text if empty."
    )
    source = models.TextField("text", help_text="Markdown.")
    html = models.TextField(editable=False)
    text = models.TextField(editable=False, help_text="The plain text, for search and summaries.")
    tags = models.ManyToManyField(Tag, blank=True, related_name="posts")
    status = models.CharField(max_length=9, choices=Status, default=Status.DRAFT)
    published_at = models.DateTimeField(
        "publication time",
        null=True,
        blank=True,
        help_text="In the future means scheduled. Empty means the moment of publishing.",
    )
    month = models.DateField(
        null=True, editable=False, help_text="First day of the publication's month, part of the address."
    )
    mode = models.CharField("comments", max_length=8, choices=Mode, default=Mode.SITE, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = models.DateTimeField(default=timezone.now, editable=False, help_text="When the text last changed.")
    page_changed_at = models.DateTimeField(
        default=timezone.now, editable=False, help_text="When the public page last changed: its version, never twice."
    )
    published_comments = models.PositiveIntegerField(default=0, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False, help_text="Counts saves; a stale save is refused.")

    objects = PostQuerySet.as_manager()

    class Meta:
        permissions = [("edit_every_post", "Can edit every post and page")]
        constraints = [
            models.UniqueConstraint(
                "slug",
                "month",
                name="blog_post_address",
                condition=Q(kind="post", month__isnull=False),
                violation_error_message="Another post of that month has this slug already.",
            ),
            models.UniqueConstraint(
                "slug",
                name="blog_page_address",
                condition=Q(kind="page"),
                violation_error_message="Another page has this slug already.",
            ),
            models.CheckConstraint(
                name="blog_published_has_time",
                condition=Q(status="draft") | Q(published_at__isnull=False, month__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                "kind",
                F("published_at").desc(),
                F("id").desc(),
                condition=Q(status="published"),
                name="blog_post_public",
            ),
            models.Index("author", F("published_at").desc(), name="blog_post_author"),
            models.Index(F("published_at").desc(), condition=Q(status="published"), name="blog_post_newest"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_page(self) -> bool:
        return self.kind == self.Kind.PAGE

    def is_public(self, now: datetime | None = None) -> bool:
        """The same predicate as `PostQuerySet.published`, for a post that is in hand."""
        return (
            self.status == self.Status.PUBLISHED
            and self.published_at is not None
            and self.published_at <= (now or timezone.now())
        )

    def is_scheduled(self, now: datetime | None = None) -> bool:
        return self.status == self.Status.PUBLISHED and not self.is_public(now)

    def get_absolute_url(self) -> str:
        if self.is_page:
            return address("blog:page", self.slug)
        return address("blog:post", *self.address, self.slug)

    @property
    def address(self) -> tuple[str, str]:
        """Year and month of the address, in the site's time zone: ("2026", "03")."""
        month = self.month or month_of(timezone.now())
        return f"{month:%Y}", f"{month:%m}"

    @cached_property
    def shown_tags(self) -> list[Tag]:  # who has read them already puts them here
        return list(self.tags.all())

    @property
    def lead(self) -> str:
        return self.summary or summarise(self.text)

    @property
    def comments_in_words(self) -> str:
        """The number of published comments: "No comments", "1 comment", "1,200 comments"."""
        number = self.published_comments
        return {0: "No comments", 1: "1 comment"}.get(number, f"{number:,} comments")

    @property
    def moderation_mode(self) -> str:
        return self.mode or settings.COMMENTS_MODERATION_MODE

    def takes_comments(self, now: datetime | None = None) -> bool:
        """Whether a comment may be posted now: the post is public, open, and young enough for the site."""
        now = now or timezone.now()
        if not self.is_public(now) or self.is_page or self.moderation_mode == self.Mode.CLOSED:
            return False
        days = settings.COMMENTS_CLOSE_AFTER_DAYS
        return not days or now < self.published_at + timedelta(days=days)

    def render(self) -> None:
        """Set html and text from the source, and the month from the publication time. Saves nothing."""
        self.html = render(self.source)
        self.text = plain_text(self.html)
        self.month = month_of(self.published_at) if self.published_at else None


class SiteVersion(models.Model):
    """One row: a random word that triggers change with what all public pages show: posts, tags, names of people."""

    id = models.PositiveSmallIntegerField(primary_key=True)
    word = models.CharField(max_length=32)

    def __str__(self) -> str:
        return self.word


class Revision(models.Model):
    """The text of a post as it was saved once, by whom and when."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    slug = models.CharField(max_length=80)
    summary = models.TextField(blank=True)
    source = models.TextField()
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    saved_by_name = models.CharField(max_length=60, help_text="Stays when the account is deleted.")
    saved_at = models.DateTimeField()

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["post", "number"], name="blog_revision_number")]

    def __str__(self) -> str:
        return f"revision {self.number} of {self.title}"


class OldAddress(models.Model):
    """An address that a public post once had. It leads to the post for ever, while the post is public."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="old_addresses")
    month = models.DateField(null=True)
    slug = models.CharField(max_length=80)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["month", "slug"], name="blog_old_post_address", condition=Q(month__isnull=False)
            ),
            models.UniqueConstraint(fields=["slug"], name="blog_old_page_address", condition=Q(month__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y/%m}/{self.slug}" if self.month else self.slug
