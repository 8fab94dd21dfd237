"""The forms by which readers complain: a report of a comment, and a notice of illegal content.

No visitor's data ever stands in a layout object: crispy renders those strings as templates.
"""

from datetime import datetime

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Field, Layout
from django import forms
from django.core.exceptions import ValidationError

from comments import stamps
from comments.confusables import has_visible, is_invisible
from comments.models import Reason
from comments.names import UnusableName, clean_name
from moderation.forms import PlainTextField
from moderation.noticed import MOST_CONTENTS, NotHere, Target, target_of

NOTICE_STAMP = 0  # stamps are made for a post's number; no post has this one
FEWEST_CHARS = 20


class SaidField(PlainTextField):
    """Some lines of text, with plain line ends."""

    widget = forms.Textarea

    def __init__(self, *, rows: int = 4, **kwargs) -> None:
        super().__init__(**kwargs)
        self.widget.attrs.update({"rows": rows, "dir": "auto"})

    def to_python(self, value: object) -> str:
        text = value.replace("\r\n", "\n") if isinstance(value, str) else value
        return super().to_python(text)


def _honeypot() -> forms.CharField:
    """People never see this field (CSS and aria take it away); what fills every field it finds is no person."""
    widget = forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"})
    field = forms.CharField(required=False, label="Leave this empty", widget=widget)
    field.validators = []  # an error here would be one that nobody sees
    return field


class ReportForm(forms.Form):
    """Why a reader complains about a comment."""

    reason = forms.ChoiceField(
        choices=Reason.choices, label="What is wrong with it?", widget=forms.RadioSelect, error_messages={
            "required": "Choose what is wrong with the comment.", "invalid_choice": "Choose one of the reasons."
        },
    )  # fmt: skip
    # Called "body" like the text of a comment, so that a form that lost its token brings it back the same way.
    body = SaidField(
        required=False, max_length=1000, label="In your words",
        help_text="Only moderators read it. Needed for “Another reason”. At most 1,000 characters.",
    )  # fmt: skip
    subject = _honeypot()
    single = ("reason", "body", "subject")

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, auto_id="report-%s", **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout("reason", "body", Field("subject", template="comments/_honeypot.html"))

    def clean(self) -> dict:
        cleaned = super().clean()
        if cleaned.get("reason") == Reason.OTHER and "body" in cleaned and not has_visible(cleaned["body"]):
            self.add_error("body", "Say in a few words what is wrong.")
        return cleaned

    @property
    def by_machine(self) -> bool:
        """Whether the field that people do not see was filled in."""
        return bool(self.cleaned_data["subject"])


class NoticeForm(forms.Form):
    """A notice of illegal content; the fields are those of Article 16(2) of the Digital Services Act."""

    stamp = forms.CharField(required=False, max_length=300, widget=forms.HiddenInput)
    addresses = SaidField(
        max_length=3000, rows=2, label="Where it is",
        help_text="The exact address of each comment or post, one a line, at most "
        f"{MOST_CONTENTS}. A comment’s address is behind its date.",
        error_messages={"required": "Give the address of the comment or post."},
    )  # fmt: skip
    body = SaidField(
        max_length=5000, rows=6, label="Why it is illegal",
        help_text="What exactly is illegal, against which law or right if you know, and how you know. "
        "At most 5,000 characters.",
        error_messages={"required": "Say why this is illegal."},
    )  # fmt: skip
    against_children = forms.BooleanField(
        required=False, label="It is about sexual abuse or exploitation of children",
        help_text="Then you need not say who you are.",
    )  # fmt: skip
    name = PlainTextField(max_length=200, label="Your name", error_messages={"required": "Give your name."})
    email = forms.EmailField(
        max_length=254,
        label="Your e-mail address",
        help_text="For our answer. Only moderators see it; the author of the comment is not told who you are.",
        error_messages={"required": "Give an e-mail address for our answer."},
    )
    good_faith = forms.BooleanField(
        label="I believe in good faith that what I say here is accurate and complete",
        error_messages={"required": "We need this statement from you."},
    )  # fmt: skip
    subject = _honeypot()
    use_required_attribute = False  # whether name and e-mail are needed, the browser does not know
    single = ("stamp", "addresses", "body", "against_children", "name", "email", "good_faith", "subject")

    def __init__(self, *args, now: datetime, **kwargs) -> None:
        super().__init__(*args, auto_id="notice-%s", **kwargs)
        self.now, self.targets = now, []
        if self.is_bound and self.data.get("against_children"):
            self.fields["name"].required = self.fields["email"].required = False
        self.fields["name"].widget.attrs.update({"autocomplete": "name", "dir": "auto"})
        self.fields["email"].widget.attrs["autocomplete"] = "email"
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(
            "stamp", "addresses", "body", "against_children", "name", "email", "good_faith",
            Field("subject", template="comments/_honeypot.html"),
        )  # fmt: skip

    def clean_addresses(self) -> str:
        lines = [line.strip() for line in self.cleaned_data["addresses"].splitlines() if line.strip()]
        if len(lines) > MOST_CONTENTS:
            raise ValidationError(f"At most {MOST_CONTENTS} addresses at a time; please send another notice for more.")
        found: dict[tuple, Target] = {}
        for line in lines:
            try:
                target = target_of(line, self.now)
            except NotHere as refusal:
                self.add_error("addresses", str(refusal))
            else:
                found.setdefault((target.comment_id, target.post_id), target)
        self.targets = list(found.values())
        return "\n".join(lines)

    def clean_body(self) -> str:
        body = self.cleaned_data["body"]
        if len(body) < FEWEST_CHARS or not has_visible(body):
            raise ValidationError(
                "Please say it in a sentence or two, so that somebody who was not there can judge it."
            )
        return body

    def clean_name(self) -> str:
        raw = self.cleaned_data["name"]
        try:
            return clean_name(raw, 120) if raw else ""
        except UnusableName as error:
            raise ValidationError(str(error)) from error

    def clean_email(self) -> str:
        email = self.cleaned_data["email"]
        if '"' in email or any(letter.isspace() or is_invisible(letter) for letter in email):
            raise ValidationError("Enter a valid email address.", code="invalid")
        return email

    def clean_subject(self) -> str:
        """A notice is never dropped without a word: it may be a duty to act on it."""
        if self.cleaned_data["subject"]:
            self.drop("subject")
            raise ValidationError("A field that people do not see was filled in. It is empty now; please send again.")
        return ""

    def drop(self, name: str, value: str = "") -> None:
        """Replace what was sent in a field, so that the next attempt can go through."""
        self.data = self.data.copy()
        self.data[self.add_prefix(name)] = value

    def restamp(self) -> None:
        """Give the form that is shown again a fresh stamp."""
        self.drop("stamp", stamps.make(NOTICE_STAMP, self.now))
