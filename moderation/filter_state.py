"""The state of the filter: what it learned from, what waits to be learned, and what to do where it cannot go on."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from moderation import installed_filter, learning, snapshots
from moderation.classifier.learner import Learner
from moderation.classifier.prior import UnreadablePrior
from moderation.folding import MOST_ARCHIVED
from moderation.models import LearnerHead, Lesson
from moderation.pages import count_up_to

#: Lessons are counted up to here; more is shown as "999+".
MOST_COUNTED = 999
#: The background worker learns every minute; where something waits for longer than this, nobody learns.
LAGS_AFTER = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Source:
    """One source of the prior: its name, and its comments in words."""

    name: str
    says: str


@dataclass(frozen=True, slots=True)
class State:
    """What the page says of the filter first.

    Attributes:
        learner: the model that the site judges by; None where it cannot be used, and then `troubles` says why.
        number, digest, at: of the published snapshot; 0, "" and None where nothing was learned yet.
        lessons, spam, fine: what the model was made of.
        archived: in words how many lessons of archives there are, "0" for none.
        waiting: in words how many lessons wait, "0" for none, and `oldest` since when.
        troubles: what is wrong and what to do about it, each a sentence or two.
        sources: what the prior was made of.
    """

    learner: Learner | None
    number: int
    digest: str
    at: datetime | None
    lessons: int
    spam: int
    fine: int
    archived: str
    waiting: str
    oldest: datetime | None
    folding: bool
    sources: list[Source]
    prior_digest: str
    prior_says: str
    troubles: list[str] = field(default_factory=list)


def read(now: datetime) -> State:
    """The state now, in at most 7 queries."""
    troubles: list[str] = []
    learner, prior = _model(troubles), _prior(troubles)
    head = LearnerHead.objects.filter(pk=1).values_list(
        "last", "published", "published__digest", "published__created_at", "published__lessons"
    )
    last, number, digest, at, lessons = head.first() or (0, None, None, None, None)
    changed = Lesson.objects.changed()
    waiting = count_up_to([changed], MOST_COUNTED)
    oldest = changed.order_by("pk").values_list("created_at", flat=True).first()
    if oldest and now - oldest > LAGS_AFTER and learner is not None:
        troubles.append(
            "Nobody learns: what people said waits for longer than a quarter of an hour. The background worker, "
            "manage.py work, does it every minute; is it running? manage.py learn does it at once."
        )
    memory = learner.memory if learner else None
    return State(
        learner=learner,
        number=number or 0,
        digest=digest or "",
        at=at,
        lessons=lessons or 0,
        spam=memory.spam if memory else 0,
        fine=memory.ham if memory else 0,
        archived=count_up_to([learned_of_archives()], MOST_COUNTED),
        waiting=waiting,
        oldest=oldest,
        folding=bool(last and last != (number or 0)),
        sources=_sources(prior.about if prior else {}),
        prior_digest=prior.digest if prior else "",
        prior_says=_counts(prior.about if prior else {}),
        troubles=troubles,
    )


def learned_of_archives():
    """Lessons of archives that the learner came past; by their own index."""
    return Lesson.objects.exclude(archive="").filter(source=learning.ARCHIVED, applied=True)


def _model(troubles: list[str]) -> Learner | None:
    waits = "Until then every comment waits for a person."
    try:
        return snapshots.current()[1]
    except snapshots.OutdatedSnapshot:
        troubles.append(
            "The model was made by another version of the filter and is folded anew by the background worker, "
            f"manage.py work, or at once by manage.py learn. {waits}"
        )
    except snapshots.UnusableSnapshot as error:
        troubles.append(
            f"The model cannot be used: {error}. manage.py learn --from-nothing makes it anew from all that people "
            f"said; nothing of that is lost. {waits}"
        )
    except (UnreadablePrior, OSError) as error:
        troubles.append(
            f"The file that ships with the filter cannot be read: {error}. Install this version of Gatepost again. "
            f"{waits}"
        )
    return None


def _prior(troubles: list[str]):
    try:
        return installed_filter.prior()
    except (UnreadablePrior, OSError):
        return None  # said by `_model` already, which needs it too


def _sources(about: Mapping[str, Any]) -> list[Source]:
    """What `priors.about` wrote into the prior, in words."""
    return [Source(one["name"], f"{_counts(one)} ({one['kind']})") for one in about.get("sources", [])]


def _counts(about: Mapping[str, Any]) -> str:
    return f"{about['comments']:,} comments, {about['spam']:,} of them spam" if "comments" in about else ""


PAIRED_SAYS = f"Of archives at most {MOST_ARCHIVED} of spam and {MOST_ARCHIVED} of fine ones are learned, in pairs."
