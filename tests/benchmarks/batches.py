"""Seconds for a batch about a whole flood, its longest request, taking it back, and what the ledger costs a decision.

    python -m tests.benchmarks.batches [--comments 100000]
    python -m tests.postgres -- python -m tests.benchmarks.batches

Makes a database of its own and drops it. All comments wait on one post.
"""

import argparse
import itertools
import os
import statistics
import time
from unittest.mock import patch

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()

from django.db import connection  # noqa: E402
from django.utils import timezone  # noqa: E402

from comments.models import Comment  # noqa: E402
from moderation import ledger  # noqa: E402
from moderation.actors import person  # noqa: E402
from moderation.decisions import decide  # noqa: E402
from moderation.models import Batch, Decision  # noqa: E402
from moderation.verification import verify  # noqa: E402
from tests import cast  # noqa: E402
from tests.benchmarks.queue_pages import flood  # noqa: E402

SINGLE = 300
NUMBERS = itertools.count(10**9)


def unchained(decision: Decision, note: str = "", message: str = "") -> Decision:
    """What `ledger.append` was before there was a chain."""
    decision.pk = next(NUMBERS)
    decision.save(force_insert=True)
    return decision


def singly(user, ids: list[int]) -> float:
    """Milliseconds by the clock of a decision in a transaction of its own: the median."""
    versions, took = dict(Comment.objects.filter(pk__in=ids).values_list("pk", "version")), []
    for pk in ids:
        began = time.perf_counter()
        decide(pk, "approve", seen=versions[pk], actor=person(user), now=timezone.now())
        took.append((time.perf_counter() - began) * 1000)
    return statistics.median(took)


def chain_costs(user, ids: list[int]) -> None:
    """Print what a decision takes with the chain and without, in turns, so that both meet the same other load."""
    chained, plain = [], []
    for first in range(0, len(ids), 20):
        chained.append(singly(user, ids[first : first + 10]))
        with patch.object(ledger, "append", unchained):
            plain.append(singly(user, ids[first + 10 : first + 20]))
    print(f"a decision  {statistics.median(chained):8.2f} ms with the chain, {statistics.median(plain):.2f} ms without")


def followed(client, answer) -> tuple[float, float, int, Batch]:
    """Press "Go on" until a batch has ended: seconds in total, the longest request, requests, the batch."""
    address, total, longest, requests = answer.headers["Location"], 0.0, 0.0, 0
    key = address.strip("/").rpartition("/")[2]
    while Batch.objects.get(pk=key).is_running:
        began = time.perf_counter()
        client.post(f"/moderation/batches/{key}/continue/")
        took = time.perf_counter() - began
        total, longest, requests = total + took, max(longest, took), requests + 1
    return total, longest, requests, Batch.objects.get(pk=key)


def report(name: str, client, address: str, data: dict) -> str:
    """Start a batch, follow it, print one line, and return its key."""
    began = time.perf_counter()
    answer = client.post(address, data)
    first = time.perf_counter() - began
    total, longest, requests, batch = followed(client, answer)
    print(f"{name:12}{first + total:8.1f} s, longest request {max(longest, first):.2f} s of {requests + 1}; {batch}")
    return str(batch.pk)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--comments", type=int, default=100_000)
    count = parser.parse_args().comments
    connection.creation.create_test_db(verbosity=0)
    try:
        post = cast.post(cast.person("author", "Authors"))
        flood(post, count + 2 * SINGLE)
        editor = cast.person("editor", "Editors")
        ids = list(Comment.objects.order_by("-pk").values_list("pk", flat=True)[: 2 * SINGLE])
        singly(editor, ids[:20])
        print(f"{connection.vendor}: {count:,} comments wait")
        client = cast.logged_in(editor)
        until, since = Comment.objects.latest("pk").pk, Decision.objects.latest("pk").pk
        order = {"back": "", "until": until, "since": since, "action": "reject", "reason": "spam"}
        key = report("reject", client, "/moderation/batches/all/", order)
        report("take back", client, f"/moderation/batches/{key}/undo/", {})
        began = time.perf_counter()
        found = verify()
        took = time.perf_counter() - began
        print(f"verify      {took:8.1f} s for {found.read:,} decisions; {found.fault or 'no fault'}")
        chain_costs(editor, ids[20:])
    finally:
        connection.close()
        connection.creation.destroy_test_db(connection.settings_dict["NAME"], verbosity=0)


if __name__ == "__main__":
    main()
