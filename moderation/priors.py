"""The prior from files: sources read, looked at one by one, then fitted. The same files give the same bytes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from . import labelled_files
from .classifier import building, labelled
from .classifier.building import Source
from .classifier.prior import Prior

BLOG, OTHER = "blog", "other"
#: The name of the last part of the work, beside those of the sources.
FITTING = "weights"


class Steps(Protocol):
    """Something that shows how far a part of the work is."""

    def __call__(self, what: str, total: int) -> AbstractContextManager:
        """A context that gives a function to call with the number of steps done."""


def sources_of(blogs: Iterable[Path], others: Iterable[Path]) -> list[Source]:
    """The sources of these files, each named after its file. Raises labelled_files.UnreadableFile."""
    return [
        Source(path.stem, kind, labelled_files.rows_of(path))
        for kind, paths in ((BLOG, blogs), (OTHER, others))
        for path in paths
    ]


def make(sources: Iterable[Source], posts: Mapping[str, tuple[str, str]], steps: Steps) -> Prior:
    """The prior that some sources teach, whatever the order in which they are given.

    Args:
        posts: title and text by key, of all sources.
        steps: shows how far each source and the fitting are.
    """
    sources = sorted(sources, key=lambda source: (source.kind, source.name))
    posts = dict(sorted(posts.items()))
    bare = building.bare_prior(sources, posts)
    seen = []
    for source in sources:
        with steps(source.name, len(source.rows)) as tell:
            looked = building.look_at(replace(source, rows=labelled.progress(source.rows, tell)), posts, bare)
            seen.append(replace(looked, source=source))
    with steps(FITTING, building.EPOCHS) as tell:
        return building.build(bare, seen, about(sources), tell)


def about(sources: Sequence[Source]) -> dict[str, object]:
    """What the file says of its making: counts by source, and no date, so that the same data give the same bytes."""
    return {
        "comments": sum(len(source.rows) for source in sources),
        "spam": sum(row.spam for source in sources for row in source.rows),
        "sources": [
            {
                "name": source.name,
                "kind": source.kind,
                "comments": len(source.rows),
                "spam": sum(row.spam for row in source.rows),
            }
            for source in sources
        ],
    }
