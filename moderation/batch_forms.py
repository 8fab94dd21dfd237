"""What the pages of a batch read from a request."""

from django import forms

from moderation.forms import MOST_KEY, QUEUE_ACTIONS, VERBS, BatchForm, KeyField
from moderation.transitions import TRANSITIONS


class PageForm(forms.Form):
    """The query string of a batch's page: behind which of the comments left as they are the page begins."""

    item = KeyField()


class HorizonForm(forms.Form):
    """What there was when the page was shown: the newest comment, and the latest decision."""

    until = forms.IntegerField(min_value=0, max_value=MOST_KEY, widget=forms.HiddenInput)
    since = forms.IntegerField(min_value=0, max_value=MOST_KEY, widget=forms.HiddenInput)


class MatchingForm(HorizonForm, BatchForm):
    """One act about everything that a filter means, offered as far as it is possible in the filter's tab."""

    def __init__(self, tab: str, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        acts = [(action.value, VERBS[action]) for action in QUEUE_ACTIONS if _possible(action, tab)]
        self.fields["action"].choices = acts


def _possible(action: str, tab: str) -> bool:
    transition = TRANSITIONS[action]
    return tab == "all" or tab in transition.sources or (tab == "pending" and transition.edit is True)
