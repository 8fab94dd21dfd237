"""A blog's labelled comments in the order of time, seen as the site would have seen them: for building and trying.

One JSON object a line: `body` and `label` ("ham" or "spam"; others are left out), and where known `author`,
`author_url`, `post_title`, `post` (a key of the posts), `created` (ISO 8601), `era` ("archive" for what was public
before anybody moderated here), `id`.
"""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from time import process_time
from typing import Any

from moderation import fingerprint
from moderation.filters import run
from moderation.filters.context import Context, Echo
from moderation.filters.evidence import Evidence, SenderFacts, Signal
from moderation.filters.reading import Reading

from .extraction import of_seen
from .features import Features
from .memory import SiteMemory, likeness, traces_of
from .prior import Prior
from .relevance import Profile, names
from .seen import Seen

LABELS = {"ham": False, "spam": True}
ARCHIVE = "archive"
#: Recent comments of others that a new one is compared with, and public ones below its post.
MOST_RECENT, MOST_TALK, MOST_NAMES = 100, 10, 30
_MOST_BODY, _MOST_NAME, _MOST_WEBSITE = 5000, 80, 200
_STRANGER = SenderFacts(known=False, published=0, refused=0, spam=0, pending=0)


class UnreadableRows(ValueError):
    """A file is no JSON lines of comments; says which line."""


@dataclass(frozen=True, slots=True)
class Row:
    """One labelled comment."""

    id: str
    author: str
    website: str
    title: str
    body: str
    spam: bool
    post: str
    archived: bool


@dataclass(frozen=True, slots=True)
class Look:
    """One comment as it was seen when it came.

    Args:
        seen: its reading, and None where that is needed no more.
        milliseconds: of processor time that its features took, without the filters, the fingerprint and the reading,
            which a site without a classifier has too.
    """

    row: Row
    evidence: Evidence
    signals: tuple[Signal, ...]
    features: Features
    seen: Seen | None = None
    milliseconds: float = 0.0


def read_rows(lines: Iterable[str]) -> list[Row]:
    """The labelled comments of a file in the order of their time; those without one stay where they stand.

    Raises UnreadableRows.
    """
    found = []
    for at, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            data = json.loads(line)
            label, body = data["label"], data["body"]
            if label in LABELS and body.strip():
                found.append((str(data.get("created") or ""), _row(data, at)))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise UnreadableRows(f"Line {at} is no labelled comment: {error!r}") from error
    return [row for _, row in sorted(found, key=lambda pair: pair[0])]


def read_posts(lines: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Title and text of posts by their keys, from JSON lines with `post`, `title`, `text`. Raises UnreadableRows."""
    posts = {}
    for at, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            data = json.loads(line)
            posts[str(data["post"])] = (str(data.get("title") or ""), str(data.get("text") or ""))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise UnreadableRows(f"Line {at} is no post: {error!r}") from error
    return posts


class Site:
    """What one blog knows at a moment: posts, recent comments, public ones. Its memory is the caller's."""

    def __init__(self, posts: Mapping[str, tuple[str, str]], prior: Prior) -> None:
        self._posts, self._prior = posts, prior
        self._profiles: dict[tuple[str, str], Profile] = {}
        self._recent: deque[tuple[str, int, str]] = deque(maxlen=MOST_RECENT)
        self._talk: dict[str, deque[tuple[str, str]]] = {}

    def look(self, row: Row, memory: SiteMemory) -> Look:
        """See a comment that has just come, and remember that it came."""
        evidence = _evidence(row)
        reading = Reading(evidence)
        seen = Seen(evidence, reading)
        digest, signature = (printed := fingerprint.print_of(reading.body)).digest, printed.signature
        seen.hosts  # noqa: B018 - read now: the filters need the links as well
        began = process_time()
        traces = traces_of(seen, comment=0, digest=digest, signature=signature)
        profile = self._profile(row)
        talk = self._talk.get(row.post, ())
        relevance = profile.measure(reading.body.folded.text, [text for _, text in islice(talk, MOST_TALK)])
        if relevance and talk:
            relevance = replace(relevance, names=len(names(evidence.body) & names(" ".join(name for name, _ in talk))))
        seen.evidence = replace(
            evidence,
            context=Context(
                post_script=profile.script,
                relevance=relevance,
                memory=memory.recall(traces, seen),
                echo=echo_of(traces.signature, digest, [r[1:] for r in self._recent if r[0] != row.author]),
            ),
        )
        self._recent.append((row.author, traces.signature, digest))
        measured = process_time() - began
        signals = tuple(run(seen.evidence, reading))
        began = process_time()
        features = replace(of_seen(seen, signals, self._prior.findings), traces=traces)
        return Look(row, seen.evidence, signals, features, seen, (measured + process_time() - began) * 1000)

    def published(self, row: Row) -> None:
        """A comment has become public."""
        talk = self._talk.setdefault(row.post, deque(maxlen=MOST_NAMES))
        talk.appendleft((row.author, row.body[:_MOST_BODY]))

    def _profile(self, row: Row) -> Profile:
        title, text = self._posts.get(row.post, ("", ""))
        key = (row.post, row.title or title)
        if key not in self._profiles:
            self._profiles[key] = Profile(row.title or title, text, self._prior.rarity)
        return self._profiles[key]


def echo_of(signature: int, digest: str, others: Iterable[tuple[int, str]]) -> Echo:
    """How much others say the same.

    Args:
        signature, digest: of the comment (`moderation.fingerprint`), the signature as a number, 0 for none.
        others: the same of recent comments by other people whom nobody knows.
    """
    others = list(others)
    again = sum(1 for _, other in others if other == digest)
    if not signature:
        return Echo(again=again)
    near = sorted((likeness(signature, other) for other, _ in others if other), reverse=True)[:3]
    return Echo(round(near[0], 3) if near else 0.0, round(sum(near) / 3, 3), again)


def progress(rows: Iterable[Row], tell: Callable[[int], None]) -> Iterator[Row]:
    """The rows, with a call after each of how many have gone by."""
    for at, row in enumerate(rows, 1):
        yield row
        tell(at)


def _row(data: dict[str, Any], at: int) -> Row:
    return Row(
        id=str(data.get("id") or at),
        author=str(data.get("author") or ""),
        website=str(data.get("author_url") or ""),
        title=str(data.get("post_title") or ""),
        body=data["body"],
        spam=LABELS[data["label"]],
        post=str(data.get("post") or data.get("post_title") or ""),
        archived=data.get("era") == ARCHIVE,
    )


def _evidence(row: Row) -> Evidence:
    return Evidence(
        name=row.author[:_MOST_NAME],
        email="",
        website=row.website[:_MOST_WEBSITE],
        body=row.body[:_MOST_BODY],
        post_title=row.title,
        seconds_on_form=60.0,
        honeypot=False,
        is_reply=False,
        staff=False,
        sender=_STRANGER,
        alike=(),
        rules=(),
    )
