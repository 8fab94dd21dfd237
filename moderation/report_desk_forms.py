"""What the pages about reports and notices read from a moderator's request."""

import math
import re

from django import forms

from comments.confusables import has_visible
from moderation.forms import MOST_KEY, MOST_VERSION, KeyField, SeenForm
from moderation.models import IllegalContentNotice
from moderation.noticed import MOST_CONTENTS
from moderation.reader_forms import SaidField

PLACE = re.compile(r"(-?\d{1,12}(?:\.\d{1,20})?(?:e[+-]?\d{1,3})?)_(\d{1,18})", re.ASCII)
TICKED = re.compile(r"(\d{1,18}):(\d{1,10})", re.ASCII)


class ReportsFilter(forms.Form):
    """Where a page of the reported comments begins: behind an urgency and a comment's number."""

    after = forms.CharField(required=False, max_length=60)

    def clean_after(self) -> tuple[float, int] | None:
        raw = self.cleaned_data["after"]
        if not raw:
            return None
        match = PLACE.fullmatch(raw)
        if not match or not math.isfinite(float(match[1])):
            raise forms.ValidationError("This is no place in the list.")
        return float(match[1]), int(match[2])


class DismissForm(SeenForm):
    """The version of the comment that the moderator saw, and the newest of the reports."""

    last = forms.IntegerField(min_value=1, max_value=MOST_KEY)


class NoticesFilter(forms.Form):
    """Which notices, and where the page begins or ends."""

    tab = forms.ChoiceField(choices=IllegalContentNotice.State.choices, required=False)
    after = KeyField()
    before = KeyField()

    def clean_tab(self) -> str:
        return self.cleaned_data["tab"] or IllegalContentNotice.State.OPEN.value


class TickedField(forms.Field):
    """Ticked comments, each as "number:version"; becomes a dictionary from number to version."""

    widget = forms.SelectMultiple

    def to_python(self, value: object) -> dict[int, int]:
        found = [TICKED.fullmatch(each) for each in (value or [])]
        if len(found) > MOST_CONTENTS or not all(found):
            raise forms.ValidationError("This could not be read; please tick again.")
        ticked = {int(match[1]): int(match[2]) for match in found}
        if any(version > MOST_VERSION for version in ticked.values()):
            raise forms.ValidationError("This could not be read; please tick again.")
        return ticked


class AnswerForm(forms.Form):
    """What becomes of a notice, and the answer to who sent it."""

    outcome = forms.ChoiceField(
        choices=IllegalContentNotice.Outcome.choices, error_messages={"required": "Choose what becomes of it."}
    )
    remove = TickedField(required=False)
    answer = SaidField(
        max_length=2000, error_messages={"required": "Write an answer: who sent the notice is owed the reasons."}
    )

    def __init__(self, *args, removable: bool = False, **kwargs) -> None:
        """`removable` says that there is a comment of the notice that could be taken off the site."""
        super().__init__(*args, **kwargs)
        self.removable = removable

    def clean_answer(self) -> str:
        if not has_visible(self.cleaned_data["answer"]):
            raise forms.ValidationError("Write an answer: who sent the notice is owed the reasons.")
        return self.cleaned_data["answer"]

    def clean(self) -> dict:
        cleaned = super().clean()
        removes = cleaned.get("outcome") == IllegalContentNotice.Outcome.REMOVED
        if removes and self.removable and cleaned.get("remove") == {}:
            self.add_error("outcome", "Tick what is to be taken off the site, or choose “No action”.")
        return cleaned
