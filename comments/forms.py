"""The forms that readers fill in. Crispy lays them out.

No visitor's data ever stands in a layout object: crispy renders those strings as templates."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Field, Layout
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError

from blog.models import Post, User
from blog.prepared import Prepared
from comments import stamps
from comments.confusables import is_invisible
from comments.links import UnusableAddress, clean_website
from comments.markup import render
from comments.models import Comment
from comments.names import UnusableName, clean_name, is_reserved
from comments.submission import Draft
from comments.subscriptions import UnusableEmail, normalised
from comments.text import MAX_BYTES, TextTooLong, UnusableText, check

BODY_HELP = "Plain text, or a little Markdown: *emphasis*, > quote, `code`, lists and links. At most 10 KB."


_STAFF = Prepared(User, lambda: User.objects.filter(is_staff=True).values_list("display_name", "username", "slug"))


def clean_body(raw: str) -> tuple[str, str]:
    """Return the text and its HTML. Raises ValidationError with words for the reader."""
    if len(raw.encode("utf-8", "surrogatepass")) > MAX_BYTES:
        raise ValidationError("This is longer than 10 KB. Please shorten it; nothing was lost.")
    try:
        body = check(raw)
        return body, render(body)
    except (UnusableText, TextTooLong) as error:
        raise ValidationError(str(error)) from error


class BodyField(forms.CharField):
    """The text of a comment, kept to the letter: what is trimmed or refused is `comments.text`'s business."""

    widget = forms.Textarea

    def __init__(self, **kwargs) -> None:
        super().__init__(strip=False, help_text=BODY_HELP, **kwargs)
        self.widget.attrs.update({"rows": 8, "dir": "auto"})


class CommentForm(forms.Form):
    """A new comment on a post. `stamp` proves when and for which post the form was made."""

    parent = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)
    stamp = forms.CharField(required=False, max_length=300, widget=forms.HiddenInput)
    body = BodyField(label="Your comment")
    name = forms.CharField(
        max_length=200, label="Name", widget=forms.TextInput(attrs={"autocomplete": "name", "dir": "auto"})
    )
    email = forms.EmailField(
        required=False,
        max_length=254,
        label="E-mail",
        help_text="Never shown, never passed on; only moderators see it.",
    )
    website = forms.CharField(
        required=False, max_length=400, label="Website", widget=forms.URLInput(attrs={"autocomplete": "url"})
    )
    notify = forms.BooleanField(
        required=False,
        label="Mail me when somebody answers, and what became of this comment",
        help_text="First we ask the address above whether it is yours. Every mail has a link that ends them.",
    )
    # People never see this field (CSS and aria take it away); what fills every field it finds is no person.
    subject = forms.CharField(
        required=False,
        label="Leave this empty",
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    def __init__(self, *args, post: Post, user: User | None, **kwargs) -> None:
        super().__init__(*args, auto_id="comment-%s", **kwargs)
        self.post, self.user, self.html = post, user, ""
        for name in ("name", "email"):
            self.fields[name].widget.attrs["autocomplete"] = name
        self.fields["subject"].validators = []  # an error here would be one that nobody sees
        if user:
            for name in ("name", "email", "website"):
                del self.fields[name]
        if user or not settings.NOTICES_BY_MAIL:
            del self.fields["notify"]
        self.helper = FormHelper()
        self.helper.form_tag = False
        visible = [name for name in ("body", "name", "email", "notify", "website") if name in self.fields]
        self.helper.layout = Layout("parent", "stamp", *visible, Field("subject", template="comments/_honeypot.html"))

    def clean_body(self) -> str:
        body, self.html = clean_body(self.cleaned_data["body"])
        return body

    def clean_name(self) -> str:
        try:
            name = clean_name(self.cleaned_data["name"])
        except UnusableName as error:
            raise ValidationError(str(error)) from error
        if is_reserved(name, {part for names in _STAFF.rows() for part in names if part}):
            raise ValidationError("This name belongs to somebody who works on this site. Please choose another.")
        return name

    def clean_email(self) -> str:
        email = self.cleaned_data["email"]
        # Django takes controls in a quoted part and bidi marks in a host: moderators shall see what stands there.
        if '"' in email or any(letter.isspace() or is_invisible(letter) for letter in email):
            raise ValidationError("Enter a valid email address.", code="invalid")
        return email

    def clean(self) -> dict:
        data = super().clean()
        if data.get("notify") and "email" not in self.errors:
            try:
                normalised(data.get("email", ""))
            except UnusableEmail:
                wrong = "Mail cannot go to this address: type another" if data.get("email") else "Type your address"
                self.add_error("email", f"{wrong}, or untick the box below.")
        return data

    def clean_website(self) -> str:
        raw = self.cleaned_data["website"].strip()
        if not raw:
            return ""
        try:
            return clean_website(raw)
        except UnusableAddress as error:
            raise ValidationError(str(error)) from error

    def clean_parent(self) -> Comment | None:
        raw = self.cleaned_data["parent"]
        if not raw:
            return None
        found = None
        if raw.isascii() and raw.isdigit() and len(raw) < 19:
            found = Comment.objects.published().filter(post=self.post, pk=int(raw)).first()
        if found is None:
            self.drop("parent")
            raise ValidationError(
                "The comment you answered is not there any more. Send again to comment on the post itself."
            )
        return found

    def drop(self, name: str, value: str = "") -> None:
        """Replace what was sent in a hidden field, so that the next attempt can go through."""
        self.data = self.data.copy()
        self.data[self.add_prefix(name)] = value

    def restamp(self, now) -> None:
        """Give the form that is shown again a fresh stamp."""
        self.drop("stamp", stamps.make(self.post.pk, now))

    def draft(self) -> Draft:
        """What was typed, after a successful validation."""
        data = self.cleaned_data
        if self.user:
            return Draft(str(self.user)[:60], self.user.email, "", data["body"], self.html)
        notify = data.get("notify", False)
        return Draft(data["name"], data["email"], data["website"], data["body"], self.html, notify)


class EditForm(forms.Form):
    """A new text for a comment; `seen` is the version that its author looked at."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2_000_000_000)
    body = BodyField(label="Your comment")

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, auto_id="edit-%s", **kwargs)
        self.html = ""
        self.helper = FormHelper()
        self.helper.form_tag = False

    def clean_body(self) -> str:
        body, self.html = clean_body(self.cleaned_data["body"])
        return body
