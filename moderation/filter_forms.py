"""What the filter's page reads from a request."""

from django import forms

from moderation.numbers import PERIODS
from moderation.strictness import STRICTNESS


class FilterForm(forms.Form):
    """Of how many days the comments are, and which other setting is asked about; "" for none."""

    days = forms.TypedChoiceField(
        choices=[(str(days), days) for days in PERIODS], coerce=int, empty_value=PERIODS[0], required=False
    )
    strictness = forms.ChoiceField(choices=[(word, word) for word in STRICTNESS], required=False)
