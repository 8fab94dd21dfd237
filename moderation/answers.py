"""All that the private page tells a comment's author: why, what holds against them, and what came of asking again."""

from dataclasses import dataclass
from datetime import datetime

from django.forms import Form
from django.urls import reverse

from comments.gate import Barred
from comments.house_rules import RULES, HouseRule
from comments.models import Comment, Reason, Sender
from moderation import sanctions
from moderation.appeals import APPEALABLE
from moderation.models import Appeal, Sanction
from moderation.statements import Statement, statement_of

MOST = 20
LONGEST = 20_000  # characters of a sent text that are given back


@dataclass(frozen=True, slots=True)
class Ask:
    """A form for asking again: `field` and `number` say about what; what was sent stands in it after an error."""

    field: str
    number: int
    text: str = ""
    errors: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        return f"{self.field}-{self.number}"


@dataclass(frozen=True, slots=True)
class Held:
    """One sanction in the words that are for the person. `code` is its kind, `ask` None where nothing can be asked."""

    id: int
    code: str
    says: str
    reason: str
    rule: HouseRule | None
    until: datetime | None
    message: str
    at: datetime
    ask: Ask | None


@dataclass(frozen=True, slots=True)
class Answer:
    """`ask` is about the decision; `kept` a text that was sent and for which there is no form any more."""

    statement: Statement | None
    ask: Ask | None
    held: tuple[Held, ...]
    appeals: tuple[Appeal, ...]
    kept: str

    @property
    def warned(self) -> bool:
        """Whether there is a warning to acknowledge."""
        return any(one.code == Sanction.Kind.WARN for one in self.held)


SAYS = {
    Sanction.Kind.WARN: "This is a warning. Nothing else follows from it now.",
    Sanction.Kind.HOLD_ALWAYS: "A person looks at every comment of yours before it is shown.",
    Sanction.Kind.SUSPEND: "For some time no comments are taken from you.",
    Sanction.Kind.BAN: "No comments are taken from you any more.",
}
OF_NETWORK = {
    Sanction.Kind.HOLD_ALWAYS: "A person looks at every comment from the network that this one came from.",
    Sanction.Kind.SUSPEND: "For some time no comments are taken from the network that this one came from.",
    Sanction.Kind.BAN: "No comments are taken from the network that this one came from.",
}


def answer_to(comment: Comment, sent: Form | None, now: datetime) -> Answer:
    """What the author of this comment is told, in a bounded number of rows. `sent` is an appeal that had errors."""
    statement = statement_of(comment)
    appeals = tuple(Appeal.objects.filter(comment=comment).select_related("decision", "sanction").order_by("pk")[:MOST])
    asked = {appeal.decision_id for appeal in appeals}
    decision = statement.decision if statement and statement.decision.action in APPEALABLE else None
    ask = _ask("decision", decision.pk, sent) if decision and decision.pk not in asked else None
    found = tuple(held(one, sent) for one in sanctions.concerning(comment, now))
    text = str(sent["body"].value() or "")[:LONGEST] if sent else ""
    placed = any(one and one.text for one in [ask, *(one.ask for one in found)])
    return Answer(statement, ask, found, appeals, "" if placed else text)


def told_at_the_door(sender: Sender | None, network: str, now: datetime) -> tuple[list[Held], Barred | None, str]:
    """For the writing page: unread warnings, what shuts this browser out, and where to say that they were read."""
    barred = sanctions.refusal_for(user=None, sender=sender, network=network, now=now)
    warnings = sanctions.unread_warnings(sender) if sender else []
    page = sanctions.page_of(sender, warnings[0].comment) if warnings else None
    return (
        [held(one) for one in warnings],
        barred,
        reverse("appeals:understood", args=[page.capability]) if page else "",
    )


def held(sanction: Sanction, sent: Form | None = None) -> Held:
    """A sanction in words. What a moderator wrote for colleagues is not among them, nor who they are."""
    asked = sanction.kind == Sanction.Kind.WARN or hasattr(sanction, "appeal")
    return Held(
        id=sanction.pk,
        code=sanction.kind,
        says=(OF_NETWORK if sanction.network else SAYS)[sanction.kind],
        reason="Another reason" if sanction.reason == Reason.OTHER else sanction.get_reason_display(),
        rule=RULES.get(sanction.reason),
        until=sanction.until,
        message=sanction.message,
        at=sanction.made_at,
        ask=None if asked else _ask("sanction", sanction.pk, sent),
    )


def _ask(field: str, number: int, sent: Form | None) -> Ask:
    if sent is None or sent.data.get(field) != str(number):
        return Ask(field, number)
    errors = tuple(str(error) for errors in sent.errors.values() for error in errors)
    return Ask(field, number, str(sent["body"].value() or "")[:LONGEST], errors)
