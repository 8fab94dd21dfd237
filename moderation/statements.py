"""The statement of reasons: what was done to a comment, why, by what means, and how to ask again, as plain texts.

Its fields are those of Article 17(3) of the EU's Digital Services Act, in its order. It is for the comment's author:
it never holds a moderator's name, the note for the log, the weight of a signal, or anything about another reader.
"""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from comments.house_rules import RULES, HouseRule
from comments.models import Comment, Reason
from moderation.models import Decision, Report, Review
from moderation.prevailing import prevailing

A, WHO, S = Decision.Action, Decision.ActorKind, Comment.Status
RESTRICTS = frozenset({A.REJECT, A.SPAM, A.HOLD, A.REFUSE_EDIT})
#: What the findings of each family of filters are about, without what exactly was found.
LOOKED_AT = {
    "rule": "words or addresses that this site does not take",
    "links": "its links",
    "markup": "its links",
    "name": "the name that it is signed with",
    "alike": "nearly the same text having been sent before",
    "form": "the way in which the form was filled in",
    "history": "earlier decisions about comments from the same browser",
    "shape": "the shape of the text and characters that disguise it",
    "relevance": "whether it speaks of the post",
    "learned": "what a filter saw that learns from what moderators decide",
}


@dataclass(frozen=True, slots=True)
class Statement:
    """Everything in words, for the template to place.

    Attributes:
        done: (a) what was done; `where` and `how_long` its reach and duration.
        circumstances: (b) facts relied on, and whether a notice or our own looking through led to it.
        automated: (c) what machines had to do with finding and with deciding.
        rule: (d) or (e) the rule behind it, which says itself whether it is about the law; None if none was named.
        by: who kind decided; a person has no name here.
        message: what the person who decided wrote to the author.
    """

    decision: Decision
    done: str
    where: str
    how_long: str
    reason: str
    rule: HouseRule | None
    circumstances: tuple[str, ...]
    automated: tuple[str, ...]
    by: str
    at: datetime
    message: str


def statement_of(comment: Comment) -> Statement | None:
    """The statement about what keeps a comment, or an edit of it, from being read; None where nothing does."""
    decision = prevailing(comment).decision
    if decision is None or not restricts(decision, comment):
        return None
    code = Reason.SPAM if decision.action == A.SPAM else decision.reason
    return Statement(
        decision=decision,
        done=_done(decision),
        where="Everywhere on this site, for readers in all countries.",
        how_long=_how_long(decision),
        reason=_reason(code),
        rule=RULES.get(code),
        circumstances=_circumstances(comment, decision),
        automated=_automated(comment, decision),
        by=_by(decision),
        at=decision.created_at,
        message=decision.message,
    )


def restricts(decision: Decision, comment: Comment) -> bool:
    """Whether this decision still keeps readers from the comment, or from its edit."""
    if decision.action == A.REFUSE_EDIT:
        return comment.status == S.PUBLISHED and comment.proposed_revision is None
    return decision.action in RESTRICTS and comment.status == decision.to_status


def _done(decision: Decision) -> str:
    return {
        A.REJECT: "Your comment is not shown to readers.",
        A.SPAM: "Your comment is filed as spam and not shown to readers.",
        A.HOLD: "Your comment was taken off the page until somebody has looked at it again.",
        A.REFUSE_EDIT: "Your change was not taken over. The text that stood there before stays.",
    }[decision.action]


def _how_long(decision: Decision) -> str:
    if decision.action == A.SPAM:
        days = settings.SPAM_RETENTION_DAYS
        return f"Until somebody decides otherwise. Spam is erased after {days} days; an open appeal stops that."
    if decision.action == A.HOLD:
        return "Until somebody has looked at it."
    return "For good, unless somebody decides otherwise."


def _reason(code: str) -> str:
    if code == Reason.OTHER:
        return "Another reason"
    return Reason(code).label if code in Reason.values else ""


def _by(decision: Decision) -> str:
    if decision.actor_kind == WHO.PERSON:
        return "A person of this site’s team"
    return f"This site’s automation, under the rule named {decision.actor_name}"


def _circumstances(comment: Comment, decision: Decision) -> tuple[str, ...]:
    relied = "The text of your comment, its name and website as you typed them, and the place where it stands."
    if decision.actor_kind == WHO.SYSTEM:
        found = _found(decision)
        relied = f"What automation found: {found}." if found else "What automation found."
    if decision.standing:
        relied += " The comment is like others that a person had decided about."
    return relied, _led_to_it(comment, decision)


def _found(decision: Decision) -> str:
    families = [str(code).partition("_")[0] for code, weight in decision.signals if weight > 0]
    return ", ".join(dict.fromkeys(LOOKED_AT[family] for family in families if family in LOOKED_AT))


def _led_to_it(comment: Comment, decision: Decision) -> str:
    if reported(comment, decision):
        return "Readers had reported the comment; who they are is not told."
    return "Nobody had to report it: we look through comments on our own initiative."


def reported(comment: Comment, decision: Decision) -> bool:
    """Whether a reader had complained before it was decided about, and was not told to be wrong."""
    complaints = Report.objects.filter(comment=comment, created_at__lte=decision.created_at)
    return complaints.exclude(state=Report.State.DISMISSED).exists()


def _automated(comment: Comment, decision: Decision) -> tuple[str, ...]:
    review = decision.review or _review(comment, decision)
    if review is None:
        finding = "No automation was used to find it."
    elif review.outcome == Review.Outcome.PUBLISH:
        finding = f"Automation ({review.policy}) looks at every comment, and found nothing against yours."
    else:
        finding = f"Automation ({review.policy}) looks at every comment, and set yours aside for a person."
        if decision.actor_kind == WHO.SYSTEM:
            finding = f"Automation ({review.policy}) looks at every comment, and picked out yours."
    if decision.actor_kind == WHO.SYSTEM:
        return finding, "The decision was made by automation. A person decides about an appeal."
    return finding, "The decision was made by a person, not by automation."


def _review(comment: Comment, decision: Decision) -> Review | None:
    return Review.objects.filter(comment=comment, created_at__lte=decision.created_at).order_by("-pk").first()
