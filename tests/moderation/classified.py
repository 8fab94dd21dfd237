"""What tests of the classifier start from: a comment read and seen, contexts of every kind, priors that are small."""

from array import array
from contextlib import nullcontext
from dataclasses import replace
from functools import cache
from random import Random
from typing import NamedTuple

from hypothesis import strategies as st

from moderation import fingerprint, priors
from moderation.classifier.building import Source
from moderation.classifier.explain import judge
from moderation.classifier.extraction import of_seen
from moderation.classifier.features import SPACE, Features
from moderation.classifier.learner import Learner
from moderation.classifier.memory import Traces, traces_of
from moderation.classifier.prior import Prior, nothing
from moderation.classifier.seen import Seen
from moderation.filters import run
from moderation.filters.context import Context, Echo, Memory, Relevance, Remembered
from moderation.filters.evidence import Evidence, Signal
from moderation.filters.learned import Learned
from moderation.filters.reading import Reading
from tests.moderation import invented_blog
from tests.moderation.facts import evidences


class Look(NamedTuple):
    """A comment as the classifier sees it."""

    seen: Seen
    signals: list[Signal]
    features: Features

    def judged(self, learner: Learner) -> Learned:
        return judge(self.seen, self.features, self.signals, learner, 1)


def traced(evidence: Evidence, comment: int = 0) -> tuple[Seen, Traces]:
    """A comment that was read, and what it is remembered by."""
    seen, minhash = Seen(evidence, Reading(evidence)), fingerprint.minhash(evidence.body)
    digest = fingerprint.digest(evidence.body)
    return seen, traces_of(seen, comment=comment, digest=digest, signature=minhash.signature if minhash else "")


def look(evidence: Evidence, learner: Learner | None = None, comment: int = 0) -> Look:
    """A comment seen by a site; what its memory knows comes in where there is a learner."""
    seen, traces = traced(evidence, comment)
    if learner:
        context = replace(evidence.context, memory=learner.memory.recall(traces, seen))
        seen.evidence = replace(evidence, context=context)
    signals = run(seen.evidence, seen.reading)
    return Look(seen, signals, replace(of_seen(seen, signals), traces=traces))


@cache
def random_prior(seed: int = 1, spread: float = 0.5) -> Prior:
    """A prior with a weight for everything, and an opinion on some findings."""
    random = Random(seed)
    weights = array("f", (random.gauss(0, spread) for _ in range(SPACE)))
    return Prior(weights, {}, 1.0, frozenset({"links_many", "history_new", "shape_lookalikes"}), {}, {})


@cache
def tiny_prior() -> Prior:
    """A prior made of an invented blog."""
    source = Source("invented", "blog", invented_blog.rows(500, seed=7))
    return priors.make([source], invented_blog.POSTS, lambda what, total: nullcontext(lambda done: None))


def blank() -> Learner:
    """A learner that nobody taught, on a prior that knows nothing."""
    return Learner(nothing())


_parts = st.floats(0, 1)
_counts = st.integers(0, 30)
_remembered = st.none() | st.builds(
    Remembered, st.sampled_from(["shop.example", "shop", "a.example", "Reader", ""]), _counts, _counts
)
contexts = st.builds(
    Context,
    post_script=st.sampled_from(["", "none", "latin", "cyrillic"]),
    relevance=st.none()
    | st.builds(
        Relevance,
        whole=st.booleans(),
        cosine=_parts,
        rare=_counts,
        shared=_counts,
        weight=_parts,
        cover=_parts,
        title=_counts,
        titled=_counts,
        quotes=_counts,
        thread=st.none() | _counts,
        names=st.none() | _counts,
    ),
    memory=st.builds(
        Memory,
        *[_remembered] * 4,
        st.none() | _parts,
        st.none() | _parts,
        st.none() | _counts,
        st.sampled_from(["", "3 May 2026"]),
        _counts,
        _counts,
    ),
    echo=st.builds(Echo, st.none() | _parts, st.none() | _parts, _counts),
    post_days=st.none() | st.floats(-1, 10_000),
    network=_counts,
)
#: Comments with all that may be known around them.
surrounded = st.builds(lambda evidence, context: replace(evidence, context=context), evidences, contexts)
