"""What readers send to moderation from the private page of their comment."""

from django import forms

from comments.text import TextTooLong, UnusableText, check
from moderation.forms import KeyField, PlainTextField

MOST_TEXT = 2000


class AppealForm(forms.Form):
    """Asking again: about one decision or one sanction, in one's own words. `body` is what a lost token gives back."""

    decision = KeyField()
    sanction = KeyField()
    body = PlainTextField(
        max_length=MOST_TEXT,
        strip=False,
        error_messages={
            "required": "Say in your own words why you see it differently.",
            "max_length": f"This is longer than {MOST_TEXT} characters. Please shorten it; nothing was lost.",
        },
    )

    def clean_body(self) -> str:
        try:
            return check(self.cleaned_data["body"]).strip()
        except (UnusableText, TextTooLong) as error:
            raise forms.ValidationError(str(error)) from error

    def clean(self) -> dict:
        cleaned = super().clean()
        if not self.errors and bool(cleaned.get("decision")) == bool(cleaned.get("sanction")):
            raise forms.ValidationError("This form does not say what it is about. Please send it again from this page.")
        return cleaned
