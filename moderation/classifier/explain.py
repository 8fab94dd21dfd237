"""Why a comment has its score: named parts that add up to it, in words, with the pieces of text that weigh most."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from math import fsum

from comments.confusables import is_invisible
from moderation.filters.finding import Signal, Span
from moderation.filters.learned import UNWEIGHED, Learned

from .extraction import FINDING, KINDS, hashed, runs_of_word
from .features import Features, Group
from .learner import Learner
from .memory import owner_of
from .scripts import NONE, main_script
from .seen import Seen, bare

#: Log-odds at which suspicion is zero: of an ordinary comment, one in a hundred of which is spam.
ORDINARY = -4.73
#: Pieces of text that one part cites.
MOST_CITED = 5
#: A part that weighs less cites nothing: it changes no verdict.
LEAST_CITED = 0.3
_NOTHING_SHARED = 0.06
_LIKE = 0.25

_PART_OF = {kind.name: kind.part for kind in KINDS} | {"always": "site"}
_ORDER = tuple(dict.fromkeys([*_PART_OF.values(), "site"]))


def judge(seen: Seen, features: Features, signals: Sequence[Signal], learner: Learner, model: int) -> Learned:
    """What the model makes of a comment.

    The weights of all parts and findings add up to the suspicion: the log-odds of spam, counted from `ORDINARY`.

    Args:
        seen: the comment as it was read.
        features: of the same comment.
        signals: what the filters found in it.
        model: the number under which this state of the model is known.
    """
    weights: dict[str, list[float]] = defaultdict(list)
    weights["site"].append(-ORDINARY)
    usual = learner.prior.usual
    for name, weight in learner.parts(features):
        if name != "findings":
            # What every honest comment has is no reason: it is counted for the comment as such.
            weights[_PART_OF[name]] += (weight, -usual.get(name, 0.0))
            weights["site"].append(usual.get(name, 0.0))
    groups = {group.name: group for group in features.groups}
    parts = tuple(_part(part, fsum(weights[part]), seen, groups, learner) for part in _ORDER if part in weights)
    return Learned(model, parts, _findings(signals, learner))


def _findings(signals: Sequence[Signal], learner: Learner) -> tuple[tuple[str, float], ...]:
    """What each finding weighs: what was learned of it and, where no data had it, what its filter assumes."""
    assumed: dict[str, list[float]] = {}
    for signal in signals:
        if signal.family not in UNWEIGHED:
            known = signal.code in learner.prior.findings
            assumed.setdefault(signal.code, []).append(0.0 if known else signal.weight)
    shared: dict[int, str] = {}
    found = []
    for code, own in assumed.items():
        feature = hashed("finding", code)
        # Two codes on one number are counted once, as the score does.
        weight = 0.0 if feature in shared else FINDING * learner.weight(feature)
        shared.setdefault(feature, code)
        found.append((code, fsum([weight, *own])))
    return tuple(found)


def _part(part: str, weight: float, seen: Seen, groups: dict[str, Group], learner: Learner) -> Signal:
    says = _SAYS[part](seen, weight > 0)
    cite = _CITES.get(part)
    spans = cite(seen, groups, learner, weight > 0) if cite and abs(weight) >= LEAST_CITED else ()
    if part == "wording" and spans:
        words = dict.fromkeys(_visible(seen.evidence.body[span.start : span.end]) for span in spans)
        says += ": " + ", ".join(f"“{word[:40]}”" for word in words)
    return Signal(f"learned_{part}", weight, says, tuple(spans))


def _visible(text: str) -> str:
    """A piece of a text without signs that nobody sees, which could turn the whole reason around."""
    return "".join(sign for sign in text if not is_invisible(sign))


# What each part says, given whether it speaks for spam.


def _wording(_seen: Seen, spam: bool) -> str:
    return "worded like spam" if spam else "worded like comments that people publish"


def _author(_seen: Seen, spam: bool) -> str:
    return "a name as spam is signed with" if spam else "a name as people sign with"


def _addresses(seen: Seen, spam: bool) -> str:
    if not seen.hosts:
        return "has no link"
    return "links and addresses like those of spam" if spam else "links and addresses like those of readers"


def _layout(_seen: Seen, spam: bool) -> str:
    return "laid out like spam" if spam else "laid out like comments of readers"


def _script(seen: Seen, spam: bool) -> str:
    main, of_post = main_script(seen.evidence.body), seen.evidence.context.post_script
    if main == NONE:
        return "has no letters"
    if of_post in ("", NONE, main):
        return f"{main} letters, as spam has here" if spam else f"{main} letters"
    return f"written in {main} letters, and the post in {of_post} ones"


def _tricks(_seen: Seen, spam: bool) -> str:
    return "letters in disguise" if spam else "letters in disguise, which weigh little here"


def _relevance(seen: Seen, spam: bool) -> str:
    found = seen.evidence.context.relevance
    if found is None:
        return "nothing is known of the post"
    if not spam:
        return "speaks of this post"
    nothing = found.cosine <= _NOTHING_SHARED or not found.shared
    return "says nothing about this post" if nothing else "says little about this post"


def _thread(_seen: Seen, spam: bool) -> str:
    return "takes no part in the talk below the post" if spam else "takes part in the talk below the post"


def _memory(seen: Seen, spam: bool) -> str:
    known = seen.evidence.context.memory
    for thing, what in (
        (known.text, "this very text in {}"),
        (known.host, "domain {what} in {}"),
        (known.name if spam else None, "the name “{what}” on {}"),
        (known.owner if spam else None, "a domain like {what} in {}"),
    ):
        times = thing and (thing.spam if spam else thing.ham)
        if thing and times:
            of = f"{_comments(times)} that you {'refused' if spam else 'published'}"
            return what.format(of, what=thing.what)
    if seen.hosts and not known.host:
        return "a domain that nobody here has decided about"
    return "known from what you decided"


def _likeness(seen: Seen, spam: bool) -> str:
    known = seen.evidence.context.memory
    if spam and _is_like(known.like_spam):
        return f"like a comment that you refused{f' on {known.nearest_on}' if known.nearest_on else ''}"
    if not spam and _is_like(known.like_ham):
        return "like a comment that you published"
    return "like nothing that you decided about"


def _echo(_seen: Seen, spam: bool) -> str:
    return "other new senders write the same of late" if spam else "no other newcomer writes the same"


def _site(seen: Seen, spam: bool) -> str:
    known = seen.evidence.context.memory
    if not known.site_spam and not known.site_ham:
        return "where a newcomer’s comment starts"
    return f"of {_comments(known.site_spam + known.site_ham)} that you decided about, you refused {known.site_spam}"


def _circumstances(_seen: Seen, _spam: bool) -> str:
    return "when and from where it came"


_SAYS: dict[str, Callable[[Seen, bool], str]] = {
    "wording": _wording,
    "author": _author,
    "addresses": _addresses,
    "layout": _layout,
    "script": _script,
    "tricks": _tricks,
    "relevance": _relevance,
    "thread": _thread,
    "memory": _memory,
    "likeness": _likeness,
    "echo": _echo,
    "site": _site,
    "circumstances": _circumstances,
}


# Which pieces of the text a part rests on.


def _heavy_words(seen: Seen, groups: dict[str, Group], learner: Learner, spam: bool) -> tuple[Span, ...]:
    """The words that weigh most in the direction of the part, each where it first stands."""
    weigh = learner.weight
    of_words, of_letters = (groups[name].value if name in groups else 0.0 for name in ("words", "letters"))
    weighed: dict[str, float] = {}
    places: dict[str, int] = {}
    for at, word in enumerate(seen.words):
        if word not in places:
            places[word] = at
            runs = sum(map(weigh, runs_of_word(word)))
            weighed[word] = of_words * weigh(hashed("words", word)) + of_letters * runs
    sign = 1 if spam else -1
    heaviest = sorted(weighed, key=lambda word: (-sign * weighed[word], places[word]))[:MOST_CITED]
    chosen = sorted(places[word] for word in heaviest if sign * weighed[word] > 0)
    return tuple(seen.reading.body.cite(seen.places[at].start, seen.places[at].end) for at in chosen)


def _whole_name(seen: Seen, *_: object) -> tuple[Span, ...]:
    return seen.reading.name.whole()


def _all_links(seen: Seen, *_: object) -> tuple[Span, ...]:
    links = tuple(Span("body", link.start, link.end) for link in seen.links[:MOST_CITED])
    return (*links, *(seen.reading.website.whole() if seen.site else ()))


def _known_places(seen: Seen, _groups: object, _learner: object, spam: bool) -> tuple[Span, ...]:
    known = seen.evidence.context.memory
    if known.text and (known.text.spam if spam else known.text.ham):
        return seen.reading.body.whole()
    thing = known.host or known.owner
    if thing is None or not (thing.spam if spam else thing.ham):
        return ()

    def is_it(host: str) -> bool:
        return thing.what in (bare(host), owner_of(bare(host)))

    links = tuple(Span("body", link.start, link.end) for link in seen.links if is_it(link.host))[:MOST_CITED]
    return (*links, *(seen.reading.website.whole() if seen.site and is_it(seen.site) else ()))


def _whole_where_like(seen: Seen, _groups: object, _learner: object, spam: bool) -> tuple[Span, ...]:
    known = seen.evidence.context.memory
    return seen.reading.body.whole() if _is_like(known.like_spam if spam else known.like_ham) else ()


_CITES: dict[str, Callable[..., tuple[Span, ...]]] = {
    "wording": _heavy_words,
    "author": _whole_name,
    "addresses": _all_links,
    "memory": _known_places,
    "likeness": _whole_where_like,
}


def _is_like(likeness: float | None) -> bool:
    return likeness is not None and likeness >= _LIKE


def _comments(many: int) -> str:
    return "1 comment" if many == 1 else f"{many} comments"
