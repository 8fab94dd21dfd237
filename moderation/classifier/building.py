"""How the prior is made of labelled comments: rarities, features as each blog would have seen them, weights.

The weights are the optimum of a logistic regression with a quadratic penalty, found by dual coordinate descent
(H.-F. Yu, F.-L. Huang, C.-J. Lin, "Dual coordinate descent methods for logistic regression and maximum entropy models",
2011): no learning rate, and the same bytes from the same data.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import log
from random import Random

from .features import SPACE, Features
from .labelled import Look, Row, Site
from .memory import SiteMemory
from .prior import Prior, nothing, term_number
from .relevance import MOST_POST, terms

#: How strongly the weights follow the data against the penalty.
TRUST = 0.42
EPOCHS = 12
#: A source counts as this power of its comments, so that one large blog does not speak for all.
POWER = 0.6
#: The part of a source's weight that is shared evenly between its spam and its ham, however many of each there are.
EVEN = 0.15
#: Sources that are no blogs with moderated comments count less.
OTHER_KINDS = 0.24
#: Terms whose rarity is kept: those in most texts.
MOST_TERMS = 6000
#: A finding has a weight of its own once the data has it so often.
ENOUGH_FINDINGS = 20
#: Smaller weights are left out: they cost bytes and change no verdict.
LEAST_WEIGHT = 0.004
# How much of its comments a site's memory hears of, as in running: what is filed or published unseen has no label.
_HEARD = {True: 0.4, False: 0.5}
_LEAKS = 0.02
_WITHIN = 20
_SEED = 20090101


@dataclass(frozen=True, slots=True)
class Source:
    """The labelled comments of one blog. `kind` is "blog", or anything else for what counts less."""

    name: str
    kind: str
    rows: Sequence[Row]


@dataclass(frozen=True, slots=True)
class Looked:
    """A source with what its blog saw of each comment."""

    source: Source
    looks: tuple[Look, ...]


def rarities(texts: Iterable[str]) -> tuple[dict[int, float], float]:
    """By number of a term the rarity of the common ones, and the rarity of all others.

    The natural logarithm of how many texts there are for one that has the term.
    """
    found: Counter[str] = Counter()
    many = 0
    for text in texts:
        found.update(set(terms(text)))
        many += 1
    kept = sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))[:MOST_TERMS]
    least = kept[-1][1] if len(kept) == MOST_TERMS else 1
    return {term_number(term): log((many + 1) / (times + 1)) for term, times in kept}, log((many + 1) / (least / 2 + 1))


def look_at(source: Source, posts: Mapping[str, tuple[str, str]], prior: Prior) -> Looked:
    """What the blog saw of its comments, one after the other, while a part of them was decided about by people."""
    random = Random(f"{_SEED} {source.name}")  # noqa: S311 - the same draws each time
    site, memory, looks = Site(posts, prior), SiteMemory(), []
    coming: list[tuple[int, int]] = []
    for at, row in enumerate(source.rows):
        while coming and coming[0][0] <= at:
            look = looks[coming.pop(0)[1]]
            memory.remember(look.features.traces, look.row.spam)
        looks.append(replace(site.look(row, memory), seen=None))
        if random.random() < _HEARD[row.spam]:
            coming.append((at + 1 + random.randrange(_WITHIN), at))
            coming.sort()
        if not row.spam or random.random() < _LEAKS:
            site.published(row)
    return Looked(source, tuple(looks))


def bare_prior(sources: Iterable[Source], posts: Mapping[str, tuple[str, str]]) -> Prior:
    """A prior that knows how rare terms are, and nothing else."""
    texts = [row.body for source in sources for row in source.rows]
    texts += [f"{title} {text[:MOST_POST]}" for title, text in posts.values()]
    table, rarest = rarities(texts)
    return replace(nothing(), rarities=table, rarest=rarest)


def build(bare: Prior, seen: Sequence[Looked], about: Mapping[str, object], tell: Callable[[int], None]) -> Prior:
    """The prior that some sources teach.

    Args:
        bare: the rarities under which the sources were looked at.
        seen: what is learned from.
        about: what to write into the file about it.
        tell: called with the number of each epoch that is done.
    """
    codes = Counter(code for one in seen for look in one.looks for code in {code for code, _ in look.features.findings})
    taught = frozenset(code for code, times in codes.items() if times >= ENOUGH_FINDINGS)
    examples = []
    for one in seen:
        counts = Counter(look.row.spam for look in one.looks)
        many = len(one.looks)
        whole = many**POWER * (1.0 if one.source.kind == "blog" else OTHER_KINDS)
        for look in one.looks:
            weight = whole * (EVEN * 0.5 / counts[look.row.spam] + (1 - EVEN) / many)
            assumed = sum(says for code, says in look.features.findings if code not in taught)
            examples.append((look.features, assumed, look.row.spam, weight))
    mean = sum(weight for *_, weight in examples) / len(examples)
    fitted = fit([(f, assumed, spam, TRUST * weight / mean) for f, assumed, spam, weight in examples], tell)
    for feature, weight in enumerate(fitted):
        if abs(weight) < LEAST_WEIGHT:
            fitted[feature] = 0.0
    prior = Prior(fitted, bare.rarities, bare.rarest, taught, _usual(fitted, seen), about)
    return Prior.from_bytes(prior.to_bytes())


def _usual(weights: array, seen: Sequence[Looked]) -> dict[str, float]:
    """What each kind of features adds to the score of an honest comment, in the mean over sources."""
    sums: Counter[str] = Counter()
    total = 0.0
    for one in seen:
        hams = [look for look in one.looks if not look.row.spam]
        if one.source.kind != "blog" or not hams:
            continue
        weight = len(hams) ** (POWER - 1)
        total += len(hams) * weight
        for look in hams:
            for group in look.features.groups:
                sums[group.name] += weight * group.value * sum(map(weights.__getitem__, group.ids))
    return {name: round(added / total, 3) for name, added in sorted(sums.items())} if total else {}


def fit(examples: Sequence[tuple[Features, float, bool, float]], tell: Callable[[int], None]) -> array:
    """The weights that fit best: of (features, log-odds that are assumed, whether it is spam, weight) each."""
    weights = array("d", bytes(8 * SPACE))
    random = Random(_SEED)  # noqa: S311 - the same order each time
    state = []
    for features, assumed, spam, most in examples:
        square = sum(group.value * group.value * len(group.ids) for group in features.groups)
        sign = 1.0 if spam else -1.0
        # Both shares of the example's weight stay above nothing, where their logarithms are.
        share = min(0.001 * most, 1e-8)
        state.append([features.groups, assumed, sign, most, square, share])
        _add(weights, features.groups, sign * share)
    order = list(range(len(state)))
    for epoch in range(EPOCHS):
        random.shuffle(order)
        for at in order:
            groups, assumed, sign, most, square, share = example = state[at]
            weigh = weights.__getitem__
            margin = sign * (assumed + sum(group.value * sum(map(weigh, group.ids)) for group in groups))
            better = _best_share(share, most, square, margin)
            if abs(better - share) > 1e-12:
                example[5] = better
                _add(weights, groups, sign * (better - share))
        tell(epoch + 1)
    return array("f", weights)


def _best_share(share: float, most: float, square: float, margin: float) -> float:
    """The share z of an example that is best while all others stay: by Newton's method, kept between 0 and `most`.

    Minimises z log z + (most - z) log(most - z) + square / 2 (z - share)² + margin (z - share).
    """
    low, high, z = 0.0, most, share
    for _ in range(30):
        slope = square * (z - share) + margin + log(z / (most - z))
        if abs(slope) < 1e-6:
            break
        if slope > 0:
            high = z
        else:
            low = z
        step = z - slope / (square + most / (z * (most - z)))
        z = step if low < step < high else (low + high) / 2
        if z <= 0 or z >= most:
            break
    return min(max(z, 1e-12 * most), most * (1 - 1e-12))


def _add(weights: array, groups: tuple, amount: float) -> None:
    for group in groups:
        add = amount * group.value
        for feature in group.ids:
            weights[feature] += add
