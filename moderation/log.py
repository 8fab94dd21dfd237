"""The log of decisions: filtered, a page at a time, and as a file for a spreadsheet."""

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from blog.models import Post, User
from comments.models import Reason
from moderation.days import midnight
from moderation.forms import query_of
from moderation.models import Decision
from moderation.pages import Page, page_of

SIZE = 50
CHUNK = 500
MOST_PEOPLE = 200
KIND = Decision.ActorKind
#: A spreadsheet takes a cell that begins so for a formula; the full-width forms too, in some languages.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
COLUMNS: tuple[tuple[str, Callable[[Decision], object]], ...] = (
    ("decision", lambda row: row.pk),
    ("time", lambda row: timezone.localtime(row.created_at).isoformat(timespec="seconds")),
    ("comment", lambda row: row.comment_id),
    ("post", lambda row: row.comment.post.title),
    ("actor kind", lambda row: row.actor_kind),
    ("actor", lambda row: row.actor_name),
    ("action", lambda row: row.action),
    ("from", lambda row: row.from_status),
    ("to", lambda row: row.to_status),
    ("revision", lambda row: row.revision),
    ("version", lambda row: row.to_version),
    ("reason", lambda row: row.reason),
    ("note", lambda row: row.note),
    ("message", lambda row: row.message),
    ("batch", lambda row: row.batch or ""),
    ("reverses", lambda row: row.reverses_id or ""),
    ("signals", lambda row: " ".join(f"{code}:{weight:g}" for code, weight in row.signals)),
)


@dataclass(frozen=True, slots=True)
class Log:
    """A page of the log, newest first."""

    rows: list[Decision]
    page: Page
    previous: str
    next: str
    first: str
    csv: str
    says: list[str]


def people() -> list[tuple[str, str]]:
    """Whom the log can be narrowed to: staff, the policy, and the comments' authors."""
    staff = User.objects.filter(is_staff=True).order_by("display_name", "pk")[:MOST_PEOPLE]
    return [
        *((str(user.pk), str(user)) for user in staff),
        (KIND.SYSTEM.value, "The policy and other automation"),
        (KIND.SENDER.value, "Authors of comments"),
    ]


def read(chosen: dict) -> Log:
    """The page that the cleaned data of a `LogFilter` asks for."""
    post = chosen["post"]
    page = page_of(
        [rows({**chosen, "post": None})],
        size=SIZE,
        descending=True,
        after=chosen["after"],
        before=chosen["before"],
        # A decision has no column of its post, so no index leads there: looked for in a stretch at a time.
        sift=(lambda found: found.filter(comment__post=post)) if post else None,
    )
    unpaged = {**chosen, "after": None, "before": None}
    return Log(
        rows=list(_shown(Decision.objects.filter(pk__in=page.ids)).order_by("-pk")),
        page=page,
        previous=_address("log", {**unpaged, "before": page.previous}) if page.previous else "",
        next=_address("log", {**unpaged, "after": page.next}) if page.next else "",
        first=_address("log", unpaged) if chosen["after"] or chosen["before"] else "",
        csv=_address("log_csv", unpaged),
        says=_says(chosen),
    )


def rows(chosen: dict) -> QuerySet:
    """The decisions that a filter names. Days are days of the site's time zone."""
    found = Decision.objects.all()
    who = chosen["who"]
    if who in KIND.values:
        found = found.filter(actor_kind=who)
    elif who:
        found = found.filter(actor=int(who))
    if chosen["reason"]:
        found = found.filter(reason=chosen["reason"])
    for name, column in (("action", "action"), ("comment", "comment"), ("batch", "batch"), ("post", "comment__post")):
        if chosen[name]:
            found = found.filter(**{column: chosen[name]})
    if chosen["since"]:
        found = found.filter(created_at__gte=midnight(chosen["since"]))
    if chosen["until"]:
        found = found.filter(created_at__lt=midnight(chosen["until"] + timedelta(days=1)))
    return found


def csv_lines(chosen: dict) -> Iterator[str]:
    """The file line by line, newest decision first, read in chunks so that its length costs no memory."""
    writer = csv.writer(_Echo())
    yield writer.writerow([name for name, _ in COLUMNS])
    last = None
    while True:
        found = _shown(rows(chosen)).order_by("-pk")
        chunk = list(found.filter(pk__lt=last)[:CHUNK] if last else found[:CHUNK])
        for row in chunk:
            yield writer.writerow([cell(value(row)) for _, value in COLUMNS])
        if len(chunk) < CHUNK:
            return
        last = chunk[-1].pk


def cell(value: object) -> str:
    """A value as text that no spreadsheet runs: one that looks like a formula begins with an apostrophe."""
    text = str(value)
    return f"'{text}" if text.lstrip(" \u00a0\u3000").startswith(FORMULA) else text


def _shown(found: QuerySet) -> QuerySet:
    return found.select_related("comment__post", "reversed_by", "words").only(
        *(column.attname for column in Decision._meta.concrete_fields if column.name not in ("before", "after")),
        "comment__name",
        "comment__status",
        "comment__post__title",
        "reversed_by__actor_name",
        "words__note",
        "words__message",
        "words__message",
    )


def _address(name: str, chosen: dict) -> str:
    query = urlencode(query_of(chosen))
    return reverse(f"moderation:{name}") + (f"?{query}" if query else "")


def _says(chosen: dict) -> list[str]:
    """The filters that only links set, in words; the others stand in the form."""
    says = []
    if chosen["post"]:
        title = Post.objects.filter(pk=chosen["post"]).values_list("title", flat=True).first()
        says.append(f"on “{title or chosen['post']}”")
    if chosen["comment"]:
        says.append(f"about comment {chosen['comment']}")
    if chosen["batch"]:
        says.append(f"in batch {chosen['batch'].hex[:8]}")
    return says


def reason_label(code: str) -> str:
    """A reason code in words, as it stands where the choice was made."""
    if code == Reason.OTHER:
        return "Another reason"
    return Reason(code).label if code in Reason.values else code


class _Echo:
    """A file that gives each line back in place of keeping it."""

    def write(self, line: str) -> str:
        return line
