"""Whether an act may be carried out: one set of rules, for one comment and for each of many."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Max

from comments.models import Comment, Reason
from moderation import reporting, reports
from moderation.actors import Actor
from moderation.acts import Act
from moderation.denials import Conflict, DecisionError, Impossible, NotAllowed, NothingToUndo, ReasonMissing
from moderation.models import Appeal, Decision
from moderation.transitions import WHO, A, allows, impossible

FINAL = frozenset({A.ERASE, A.WITHDRAW, A.EDIT})  # what a moderator's undo does not take back


def check(actor: Actor, action: str, reason: str = "", note: str = "") -> None:
    """Raise NotAllowed or ReasonMissing for an act that would be refused whatever the comment."""
    _check_actor(actor, action)
    if reason and reason not in Reason.values:
        raise ReasonMissing("This is not one of the reasons.")
    if action != A.REJECT:
        return
    if reason not in Reason.values:
        raise ReasonMissing("A rejection needs a reason; the author of the comment will see it.")
    if reason == Reason.OTHER and not note.strip():
        raise ReasonMissing("Say in a few words what the other reason is.")


def refusals(acts: list[Act], comments: dict[int, Comment], actor: Actor, now: datetime) -> list[DecisionError | None]:
    """For each act, in their order, why it is not possible now, or None where it is. `comments` are locked."""
    latest = latest_decisions(act.comment_id for act in acts if comments[act.comment_id].version != act.seen)
    found: list[DecisionError | None] = []
    for act in acts:
        comment = comments[act.comment_id]
        if comment.version != act.seen:
            found.append(Conflict(comment, latest.get(comment.pk)))
        elif act.reverses:
            found.append(_no_undo(act, comment))
        else:
            found.append(_refusal(act, comment, actor, now))
    return found


def latest_decisions(ids) -> dict[int, Decision]:
    """By comment, the newest Decision about it, with its words. Nothing of those about which nobody decided yet."""
    wanted = set(ids)
    if not wanted:
        return {}
    newest = Decision.objects.filter(comment__in=wanted).order_by().values("comment").annotate(last=Max("pk"))
    found = Decision.objects.filter(pk__in=newest.values("last")).select_related("words")
    return {decision.comment_id: decision for decision in found}


def _check_actor(actor: Actor, action: str) -> None:
    if actor.kind != WHO.PERSON:
        return
    permission = "moderation.erase" if action == A.ERASE else "moderation.decide"
    if actor.user is None or not actor.user.is_active or not actor.user.has_perm(permission):
        raise NotAllowed("You may not decide about comments.")


def _no_undo(act: Act, comment: Comment) -> DecisionError | None:
    # Only decisions count the version up, so the latest one led to the version that is there.
    if act.reverses.to_version != comment.version:
        return NothingToUndo("This is not the latest decision about the comment; undo the later ones first.")
    if act.reverses.action in FINAL:
        return NothingToUndo(f"“{act.reverses.get_action_display()}” cannot be undone.")
    return None


def _refusal(act: Act, comment: Comment, actor: Actor, now: datetime) -> DecisionError | None:
    if not allows(act.action, comment, actor.kind):
        return Impossible(impossible(comment, act.action))
    if actor.kind != WHO.SYSTEM:
        return None
    why = _kept_longer(comment, now) if act.action == A.ERASE else _word_in_the_way(act, comment, actor)
    return Impossible(why) if why else None


def _kept_longer(comment: Comment, now: datetime) -> str:
    """Why the machine may not erase this yet: it does not cut the retention of spam short."""
    latest = latest_decisions([comment.pk]).get(comment.pk)
    filed = latest.created_at if latest else comment.created_at
    if now < filed + timedelta(days=settings.SPAM_RETENTION_DAYS):
        return f"Spam is kept for {settings.SPAM_RETENTION_DAYS} days before it is erased."
    if Appeal.objects.open().filter(comment=comment).exists():
        return "Its author asked again, and is answered first."
    return ""


def _word_in_the_way(act: Act, comment: Comment, actor: Actor) -> str:
    """Why the machine may not act, which the table cannot say: it never takes back a person's word.

    A person's word stands until a person says another, also about a text that its author changed since: otherwise an
    edit of what a moderator took off the page would publish it again. Readers' reports are new to who approved before
    them, so they may hold what a person approved; and while one is open, the machine publishes nothing of the comment.
    """
    said = Decision.objects.filter(comment=comment, actor_kind=WHO.PERSON).order_by("-pk").first()
    if act.action == A.HOLD and actor.name.startswith(reporting.FAMILY):
        return reports.stand_in_the_way(comment, said)
    if comment.open_reports and act.action in (A.APPROVE, A.ACCEPT_EDIT):
        return "Readers reported this comment, so a person decides."
    if said and (act.action != A.ACCEPT_EDIT or said.action not in (A.APPROVE, A.ACCEPT_EDIT)):
        return f"{said.actor_name} decided about this comment, so a person decides again."
    return ""
