"""What the desk reads from a request: filters of its lists, and decisions. Nothing else of a request is used."""

import uuid
from datetime import date

from django import forms
from django.core.validators import RegexValidator

from comments.confusables import SURROGATE, UNPRINTABLE
from comments.models import Reason
from moderation.models import Decision
from moderation.pages import MOST_KEY, Key, NoKey, read_key, write_key

MOST_VERSION = 2**31 - 1
A = Decision.Action
#: What a moderator does from the queue; erasing has a page of its own.
QUEUE_ACTIONS = (A.APPROVE, A.REJECT, A.SPAM, A.NOT_SPAM, A.HOLD, A.ACCEPT_EDIT, A.REFUSE_EDIT)
VERBS = {
    A.APPROVE: "Approve",
    A.REJECT: "Reject",
    A.SPAM: "Spam",
    A.NOT_SPAM: "Not spam",
    A.HOLD: "Hold",
    A.ACCEPT_EDIT: "Accept the edit",
    A.REFUSE_EDIT: "Refuse the edit",
    A.ERASE: "Erase",
}
ORDERS = ("urgent", "oldest")
NO_REASON = ("", "Choose a reason")


class PlainTextField(forms.CharField):
    """Text without characters that a database or a page cannot carry."""

    def to_python(self, value: object) -> str:
        # Surrogates reach no driver: both databases fail on them with an error that nobody handles.
        return UNPRINTABLE.sub("", SURROGATE.sub("\N{REPLACEMENT CHARACTER}", super().to_python(value)))


class KeyField(forms.IntegerField):
    """A row's number, or nothing."""

    def __init__(self, **kwargs) -> None:
        super().__init__(min_value=1, max_value=MOST_KEY, **{"required": False, **kwargs})


class PageKeyField(forms.CharField):
    """Where a page begins or ends, as `pages.write_key` writes it, or nothing."""

    def __init__(self, **kwargs) -> None:
        super().__init__(strip=False, **{"required": False, **kwargs})

    def to_python(self, value: object) -> Key | None:
        try:
            return read_key(text) if (text := super().to_python(value)) else None
        except NoKey:
            raise forms.ValidationError("This is no place in the list.") from None

    def run_validators(self, value: object) -> None:
        """Whatever was read is a key: there is nothing more to check, and a key is no text."""


class QueueFilter(forms.Form):
    """The query string of the queue: tab, order, search, filters, the item in focus, where the page begins or ends."""

    tab = forms.ChoiceField(
        choices=[(code, code) for code in ("pending", "spam", "rejected", "published", "all")], required=False
    )
    order = forms.ChoiceField(choices=[(code, code) for code in ORDERS], required=False)
    q = PlainTextField(required=False, max_length=100)
    links = forms.BooleanField(required=False)
    post = KeyField()
    signal = forms.CharField(required=False, validators=[RegexValidator(r"\A[a-z0-9_]{1,40}\Z")])
    sender = KeyField()
    card = KeyField()
    network = KeyField()
    after = PageKeyField()
    before = PageKeyField()
    focus = KeyField()

    def clean_tab(self) -> str:
        return self.cleaned_data["tab"] or "pending"

    def clean_order(self) -> str:
        return self.cleaned_data["order"] or ORDERS[0]

    def clean(self) -> dict:
        """A place in one order is none in the other."""
        cleaned = super().clean()
        pairs = by_urgency(cleaned) if cleaned.keys() >= {"tab", "order"} else None
        for name in ("after", "before"):
            if cleaned.get(name) is not None and isinstance(cleaned[name], tuple) != pairs:
                self.add_error(name, "This is no place in the list.")
        return cleaned


def by_urgency(chosen: dict) -> bool:
    """Whether the list goes by urgency; what was decided stands newest first."""
    return chosen["tab"] == "pending" and chosen["order"] == ORDERS[0]


class SeenForm(forms.Form):
    """The version of the comment that the moderator looked at."""

    seen = forms.IntegerField(min_value=1, max_value=MOST_VERSION, widget=forms.HiddenInput)


class ReasonedForm(forms.Form):
    """One act with its reason, a message to the comment's author, and a note for the log alone."""

    action = forms.ChoiceField(choices=[(action.value, VERBS[action]) for action in QUEUE_ACTIONS])
    reason = forms.ChoiceField(choices=[NO_REASON, *Reason.choices], required=False)
    message = PlainTextField(
        max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2, "maxlength": 1000, "dir": "auto"})
    )
    note = PlainTextField(
        max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2, "maxlength": 1000, "dir": "auto"})
    )

    def clean(self) -> dict:
        """The door asks for the same; asking here shows it beside the field, before anything is tried."""
        cleaned = super().clean()
        if cleaned.get("action") == A.REJECT and "reason" in cleaned:
            if not cleaned["reason"]:
                self.add_error("reason", "Choose a reason; the author of the comment will see it.")
            elif cleaned["reason"] == Reason.OTHER and not (cleaned.get("message") or cleaned.get("note")):
                self.add_error("message", "Say in a few words what the other reason is.")
            elif cleaned["reason"] == Reason.ILLEGAL and not cleaned.get("message"):
                self.add_error("message", "Say which law forbids it and why; its author is owed that.")
        return cleaned


class DecisionForm(SeenForm, ReasonedForm):
    """One act about one comment."""


class BatchForm(ReasonedForm):
    """One act about the ticked comments."""


def _sensible(day: date) -> None:
    if not 1970 <= day.year <= 2200:
        raise forms.ValidationError("Choose a year from 1970 to 2200.")


class DayInput(forms.DateInput):
    """The browser's field for a day; what is none is not put back into it, because HTML allows only days there."""

    input_type = "date"

    def format_value(self, value: object) -> str | None:
        try:
            return date.fromisoformat(str(value)).isoformat()
        except ValueError:
            return None


class LogFilter(forms.Form):
    """The query string of the log."""

    who = forms.CharField(
        required=False,
        label="Who",
        validators=[RegexValidator(r"\A(?:system|sender|[0-9]{1,18})\Z")],
        widget=forms.Select,
    )
    action = forms.ChoiceField(required=False, label="What", choices=[("", "Anything"), *A.choices])
    reason = forms.ChoiceField(required=False, label="Reason", choices=[("", "Any"), *Reason.choices])
    since = forms.DateField(required=False, label="From", validators=[_sensible], widget=DayInput)
    until = forms.DateField(required=False, label="To", validators=[_sensible], widget=DayInput)
    post = KeyField()
    comment = KeyField()
    batch = forms.UUIDField(required=False)
    after = KeyField()
    before = KeyField()

    def __init__(self, data, people: list[tuple[str, str]]) -> None:
        """`people` are the choices of `who`: a user's number, "system" or "sender", each with a name."""
        super().__init__(data)
        who = data.get("who", "")
        known = {code for code, _ in people}
        # Of a deleted account the log still knows what it did.
        gone = [(who, f"Account {who}")] if who.isascii() and who.isdigit() and who not in known else []
        self.fields["who"].widget.choices = [("", "Anybody"), *people, *gone]

    def clean(self) -> dict:
        cleaned = super().clean()
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and since > until:
            self.add_error("until", "This is before the day in “From”.")
        return cleaned


def query_of(cleaned: dict) -> dict[str, str]:
    """The words of a query string that say what a cleaned filter says."""
    return {name: _word(value) for name, value in cleaned.items() if value}


def _word(value: object) -> str:
    if isinstance(value, tuple):
        return write_key(value)
    return value.hex if isinstance(value, uuid.UUID) else str(value)
