"""Reading the ledger from its beginning, and naming the first row in which anything is not as it was written."""

import json
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import OperationalError, connection
from django.db.models import DateTimeField, Exists, OuterRef, QuerySet, Subquery, TextField
from django.db.models.functions import Cast

from moderation import ledger
from moderation.models import Decision, DecisionWords, LedgerHead

CHUNK = 1000
NOT_WRITTEN = "its content is not what was written"
#: What Django raises over a value that is none of its column's; SQLite stores anything anywhere.
UNREADABLE = (ValueError, TypeError, AttributeError)


@dataclass(frozen=True, slots=True)
class Fault:
    """The first thing that is not as it was written: the decision's number (0 for none), and what is wrong with it."""

    decision: int
    says: str

    def __str__(self) -> str:
        return f"Decision {self.decision}: {self.says}." if self.decision else f"{self.says}."


@dataclass(frozen=True, slots=True)
class Verified:
    """How many decisions were read, the digest of the latest, and the first fault or None."""

    read: int
    digest: str
    fault: Fault | None


def verify(kept: str = "") -> Verified:
    """Read the whole ledger and name the first row in which anything was changed, or that is missing.

    `kept` is a digest that was noted down earlier; it must still be in the chain.
    """
    read, previous, last, seen_kept, unexplained = 0, "", 0, not kept, None
    head = _head()
    for number, decision in _rows(head.last):
        says = fault_of(decision, previous) if decision else NOT_WRITTEN
        if says:
            return Verified(read, previous, Fault(number, says))
        # Only once the chain is whole can it be said whether an erasure in it explains what was taken out.
        if unexplained is None and (says := redaction_fault_of(decision)):
            unexplained = Fault(number, says)
        read, previous, last = read + 1, decision.digest, number
        seen_kept = seen_kept or decision.digest == kept
    return Verified(read, previous, _fault_at_the_end(head, previous, last, seen_kept) or unexplained)


def now_and_here(number: int) -> str:
    """What is wrong with one decision and its place between its neighbours, as of now; "" if nothing is."""
    decision = _one(number)
    if decision is None:
        return NOT_WRITTEN
    before = Decision.objects.filter(pk__lt=number).order_by("-pk").values_list("digest", flat=True).first()
    if says := fault_of(decision, before or "") or redaction_fault_of(decision):
        return says
    after = Decision.objects.filter(pk__gt=number).order_by("pk").values_list("previous", flat=True).first()
    follows = _head().digest if after is None else after
    return "" if follows == decision.digest else "what comes after it does not follow it"


def fault_of(decision: Decision, previous: str) -> str:
    """What is wrong with a row read by `_full`, if the one before it has the digest `previous`; "" if nothing is."""
    try:
        return _fault(decision, previous)
    except UNREADABLE:
        return NOT_WRITTEN


def _fault(decision: Decision, previous: str) -> str:
    if decision.previous != previous:
        return "it does not follow the decision before it: one is missing, or was put in"
    if decision.format not in ledger.FORMATS or not _as_stored(decision):
        return NOT_WRITTEN
    if decision.digest != ledger.digest_of(decision):
        return NOT_WRITTEN
    words = getattr(decision, "words", None)
    if not decision.commitment:
        return "words were put beside it" if words else ""
    if words is None:
        return "its words are missing"
    if words.redacted_at is None and decision.redacted_raw is None:
        return "" if ledger.commitment_of(words) == decision.commitment else "its words are not what was written"
    if words.note or words.message or words.salt:
        return "its words were changed after they were redacted"
    return ""


def redaction_fault_of(decision: Decision) -> str:
    """What is wrong with words that were taken out, or "": an erasure of the comment must say so, with its time."""
    words = getattr(decision, "words", None)
    if words is None or words.redacted_at is None:
        return ""
    if decision.erased_at is None:
        return "its words were taken out, and nothing was erased"
    same = words.redacted_at == decision.erased_at and decision.redacted_raw in (None, _text(decision.erased_at))
    return "" if same else "its words say another time of the erasure than the decision to erase"


