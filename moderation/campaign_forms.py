"""What the pages of campaigns read from a request."""

from django import forms

from moderation.batch_forms import HorizonForm
from moderation.forms import VERBS, A, KeyField, PlainTextField, ReasonedForm

ACTIONS = (A.SPAM, A.REJECT, A.APPROVE)


class CardsForm(forms.Form):
    """The query string of the list: which cards come first, and whether decided ones are shown too."""

    order = forms.ChoiceField(choices=[("largest", "Largest"), ("latest", "Latest")], required=False)
    all = forms.BooleanField(required=False)

    def clean_order(self) -> str:
        return self.cleaned_data["order"] or "largest"


class MembersForm(forms.Form):
    """The query string of a card: where its page of members begins or ends."""

    after = KeyField()
    before = KeyField()


class CampaignForm(HorizonForm, ReasonedForm):
    """One act about all members of a card."""

    action = forms.ChoiceField(choices=[(action.value, VERBS[action]) for action in ACTIONS])
    message = PlainTextField(
        max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2, "maxlength": 1000, "dir": "auto"})
    )
