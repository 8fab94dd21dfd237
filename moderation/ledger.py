"""The ledger: every Decision carries the digest of the one before it, so a change to any row shows.

A digest is SHA-256 over one canonical JSON text of the row: its own number, everything it says, the digest of its words
and the digest of the row before. Numbers are given here and not by the database, without gaps from the first decision
on that this version wrote. What people wrote stands in `DecisionWords` and enters as a salted digest only, so that an
erasure can empty it and the chain still verifies.

Whoever can write to the database can also compute a whole new chain. Against that helps a copy of the latest digest
kept elsewhere: `verify` takes one, the command prints one, and the moderators' digest mail carries it.
"""

import hashlib
import json
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db.models import Exists, OuterRef
from django.utils import timezone

from comments.models import Comment
from moderation.models import Decision, DecisionWords, LedgerHead

CHUNK = 1000
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


@dataclass(frozen=True, slots=True)
class Fault:
    """The first thing that is not as it was written: the decision's number, and what is wrong with it."""

    decision: int
    says: str


@dataclass(frozen=True, slots=True)
class Verified:
    """How many decisions were read, the digest of the latest, and the first fault or None."""

    read: int
    digest: str
    fault: Fault | None


def append(decision: Decision, note: str = "", message: str = "") -> Decision:
    """Give an unsaved decision its number and place in the chain, and write it with its words.

    Locks the head of the chain until the transaction ends. It must be the last lock that the transaction takes on rows
    that others write too: whoever locks a comment or a post after it can meet somebody who waits the other way round.
    """
    words = DecisionWords(note=note, message=message, salt=secrets.token_hex(16)) if note or message else None
    head = _locked_head()
    decision.pk = head.last + 1
    decision.commitment = commitment_of(words) if words else ""
    decision.previous = head.digest
    decision.digest = digest_of(decision)
    decision.save(force_insert=True)
    if words:
        words.decision = decision
        words.save(force_insert=True)
    LedgerHead.objects.filter(pk=head.pk).update(last=decision.pk, digest=decision.digest)
    return decision


def redact(comment: Comment, now: datetime | None = None) -> None:
    """Empty the words beside every decision about a comment. The chain keeps their digests, without the salt."""
    DecisionWords.objects.filter(decision__comment=comment, redacted_at=None).update(
        note="", message="", salt="", redacted_at=now or timezone.now()
    )


def verify(kept: str = "") -> Verified:
    """Read the whole ledger and name the first row in which anything was changed, or that is missing.

    `kept` is a digest that was noted down earlier; it must still be in the chain.
    """
    read, previous, seen_kept = 0, "", not kept
    head = _head()
    for decision in _rows(head.last):
        if says := _fault(decision, previous):
            return Verified(read, previous, Fault(decision.pk, says))
        read, previous = read + 1, decision.digest
        seen_kept = seen_kept or decision.digest == kept
    says = ""
    # Without a transaction, which would make writers wait: the head is read again after what may stand behind it.
    behind = Decision.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    if previous != head.digest:
        says = "it is the latest that was written, and it is missing"
    elif behind > (now := _head()).last:
        head, says = LedgerHead(last=behind), f"it stands behind decision {now.last}, the end of the chain"
    elif not seen_kept:
        says = "the digest that was kept is not in the chain any more"
    return Verified(read, previous, Fault(head.last, says) if says else None)


def digest_of(decision: Decision) -> str:
    """The digest that a row must have."""
    return _sha256([_canonical(getattr(decision, name)) for name in FORMATS[decision.format]])


def commitment_of(words: DecisionWords) -> str:
    """The digest under which a decision keeps its words."""
    return _sha256([words.salt, words.note, words.message])


def _locked_head() -> LedgerHead:
    head = LedgerHead.objects.select_for_update().filter(pk=1).first()
    if head is None:
        LedgerHead.objects.get_or_create(pk=1)
        head = LedgerHead.objects.select_for_update().get(pk=1)
    return head


def _head() -> LedgerHead:
    return LedgerHead.objects.filter(pk=1).first() or LedgerHead(last=0, digest="")


def _rows(last: int) -> Iterator[Decision]:
    """All decisions up to the head that was read, in order, a chunk at a time."""
    erased = Decision.objects.filter(comment=OuterRef("comment"), action=Decision.Action.ERASE)
    after = -(2**63)
    while True:
        found = Decision.objects.filter(pk__gt=after, pk__lte=last).annotate(erased=Exists(erased))
        chunk = list(found.select_related("words").order_by("pk")[:CHUNK])
        yield from chunk
        if len(chunk) < CHUNK:
            return
        after = chunk[-1].pk


def _fault(decision: Decision, previous: str) -> str:
    if decision.previous != previous:
        return "it does not follow the decision before it: one is missing, or was put in"
    if decision.format not in FORMATS or decision.digest != digest_of(decision):
        return "its content is not what was written"
    words = getattr(decision, "words", None)
    if not decision.commitment:
        return "words were put beside it" if words else ""
    if words is None:
        return "its words are missing"
    if words.redacted_at is not None:
        if words.note or words.message or words.salt:
            return "its words were changed after they were redacted"
        return "" if decision.erased else "its words were taken out, and nothing was erased"
    return "" if commitment_of(words) == decision.commitment else "its words are not what was written"


def _canonical(value: object) -> object:
    """A value as both databases give it back."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, float):
        return repr(value)
    if isinstance(value, list | tuple):
        return [_canonical(part) for part in value]
    if isinstance(value, dict):
        return {name: _canonical(part) for name, part in value.items()}
    return value if isinstance(value, int | bool | None) else str(value)


def _sha256(parts: list) -> str:
    text = json.dumps(parts, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
