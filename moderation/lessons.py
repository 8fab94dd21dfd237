"""Lessons: which of a person's words teach the filter, written down in the transaction in which they are said.

All lessons about a comment are written while its row is locked, so no two writers meet over them. A lesson's number is
its place in the order, and nothing here needs the numbers to be committed in their order: one that turns up late, like
one that is turned, makes the learner fold again from before it.
"""

from datetime import datetime

from comments.models import Comment, Reason
from moderation.models import Check, Decision, Lesson

A, S, WHO = Decision.Action, Comment.Status, Decision.ActorKind
SPAM, HAM, UNDECIDED = "spam", "ham", "undecided"
#: Reasons for which a refused text is spam to the filter. Abuse is not: it does not look like spam, nor spam like it.
SPAM_REASONS = frozenset({Reason.SPAM, Reason.ADVERTISING, Reason.OFF_TOPIC})
TODAY = (Lesson.Source.DECISION, Lesson.Source.CHECK)
ANSWERS = {Check.Answer.PUBLISH: HAM, Check.Answer.REFUSE: SPAM}


def word_of(decision: Decision) -> str:
    """What a decision says of the text that it judged: SPAM, HAM, UNDECIDED, or "" where it says nothing.

    UNDECIDED takes back what was said of the text before, and says nothing instead. Only a person's word counts; an
    order that stands is a word about the comments that were there when it was given, not about those it meets later.
    """
    if decision.actor_kind != WHO.PERSON or decision.standing:
        return ""
    if decision.action in (A.APPROVE, A.ACCEPT_EDIT):
        return HAM
    if decision.action == A.SPAM:
        return SPAM
    if decision.action == A.NOT_SPAM:
        return HAM if decision.to_status == S.PUBLISHED else UNDECIDED
    if decision.action in (A.REJECT, A.REFUSE_EDIT):
        return SPAM if decision.reason in SPAM_REASONS else UNDECIDED
    return UNDECIDED if decision.action == A.HOLD else ""


def follow(decision: Decision, now: datetime, *, archive: str = "") -> None:
    """Write down what a decision teaches, in its transaction; at most 3 statements, and none for automation's own.

    `archive` names the archive that a decision of long ago is learned with.
    """
    if decision.action == A.UNDO:
        _turn_back(decision)
    elif word := word_of(decision):
        about = {"comment_id": decision.comment_id, "revision": decision.revision}
        source = Lesson.Source.ARCHIVE if archive else Lesson.Source.DECISION
        _say(word, about, now, source=source, archive=archive, decision=decision, turned_by=decision)


def answered(check: Check, now: datetime, *, archive: str = "") -> None:
    """Write down what the answer to a blind check teaches, in its transaction. The comment must be locked.

    `archive` as for `follow`.
    """
    if word := ANSWERS.get(check.answer):
        about = {"comment_id": check.comment_id, "revision": check.revision}
        source = Lesson.Source.ARCHIVE if archive else Lesson.Source.CHECK
        _say(word, about, now, source=source, archive=archive, blind_check=check)


def forget(comment: Comment) -> None:
    """A comment's content goes because somebody asked for it, so what only it contributed goes too.

    The features go now; the learner then folds again as if these lessons had never been.
    """
    gone = {"live": False, "forgotten": True, "features": None, "features_version": None, "turned_by": None}
    Lesson.objects.filter(comment=comment).update(**gone)


def _say(word: str, about: dict, now: datetime, **said: object) -> None:
    """The newest word about a text is the one that counts; the same again adds nothing."""
    former = Lesson.objects.filter(**about, live=True)
    turned_by = said.get("turned_by")
    if word == UNDECIDED:
        former.update(live=False, turned_by=turned_by)
        return
    stands = former.values_list("pk", "spam", "source").first()
    # What an archive says is learned only in part, so a person's word of today is written down beside it.
    if stands and stands[1] == (word == SPAM) and stands[2] in (said["source"], *TODAY):
        return
    if stands:
        former.update(live=False, turned_by=turned_by)
    Lesson.objects.create(**about, spam=word == SPAM, created_at=now, **said)


def _turn_back(undo: Decision) -> None:
    """What the undone decision turned off is turned on, and the other way round; so an undo undone is exact.

    In this order, because of one text only one lesson may be live.
    """
    turned = Lesson.objects.filter(comment=undo.comment_id, turned_by=undo.reverses_id)
    turned.filter(live=True).update(live=False, turned_by=undo)
    turned.filter(live=False, forgotten=False).update(live=True, turned_by=undo)
