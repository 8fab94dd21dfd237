"""How much of what a comment says was said by other newcomers of late: the wording of a campaign."""

from __future__ import annotations

from collections.abc import Iterable

from moderation.filters.context import Echo

from .memory import likeness

#: Recent comments of others that a new one is compared with.
MOST_RECENT = 100


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
