"""What stands around a comment, as features: its post, the talk below it, the site's memory, other newcomers."""

from __future__ import annotations

from math import log

from moderation.filters.context import Remembered

from .seen import Scale, Seen

_COSINE = Scale((0, 0.01, 0.02, 0.04, 0.06, 0.09, 0.13, 0.18, 0.25))
_ROUGH_COSINE = Scale((0.01, 0.03, 0.06, 0.1, 0.16))
_WORDS = Scale((3, 8, 15, 25, 45, 100))
_RARE = Scale((0, 2, 5, 10, 20, 40))
_WEIGHT = Scale((0.1, 0.2, 0.3, 0.4, 0.5, 0.6))
_COVER = Scale((0.2, 0.35, 0.5, 0.6, 0.7, 0.8))
_TITLED = Scale((0, 2, 4))
_QUOTED = Scale((8, 25, 60))
_TALK = Scale((0, 3, 8, 20))
_TIMES = Scale((0, 1, 2, 4, 9, 20))
_LIKE = Scale((0.12, 0.18, 0.25, 0.35, 0.5, 0.99))
_ECHO = Scale((0.1, 0.15, 0.2, 0.25, 0.32, 0.4, 0.5))
_ECHOES = Scale((0.08, 0.12, 0.16, 0.2, 0.25, 0.32, 0.4))
_DAYS = Scale((1, 7, 30, 180, 730))
_NETWORK = Scale((0, 1, 3, 9))
#: Decisions from which the site's own share of spam says something.
_ENOUGH = 4


def relevance(seen: Seen) -> list[str]:
    """How much the comment has to do with its post, for its length."""
    found = seen.evidence.context.relevance
    if found is None:
        return ["unknown"]
    of = "text" if found.whole else "title"
    length = _WORDS.step(len(seen.words))
    return [
        f"{of} cosine {_COSINE.step(found.cosine)}",
        f"{of} cosine {_ROUGH_COSINE.step(found.cosine)}, words {length}",
        f"{of} shares {min(found.shared, 6)} of {_RARE.step(found.rare)}",
        f"{of} weight {_WEIGHT.step(found.weight)}, words {length}",
        f"{of} cover {_COVER.step(found.cover)}, words {length}",
        f"{of} quotes {min(found.quotes, 4)}, words {_QUOTED.step(len(seen.words))}",
        f"title {min(found.title, 3)} of {_TITLED.step(found.titled)}",
    ]


def thread(seen: Seen) -> list[str]:
    """Whether it takes part in the talk below the post."""
    found = seen.evidence.context.relevance
    if found is None or found.thread is None:
        return []
    told = [f"shares {min(found.thread, 4)} of {_TALK.step(found.rare)}"]
    return told if found.names is None else [*told, f"names {min(found.names, 2)}"]


def memory(seen: Seen) -> list[str]:
    """Whether people decided about the same host, name or text before."""
    known = seen.evidence.context.memory
    found = []
    if known.host:
        found += [f"host in spam {_TIMES.step(known.host.spam)}", f"host in ham {min(known.host.ham, 2)}"]
    elif seen.hosts:
        found.append("new host")
    if known.text:
        found.append(f"text {_pair(known.text)}")
    # Anybody can type the name of a reader whom people like, or put the name of a host before another: these tell
    # against a comment, never for it.
    for kind, thing in (("owner", known.owner), ("name", known.name)):
        if thing and thing.spam:
            found.append(f"{kind} in spam {_TIMES.step(thing.spam)}")
    return found


def likeness(seen: Seen) -> list[str]:
    """How alike it is to texts that people called spam, and to those that they let through."""
    known = seen.evidence.context.memory
    if known.like_spam is None or known.like_ham is None:
        return []
    spam, ham = _LIKE.step(known.like_spam), _LIKE.step(known.like_ham)
    return [f"like spam {spam}", f"like ham {ham}", f"like spam {min(spam, 5)}, ham {min(ham, 5)}"]


def echo(seen: Seen) -> list[str]:
    """Whether other newcomers said the same of late."""
    found = seen.evidence.context.echo
    told = [f"again {min(found.again, 2)}"]
    if found.nearest is None or found.three is None:
        return told
    return [*told, f"nearest {_ECHO.step(found.nearest)}", f"three {_ECHOES.step(found.three)}"]


def site(seen: Seen) -> list[str]:
    """How much spam this site gets, and the weight that stands for a comment as such."""
    known = seen.evidence.context.memory
    if known.site_spam + known.site_ham < _ENOUGH:
        return ["unknown"]
    odds = log((known.site_spam + 1) / (known.site_ham + 1))
    return [f"odds {max(-4, min(4, round(odds)))}"]


def circumstances(seen: Seen) -> list[str]:
    """How old the post is, and how much came from the same network: only the site can teach what that means."""
    context = seen.evidence.context
    found = [f"network {_NETWORK.step(context.network)}"]
    return found if context.post_days is None else [*found, f"post {_DAYS.step(context.post_days)}"]


def _pair(thing: Remembered) -> str:
    return f"spam {min(thing.spam, 2)}, ham {min(thing.ham, 2)}"
