"""What the desk reads from requests about rules."""

from django import forms
from django.core.exceptions import ValidationError

from comments.confusables import SURROGATE, UNPRINTABLE, has_visible
from comments.normalise import fold
from moderation.filters.patterns import PatternRefused, check
from moderation.forms import KeyField, PlainTextField
from moderation.models import Rule

FOLDED = frozenset({Rule.Kind.WORD, Rule.Kind.DOMAIN, Rule.Kind.ADDRESS})
DAYS = (("7", "7 days"), ("30", "30 days"), ("90", "90 days"), ("all", "everything"))


class RuleFilter(forms.Form):
    """The query string of the list."""

    state = forms.ChoiceField(choices=Rule.State, required=False)
    q = PlainTextField(required=False, max_length=100)
    after = KeyField()
    before = KeyField()

    def clean_state(self) -> str:
        return self.cleaned_data["state"] or Rule.State.ON.value


class ReplayForm(forms.Form):
    """How far back a replay goes; nothing to go on with the one that is there."""

    days = forms.ChoiceField(choices=[("", ""), *DAYS], required=False)

    @property
    def anew(self) -> bool:
        return bool(self.cleaned_data["days"])

    @property
    def far_back(self) -> int | None:
        """In days; None for everything."""
        days = self.cleaned_data["days"] or "30"
        return int(days) if days.isdigit() else None


class RuleForm(forms.Form):
    """A rule whose text is stored as it is matched: trimmed, and in small letters where case means nothing."""

    kind = forms.ChoiceField(choices=Rule.Kind)
    text = forms.CharField(max_length=200)
    effect = forms.ChoiceField(choices=Rule.Effect, initial=Rule.Effect.HOLD)
    note = PlainTextField(max_length=200, error_messages={"required": "Say in a few words why this rule is needed."})

    def __init__(self, *args, like: Rule | None = None, **kwargs) -> None:
        """`like` is the rule that this one is written after, and replaces if that one was ever in force."""
        super().__init__(*args, **kwargs)
        self.like = like

    def clean_text(self) -> str:
        text = self.cleaned_data["text"]
        if UNPRINTABLE.search(text) or SURROGATE.search(text):
            raise ValidationError("This has a control character in it; please type it again.")
        # Two spaces mean two spaces in a pattern.
        return text if self.data.get("kind") == Rule.Kind.PATTERN else " ".join(text.split())

    def clean(self) -> dict:
        cleaned = super().clean()
        kind, text = cleaned.get("kind"), cleaned.get("text")
        if not kind or not text:
            return cleaned
        if kind in FOLDED:
            cleaned["text"] = text = text.casefold()
        refusal = _refusal(kind, text)
        if refusal:
            self.add_error("text", refusal)
            return cleaned
        effect = cleaned.get("effect")
        if self.like and (self.like.kind, self.like.text, self.like.effect) == (kind, text, effect):
            self.add_error("text", f"Rule {self.like.pk} says just this.")
        same = Rule.objects.exclude(state=Rule.State.RETIRED).filter(kind=kind, text=text)
        found = same.exclude(pk=self.like.pk if self.like else None).first()
        if found:
            self.add_error("text", f"There is a rule with this kind and text already: rule {found.pk}.")
        return cleaned


def _refusal(kind: str, text: str) -> str:
    """Why no rule can have this text; "" where one can."""
    if kind == Rule.Kind.PATTERN:
        try:
            check(text)
        except PatternRefused as refused:
            return str(refused)
        return ""
    if len(text) > Rule._meta.get_field("text").max_length:  # "ß" becomes "ss"
        return "This is too long."
    if kind in FOLDED and " " in text:
        return "This has a space in it; for several words choose the kind “Phrase”."
    if not has_visible(text) or not fold(text).text.strip():
        return "Nothing of this is left to look for."
    if kind == Rule.Kind.DOMAIN and not any(map(str.isalnum, text)):
        return "This is no domain; write it as in “shop.example”."
    if kind == Rule.Kind.ADDRESS and "@" not in text:
        return "This is no e-mail address; write it as in “name@shop.example”."
    return ""
