"""The one learner: takes in what people said since it last looked, and folds again what was taken back.

It works in steps of at most 256 lessons. A step reads, computes outside of any transaction, and writes its snapshot in
a short one, in which the head must still be as it was found: whoever comes second has computed for nothing and goes
away. So a killed learner has lost a step at most, and nothing is learned twice.
"""

import hashlib
import logging
import time
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F

from moderation import checkpoints, installed_filter
from moderation.classifier.features import VERSION
from moderation.classifier.learner import Learner, UnreadableModel
from moderation.folding import MOST_ARCHIVED, Counted, Fold, Row
from moderation.lesson_features import LessonsHeld, equip
from moderation.models import LearnerHead, Lesson, Snapshot

log = logging.getLogger(__name__)
STEP = 256
TRIES, PAUSE = 10, 0.1  # of a step while decisions hold lessons of it, and seconds between two
COLUMNS = ("live", "applied", "spam", "source", "comment", "revision", "features", "features_version")
ARCHIVED = Lesson.Source.ARCHIVE


class AnotherLearner(Exception):
    """Somebody else wrote a snapshot meanwhile; what was computed here is worth nothing."""


@dataclass(frozen=True, slots=True)
class Stepped:
    """How many lessons were gone past, and whether there is nothing left."""

    lessons: int
    whole: bool


def learn(now: datetime, seconds: float = 40) -> int:
    """Bring the model to what the lessons say, for about so many seconds. Returns how many lessons were folded.

    Safe to call at any time and from several processes. What is unfinished is gone on with by the next call; until
    then the site judges by the snapshot that it has.
    """
    until, folded, tries = time.monotonic() + seconds, 0, TRIES
    while True:
        try:
            step = _step(now)
        except AnotherLearner:
            return folded
        except LessonsHeld:
            if not (tries := tries - 1):
                return folded
            time.sleep(PAUSE)
            continue
        folded += step.lessons
        if step.whole or time.monotonic() > until:
            return folded


def start_over() -> None:
    """Let the next `learn` fold all lessons from the first on. The site judges by what it has until that is done."""
    with transaction.atomic():
        # Counting on makes a learner that is at work meanwhile go away with what it made of the old ones.
        LearnerHead.objects.filter(pk=1).update(last=F("last") + 1)
        Snapshot.objects.update(sound=False)


def usable_snapshots():
    """The snapshots that the installed classifier can go on from."""
    return Snapshot.objects.filter(sound=True, prior_digest=installed_filter.prior().digest, features_version=VERSION)


def rows_of(lessons: list[Lesson]) -> list[Row]:
    """Lessons as the fold takes them; those that do not count only take their place."""
    features = equip(lesson for lesson in lessons if lesson.live)
    return [Row(lesson.pk, lesson.spam, lesson.source == ARCHIVED, features.get(lesson.pk)) for lesson in lessons]


def _step(now: datetime) -> Stepped:
    """Raises AnotherLearner and LessonsHeld."""
    head, _ = LearnerHead.objects.get_or_create(pk=1)
    base = _base()
    place = base.place if base else 0
    lessons = list(Lesson.objects.filter(pk__gt=place).order_by("pk").only(*COLUMNS)[:STEP])
    if not lessons:
        return Stepped(0, True)
    fold = _resumed(base)
    before, taken = fold.learner.lessons, 0
    for row in rows_of(lessons):
        fold.take(row)
        taken += 1
        if mark := checkpoints.mark_of(before, fold.learner.lessons):
            break
    # Who decides without a pause must not keep it from being shown: it is whole with what there was to read.
    whole = taken == len(lessons) and (taken < STEP or not Lesson.objects.filter(pk__gt=fold.place).exists())
    lessons = lessons[:taken]
    _write(head, base, fold, mark, lessons, whole, now)
    return Stepped(taken, whole)


def _base() -> Snapshot | None:
    """The newest snapshot that no change lies before: from there on everything is folded. None for the beginning."""
    usable = usable_snapshots().order_by("-place").defer("state")
    if (tip := usable.first()) is None:
        return None
    changed = Lesson.objects.changed().filter(pk__lte=tip.place)
    first = changed.order_by("pk").values_list("pk", flat=True).first()
    return tip if first is None else usable.filter(place__lt=first).first()


