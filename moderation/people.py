"""Who sent a comment, as far as that was proven: an account, a browser's token, or for a while a network.

A typed name or address is never a person. A network stands under a keyed hash that must not be seen in an address bar,
so it is named by a comment that came from it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from blog.models import User
from blog.prepared import Prepared
from comments.models import Comment, Sender
from moderation.models import PersonNote, Sanction, network_ends

SENDER, ACCOUNT, NETWORK = "browser", "account", "network"
KINDS = (SENDER, ACCOUNT, NETWORK)
Key = tuple[str, object]
EXAMPLES = {
    "sender_id": 818_181,
    "user_id": 818_182,
    "network": "no network",
    "now": datetime(1999, 9, 9, 9, 9, 9, 999_999, tzinfo=UTC),
}


class NoSuchPerson(Exception):
    """Nobody is known under this kind and number."""


@dataclass(frozen=True, slots=True)
class Person:
    """`columns` are those of Comment, Sanction and PersonNote alike; `number` is what the address says."""

    kind: str
    number: int
    label: str
    columns: dict
    user: User | None = None
    ends: datetime | None = None  # of a network: when nobody can be found under its hash any more

    @property
    def address(self) -> str:
        return reverse("moderation:person", args=[self.kind, self.number])

    @property
    def comments(self):
        return Comment.objects.filter(**self.columns)

    @property
    def sanctions(self):
        return Sanction.objects.filter(**self.columns)

    @property
    def notes(self):
        return PersonNote.objects.filter(**self.columns)


@dataclass(frozen=True, slots=True)
class Known:
    """What is held against whoever sent one comment: for a line beside it."""

    people: tuple[Person, ...]
    sanctions: tuple[Sanction, ...]
    notes: int


def find(kind: str, number: int) -> Person:
    """The person that an address of the desk names. Raises NoSuchPerson."""
    if kind == SENDER:
        sender = Sender.objects.filter(pk=number).first()
        if sender:
            return _browser(sender.pk)
    elif kind == ACCOUNT:
        user = User.objects.filter(pk=number).first()
        if user:
            return _account(user)
    elif kind == NETWORK:
        network = Comment.objects.filter(pk=number).values_list("network", flat=True).first()
        if network:
            return _network(number, network)
    raise NoSuchPerson


def of_sanction(sanction: Sanction) -> Person | None:
    """The person against whom a sanction stands; None for a network when the comment that named it was erased.

    `sanction.user` and `sanction.comment` are read, so let them be selected.
    """
    if sanction.sender_id:
        return _browser(sanction.sender_id)
    if sanction.user_id:
        return _account(sanction.user) if sanction.user else None
    named = sanction.comment
    return _network(named.pk, named.network) if named and named.network == sanction.network else None


def who_sent(comment: Comment) -> list[Person]:
    """The account of a comment, or its browser and its network."""
    if comment.user_id:
        return [_account(comment.user)]
    found = [_browser(comment.sender_id)] if comment.sender_id else []
    return found + ([_network(comment.pk, comment.network)] if comment.network else [])


def of(comments: Iterable[Comment], now: datetime) -> dict[int, Known]:
    """By comment, who sent it and what is in force against them; two queries for any number of comments."""
    senders = {comment.pk: tuple(who_sent(comment)) for comment in comments}
    wanted = _wanted([person.columns for people in senders.values() for person in people])
    sanctions, notes = _held_against(wanted, now) if wanted else ({}, {})
    return {
        pk: Known(
            people,
            tuple(one for person in people for one in sanctions.get(_key_of(person), ())),
            sum(notes.get(_key_of(person), 0) for person in people),
        )
        for pk, people in senders.items()
    }


def forget(comment: Comment, now: datetime | None = None) -> None:
    """The comment is being erased: empty the notes that were written from it, and all words when it is the last one.

    What was imposed, why by its code, when and by whom stays, and stays in force.
    """
    now = now or timezone.now()
    PersonNote.objects.filter(comment=comment, redacted_at=None).update(text="", redacted_at=now)
    for person in who_sent(comment):
        if not (person.notes.exists() or person.sanctions.exists()):
            continue  # nearly always; and no index would find what is left of a network
        left = person.comments.exclude(pk=comment.pk).exclude(status=Comment.Status.ERASED)
        if not left[:1]:
            person.notes.filter(redacted_at=None).update(text="", redacted_at=now)
            person.sanctions.update(message="", private="")


def _wanted(columns: list[dict]) -> dict[str, set]:
    wanted: dict[str, set] = {}
    for column in columns:
        for name, value in column.items():
            wanted.setdefault(name, set()).add(value)
    return wanted


def _held_against(wanted: dict[str, set], now: datetime) -> tuple[dict[Key, list[Sanction]], dict[Key, int]]:
    if all(len(values) == 1 for values in wanted.values()):  # one comment, as nearly always
        one = {name: next(iter(values)) for name, values in wanted.items()}
        in_force, noted = _about_one(tuple(sorted(one)))
        sanctions, counted = in_force.objects(now=now, **one), noted.values(**one)
    else:
        sanctions, counted = _sanctions(wanted, now), _notes(wanted)
    return _by_key(sanctions), {_key(sender, user, network): n for sender, user, network, n in counted}


@lru_cache(maxsize=64)
def _about_one(columns: tuple[str, ...]) -> tuple[Prepared, Prepared]:
    examples = {name: EXAMPLES[name] for name in columns}
    return (
        Prepared(Sanction, lambda now, **one: _sanctions(_sets(one), now), now=EXAMPLES["now"], **examples),
        Prepared(PersonNote, lambda **one: _notes(_sets(one)), **examples),
    )


def _sets(one: dict[str, object]) -> dict[str, set]:
    return {name: {value} for name, value in one.items()}


def _sanctions(wanted: dict[str, set], now: datetime) -> QuerySet:
    return Sanction.objects.in_force(now).filter(_any(wanted)).order_by("pk")


def _notes(wanted: dict[str, set]) -> QuerySet:
    counted = PersonNote.objects.filter(_any(wanted), redacted_at=None).order_by()
    return (
        counted.values("sender", "user", "network")
        .annotate(n=Count("pk"))
        .values_list("sender", "user", "network", "n")
    )


def _any(wanted: dict[str, set]) -> Q:
    found = Q()
    for name, values in wanted.items():
        found |= Q(**{f"{name}__in": values})
    return found


def _by_key(sanctions: Iterable[Sanction]) -> dict[Key, list[Sanction]]:
    found: dict[Key, list[Sanction]] = {}
    for one in sanctions:
        found.setdefault(_key(one.sender_id, one.user_id, one.network), []).append(one)
    return found


def _key(sender: int | None, user: int | None, network: str) -> Key:
    if sender:
        return "sender_id", sender
    return ("user_id", user) if user else ("network", network)


def _key_of(person: Person) -> Key:
    return next(iter(person.columns.items()))


def _browser(number: int) -> Person:
    return Person(SENDER, number, f"Browser {number}", {"sender_id": number})


def _account(user: User) -> Person:
    return Person(ACCOUNT, user.pk, f"Account {user}", {"user_id": user.pk}, user=user)


def _network(comment_id: int, network: str) -> Person:
    label = f"Network of comment {comment_id}"
    return Person(NETWORK, comment_id, label, {"network": network}, ends=network_ends(network))
