"""What the pages of checks and numbers read from a request."""

from django import forms

from moderation.forms import MOST_KEY, PlainTextField
from moderation.models import Check
from moderation.numbers import PERIODS


class AnswerForm(forms.Form):
    """A blind answer to one check."""

    check = forms.IntegerField(min_value=1, max_value=MOST_KEY)
    answer = forms.ChoiceField(choices=Check.Answer)


class PeriodForm(forms.Form):
    """How many days the numbers are of."""

    days = forms.TypedChoiceField(
        choices=[(str(days), days) for days in PERIODS], coerce=int, empty_value=PERIODS[0], required=False
    )


class AutomationForm(forms.Form):
    """Let a side of the automation act again, or make it hold."""

    RESUME, STEP_BACK = "resume", "step_back"
    side = forms.ChoiceField(choices=Check.Side)
    act = forms.ChoiceField(choices=[(RESUME, RESUME), (STEP_BACK, STEP_BACK)])
    why = PlainTextField(max_length=300, error_messages={"required": "Say why; it stands in the history."})
