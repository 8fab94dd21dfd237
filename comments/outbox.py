"""Sends what is due: claim a row, ask again whether it is true, hand it to the mail server, note that it is sent.

Each step is committed before the next. Whoever is killed in between leaves a row in "sending"; after LEASE it is sent
again, under the same Message-ID. The one window in which a mail can go out twice is between the server's "250" and our
commit right after it; SMTP offers nothing that would close it, but mail servers and programs know a Message-ID again.
"""

import logging
import smtplib
import time
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import get_connection
from django.db.models import F, Q, QuerySet
from django.utils.module_loading import import_string

from comments import letters
from comments.letters import Letter
from comments.models import Address, Notice
from comments.subscriptions import CONFIRM_KIND

log = logging.getLogger(__name__)
LEASE = timedelta(minutes=10)  # longer than a mail can take: the worker stops a task after 5 minutes
BATCH = 50
BUNDLE = 50  # rows of one kind to one account that go as one mail
BUNDLED = frozenset({"new_comment"})
FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=6)
GIVE_UP = timedelta(days=7)  # for an address that says "later"; a mail server of ours that is down is tried for ever
MOST_AN_HOUR = 20  # mails to one recipient
REFUSALS = 3  # mails in a row that an address did not take, after which it gets none
State = Notice.State


@dataclass(slots=True)
class Sent:
    """What a run did, in rows."""

    sent: int = 0
    cancelled: int = 0
    failed: int = 0
    later: int = 0


class ServerTrouble(Exception):
    """Our own mail server does not work now; no row is to blame."""


def send_due(now: datetime, seconds: float = 40.0) -> Sent:
    """Send what is due, begin no mail after `seconds`. Any number of these may run at once."""
    result, until = Sent(), time.monotonic() + seconds
    connection = None
    try:
        for row in list(_due(now)[:BATCH]):
            if time.monotonic() > until:
                break
            rows = _claim(row, now)
            if not rows:
                continue
            letter = _letter(rows, now, result)
            if letter is None:
                continue
            connection = connection or get_connection(timeout=settings.EMAIL_TIMEOUT)
            try:
                _hand_over(connection, letter, rows, now, result)
            except ServerTrouble as trouble:
                # The others would only meet the same: they stay due, and the next run begins with one of them.
                log.warning("Mail waits: %s", trouble)
                break
    finally:
        _close(connection)
    return result


def _due(now: datetime) -> QuerySet[Notice]:
    """Rows to try: due ones, and those whose sender was lost. What nobody confirmed yet waits for that."""
    confirmed = Q(subscription=None) | Q(subscription__confirmed_at__isnull=False) | Q(kind=CONFIRM_KIND)
    open_rows = Notice.objects.filter(confirmed, state__in=[State.DUE, State.SENDING], next_try_at__lte=now)
    return open_rows.select_related("subscription__address", "user").order_by("next_try_at", "pk")


def _claim(row: Notice, now: datetime) -> list[Notice]:
    """Take a row and what goes with it in one mail; the first one names the mail. Empty if somebody else has it.

    Compare and swap on state and attempts, so of two workers one gets it, on either database.
    """
    if not _swap(row, now):
        return []
    rows = [row]
    if row.kind in BUNDLED:
        alike = _due(now).filter(kind=row.kind, user=row.user_id).exclude(pk=row.pk)
        rows += [other for other in alike[: BUNDLE - 1] if _swap(other, now)]
    return rows


def _swap(row: Notice, now: datetime) -> bool:
    mine = Notice.objects.filter(pk=row.pk, state=row.state, attempts=row.attempts, next_try_at=row.next_try_at)
    taken = mine.update(state=State.SENDING, attempts=F("attempts") + 1, next_try_at=now + LEASE)
    if taken:
        row.state, row.attempts = State.SENDING, row.attempts + 1
    return bool(taken)


def _letter(rows: list[Notice], now: datetime, result: Sent) -> Letter | None:
    """What to send; None after the rows were cancelled or put off."""
    first = rows[0]
    if first.subscription and not _may_go(first):
        result.cancelled += _cancel(rows, "its recipient ended it")
        return None
    if _too_many(first, now):
        result.later += _finish(rows, state=State.DUE, next_try_at=now + timedelta(hours=1), error="too many an hour")
        return None
    try:
        letter = import_string(settings.NOTICE_LETTERS[first.kind])(first, now, rows[1:])
    except Exception:
        # A fault of ours in one kind of mail must not stop the others.
        log.exception("Notice %s could not be written.", first.pk)
        result.later += _later(rows, now, "it could not be written")
        return None
    if letter is None:
        result.cancelled += _cancel(rows, "not so any more")
    return letter


