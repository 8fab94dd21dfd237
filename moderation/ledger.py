"""The ledger: every Decision carries the digest of the one before it, so a change to any row shows.

A digest is SHA-256 over one canonical JSON text of the row: its own number, everything it says, the digest of its words
and the digest of the row before. Numbers are given here and not by the database, without gaps from the first decision
on that this version wrote. What people wrote stands in `DecisionWords` and enters as a salted digest only, so that an
erasure can empty it and the chain still verifies. `verification.py` reads the chain and names the first fault.

Whoever can write to the database can also compute a whole new chain. Against that helps a copy of the latest digest
kept elsewhere: `verify` takes one, the command prints one, and the moderators' digest mail carries it.
"""

import hashlib
import json
import math
import secrets
from collections.abc import Iterable
from datetime import UTC, datetime
from uuid import UUID

from blog.changing import Changing
from blog.prepared import Prepared
from blog.stored import Stored
from comments.models import Comment
from moderation.models import Decision, DecisionWords, LedgerHead

#: The columns that a digest covers, in this order. A row says which format it was written in, so that a column which a
#: later version adds makes a new format and leaves every old digest true.
FORMATS = {
    1: (
        "id",
        "comment_id",
        "action",
        "from_status",
        "to_status",
        "from_version",
        "to_version",
        "revision",
        "actor_kind",
        "actor_id",
        "actor_name",
        "reason",
        "signals",
        "batch",
        "reverses_id",
        "before",
        "after",
        "review_id",
        "standing",
        "created_at",
        "format",
        "commitment",
        "previous",
    )
}
JSON_COLUMNS = ("signals", "before", "after")


def append(written: Iterable[tuple[Decision, str, str]]) -> None:
    """Give unsaved decisions their numbers and places in the chain, in their order, and write them with their words.

    Args:
        written: each decision with its note and its message.

    Locks the head of the chain until the transaction ends. It must be the last lock that the transaction takes on rows
    that others write too: whoever locks a comment or a post after it can meet somebody who waits the other way round.
    Raises ValueError for a number that a database would give back as another one.
    """
    head = _locked_head()
    last, digest = head.last, head.digest
    rows, words = [], []
    for decision, note, message in written:
        last += 1
        decision.pk, decision.previous, decision.commitment = last, digest, ""
        if note or message:
            said = DecisionWords(decision=decision, note=note, message=message, salt=secrets.token_hex(16))
            decision.commitment = commitment_of(said)
            words.append(said)
        put_in_order(decision)
        decision.digest = digest = digest_of(decision)
        rows.append(decision)
    _DECISIONS.many(rows)
    _WORDS.many(words)
    _MOVING_ON.change(last=last, digest=digest)


_MOVING_ON = Changing(
    LedgerHead,
    lambda last, digest: (LedgerHead.objects.filter(pk=1), {"last": last, "digest": digest}),
    last=919_191,
    digest="919191",
)
_DECISIONS, _WORDS = Stored(Decision, numbered=True), Stored(DecisionWords)


def redact(comment: Comment) -> datetime:
    """Empty the words beside every decision about an erased comment. The chain keeps their digests, without the salt.

    The time is that of the erasure, which is in the chain: so it can be verified too. Returns it.
    """
    erased = Decision.objects.filter(comment=comment, action=Decision.Action.ERASE).latest("pk")
    DecisionWords.objects.filter(decision__comment=comment, redacted_at=None).update(
        note="", message="", salt="", redacted_at=erased.created_at
    )
    return erased.created_at


def put_in_order(decision: Decision) -> None:
    """Write what is stored as JSON in the one way in which `verification` expects to find it."""
    for name in JSON_COLUMNS:
        setattr(decision, name, _in_order(getattr(decision, name)))


def digest_of(decision: Decision) -> str:
    """The digest that a row must have."""
    return _sha256([_canonical(getattr(decision, name)) for name in FORMATS[decision.format]])


def commitment_of(words: DecisionWords) -> str:
    """The digest under which a decision keeps its words."""
    return _sha256([words.salt, words.note, words.message])


def _locked_head() -> LedgerHead:
    head = _HEAD.object()
    if head is None:
        LedgerHead.objects.get_or_create(pk=1)
        head = LedgerHead.objects.select_for_update().get(pk=1)
    return head


_HEAD = Prepared(LedgerHead, lambda: LedgerHead.objects.select_for_update().filter(pk=1))


def _in_order(value: object) -> object:
    """Keys sorted, and numbers that jsonb gives back as they were: it knows no -0.0, and makes an integer of 1e16."""
    if isinstance(value, dict):
        return {name: _in_order(value[name]) for name in sorted(value)}
    if isinstance(value, list | tuple):
        return [_in_order(part) for part in value]
    if isinstance(value, float):
        if not math.isfinite(value) or abs(value) >= 1e15:
            raise ValueError(f"{value} cannot be kept in a decision.")
        return round(value, 4) + 0.0
    return value


def _canonical(value: object) -> object:
    """A value as both databases give it back, with its type: 1, 1.0, true and "1" are four values."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, str | UUID):
        return str(value)  # also the member of an enumeration, whose text it is
    if isinstance(value, list | tuple):
        return [_canonical(part) for part in value]
    if isinstance(value, dict):
        return {str(name): _canonical(part) for name, part in value.items()}
    if isinstance(value, int | float | None):
        return value
    raise TypeError(f"A decision holds no {type(value).__name__}.")


def _sha256(parts: list) -> str:
    text = json.dumps(parts, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
