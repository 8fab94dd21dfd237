"""The form on which posts are written."""

from django import forms
from django.contrib.auth import get_user_model
from django.core.validators import RegexValidator
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.text import slugify

from blog import editing
from blog.addresses import UnusableAddress
from blog.models import Post, Tag, no_controls

MOST_TAGS = 12
TAGS_OFFERED = 15
#: The button that was pressed decides the status; without one of these it stays what it is.
PUBLISH, UNPUBLISH = "_publish", "_unpublish"


class TagsField(forms.CharField):
    """Tags by name, with commas between; gives a list of names. New names become tags when the post is saved."""

    def clean(self, value: str) -> list[str]:
        typed = super().clean(value)
        names = {}
        for part in typed.split(","):
            name = " ".join(part.split())
            if name:
                names.setdefault(name.casefold(), name)
        for name in names.values():
            if len(name) > Tag._meta.get_field("name").max_length:
                raise forms.ValidationError(f"“{name[:30]}…” is longer than a tag can be (50 characters).")
            no_controls(name)
        if len(names) > MOST_TAGS:
            raise forms.ValidationError(f"These are {len(names)} tags; {MOST_TAGS} are the most.")
        return list(names.values())


class PostForm(forms.ModelForm):
    """Checks a post before `editing.save_post` saves it, and notices when somebody else saved first."""

    title = forms.CharField(
        max_length=200,
        validators=[no_controls],
        widget=forms.TextInput(attrs={"autocomplete": "off", "placeholder": "Title"}),
    )
    source = forms.CharField(
        label="Text",
        strip=False,
        widget=forms.Textarea(attrs={"rows": 24, "spellcheck": "true", "placeholder": "Write in Markdown"}),
    )
    summary = forms.CharField(
        required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="For lists and feeds. Made from the text if empty.",
    )  # fmt: skip
    slug = forms.SlugField(
        label="Address", required=False, max_length=80, widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text="The last part of the address. Made from the title if empty.",
        validators=[RegexValidator(r"^[a-z0-9_-]*$", "Use small letters, digits and hyphens.")],
    )  # fmt: skip
    tags_typed = TagsField(label="Tags", required=False, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    published_at = forms.DateTimeField(
        label="Time", required=False,
        widget=forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"}),
        help_text="Empty: the moment you publish. In the future: the post appears by itself at that time.",
    )  # fmt: skip
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Post
        fields = ["title", "source", "summary", "slug", "mode", "published_at", "author", "kind"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.conflict: editing.EditConflict | None = None
        self.stored: Post | None = None
        if self.instance.pk:
            self.initial["seen"] = self.instance.version
            self.initial["tags_typed"] = ", ".join(tag.name for tag in self.instance.tags.all())
        if "author" in self.fields:
            self.fields["author"].queryset = _writers(self.instance)
        offered = Tag.objects.annotate(n=Count("posts")).order_by("-n", "name")[:TAGS_OFFERED]
        names = ", ".join(tag.name for tag in offered)
        self.fields["tags_typed"].help_text = (
            f"Separate with commas. In use: {names}." if names else "Separate with commas."
        )

    def clean(self) -> dict:
        """Compare the version that the author saw with the stored one, and take the status from the button."""
        data = super().clean()
        if self.instance.pk:
            self.stored = Post.objects.get(pk=self.instance.pk)
            if data.get("seen") != self.stored.version:
                self.conflict = editing.conflict_with(self.stored)
                # Shown with the typed text and what the other changed; to save that again is a choice.
                self.data = self.data.copy()
                self.data[self.add_prefix("seen")] = str(self.stored.version)
                raise forms.ValidationError(str(self.conflict), code="conflict")
            self._keep_seconds(data)
        return data

    def _get_validation_exclusions(self) -> set[str]:
        # editing.settle checks the address, and says so at the field.
        return super()._get_validation_exclusions() | {"slug", "month"}

    def _post_clean(self) -> None:
        super()._post_clean()
        if PUBLISH in self.data:
            self.instance.status = Post.Status.PUBLISHED
        elif UNPUBLISH in self.data:
            self.instance.status = Post.Status.DRAFT
        if not self.errors:
            try:
                editing.settle(self.instance, self.stored, timezone.now())
            except UnusableAddress as error:
                self.add_error("slug", str(error))

    def chosen_tags(self) -> list[Tag]:
        """The tags that were typed; new ones are made."""
        return [_tag(name) for name in self.cleaned_data["tags_typed"]]

    def _keep_seconds(self, data: dict) -> None:
        """The field shows minutes; a time that was not changed keeps the seconds by which posts are ordered."""
        typed, stored = data.get("published_at"), self.stored.published_at
        if typed and stored and typed == stored.replace(second=0, microsecond=0):
            data["published_at"] = stored


def _writers(post: Post):
    """Who can be named as author: active staff, and whoever is named already."""
    current = Q(pk=post.author_id) if post.author_id else Q()
    return get_user_model().objects.filter(Q(is_active=True, is_staff=True) | current).order_by("display_name")


def _tag(name: str) -> Tag:
    known = Tag.objects.filter(name__iexact=name).first()
    if known:
        return known
    base = slugify(name)[:44] or "tag"
    taken = set(Tag.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    slug = next(
        slug
        for number in range(1, len(taken) + 2)
        if (slug := base if number == 1 else f"{base}-{number}") not in taken
    )
    return Tag.objects.get_or_create(name=name, defaults={"slug": slug})[0]
