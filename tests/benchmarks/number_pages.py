"""How long the pages of numbers take at 100,000 decisions and as many checks. Run by hand, on an empty database:

python -m tests.benchmarks.number_pages                         # SQLite
python -m tests.postgres -- python -m tests.benchmarks.number_pages
"""

import os
import uuid
from datetime import timedelta
from random import Random
from statistics import median
from time import perf_counter, process_time

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
import django

django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402
from django.test.utils import CaptureQueriesContext, setup_databases, teardown_databases  # noqa: E402
from django.utils import timezone  # noqa: E402

from comments.models import Comment  # noqa: E402
from comments.paths import new_step  # noqa: E402
from moderation.models import Check, DayTally, Decision  # noqa: E402
from tests import cast  # noqa: E402

DECISIONS, DAYS = int(os.environ.get("DECISIONS", 100_000)), 400


def fill() -> None:
    """One decision and one check each for many comments, and full days of tallies."""
    chance, now = Random(1), timezone.now()
    post = cast.post(cast.person("author", "Authors"))
    made = Comment.objects.bulk_create(
        (
            Comment(post=post, path=(path := new_step(now + timedelta(seconds=n))), thread=path, name="x", body="x",
                    html="x", status="pending" if n % 3 else "published", published_at=None if n % 3 else now,
                    capability=uuid.uuid4().hex)
            for n in range(DECISIONS)
        ),
        batch_size=2000,
    )  # fmt: skip
    rows = Decision.objects.bulk_create(
        (
            Decision(comment=comment, action="approve", from_status="pending", to_status="published", from_version=1,
                     to_version=2, revision=1, actor_kind="system", actor_name="policy-1", before={}, after={},
                     created_at=now - timedelta(minutes=n))
            for n, comment in enumerate(made)
        ),
        batch_size=2000,
    )  # fmt: skip
    Check.objects.bulk_create(
        (
            Check(decision=row, comment=row.comment, machine=chance.choice(["publish", "spam"]), revision=1,
                  drawn_at=now, answer="publish", settled_at=now - timedelta(minutes=n))
            for n, row in enumerate(rows)
        ),
        batch_size=2000,
    )  # fmt: skip
    DayTally.objects.bulk_create(
        (
            DayTally(day=timezone.localdate() - timedelta(days=day), name=name, count=chance.randrange(1, 50))
            for day in range(DAYS)
            for name in [*(f"wait.person.{n}" for n in range(90)), *(f"finding.code_{n}.refused" for n in range(90)),
                         *(f"by.{n}" for n in range(16)), "act.approve.person", "act.approve.system",
                         "act.reject.person", "act.spam.system"]
        ),
        batch_size=2000,
    )  # fmt: skip


def main() -> None:
    """Fill the test database and print the median of nine requests, and the queries, of each page."""
    settings.TRANSPARENCY_PAGE = True
    databases = setup_databases(0, False)
    try:
        fill()
        client = cast.logged_in(cast.person("editor", "Editors"))
        print(f"{connection.vendor}: {DECISIONS:,} decisions and checks, {DayTally.objects.count():,} tallies")
        for address in (
            "/moderation/numbers/",
            "/moderation/numbers/?days=90",
            "/moderation/checks/",
            "/transparency/",
        ):
            times, work = [], process_time()
            for _ in range(9):
                started = perf_counter()
                with CaptureQueriesContext(connection) as asked:
                    assert client.get(address).status_code == 200
                times.append((perf_counter() - started) * 1000)
            own = (process_time() - work) * 1000 / len(times)
            print(f"{address:32} {median(times):6.0f} ms, of it {own:4.0f} ms in this process, {len(asked)} queries")
    finally:
        teardown_databases(databases, 0)


if __name__ == "__main__":
    main()
