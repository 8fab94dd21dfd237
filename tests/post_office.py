"""A real mail server on loopback, and what tests tell it to do: take mail, refuse it, be slow, hang up."""

import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP

from blog.models import Post
from comments.models import Comment, Subscription
from tests.comments.submissions import send

OK = "250 OK"


@dataclass
class Office:
    """What arrived. `at_rcpt` and `at_data` answer in place of "250 OK", given how often they were asked before."""

    port: int
    mails: list[EmailMessage] = field(default_factory=list)
    raw: list[bytes] = field(default_factory=list)
    at_rcpt: Callable[[int], str] = lambda asked: OK
    at_data: Callable[[int], str] = lambda asked: OK
    hang_up: bool = False
    asked: dict[str, int] = field(default_factory=lambda: {"rcpt": 0, "data": 0})

    async def handle_RCPT(self, server: SMTP, session, envelope, address: str, options) -> str:
        self.asked["rcpt"] += 1
        answer = self.at_rcpt(self.asked["rcpt"] - 1)
        if answer == OK:
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, session, envelope) -> str:
        self.asked["data"] += 1
        answer = self.at_data(self.asked["data"] - 1)
        if answer == OK:
            self.raw.append(envelope.content)
            self.mails.append(message_from_bytes(envelope.content, policy=policy.default))
        if self.hang_up:
            server.transport.abort()
        return answer

    def to(self, address: str) -> list[EmailMessage]:
        """The mails that arrived for one address."""
        return [mail for mail in self.mails if address in mail["To"]]

    @property
    def subjects(self) -> list[str]:
        return [subject_of(mail) for mail in self.mails]


def subject_of(mail: EmailMessage) -> str:
    """The subject; a long one is folded right behind its name, which leaves a blank before it."""
    return mail["Subject"].strip()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


@contextmanager
def open_office(**options) -> Iterator[Office]:
    """A server that runs in a thread of its own until the block ends."""
    office = Office(free_port())
    controller = Controller(office, hostname="127.0.0.1", port=office.port, **options)
    controller.start()
    try:
        yield office
    finally:
        controller.stop()


def slowly(seconds: float, answer: str = OK) -> Callable[[int], str]:
    """Answers late. It holds up this server's only loop, which is what a slow server is like."""

    def late(asked: int) -> str:
        time.sleep(seconds)
        return answer

    return late


def subscribed(
    post: Post, email: str = "cora@readers.example", *, proven: bool = True, key: str = "asks", **changes
) -> Comment:
    """A comment, pending, whose sender ticked the box; `proven`: and confirmed the address."""
    comment = send(post, key=key, typed={"email": email, "notify": True}, **changes)
    if proven:
        now = comment.created_at
        Subscription.objects.filter(comment=comment).update(confirmed_at=now)
        subscription = Subscription.objects.select_related("address").get(comment=comment)
        type(subscription.address).objects.filter(pk=subscription.address_id).update(proven_at=now)
        subscription.notices.all().delete()
    return comment