def _fault_at_the_end(head: LedgerHead, previous: str, last: int, seen_kept: bool) -> Fault | None:
    # Without a transaction, which would make writers wait: the head is read again after what may stand behind it.
    behind = Decision.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    if last != head.last:
        return Fault(last + 1, f"it is missing; the ledger went on to decision {head.last}")
    if previous != head.digest:
        return Fault(last, "the end of the chain was noted with another digest than it has")
    if behind > (now := _head()).last:
        return Fault(behind, f"it stands behind decision {now.last}, the end of the chain")
    there = Decision.objects.filter(pk=OuterRef("decision"))
    lost = DecisionWords.objects.filter(~Exists(there)).order_by("pk").values_list("decision_id", flat=True).first()
    if lost is not None:
        return Fault(lost, "there are words beside it, and it is missing")
    return None if seen_kept else Fault(0, "The digest that was kept is not in the chain any more")


def _head() -> LedgerHead:
    return LedgerHead.objects.filter(pk=1).first() or LedgerHead(last=0, digest="")


def _rows(last: int) -> Iterator[tuple[int, Decision | None]]:
    """All decisions up to the head that was read, in order, a chunk at a time; None for one that cannot be read."""
    after = -(2**63)
    while True:
        found = Decision.objects.filter(pk__gt=after, pk__lte=last).order_by("pk")
        numbers = list(found.values_list("pk", flat=True)[:CHUNK])
        if not numbers:
            return
        chunk = _read(found.filter(pk__lte=numbers[-1]))
        if chunk is None:
            yield from ((number, _one(number)) for number in numbers)
        else:
            yield from ((decision.pk, decision) for decision in chunk)
        after = numbers[-1]


def _one(number: int) -> Decision | None:
    return next(iter(_read(Decision.objects.filter(pk=number)) or ()), None)


def _read(found: QuerySet) -> list[Decision] | None:
    """The rows, or None where one of them holds what its column cannot."""
    try:
        return list(_full(found))
    except UNREADABLE:
        return None
    except OperationalError as error:
        if "decode" in str(error):  # bytes that are no text; all else is about the database and not about the row
            return None
        raise


def _full(found: QuerySet) -> QuerySet:
    """Decisions with their words, the moment at which their comment was erased, and the stored text of some columns.

    One statement, so that an erasure which happens meanwhile is seen whole or not at all.
    """
    erased = Decision.objects.filter(comment=OuterRef("comment"), action=Decision.Action.ERASE).order_by("-pk")
    texts = {f"{name}_raw": Cast(name, TextField()) for name in ledger.JSON_COLUMNS}
    if connection.vendor == "sqlite":
        texts |= {f"{name}_raw": Cast(name, TextField()) for name in ("created_at", "batch")}
        redacted = Cast("words__redacted_at", TextField())
    else:
        redacted = Cast(None, TextField())
    return found.select_related("words").annotate(
        erased_at=Subquery(erased.values("created_at")[:1], output_field=DateTimeField()),
        redacted_raw=redacted,
        **texts,
    )


def _as_stored(decision: Decision) -> bool:
    """Whether the columns that can say the same in several ways say it as this program does.

    A digest is over values. So it cannot tell a space in a JSON text, a key said twice, or 1.00 for 1.0; nor, on
    SQLite, a moment or a key of a batch written in another of the ways that Django reads.
    """
    json_text = _sqlite_json if connection.vendor == "sqlite" else _jsonb_text
    if any(getattr(decision, f"{name}_raw") != json_text(getattr(decision, name)) for name in ledger.JSON_COLUMNS):
        return False
    if connection.vendor != "sqlite":
        return True
    batch = decision.batch.hex if decision.batch else None
    return decision.created_at_raw == _text(decision.created_at) and decision.batch_raw == batch


def _text(moment) -> str:
    """A moment as it is stored on SQLite."""
    return str(connection.ops.adapt_datetimefield_value(moment))


def _sqlite_json(value: object) -> str:
    return json.dumps(value, sort_keys=True)


def _jsonb_text(value: object) -> str:
    """A value as PostgreSQL writes jsonb: keys by length first."""
    return json.dumps(_by_length(value), ensure_ascii=False)


def _by_length(value: object) -> object:
    if isinstance(value, list):
        return [_by_length(part) for part in value]
    if isinstance(value, dict):
        return {name: _by_length(value[name]) for name in sorted(value, key=lambda name: (len(name.encode()), name))}
    return value
