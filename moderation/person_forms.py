"""The words of requests about people: what is held against them, what is lifted, what is noted down."""

from datetime import datetime, timedelta

from django import forms

from comments.models import Reason
from moderation.forms import NO_REASON, KeyField, PlainTextField
from moderation.models import Decision, Sanction

DAYS = (("", "Choose"), ("1", "One day"), ("7", "One week"), ("30", "30 days"), ("90", "90 days"), ("365", "One year"))
CLEANUPS = (
    ("", "Leave their comments"),
    ("1", "of the last day"),
    ("7", "of the last 7 days"),
    ("30", "of the last 30 days"),
)
MOST_WORDS = 1000


class SanctionForm(forms.Form):
    """One measure. `days` is for a suspension; `cleanup_days` and `cleanup` for a ban."""

    kind = forms.ChoiceField(
        choices=[("", "Choose"), *Sanction.Kind.choices], error_messages={"required": "Choose what holds."}
    )
    days = forms.ChoiceField(choices=DAYS, required=False)
    reason = forms.ChoiceField(
        choices=[NO_REASON, *Reason.choices], error_messages={"required": "Choose a reason; the person will see it."}
    )
    message = PlainTextField(max_length=MOST_WORDS, required=False)
    private = PlainTextField(max_length=MOST_WORDS, required=False)
    cleanup_days = forms.ChoiceField(choices=CLEANUPS, required=False)
    cleanup = forms.ChoiceField(
        choices=[(Decision.Action.SPAM.value, "Spam"), (Decision.Action.REJECT.value, "Reject")], required=False
    )
    comment = KeyField()

    def clean(self) -> dict:
        """The domain asks for the same; asking here shows it beside the field."""
        cleaned = super().clean()
        if cleaned.get("kind") == Sanction.Kind.SUSPEND and "days" in cleaned and not cleaned["days"]:
            self.add_error("days", "Say for how long.")
        if cleaned.get("reason") == Reason.OTHER and not cleaned.get("message", "").strip():
            self.add_error("message", "Say to the person in a few words what the other reason is.")
        return cleaned

    def until(self, now: datetime) -> datetime | None:
        days = self.cleaned_data["days"]
        return now + timedelta(days=int(days)) if days and self.cleaned_data["kind"] == Sanction.Kind.SUSPEND else None


class PeopleFilter(forms.Form):
    """The query string of the list of sanctions."""

    tab = forms.ChoiceField(choices=[("now", "now"), ("over", "over")], required=False)
    after = KeyField()
    before = KeyField()

    def clean_tab(self) -> str:
        return self.cleaned_data["tab"] or "now"


class LiftForm(forms.Form):
    """Ending a measure; with a ban, putting back what its clean-up put away."""

    undo_cleanup = forms.BooleanField(required=False)


class NoteForm(forms.Form):
    """A note for the other moderators."""

    text = PlainTextField(max_length=2000, error_messages={"required": "The note is empty."})
    comment = KeyField()
