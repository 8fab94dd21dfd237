"""CPU time and statements of everything that writes: a submission, a decision, its undo, twenty at once, a batch.

    python -m tests.benchmarks.writing [--comments 2000]
    python -m tests.postgres -- python -m tests.benchmarks.writing

Makes a database of its own and drops it. Requests go through all middleware; mail is on, as on a site. The processor
time is this process's; what PostgreSQL spends is not in it. The least of several runs: nothing else makes it larger.
"""

import argparse
import os
import time
from collections.abc import Callable
from itertools import count

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.urls import reverse  # noqa: E402
from django.utils import timezone  # noqa: E402

from blog.models import Post, User  # noqa: E402
from comments.models import Comment  # noqa: E402
from moderation import batches, matching  # noqa: E402
from moderation.actors import person  # noqa: E402
from moderation.models import Batch, Decision  # noqa: E402
from moderation.verification import verify  # noqa: E402
from tests import cast  # noqa: E402
from tests.benchmarks.queue_pages import flood  # noqa: E402
from tests.comments.sending import send  # noqa: E402

ROUNDS, FIRST = 15, 3
THINGS = ("gate", "door", "shutter", "cellar", "fence", "roof", "stair", "lamp", "kettle", "clock", "bridge")
TEXT = (
    "What you write about the {} is true of every {} that I ever had in this house. My neighbours tell the same "
    "story about their {}, number {}, and last autumn we took it apart together, oiled what could be oiled, and put it "
    "back before the rain came. It has not made a sound since, so thank you for the drawing."
)


def measure(name: str, act: Callable[[], object], rounds: int = ROUNDS) -> None:
    """Print one line: the least and the middle CPU time of `rounds`, and the statements of one."""
    for _ in range(FIRST):
        act()
    with CaptureQueriesContext(connection) as asked:
        act()
    statements, taken = len(asked), []  # now: the next request begins a new list
    for _ in range(rounds):
        began = time.process_time()
        act()
        taken.append((time.process_time() - began) * 1000)
    taken.sort()
    print(f"{name:34}{taken[0]:8.2f} ms{taken[len(taken) // 2]:8.2f} ms{statements:6} statements")


def submitting(post: Post) -> Callable[[], object]:
    numbers = count(1)

    def submit() -> None:
        number = next(numbers)
        words = [THINGS[number * step % len(THINGS)] for step in (1, 3, 5)]
        answer = send(Client(), post, body=TEXT.format(*words, number), name=f"Reader {number}")
        assert answer.status_code in (302, 303), answer.status_code

    return submit


def deciding(client: Client) -> tuple[Callable[[], object], Callable[[], object], Callable[[], object]]:
    """To approve one of what waits, to take the latest approval back, and to approve twenty and get the new list."""
    waiting = iter(Comment.objects.filter(status="pending").order_by("pk").values_list("pk", "version")[:1000])
    made: list[int] = []

    def decide() -> None:
        pk, version = next(waiting)
        made.append(pk)
        sent = {"action": "approve", "seen": version, "back": ""}
        assert client.post(reverse("moderation:decide", args=[pk]), sent).status_code == 303

    def undo() -> None:
        decision = Decision.objects.filter(comment=made.pop()).latest("pk")
        sent = {"seen": decision.to_version, "back": ""}
        assert client.post(reverse("moderation:undo", args=[decision.pk]), sent).status_code == 303

    def twenty() -> None:
        items = [f"{pk}:{version}" for pk, version in (next(waiting) for _ in range(20))]
        sent = {"action": "approve", "item": items, "back": ""}
        answer = client.post(reverse("moderation:batch"), sent, follow=True)
        assert (answer.status_code, answer.redirect_chain[0][1]) == (200, 303)

    return decide, undo, twenty


def batch(name: str, order: Batch) -> Batch:
    """Carry a batch out, and print what a comment takes and what the largest chunk takes."""
    began, used, longest, chunks = time.perf_counter(), time.process_time(), 0.0, []
    while order.is_running:
        at = time.perf_counter()
        with CaptureQueriesContext(connection) as asked:
            order = batches.run_chunk(order.pk, timezone.now(), batches.CHUNK, batches.CHUNK_SECONDS)
        longest, chunks = max(longest, time.perf_counter() - at), [*chunks, len(asked)]
    took, cpu = time.perf_counter() - began, time.process_time() - used
    each = f"{cpu / order.handled * 1000:.2f} ms CPU, {took / order.handled * 1000:.2f} ms a comment"
    print(f"{name:34}{each}, {len(chunks)} chunks of at most {longest:.2f} s and {max(chunks)} statements")
    return order


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--comments", type=int, default=2000)
    number = max(parser.parse_args().comments, 1500)
    settings.NOTICES_BY_MAIL = True
    # The door's limits are not what is measured: all of this comes from one address.
    settings.COMMENTS_FLOOD_LIMITS = dict.fromkeys(settings.COMMENTS_FLOOD_LIMITS, (10**6, 1))
    connection.creation.create_test_db(verbosity=0)
    try:
        post, editor = cast.post(cast.person("author", "Authors")), cast.person("editor", "Editors")
        flood(post, number)
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:  # the flood brought its own numbers
                cursor.execute("SELECT setval(pg_get_serial_sequence('comments_comment', 'id'), %s)", [number])
        print(f"{connection.vendor}: {number:,} comments wait; CPU of this process, least and median")
        measure("submit, with the full screening", submitting(post))
        decide, undo, twenty = deciding(cast.logged_in(editor))
        measure("decide one", decide)
        measure("undo one", undo)
        measure("approve 20, with the fresh list", twenty)
        _batches(editor)
    finally:
        connection.close()
        connection.creation.destroy_test_db(connection.settings_dict["NAME"], verbosity=0)


def _batches(editor: User) -> None:
    actor, chosen = person(editor), matching.whole({})
    order = batches.start("reject", actor=actor, chosen=chosen, reason="spam", now=timezone.now())
    done = batch("reject all, as one batch", order)
    batch("take it back", batches.start_undo(done.pk, actor=actor, now=timezone.now()))
    found = verify()
    print(f"the ledger: {found.read:,} decisions, {found.fault or 'no fault'}")


if __name__ == "__main__":
    main()
