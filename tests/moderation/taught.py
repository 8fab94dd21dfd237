"""What tests of lessons ask: which lessons count, the bytes of the model, and the bytes that it should have."""

from datetime import UTC, datetime

from moderation import installed_filter, learning
from moderation.classifier.features import Features
from moderation.classifier.learner import Learner
from moderation.filters.evidence import Evidence
from moderation.models import LearnerHead, Lesson, Snapshot
from tests.moderation.facts import evidence

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)


def learned() -> bytes:
    """Let the learner come to its end, and return the bytes of the model that the site then judges by."""
    learning.learn(NOW)
    return shown()


def shown() -> bytes:
    """The bytes of the published model."""
    head = LearnerHead.objects.select_related("published").filter(pk=1).first()
    return bytes(head.published.state) if head and head.published else never()


def never() -> bytes:
    """The model of a site on which nobody has said anything yet."""
    return Learner(installed_filter.prior()).to_bytes()


def afresh() -> bytes:
    """All lessons that count, learned in their order by a learner of the test's own; none from an archive."""
    learner = Learner(installed_filter.prior())
    for lesson in Lesson.objects.filter(live=True).order_by("pk"):
        assert lesson.source != "archive"
        if lesson.features is not None:
            learner.learn(Features.unpack(bytes(lesson.features)), lesson.spam)
    return learner.to_bytes()


def taught(*words: tuple[str, bool]) -> bytes:
    """The model that learned these texts in this order, each with whether it is spam."""
    learner = Learner(installed_filter.prior())
    for body, spam in words:
        learner.learn(seen(body), spam)
    return learner.to_bytes()


def seen(body: str, **facts: object) -> Features:
    """What the installed classifier sees of an ordinary comment with this text."""
    plain: Evidence = evidence(body=body, **facts)
    return installed_filter.extract(plain)


def live() -> list[tuple[int, str]]:
    """The lessons that count, in their order: the comment, and what was said."""
    rows = Lesson.objects.filter(live=True).order_by("pk").values_list("comment", "spam")
    return [(comment, "spam" if spam else "ham") for comment, spam in rows]


def settled() -> bool:
    """Whether nothing is left that the learner would do."""
    place = Snapshot.objects.order_by("-number").values_list("place", flat=True).first() or 0
    return not Lesson.objects.changed().exists() and not Lesson.objects.filter(pk__gt=place).exists()
