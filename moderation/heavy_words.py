"""The words and domains that weigh most with the filter, among those that stood in what people decided about lately.

The model knows no word, only numbers that words are hashed into. So candidates are taken from texts, and each is asked
what its number weighs; two words can share a number, and then each weighs what both were taught.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import OuterRef, Subquery
from django.db.models.functions import Substr

from comments.models import Comment, Revision
from moderation.classifier.extraction import hashed
from moderation.classifier.learner import Learner
from moderation.classifier.seen import Seen
from moderation.filters.evidence import Evidence
from moderation.filters.reading import Reading
from moderation.models import Lesson
from moderation.plots import length

MOST_TEXTS, MOST_CHARS, MOST_SHOWN = 300, 2000, 15
#: A word of one comment alone is chance, or somebody's name; a domain may well stand in one.
LEAST_COMMENTS = {"words": 2, "addresses": 1}
LEAST_WEIGHT = 0.05


@dataclass(frozen=True, slots=True)
class Heavy:
    """A word or a domain.

    Attributes:
        weight: log-odds of spam that it adds where it stands alone; `taught` is what of it this site added.
        spam, fine: in how many of the comments it stood.
        length: of its bar, where the heaviest has WIDTH.
    """

    what: str
    weight: float
    taught: float
    spam: int
    fine: int
    length: float


@dataclass(frozen=True, slots=True)
class HeavyWords:
    """The heaviest each way. `texts` is how many comments they were looked for in."""

    texts: int
    words_spam: list[Heavy]
    words_fine: list[Heavy]
    hosts_spam: list[Heavy]
    hosts_fine: list[Heavy]


def read(learner: Learner) -> HeavyWords:
    """Look through the newest texts that people decided about. 1 query."""
    counts: dict[str, dict[str, Counter]] = {kind: {} for kind in LEAST_COMMENTS}
    texts = list(_texts())
    for spam, website, body in texts:
        seen = _seen(body, website)
        for kind, found in (("words", set(seen.words)), ("addresses", set(seen.hosts))):
            for what in found:
                counts[kind].setdefault(what, Counter())[spam] += 1
    words = _heavy("words", counts["words"], learner, lambda word: word)
    hosts = _heavy("addresses", counts["addresses"], learner, lambda host: f"host {host}")
    return HeavyWords(len(texts), *_both(words), *_both(hosts))


def _texts() -> Iterable[tuple[bool, str, str]]:
    body = Revision.objects.filter(comment=OuterRef("comment"), number=OuterRef("revision"))
    lessons = Lesson.objects.filter(live=True, comment__isnull=False).exclude(comment__status=Comment.Status.ERASED)
    return (
        lessons.exclude(source=Lesson.Source.ARCHIVE)
        .order_by("-pk")
        .annotate(body=Subquery(body.annotate(start=Substr("body", 1, MOST_CHARS)).values("start")[:1]))
        .filter(body__isnull=False)
        .values_list("spam", "comment__website", "body")[:MOST_TEXTS]
    )


def _seen(body: str, website: str) -> Seen:
    evidence = Evidence.of_texts(body, website=website)
    return Seen(evidence, Reading(evidence))


def _heavy(kind: str, counts: dict[str, Counter], learner: Learner, told) -> list[Heavy]:
    """All that stood in enough comments and weigh anything, heaviest first."""
    found = []
    for what, stood in counts.items():
        if stood.total() >= LEAST_COMMENTS[kind]:
            feature = hashed(kind, told(what))
            weight = learner.weight(feature)
            if abs(weight) >= LEAST_WEIGHT:
                found.append(Heavy(what, weight, learner.taught(feature), stood[True], stood[False], 0.0))
    return sorted(found, key=lambda one: (-abs(one.weight), -one.spam - one.fine, one.what))


def _both(heavy: list[Heavy]) -> tuple[list[Heavy], list[Heavy]]:
    return tuple(_drawn([one for one in heavy if one.weight * sign > 0][:MOST_SHOWN]) for sign in (1, -1))


def _drawn(heavy: list[Heavy]) -> list[Heavy]:
    most = abs(heavy[0].weight) if heavy else 0.0
    return [Heavy(one.what, one.weight, one.taught, one.spam, one.fine, length(abs(one.weight), most)) for one in heavy]
