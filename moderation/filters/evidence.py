"""What a screening knows (`Evidence`), as facts to store and replay.

Everything here is frozen and holds only text, numbers and tuples, so that `Evidence.from_json(stored)` gives
the very evidence that was judged, and the same filters give the same signals years later.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from .context import NOWHERE, Context
from .finding import FIELDS, Field, Signal, Span, UnreadableEvidence, built
from .learned import Learned

__all__ = [
    "FIELDS",
    "MANY",
    "RULE_EFFECTS",
    "RULE_KINDS",
    "STRANGER",
    "UNHURRIED",
    "Alike",
    "Evidence",
    "Field",
    "RuleFact",
    "SenderFacts",
    "Signal",
    "Span",
    "UnreadableEvidence",
]

RuleKind = Literal["word", "phrase", "domain", "address", "pattern"]
RuleEffect = Literal["hold", "spam"]

RULE_KINDS: tuple[RuleKind, ...] = ("word", "phrase", "domain", "address", "pattern")
RULE_EFFECTS: tuple[RuleEffect, ...] = ("hold", "spam")

# Raised when a stored field changes its meaning, so that an old screening is refused instead of misread.
EVIDENCE_VERSION = 1


@dataclass(frozen=True, slots=True)
class RuleFact:
    """One entry of the blocklist as it stood when the comment was screened."""

    id: int
    kind: RuleKind
    text: str
    effect: RuleEffect

    def __post_init__(self) -> None:
        if self.kind not in RULE_KINDS or self.effect not in RULE_EFFECTS:
            raise UnreadableEvidence(f"not a rule: {self.kind!r} {self.effect!r}")

    def as_json(self) -> list[Any]:
        return [self.id, self.kind, self.text, self.effect]

    @classmethod
    def from_json(cls, data: Any) -> RuleFact:
        return built(lambda: cls(*data))


#: Comments of one kind by a sender are counted up to this: of ten thousand as fast as of ten.
MANY = 101


@dataclass(frozen=True, slots=True)
class SenderFacts:
    """What people decided about this sender before; `known` means a proven identity, never a typed name."""

    known: bool
    published: int
    refused: int
    spam: int
    pending: int

    def as_json(self) -> list[Any]:
        return [self.known, self.published, self.refused, self.spam, self.pending]

    @classmethod
    def from_json(cls, data: Any) -> SenderFacts:
        return built(lambda: cls(*data))


#: Of whom nothing is known.
STRANGER = SenderFacts(known=False, published=0, refused=0, spam=0, pending=0)
#: Seconds on the form where nobody knows them: without any, the filters would find that they are missing.
UNHURRIED = 60.0


@dataclass(frozen=True, slots=True)
class Alike:
    """An earlier comment whose text is near this one; `likeness` is 0.0 to 1.0, which is the same text."""

    comment_id: int
    status: str
    same_sender: bool
    same_post: bool
    likeness: float
    judged_by_person: bool

    def __post_init__(self) -> None:
        if not 0 <= self.likeness <= 1:
            raise UnreadableEvidence(f"not a likeness: {self.likeness!r}")

    def as_json(self) -> list[Any]:
        return [
            self.comment_id,
            self.status,
            self.same_sender,
            self.same_post,
            self.likeness,
            self.judged_by_person,
        ]

    @classmethod
    def from_json(cls, data: Any) -> Alike:
        return built(lambda: cls(*data))


@dataclass(frozen=True, slots=True)
class Evidence:
    """Everything that the filters may look at.

    Args:
        name, email, website, body: as the sender typed them, after the form's own cleaning.
        post_title: of the post commented on.
        seconds_on_form: from showing the form to sending it; None when the form's signed time is absent or
        void. honeypot: whether the field that people cannot see was filled.
        is_reply: whether the comment answers another comment.
        staff: whether the sender is logged in as staff.
        hold_always: whether a moderator wants to see everything from where this comes from. Screenings that were
            stored before there was this fact read as False.
        context: the post, the site's memory and what else arrives; empty in screenings from before there was any.
        learned: what the classifier made of it; None in screenings from before there was one.
    """

    name: str
    email: str
    website: str
    body: str
    post_title: str
    seconds_on_form: float | None
    honeypot: bool
    is_reply: bool
    staff: bool
    sender: SenderFacts
    alike: tuple[Alike, ...]
    rules: tuple[RuleFact, ...]
    hold_always: bool = False
    context: Context = NOWHERE
    learned: Learned | None = None

    @classmethod
    def of_texts(cls, body: str, *, name: str = "", website: str = "", post_title: str = "") -> Evidence:
        """What is known of a comment of which there are only texts, as in an archive.

        Nothing is held against how it was sent: a stranger's, written in a minute.
        """
        return cls(
            name=name,
            email="",
            website=website,
            body=body,
            post_title=post_title,
            seconds_on_form=UNHURRIED,
            honeypot=False,
            is_reply=False,
            staff=False,
            sender=STRANGER,
            alike=(),
            rules=(),
        )

    def as_json(self) -> dict[str, Any]:
        return {
            "version": EVIDENCE_VERSION,
            "name": self.name,
            "email": self.email,
            "website": self.website,
            "body": self.body,
            "post_title": self.post_title,
            "seconds_on_form": self.seconds_on_form,
            "honeypot": self.honeypot,
            "is_reply": self.is_reply,
            "staff": self.staff,
            "sender": self.sender.as_json(),
            "alike": [alike.as_json() for alike in self.alike],
            "rules": [rule.as_json() for rule in self.rules],
            "hold_always": self.hold_always,
            "context": self.context.as_json(),
            "learned": self.learned.as_json() if self.learned else None,
        }

    @classmethod
    def from_json(cls, data: Any) -> Evidence:
        """The evidence that `as_json` wrote.

        Raises:
            UnreadableEvidence: another version, or fields missing or misshapen.
        """
        if not isinstance(data, dict) or data.get("version") != EVIDENCE_VERSION:
            raise UnreadableEvidence("the screening was stored by another version")
        return built(
            lambda: cls(
                name=data["name"],
                email=data["email"],
                website=data["website"],
                body=data["body"],
                post_title=data["post_title"],
                seconds_on_form=data["seconds_on_form"],
                honeypot=data["honeypot"],
                is_reply=data["is_reply"],
                staff=data["staff"],
                sender=SenderFacts.from_json(data["sender"]),
                alike=tuple(Alike.from_json(alike) for alike in data["alike"]),
                rules=tuple(RuleFact.from_json(rule) for rule in data["rules"]),
                hold_always=data.get("hold_always", False),
                context=Context.from_json(data.get("context")),
                learned=Learned.from_json(data.get("learned")),
            )
        )
