"""The model that a web worker judges by: the published snapshot, read once and kept until another one is published."""

import hashlib
import logging
from dataclasses import dataclass

from blog.prepared import Prepared
from moderation import installed_filter
from moderation.classifier.features import VERSION
from moderation.classifier.learner import Learner, UnreadableModel
from moderation.models import LearnerHead, Snapshot

log = logging.getLogger(__name__)
TRIES = 3


class UnusableSnapshot(Exception):
    """There is a model and it cannot be used. Nothing may be published by a guess, so a comment then waits."""


class DamagedSnapshot(UnusableSnapshot):
    """Its bytes are not what the learner wrote."""


class OutdatedSnapshot(UnusableSnapshot):
    """It was made by another version of the classifier; the learner has to fold again first."""


@dataclass(frozen=True, slots=True)
class _Kept:
    key: tuple[int, str, str]
    learner: Learner


_kept: _Kept | None = None


def current() -> tuple[int, Learner]:
    """The number of the published snapshot and its model, which is shared: read it, never let it learn.

    Number 0 is the prior alone, where nothing was learned yet. One query, and one more when the number moved. Raises
    UnusableSnapshot.
    """
    global _kept
    prior = installed_filter.prior()
    for _ in range(TRIES):
        number, digest = _published()
        key = (number, digest, prior.digest)
        kept = _kept
        if kept is not None and kept.key == key:
            return number, kept.learner
        snapshot = Snapshot.objects.filter(pk=number).first() if number else None
        if number and snapshot is None:
            continue  # replaced between the two queries
        kept = _Kept(key, _read(snapshot) if snapshot else Learner(prior))
        _kept = kept  # another thread may put another one there before this returns
        return number, kept.learner
    raise DamagedSnapshot("the published snapshot is not there")


def warm_up() -> None:
    """Load the model, so that web processes that are made of this one share it. A screening meets what fails here."""
    try:
        current()
    except Exception:
        log.exception("The filter's model cannot be loaded.")


def _published() -> tuple[int, str]:
    for number, digest in _PUBLISHED.rows():
        return number or 0, digest or ""
    return 0, ""


_PUBLISHED = Prepared(
    LearnerHead, lambda: LearnerHead.objects.filter(pk=1).values_list("published", "published__digest")
)


def _read(snapshot: Snapshot) -> Learner:
    prior = installed_filter.prior()
    if (snapshot.prior_digest, snapshot.features_version) != (prior.digest, VERSION):
        raise OutdatedSnapshot(f"snapshot {snapshot.number} was made by another version of the classifier")
    state = bytes(snapshot.state)
    if hashlib.sha256(state).hexdigest() != snapshot.digest:
        raise DamagedSnapshot(f"snapshot {snapshot.number} is not what was written")
    try:
        return Learner.from_bytes(state, prior)
    except UnreadableModel as error:
        raise DamagedSnapshot(f"snapshot {snapshot.number}: {error}") from error
