"""Replaying labelled comments as they came in, everything still pending, to see which cards they form."""

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from moderation.campaigning import WINDOW, Facts, traces_of
from moderation.fingerprint import digest, minhash
from tests.moderation.card_table import Table

UNDATED = datetime(2020, 1, 1, tzinfo=UTC)  # sources without times are taken a minute apart, in their order


@dataclass(slots=True)
class Found:
    """Spam in all and on cards of two or more, the cards, and honest comments beside another sender's spam."""

    spam: int = 0
    covered: int = 0
    cards: int = 0
    honest_among_spam: list[str] = field(default_factory=list)


def sources(folder: Path) -> list[str]:
    """The names of the sources in a folder."""
    return sorted(path.stem for path in folder.glob("*.jsonl") if path.stem != "posts")


def replay(folder: Path, source: str, window: timedelta = WINDOW) -> Found:
    """Let every comment of a source arrive in order of time, and say what became of them."""
    rows = [json.loads(line) for line in (folder / f"{source}.jsonl").read_bytes().splitlines()]
    rows.sort(key=lambda row: row["created"] or "")
    table = Table(window)
    for number, row in enumerate(rows):
        table.add(_facts(number, row))
    found = Found(spam=sum(row["label"] == "spam" for row in rows), cards=len(table.groups()))
    for group in table.groups():
        members = [(at, rows[at]) for at in group]
        refused = {_sender(row, at) for at, row in members if row["label"] != "ham"}
        found.covered += sum(row["label"] == "spam" for _, row in members)
        found.honest_among_spam += [
            row["id"] for at, row in members if row["label"] == "ham" and refused - {_sender(row, at)}
        ]
    return found


def _facts(number: int, row: dict) -> Facts:
    found = minhash(row["body"])
    traces = traces_of(
        row["body"],
        digest=digest(row["body"]),
        signature=found.signature if found else "",
        website=row["author_url"] or "",
    )
    at = datetime.fromisoformat(row["created"]) if row["created"] else UNDATED + timedelta(minutes=number)
    return Facts(number, traces, at, _sender(row, number))


def _sender(row: dict, number: int) -> object:
    return (row["author"], row["author_url"]) if row["author"] or row["author_url"] else number
