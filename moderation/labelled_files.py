"""Files of labelled comments and of posts, read whole, with errors that name the file.

What a line holds stands in `classifier/labelled.py`.
"""

from __future__ import annotations

from pathlib import Path

from .classifier import labelled, prior

#: The posts of the files beside it.
POSTS = "posts.jsonl"


class UnreadableFile(Exception):
    """A file that cannot be read, or is not what it should be; the message names it and says why."""


def rows_of(path: Path) -> list[labelled.Row]:
    """The labelled comments of a file, in the order of time. Raises UnreadableFile, also for a file without any."""
    try:
        with path.open(encoding="utf-8") as lines:
            rows = labelled.read_rows(lines)
    except (OSError, UnicodeDecodeError, labelled.UnreadableRows) as error:
        raise UnreadableFile(f"{path}: {_reason(error)}") from error
    if not rows:
        raise UnreadableFile(f"{path}: no comment in it is labelled ham or spam")
    return rows


def posts_of(path: Path) -> dict[str, tuple[str, str]]:
    """Title and text of posts by their keys. Raises UnreadableFile."""
    try:
        with path.open(encoding="utf-8") as lines:
            return labelled.read_posts(lines)
    except (OSError, UnicodeDecodeError, labelled.UnreadableRows) as error:
        raise UnreadableFile(f"{path}: {_reason(error)}") from error


def posts_beside(path: Path) -> dict[str, tuple[str, str]]:
    """The posts that stand beside a file of comments; none where there is no such file. Raises UnreadableFile."""
    beside = path.with_name(POSTS)
    return posts_of(beside) if beside.exists() else {}


def prior_of(path: Path | None) -> prior.Prior:
    """The prior in a file, or the one that ships with the product. Raises UnreadableFile."""
    try:
        return prior.shipped() if path is None else prior.Prior.from_bytes(path.read_bytes())
    except (OSError, prior.UnreadablePrior) as error:
        raise UnreadableFile(f"{path or prior.FILE}: {_reason(error)}") from error


def _reason(error: Exception) -> str:
    return error.strerror or str(error) if isinstance(error, OSError) else str(error)
