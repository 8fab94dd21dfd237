"""Folding all lessons from nothing, to see that the snapshots are what the lessons give."""

import hashlib
from dataclasses import dataclass

from moderation import installed_filter, learning
from moderation.classifier.features import VERSION, Features, UnreadableFeatures
from moderation.classifier.learner import Learner, UnreadableModel
from moderation.folding import Fold, Row
from moderation.models import LearnerHead, Lesson, Snapshot

CHUNK = 500
TRIES = 5


class NotVerifiable(Exception):
    """The snapshots hold what the lessons do not have any more, until the learner has folded again."""


@dataclass(frozen=True, slots=True)
class Verified:
    """How many lessons the newest snapshot has, how many are not in it as they stand, the first fault or ""."""

    lessons: int
    waiting: int
    fault: str


def verify() -> Verified:
    """Fold the lessons as they were applied, and compare with every snapshot that is kept. Changes nothing.

    Begins again where the learner worked meanwhile. Raises NotVerifiable.
    """
    for _ in range(TRIES):
        before = _last()
        found = _compared()
        if before == _last():
            return found
    raise NotVerifiable("The learner is at work; try again when it rests")


def _last() -> int | None:
    return LearnerHead.objects.filter(pk=1).values_list("last", flat=True).first()


def _compared() -> Verified:
    snapshots = {one.place: one for one in learning.usable_snapshots()}
    place = max(snapshots, default=0)
    behind = Lesson.objects.changed().filter(pk__lte=place)
    waiting = behind.count() + Lesson.objects.filter(pk__gt=place, live=True).count()
    if not snapshots and Snapshot.objects.exists():
        raise NotVerifiable("This version of the filter has not folded the lessons yet")
    if behind.filter(forgotten=True).exists():
        raise NotVerifiable("What was erased is still to be folded out of the filter")
    fold, fault = Fold(Learner(installed_filter.prior())), ""
    for lesson in Lesson.objects.filter(pk__lte=place).order_by("pk").only(*learning.COLUMNS).iterator(CHUNK):
        fault = fault or _take(fold, lesson)
        if lesson.pk in snapshots:
            fault = fault or _difference(fold, snapshots[lesson.pk])
        if fault:
            break
    return Verified(snapshots[place].lessons if snapshots else 0, waiting, fault or _shown_is_known(snapshots))


def _take(fold: Fold, lesson: Lesson) -> str:
    known = lesson.applied and lesson.features is not None and lesson.features_version == VERSION
    try:
        features = Features.unpack(bytes(lesson.features)) if known else None
    except UnreadableFeatures as error:
        return f"the features of lesson {lesson.pk} are damaged: {error}"
    fold.take(Row(lesson.pk, lesson.spam, lesson.source == Lesson.Source.ARCHIVE, features))
    return ""


def _difference(fold: Fold, snapshot: Snapshot) -> str:
    """What is the first thing in which a snapshot is not what the lessons give, "" if nothing.

    The model is read and written once more before it is compared: another version of the library that compresses it
    gives other bytes for the same weights.
    """
    named, state = f"snapshot {snapshot.number}, after lesson {snapshot.place}", bytes(snapshot.state)
    if hashlib.sha256(state).hexdigest() != snapshot.digest:
        return f"{named}, is not what was written"
    if snapshot.lessons != fold.learner.lessons:
        return f"{named}, has {snapshot.lessons} lessons and not {fold.learner.lessons}"
    try:
        stored = Learner.from_bytes(state, installed_filter.prior()).to_bytes()
    except UnreadableModel as error:
        return f"{named}, cannot be read: {error}"
    expected = fold.learner.to_bytes()
    if stored == expected:
        return ""
    pairs = enumerate(zip(stored, expected, strict=False))
    first = next((at for at, (is_there, should_be) in pairs if is_there != should_be), min(len(stored), len(expected)))
    return f"{named}, differs from what the lessons give from byte {first} on"


def _shown_is_known(snapshots: dict[int, Snapshot]) -> str:
    """The site must judge by one of the snapshots that were compared, unless a fold is under way."""
    shown = LearnerHead.objects.filter(pk=1).values_list("published__number", "published__sound").first()
    if not snapshots or (shown and (shown[0] in {one.number for one in snapshots.values()} or shown[1] is False)):
        return ""
    return "the site judges by no snapshot, although lessons were learned"
