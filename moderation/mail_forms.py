"""What moderators want by mail, and what they answer to one."""

from django import forms

from moderation.forms import VERBS, A, ReasonedForm
from moderation.models import DeskMail

#: What a link in a mail can do to a comment that waits: all of it can be undone on the desk.
MAIL_ACTIONS = (A.APPROVE, A.REJECT, A.SPAM)


class DeskMailForm(forms.ModelForm):
    """How often the digest comes."""

    class Meta:
        model = DeskMail
        fields = ["interval", "hours"]
        labels = {"interval": "The digest comes", "hours": "How many hours are too long"}
        widgets = {"interval": forms.RadioSelect}


class MailDecisionForm(ReasonedForm):
    """One act about the comment of the link; its version stands in the link."""

    action = forms.ChoiceField(choices=[(action.value, VERBS[action]) for action in MAIL_ACTIONS])
