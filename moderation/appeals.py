"""Asking again: the author of a comment appeals once against a decision or a sanction, and another person answers."""

from datetime import datetime

from django.db import transaction

from blog.models import User
from blog.retries import retried
from comments.models import Comment
from comments.submission import ChangeRefused
from moderation import decisions, sanctions
from moderation.actors import Actor
from moderation.models import Appeal, Decision, Sanction
from moderation.prevailing import prevailing
from moderation.statements import restricts

A, WHO, S = Decision.Action, Decision.ActorKind, Comment.Status
#: What can be appealed. What is held needs no appeal: a person looks at it anyway.
APPEALABLE = frozenset({A.REJECT, A.SPAM, A.REFUSE_EDIT})


class NothingToAppeal(ChangeRefused):
    """The decision does not hold any more, or is none that can be appealed."""


class AlreadyAppealed(ChangeRefused):
    """There is one appeal for each decision."""


class AnswerMissing(ChangeRefused):
    """Whoever appeals is owed words, not only a yes or no."""


class OwnDecision(ChangeRefused):
    """Nobody judges an appeal against their own decision while somebody else can."""


class AlreadyAnswered(ChangeRefused):
    """A colleague was faster; `appeal` is as they left it."""

    def __init__(self, appeal: Appeal) -> None:
        self.appeal = appeal
        super().__init__(f"{appeal.decided_by_name} was faster: this appeal is {appeal.get_state_display().lower()}.")


def appealable(comment: Comment) -> Decision | None:
    """The decision about this comment that its author may appeal against, asked already or not."""
    decision = prevailing(comment).decision
    return decision if decision and decision.action in APPEALABLE and restricts(decision, comment) else None


@retried
def file(
    comment_id: int, text: str, *, decision: int | None = None, sanction: int | None = None, now: datetime
) -> Appeal:
    """Ask again, as the comment's author, about the decision or the sanction with this number.

    Raises Comment.DoesNotExist, NothingToAppeal where it does not hold (any more), and AlreadyAppealed.
    """
    with transaction.atomic():
        comment = Comment.objects.select_for_update(of=("self",)).get(pk=comment_id)
        if decision is not None:
            found = appealable(comment)
            about = {"decision": found} if found and found.pk == decision else None
        else:
            held = {one.pk: one for one in sanctions.concerning(comment, now) if one.kind != Sanction.Kind.WARN}
            about = {"sanction": held[sanction]} if sanction in held else None
        if about is None:
            raise NothingToAppeal("There is nothing to ask again about: this has changed since you opened the page.")
        appeal, made = Appeal.objects.get_or_create(
            **about, defaults={"comment": comment, "text": text, "created_at": now}
        )
        if not made:
            raise AlreadyAppealed("You have asked again about this already; the answer will stand on this page.")
    return appeal


@retried
def grant(appeal_id: int, *, seen: int, actor: Actor, answer: str, now: datetime) -> Appeal:
    """Say yes: what was appealed is overturned by the one door, and the answer is written beside it.

    `seen` is the version of the comment that the moderator looked at. Raises Appeal.DoesNotExist, AlreadyAnswered,
    OwnDecision, AnswerMissing, and what `decisions.decide`, `decisions.undo` and `sanctions.end` raise.
    """
    with transaction.atomic():
        appeal = _to_answer(appeal_id, actor, answer)
        if appeal.sanction_id:
            sanctions.end(appeal.sanction_id, actor=actor, now=now)
        elif appeal.decision.action == A.REFUSE_EDIT:
            # The refused text is no proposal any more; taking the refusal back makes it one again.
            undone = decisions.undo(appeal.decision_id, seen=seen, actor=actor, now=now)
            decisions.decide(
                appeal.comment_id, A.ACCEPT_EDIT, seen=undone.to_version, actor=actor, message=answer, now=now
            )
        else:
            decisions.decide(appeal.comment_id, A.APPROVE, seen=seen, actor=actor, message=answer, now=now)
        _close(appeal, Appeal.State.GRANTED, actor, answer, now)  # where the door has not done it already
        Appeal.objects.filter(pk=appeal.pk).update(answer=answer)
        appeal.refresh_from_db()
    return appeal


@retried
def deny(appeal_id: int, *, actor: Actor, answer: str, now: datetime) -> Appeal:
    """Say no, with an answer; the comment stays as it is. Raises like `grant`."""
    with transaction.atomic():
        appeal = _to_answer(appeal_id, actor, answer)
        _close(appeal, Appeal.State.DENIED, actor, answer, now)
        appeal.refresh_from_db()
    return appeal


def colleagues(user: User) -> bool:
    """Whether anybody else could answer: an active account of the staff that may decide."""
    who = User.objects.with_perm("moderation.decide", is_active=True, backend="blog.accounts.Accounts")
    return who.filter(is_staff=True).exclude(pk=user.pk).exists()


def is_own(appeal: Appeal, user: User) -> bool:
    """Whether this account made what the appeal is about. What automation did is nobody's own."""
    if appeal.sanction_id:
        return appeal.sanction.made_by_id == user.pk
    return appeal.decision.actor_kind == WHO.PERSON and appeal.decision.actor_id == user.pk


def _to_answer(appeal_id: int, actor: Actor, answer: str) -> Appeal:
    """The appeal, if this person may answer it now. The comment is locked first, in the order of the door."""
    decisions.check(actor, A.UNDO)
    if not answer.strip():
        raise AnswerMissing("Write an answer; whoever asked will read it.")
    comment_id = Appeal.objects.values_list("comment", flat=True).get(pk=appeal_id)
    Comment.objects.select_for_update(of=("self",)).get(pk=comment_id)
    appeal = Appeal.objects.select_related("decision", "sanction").get(pk=appeal_id)
    if not appeal.is_open:
        raise AlreadyAnswered(appeal)
    if is_own(appeal, actor.user) and colleagues(actor.user):
        what = "imposed this" if appeal.sanction_id else "made this decision"
        raise OwnDecision(f"You {what} yourself. Somebody else answers the appeal; you can still undo what you did.")
    return appeal


def _close(appeal: Appeal, state: str, actor: Actor, answer: str, now: datetime) -> None:
    Appeal.objects.filter(pk=appeal.pk).close(
        state, by=actor.user, name=actor.name, answer=answer, now=now, result=None
    )