def _resumed(base: Snapshot | None) -> Fold:
    """The fold as it was at a snapshot, with the archived hams that wait there: those come past and not yet learned.

    Raises AnotherLearner and LessonsHeld.
    """
    if base is None:
        return Fold(Learner(installed_filter.prior()))
    counted = Counted(base.spam, base.archived_spam, base.archived_ham)
    waiting = []
    if counted.archived_ham < MOST_ARCHIVED:
        there = Lesson.objects.exclude(archive="").filter(pk__lte=base.place, source=ARCHIVED, spam=False, applied=True)
        seen = there.filter(features__isnull=False, features_version=VERSION).order_by("pk")
        found = equip(seen.only(*COLUMNS)[counted.archived_ham : MOST_ARCHIVED])
        waiting = [found[number] for number in sorted(found)]
    return Fold(_read(base), base.place, counted, waiting)


def _read(base: Snapshot) -> Learner:
    """Raises AnotherLearner: one has replaced it, or it was damaged and is not built upon by the next one."""
    state = Snapshot.objects.filter(pk=base.pk).values_list("state", flat=True).first()
    if state is None:
        raise AnotherLearner
    try:
        if hashlib.sha256(state).hexdigest() != base.digest:
            raise UnreadableModel("its digest is another one")
        return Learner.from_bytes(bytes(state), installed_filter.prior())
    except UnreadableModel:
        log.exception("Snapshot %s is damaged; the lessons in it are folded again.", base.pk)
        Snapshot.objects.filter(pk=base.pk).update(sound=False)
        raise AnotherLearner from None


def _write(
    head: LearnerHead, base: Snapshot | None, fold: Fold, mark: int | None, lessons: list, whole: bool, now: datetime
) -> None:
    state = fold.learner.to_bytes()
    snapshot = Snapshot(
        number=head.last + 1,
        place=fold.place,
        lessons=fold.learner.lessons,
        spam=fold.counted.spam,
        archived_spam=fold.counted.archived_spam,
        archived_ham=fold.counted.archived_ham,
        mark=mark,
        state=state,
        digest=hashlib.sha256(state).hexdigest(),
        prior_digest=installed_filter.prior().digest,
        features_version=VERSION,
        created_at=now,
    )
    with transaction.atomic():
        _replace(head, base.place if base else 0, snapshot, whole)
        _note(lessons)


def _replace(head: LearnerHead, base_place: int, snapshot: Snapshot, whole: bool) -> None:
    """Add a snapshot, and remove those that it replaces. Raises AnotherLearner."""
    heads = LearnerHead.objects.select_for_update(skip_locked=True).filter(pk=1, last=head.last)
    locked = heads.select_related(None).first()
    if locked is None:
        raise AnotherLearner
    usable = set(usable_snapshots().values_list("pk", flat=True))
    Snapshot.objects.exclude(pk__in=usable).update(sound=False)
    Snapshot.objects.filter(place__gt=base_place).update(sound=False)
    snapshot.save(force_insert=True)
    shown = Snapshot.objects.filter(pk=locked.published_id, sound=True).exists()
    # What was folded only half again is not shown: until it is whole, the site judges by what it has.
    published = snapshot.pk if whole or shown or locked.published_id is None else locked.published_id
    LearnerHead.objects.filter(pk=1).update(last=snapshot.pk, published=published)
    Snapshot.objects.filter(pk__in=_superfluous(snapshot, published)).delete()


def _superfluous(latest: Snapshot, published: int) -> list[int]:
    newest = latest.lessons // checkpoints.EVERY
    rows = Snapshot.objects.exclude(pk__in=[latest.pk, published]).values_list("pk", "sound", "mark")
    return [pk for pk, sound, mark in rows if not (sound and mark and checkpoints.keeps(mark, newest))]


def _note(lessons: list[Lesson]) -> None:
    """Note how lessons were applied. Never waits for one that a decision holds: it holds others meanwhile.

    Raises LessonsHeld.
    """
    turned = {lesson.pk: lesson.live for lesson in lessons if lesson.live != lesson.applied}
    rows = Lesson.objects.filter(pk__in=turned).select_for_update(skip_locked=True)
    if len(rows.values_list("pk")) < len(turned):
        raise LessonsHeld
    for live in (True, False):
        Lesson.objects.filter(pk__in=[pk for pk, is_live in turned.items() if is_live == live]).update(applied=live)
