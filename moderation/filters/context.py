"""What is known around a comment: the post it stands under, what the site remembers, and what else arrives.

Numbers and names only, measured when the comment was screened and stored with the screening: they change with every
later comment, so a replay must not measure them again.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, is_dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Relevance:
    """How much a comment has to do with its post.

    Args:
        whole: whether the post's text says what it is about, or only its title does.
        cosine: of the two texts as vectors of words weighed by rarity, 0 to 1.
        rare: how many different rare words the comment has.
        shared: how many of those the post has too.
        weight: the part of the comment's words, weighed by rarity, that the post has too, 0 to 1.
        cover: the part of all its different words that the post has too, 0 to 1.
        title: how many of the title's rare words it has.
        titled: how many the title has.
        topical: how many different words it has that are rarer still and so name what a text is about.
        touched: how many of those the post has too.
        headed: how many of the title's words that name a topic it has.
        quotes: how many uncommon pairs of words it shares with the post, in that order.
        thread: how many of its rare words stand in public comments below the post; None where there are none.
        names: how many names of people who commented before it mentions; None where there are none.
        copied: how many words in a row it has that stand so in the post.
    """

    whole: bool
    cosine: float
    rare: int
    shared: int
    weight: float
    cover: float
    title: int
    titled: int
    quotes: int
    topical: int
    touched: int
    headed: int
    thread: int | None = None
    names: int | None = None
    copied: int = 0


@dataclass(frozen=True, slots=True)
class Remembered:
    """How often people on this site called something spam, and how often they let it through.

    Args:
        what: the thing in words: a host, a name, or "" for a text.
        spam, ham: in how many comments that people decided about.
    """

    what: str = ""
    spam: int = 0
    ham: int = 0


@dataclass(frozen=True, slots=True)
class Memory:
    """What the site's decided comments have in common with this one.

    Args:
        host: of all hosts that it leads to, the one most often in spam, then in ham; None where none is known.
        owner: the same for the main part of the hosts ("shop" in shop.example and shop.invalid).
        name: the sender's name as it was typed.
        text: the very same text.
        like_spam, like_ham: the likeness of the nearest text of each kind, 0 to 1; None for one too short to
            compare, or where there is none yet.
        nearest: number of the comment that `like_spam` is about, and the day on which it was decided about, in words.
        site_spam, site_ham: how many comments were decided about in all.
    """

    host: Remembered | None = None
    owner: Remembered | None = None
    name: Remembered | None = None
    text: Remembered | None = None
    like_spam: float | None = None
    like_ham: float | None = None
    nearest: int | None = None
    nearest_on: str = ""
    site_spam: int = 0
    site_ham: int = 0


@dataclass(frozen=True, slots=True)
class Echo:
    """How much recent comments of other people whom nobody knows say the same.

    Args:
        nearest: the likeness of the most alike one, 0 to 1; None for a text too short to compare.
        three: the mean likeness of the three most alike.
        again: how many of them are the very same text.
    """

    nearest: float | None = None
    three: float | None = None
    again: int = 0


@dataclass(frozen=True, slots=True)
class Context:
    """Everything around one comment.

    Args:
        post_script: the script that the post is written in; "" where nothing is known of the post.
        relevance: None where nothing is known of the post.
        post_days: days since the post came out; None where unknown.
        network: how many other comments came from the same network within an hour.
    """

    post_script: str = ""
    relevance: Relevance | None = None
    memory: Memory = Memory()
    echo: Echo = Echo()
    post_days: float | None = None
    network: int = 0

    def as_json(self) -> dict[str, Any]:
        """Plain data, to store."""
        return _plain(self)

    @classmethod
    def from_json(cls, data: Any) -> Context:
        """The context that `as_json` wrote; one from before there was any is empty. Raises TypeError, KeyError."""
        if data is None:
            return cls()
        remembered = {
            name: Remembered(**data["memory"][name]) if data["memory"][name] else None
            for name in ("host", "owner", "name", "text")
        }
        return cls(
            **{
                field.name: data[field.name]
                for field in fields(cls)
                if field.name in ("post_script", "post_days", "network")
            },
            relevance=Relevance(**data["relevance"]) if data["relevance"] else None,
            memory=Memory(**{**data["memory"], **remembered}),
            echo=Echo(**data["echo"]),
        )


#: The context of a comment of which nothing is known.
NOWHERE = Context()


def _plain(part: Any) -> dict[str, Any]:
    """As `asdict` makes it, which copies each number by itself."""
    values = {name: getattr(part, name) for name in part.__dataclass_fields__}
    return {name: _plain(value) if is_dataclass(value) else value for name, value in values.items()}
