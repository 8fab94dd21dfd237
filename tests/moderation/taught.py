"""What tests of lessons ask: which lessons count, the bytes of the model, and the bytes that it should have."""

from datetime import UTC, datetime

from blog.models import Post
from comments.models import Comment
from moderation import around, installed_filter, learning
from moderation.classifier.features import Features
from moderation.classifier.learner import Learner
from moderation.filters.context import Context, Echo, Memory, Relevance, Remembered
from moderation.filters.evidence import Evidence
from moderation.filters.reading import TextReading
from moderation.models import LearnerHead, Lesson, Review, Snapshot
from tests import cast
from tests.moderation.desk import reviewed
from tests.moderation.facts import evidence

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
TEXTS = ("name", "email", "website", "body")
#: What might have been measured around a comment; some of it of every kind.
SURROUNDED = Context(
    post_script="latin",
    relevance=Relevance(True, 0.25, 9, 2, 0.3, 0.5, 1, 3, 0, 5, 2, 1, thread=1, names=0),
    memory=Memory(name=Remembered("Reader", 0, 2), like_spam=0.125, like_ham=0.5, nearest=1, site_spam=30, site_ham=40),
    echo=Echo(0.25, 0.125, 1),
    post_days=1.5,
    network=2,
)


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


def taught(*said: tuple[Comment | Features, bool]) -> bytes:
    """The model that learned these in this order, each with whether it is spam."""
    learner = Learner(installed_filter.prior())
    for what, spam in said:
        learner.learn(features_of(what) if isinstance(what, Comment) else what, spam)
    return learner.to_bytes()


def features_of(comment: Comment) -> Features:
    """What a comment's text must be learned from, worked out from the rows, past the learning code."""
    comment = Comment.objects.select_related("post").get(pk=comment.pk)
    texts = {name: getattr(comment, name) for name in TEXTS}
    review = Review.objects.filter(comment=comment, revision=comment.revision, error="").first()
    if review:
        known = Evidence.from_json({**review.facts, **texts, "rules": []})
    else:
        profile = around.profile_of(comment.post)
        relevance = profile.measure(TextReading("body", comment.body))
        context = Context(post_script=profile.script, relevance=relevance)
        known = evidence(**texts, post_title=comment.post.title, seconds_on_form=60.0, context=context)
    return installed_filter.extract(known, comment.pk)


def screened(post: Post, body: str, **facts: object) -> Comment:
    """A comment that waits, with the screening that was recorded of it."""
    comment = cast.comment(post, "pending", body=body)
    known = evidence(**{"post_title": post.title, "context": SURROUNDED, **facts}).as_json()
    reviewed(comment, facts={name: value for name, value in known.items() if name not in TEXTS})
    return comment


def seen(body: str, **facts: object) -> Features:
    """What the installed classifier sees of an ordinary comment with this text."""
    return installed_filter.extract(evidence(body=body, **facts))


def live() -> list[tuple[int, str]]:
    """The lessons that count, in their order: the comment, and what was said."""
    rows = Lesson.objects.filter(live=True).order_by("pk").values_list("comment", "spam")
    return [(comment, "spam" if spam else "ham") for comment, spam in rows]


def settled() -> bool:
    """Whether nothing is left that the learner would do."""
    place = Snapshot.objects.order_by("-number").values_list("place", flat=True).first() or 0
    return not Lesson.objects.changed().exists() and not Lesson.objects.filter(pk__gt=place).exists()
