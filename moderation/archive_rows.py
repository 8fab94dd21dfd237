"""Reading an archive of judged comments: JSON lines with created, author, author_url, post_title, body and label.

Pure: no Django, no settings.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass

LABELS = ("ham", "spam")
FIELDS = ("created", "author", "author_url", "post_title", "body", "label")


class UnreadableArchive(ValueError):
    """A line is no comment of an archive; the message says which and why."""


@dataclass(frozen=True, slots=True)
class ArchivedComment:
    """One comment as it was judged elsewhere. `created` is ISO 8601 in UTC, or empty where nobody knows."""

    created: str
    author: str
    author_url: str
    post_title: str
    body: str
    label: str

    @property
    def spam(self) -> bool:
        return self.label == "spam"

    @property
    def digest(self) -> str:
        """What the row is known by when the archive is read again."""
        said = [getattr(self, name) for name in FIELDS]
        return hashlib.sha256(json.dumps(said, ensure_ascii=True).encode()).hexdigest()


def read(lines: Iterable[str]) -> list[ArchivedComment]:
    """All comments of an archive that are ham or spam; other labels say nothing to the filter.

    Fields that are not known here are ignored. Raises UnreadableArchive.
    """
    found = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            data = json.loads(line)
            row = ArchivedComment(*(_text(data, name) for name in FIELDS))
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise UnreadableArchive(f"line {number}: {error}") from None
        if row.label in LABELS:
            found.append(row)
    return found


def newest(rows: Iterable[ArchivedComment], most: int) -> list[ArchivedComment]:
    """Of each label the newest `most`, oldest first; of rows without a time the later line is the newer."""
    in_time = sorted(rows, key=lambda row: row.created)
    kept = {id(row) for label in LABELS for row in [row for row in in_time if row.label == label][-most:]}
    return [row for row in in_time if id(row) in kept]


def _text(data: dict, name: str) -> str:
    value = data[name] if name in ("body", "label") else data.get(name, "")
    if value is None:
        return ""
    if not isinstance(value, str):
        raise ValueError(f"{name} is no text")
    return value