def _may_go(row: Notice) -> bool:
    address = row.subscription.address
    if address.stopped or row.subscription.ended_at:
        return False
    return row.kind == CONFIRM_KIND or bool(address.proven_at and row.subscription.confirmed_at)


def _too_many(row: Notice, now: datetime) -> bool:
    whose = {"user": row.user_id} if row.user_id else {"subscription__address": row.subscription.address_id}
    recent = Notice.objects.filter(state=State.SENT, sent_at__gt=now - timedelta(hours=1), **whose)
    return recent.values("message_id").distinct()[:MOST_AN_HOUR].count() >= MOST_AN_HOUR


def _hand_over(connection, letter: Letter, rows: list[Notice], now: datetime, result: Sent) -> None:
    """Open the connection if need be, send one mail, note what came of it. Raises ServerTrouble."""
    try:
        connection.open()
        connection.send_messages([letters.message(letter, rows[0].message_id)])
    except smtplib.SMTPRecipientsRefused as refusal:
        code, words = next(iter(refusal.recipients.values()), (0, b""))
        _refused(rows, code, f"{code} {_line(words)}", now, result, of_address=True)
    except smtplib.SMTPDataError as refusal:
        _refused(rows, refusal.smtp_code, f"{refusal.smtp_code} {_line(refusal.smtp_error)}", now, result)
    except (OSError, smtplib.SMTPException) as error:
        # No connection, no STARTTLS, a refused log-in or sender: never sent in the clear, never given up.
        _close(connection)
        result.later += _later(rows, now, _line(error))
        raise ServerTrouble(_line(error)) from error
    except (UnicodeError, ValueError) as error:
        # Our own fault, such as a MAIL_FROM that is no address: mended, the mail still goes.
        log.exception("Notice %s is no mail that can be sent.", rows[0].pk)
        _refused(rows, 0, _line(error), now, result)
    else:
        result.sent += _finish(rows, state=State.SENT, sent_at=now, error="")
        if rows[0].subscription and rows[0].subscription.address.refusals:
            Address.objects.filter(pk=rows[0].subscription.address_id).update(refusals=0)


def _refused(rows: list[Notice], code: int, words: str, now: datetime, result: Sent, of_address: bool = False) -> None:
    """The server said no to this one mail: for good (5xx) or for now."""
    if code < 500 and now - rows[0].due_at < GIVE_UP:
        result.later += _later(rows, now, words)
        return
    result.failed += _finish(rows, state=State.FAILED, error=words)
    if of_address and rows[0].subscription:
        address = Address.objects.filter(pk=rows[0].subscription.address_id)
        address.update(refusals=F("refusals") + 1)
        address.filter(refusals__gte=REFUSALS, stopped=Address.Stopped.NO).update(
            stopped=Address.Stopped.REFUSED, stopped_at=now
        )


def _later(rows: list[Notice], now: datetime, why: str) -> int:
    pause = min(FIRST_PAUSE * 2 ** min(rows[0].attempts - 1, 20), LONGEST_PAUSE)
    return _finish(rows, state=State.DUE, next_try_at=now + pause, error=why)


def _cancel(rows: list[Notice], why: str) -> int:
    """Cancel each, unless a decision made it due again while we looked: then it is due again."""
    for row in rows:
        mine = Notice.objects.filter(pk=row.pk, state=State.SENDING, attempts=row.attempts)
        if not mine.filter(due_at=row.due_at).update(state=State.CANCELLED, error=why):
            mine.update(state=State.DUE, next_try_at=F("due_at"))
    return len(rows)


def _finish(rows: list[Notice], **changes) -> int:
    for row in rows:
        Notice.objects.filter(pk=row.pk, state=State.SENDING, attempts=row.attempts).update(**changes)
    return len(rows)


def _line(words: object) -> str:
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else str(words)
    return letters.header(text or type(words).__name__, 190)


def _close(connection) -> None:
    try:
        if connection:
            connection.close()
    except (OSError, smtplib.SMTPException):
        pass  # it is gone already
