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
from time import process_time
from typing import Any

from moderation import fingerprint
from moderation.filters import run
from moderation.filters.context import Context
from moderation.filters.evidence import Evidence, Signal
from moderation.filters.reading import Reading

from .echo import MOST_RECENT, echo_of
from .extraction import of_seen
from .features import Features
from .memory import SiteMemory, traces_of
from .prior import Prior
from .relevance import MOST_TALK, Profile
from .seen import Seen

LABELS = {"ham": False, "spam": True}
ARCHIVE = "archive"
_MOST_BODY, _MOST_NAME, _MOST_WEBSITE = 5000, 80, 200


class UnreadableRows(ValueError):
    """A file is no JSON lines of comments; says which line."""


@dataclass(frozen=True, slots=True)
class Row:
    """One labelled comment. `created` is ISO 8601, or empty where nobody knows."""

    id: str
    author: str
    website: str
    title: str
    body: str
    spam: bool
    post: str
    archived: bool
    created: str = ""


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
                found.append(_row(data, at))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise UnreadableRows(f"Line {at} is no labelled comment: {_why(error)}") from error
    return sorted(found, key=lambda row: row.created)


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
            raise UnreadableRows(f"Line {at} is no post: {_why(error)}") from error
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
        evidence = evidence_of(row)
        reading = Reading(evidence)
        seen = Seen(evidence, reading)
        digest, signature = (printed := fingerprint.print_of(reading.body)).digest, printed.signature
        seen.hosts  # noqa: B018 - read now: the filters need the links as well
        began = process_time()
        traces = traces_of(seen, comment=0, digest=digest, signature=signature)
        profile = self._profile(row)
        relevance = profile.measure(reading.body, tuple(self._talk.get(row.post, ())))
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
        features = replace(of_seen(seen, signals), traces=traces)
        return Look(row, seen.evidence, signals, features, seen, (measured + process_time() - began) * 1000)

    def published(self, row: Row) -> None:
        """A comment has become public."""
        talk = self._talk.setdefault(row.post, deque(maxlen=MOST_TALK))
        talk.appendleft((row.author, row.body[:_MOST_BODY]))

    def _profile(self, row: Row) -> Profile:
        title, text = self._posts.get(row.post, ("", ""))
        key = (row.post, row.title or title)
        if key not in self._profiles:
            self._profiles[key] = Profile(row.title or title, text, self._prior.rarity)
        return self._profiles[key]


def progress(rows: Iterable[Row], tell: Callable[[int], None]) -> Iterator[Row]:
    """The rows, with a call after each of how many have gone by."""
    for at, row in enumerate(rows, 1):
        yield row
        tell(at)


def _why(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return "it is not JSON"
    return f"it has no {error}" if isinstance(error, KeyError) else "it is not an object with texts in it"


def _row(data: dict[str, Any], at: int) -> Row:
    return Row(
        id=str(data.get("id") or at),
        created=str(data.get("created") or ""),
        author=str(data.get("author") or ""),
        website=str(data.get("author_url") or ""),
        title=str(data.get("post_title") or ""),
        body=data["body"],
        spam=LABELS[data["label"]],
        post=str(data.get("post") or data.get("post_title") or ""),
        archived=data.get("era") == ARCHIVE,
    )


def evidence_of(row: Row) -> Evidence:
    """What such a row knows of a comment: its texts, and nothing of how it was sent."""
    return Evidence.of_texts(
        row.body[:_MOST_BODY],
        name=row.author[:_MOST_NAME],
        website=row.website[:_MOST_WEBSITE],
        post_title=row.title,
    )
