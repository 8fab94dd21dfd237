"""The words of requests about appeals."""

from django import forms

from moderation.forms import KeyField, PlainTextField, SeenForm

GRANT, DENY = "grant", "deny"


class AppealsFilter(forms.Form):
    """The query string of the list of appeals."""

    tab = forms.ChoiceField(choices=[("open", "open"), ("decided", "decided")], required=False)
    after = KeyField()
    before = KeyField()

    def clean_tab(self) -> str:
        return self.cleaned_data["tab"] or "open"


class AnswerForm(SeenForm):
    """Yes or no, with the words that the person reads."""

    verdict = forms.ChoiceField(
        choices=[(GRANT, "Grant"), (DENY, "Deny")], error_messages={"required": "Choose whether it is granted."}
    )
    answer = PlainTextField(
        max_length=1000, error_messages={"required": "Write an answer; whoever asked will read it."}
    )
