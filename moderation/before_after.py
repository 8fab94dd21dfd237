"""One decision with all that belongs to it: the state before and after, what readers saw, and what led to it."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format

from blog.differences import Row, compare
from blog.models import User
from comments.models import Comment
from moderation import findings, verification
from moderation.findings import Findings
from moderation.histories import Screening, screening_of
from moderation.log import reason_label
from moderation.models import Decision, Signal

STATUS = Comment.Status
NONE = "none"


@dataclass(frozen=True, slots=True)
class Line:
    """One thing about a comment, in words, before and after."""

    label: str
    before: str
    after: str

    @property
    def changed(self) -> bool:
        return self.before != self.after


@dataclass(frozen=True, slots=True)
class Shown:
    """What readers could see of the text, in a sentence, and the text or how it differs."""

    says: str
    text: str = ""
    changes: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True)
class BeforeAfter:
    """A decision as its page shows it. `fault` says what is wrong with its row in the ledger now, if anything is."""

    decision: Decision
    lines: list[Line]
    shown: Shown
    signals: Findings  # as the decision recorded them, without words
    screening: Screening | None
    previous: int | None
    next: int | None
    fault: str


def before_after(number: int) -> BeforeAfter | None:
    """Everything about one decision, in a number of queries that does not grow. None if there is no such decision."""
    related = ("comment__post", "words", "review", "reverses", "reversed_by")
    decision = Decision.objects.filter(pk=number).select_related(*related).first()
    if decision is None:
        return None
    bodies = dict(decision.comment.revisions.filter(number__in=_numbers(decision)).values_list("number", "body"))
    same = Decision.objects.filter(comment=decision.comment_id)
    review = decision.review
    return BeforeAfter(
        decision=decision,
        lines=_lines(decision),
        shown=_shown(decision, bodies),
        signals=findings.of_review(review, [Signal(code=code, weight=weight) for code, weight in decision.signals]),
        screening=screening_of(review, bodies.get(review.revision, "")) if review else None,
        previous=same.filter(pk__lt=number).order_by("-pk").values_list("pk", flat=True).first(),
        next=same.filter(pk__gt=number).order_by("pk").values_list("pk", flat=True).first(),
        fault=verification.now_and_here(number),
    )


def _numbers(decision: Decision) -> set[int]:
    """The revisions that the page may show."""
    states = (decision.before, decision.after)
    numbers = {state[name] for state in states for name in ("revision", "proposed_revision")} | {decision.revision}
    return (numbers | ({decision.review.revision} if decision.review else set())) - {None}


def _lines(decision: Decision) -> list[Line]:
    before, after = decision.before, decision.after
    people = _people(before, after)
    words = {
        "Status": lambda state: STATUS(state["status"]).label,
        "Text": lambda state: f"revision {state['revision']}",
        "Edit that waits": lambda state: (
            f"revision {state['proposed_revision']}" if state["proposed_revision"] else NONE
        ),
        "Reason": lambda state: reason_label(state["reason"]) if state["reason"] else NONE,
        "Looked at by": lambda state: people.get(state["reviewed_by_id"], NONE),
        "Looked at": lambda state: _moment(state["reviewed_at"]),
        "First public": lambda state: _moment(state["published_at"]),
        "Edited": lambda state: _moment(state["edited_at"]),
    }
    lines = [Line(label, word(before), word(after)) for label, word in words.items()]
    return [*lines, Line("Version", str(decision.from_version), str(decision.to_version))]


def _people(*states: dict) -> dict[int, str]:
    numbers = {state["reviewed_by_id"] for state in states} - {None}
    names = {user.pk: str(user) for user in User.objects.filter(pk__in=numbers)}
    return {number: names.get(number, f"account {number}, deleted since") for number in numbers}


def _moment(text: str | None) -> str:
    return date_format(timezone.localtime(datetime.fromisoformat(text)), "j F Y, H:i:s") if text else NONE


def _shown(decision: Decision, bodies: dict[int, str]) -> Shown:
    if decision.comment.status == STATUS.ERASED:
        return Shown("The text was erased. That somebody decided, and what, stays.")
    saw, sees = _public(decision.before), _public(decision.after)
    had, has = _newest(decision.before), _newest(decision.after)
    if saw and sees and saw != sees:
        return Shown(
            "Readers saw another text before than after:",
            changes=tuple(compare(bodies.get(saw, ""), bodies.get(sees, ""))),
        )
    if had != has and decision.action == Decision.Action.EDIT:
        kept = "Readers went on seeing the old one" if saw else "Readers saw nothing of it"
        changes = tuple(compare(bodies.get(had, ""), bodies.get(has, "")))
        return Shown(f"Its author changed the text. {kept}:", changes=changes)
    if saw and sees:
        return Shown("Readers saw this text before and after:", bodies.get(sees, ""))
    if sees:
        return Shown("Readers saw nothing before, and this text after:", bodies.get(sees, ""))
    if saw:
        return Shown("Readers saw this text before, and nothing after:", bodies.get(saw, ""))
    return Shown("Readers saw nothing before or after. This text was judged:", bodies.get(decision.revision, ""))


def _public(state: dict) -> int | None:
    return state["revision"] if state["status"] == STATUS.PUBLISHED else None


def _newest(state: dict) -> int:
    return state["proposed_revision"] or state["revision"]
