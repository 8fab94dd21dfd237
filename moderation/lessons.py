"""Lessons: which of a person's words teach the filter, written down in the transaction in which they are said.

All lessons about a comment are written while its row is locked, so no two writers meet over them. A lesson's number is
its place in the order, and nothing here needs the numbers to be committed in their order: one that turns up late, like
one that is turned, makes the learner fold again from before it.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import OuterRef, Subquery

from blog.changing import Changing
from blog.prepared import Prepared
from blog.stored import Stored
from comments.models import Comment, Reason
from moderation.models import Check, Decision, Lesson

A, S, WHO = Decision.Action, Comment.Status, Decision.ActorKind
SPAM, HAM, UNDECIDED = "spam", "ham", "undecided"
#: Reasons for which a refused text is spam to the filter. Abuse is not: it does not look like spam, nor spam like it.
SPAM_REASONS = frozenset({Reason.SPAM, Reason.ADVERTISING, Reason.OFF_TOPIC})
TURNED_AT_ONCE = 100  # rows of a statement with a case for each: the database tries them one after the other
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


@dataclass(frozen=True, slots=True)
class Said:
    """A word about a text, and whose: `by` are the columns of a lesson that name it."""

    word: str
    comment_id: int
    revision: int
    source: str
    by: dict[str, object]


def follow(
    decisions: Iterable[Decision], now: datetime, *, archive: str = "", taught: Collection[int] | None = None
) -> None:
    """Write down what decisions teach, in their transaction; nothing for automation's own.

    `archive` names the archive that decisions of long ago are learned with. `taught` are the comments that have
    lessons, where the caller knows; no two of the decisions may be about one comment.
    """
    decisions = list(decisions)
    about = {decision.comment_id for decision in decisions}
    taught = about if taught is None else about & set(taught)
    _turn_back([one for one in decisions if one.action == A.UNDO and one.comment_id in taught])
    source = Lesson.Source.ARCHIVE if archive else Lesson.Source.DECISION
    said = [
        Said(word, one.comment_id, one.revision, source, {"archive": archive, "decision": one, "turned_by": one})
        for one in decisions
        if one.action != A.UNDO and (word := word_of(one))
    ]
    _say(said, now, taught)


def answered(check: Check, now: datetime, *, archive: str = "") -> None:
    """Write down what the answer to a blind check teaches, in its transaction. The comment must be locked.

    `archive` as for `follow`.
    """
    if word := ANSWERS.get(check.answer):
        source = Lesson.Source.ARCHIVE if archive else Lesson.Source.CHECK
        by = {"archive": archive, "blind_check": check}
        _say([Said(word, check.comment_id, check.revision, source, by)], now, {check.comment_id})


def forget(comment: Comment) -> None:
    """A comment's content goes because somebody asked for it, so what only it contributed goes too.

    The features go now; the learner then folds again as if these lessons had never been.
    """
    gone = {"live": False, "forgotten": True, "features": None, "features_version": None, "turned_by": None}
    Lesson.objects.filter(comment=comment).update(**gone)


def _say(said: list[Said], now: datetime, taught: Collection[int]) -> None:
    """The newest word about a text is the one that counts; the same again adds nothing."""
    stand = _live([one.comment_id for one in said if one.comment_id in taught])
    superseded, new = [], []
    for one in said:
        former = stand.get((one.comment_id, one.revision))
        spam = one.word == SPAM
        # What an archive says is learned only in part, so a person's word of today is written down beside it.
        if former and one.word != UNDECIDED and former.spam == spam and former.source in (one.source, *TODAY):
            continue
        if former:
            former.live, former.turned_by = False, one.by.get("turned_by")
            superseded.append(former)
        if one.word != UNDECIDED:
            new.append(
                Lesson(
                    comment_id=one.comment_id, revision=one.revision, source=one.source, spam=spam, created_at=now,
                    **one.by,
                )
            )  # fmt: skip
    # In this order, because of one text only one lesson may be live.
    if superseded:
        Lesson.objects.bulk_update(superseded, ["live", "turned_by"], batch_size=TURNED_AT_ONCE)
    _LESSONS.many(new)


_LESSONS = Stored(Lesson)


def _live(comments: list[int]) -> dict[tuple[int, int], Lesson]:
    """By comment and revision, the lesson that counts."""
    if not comments:
        return {}
    rows = Lesson.objects.filter(comment__in=comments, live=True).only("comment", "revision", "spam", "source")
    return {(row.comment_id, row.revision): row for row in rows}


def _turn_back(undos: list[Decision]) -> None:
    """What an undone decision turned off is turned on, and the other way round; so an undo undone is exact.

    In this order, because of one text only one lesson may be live.
    """
    if not undos:
        return
    kinds = _TURNED.rows({undo.reverses_id for undo in undos})
    off = [pk for pk, live, _ in kinds if live]
    on = [pk for pk, live, forgotten in kinds if not live and not forgotten]
    for ids, live in ((off, False), (on, True)):
        if ids:
            _TURNING[live].change(ids)


_TURNED = Prepared(
    Lesson, lambda by: Lesson.objects.filter(turned_by__in=by).order_by().values_list("pk", "live", "forgotten")
)


def _turning(live: bool) -> Changing:
    # A decision is reversed once: what reverses the one by which it was turned last is the undo just made.
    undo = Subquery(Decision.objects.filter(reverses=OuterRef("turned_by")).values("pk"))
    return Changing(Lesson, lambda ids: (Lesson.objects.filter(pk__in=ids), {"live": live, "turned_by": undo}))


_TURNING = {live: _turning(live) for live in (True, False)}
