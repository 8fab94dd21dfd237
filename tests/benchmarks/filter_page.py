"""How long the filter's page takes with 100,000 screenings, a third of them judged. Run by hand:

    python -m tests.benchmarks.filter_page [--screenings 100000]
    python -m tests.postgres -- python -m tests.benchmarks.filter_page

Makes a database of its own and drops it. The facts and findings of each screening are a real one's.
"""

import argparse
import os
from datetime import timedelta
from random import Random
from statistics import median
from time import perf_counter, process_time

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
import django

django.setup()

from django.db import connection  # noqa: E402
from django.test.utils import CaptureQueriesContext, setup_databases, teardown_databases  # noqa: E402
from django.utils import timezone  # noqa: E402

from comments.models import Comment, Revision  # noqa: E402
from comments.paths import new_step  # noqa: E402
from moderation import learning, screening  # noqa: E402
from moderation.models import Lesson, Review, Signal  # noqa: E402
from tests import cast  # noqa: E402
from tests.moderation.judged import judged, score_of  # noqa: E402

DAYS, STEP, ROUNDS = 180, 2000, 9
ADDRESSES = ("", "?strictness=strict", "?days=90&strictness=relaxed")
TEXT = "Letter {} about gates and bells, with a word on https://shop{}.example/ and a few more that make it a comment. "


def fill(screenings: int) -> None:
    """Screenings over half a year, of each third a person's word, and a model that learned from one of them."""
    chance, now, post = Random(1), timezone.now(), cast.post(cast.person("author", "Authors"))
    first = cast.comment(post, "pending", body=TEXT.format(0, 0))
    like = screening.screen(first.pk)
    signals = list(like.signals.all())
    judged(first, True, applied=False)
    learning.learn(now)
    for start in range(0, screenings, STEP):
        moments = [now - timedelta(days=DAYS * (1 - n / screenings)) for n in range(start, start + STEP)]
        rows = Comment.objects.bulk_create(
            Comment(post=post, path=(path := new_step(at)), thread=path, name="x", body=TEXT.format(n, n % 300) * 3,
                    html="x", status="published", created_at=at, published_at=at)
            for n, at in enumerate(moments, start)
        )  # fmt: skip
        Revision.objects.bulk_create(Revision(comment=row, number=1, body=row.body, html="x") for row in rows)
        reviews = Review.objects.bulk_create(
            Review(comment=row, revision=1, policy=like.policy, mode=chance.choice(["open", "hold_new"]),
                   outcome="hold", score=score_of(min(0.999, max(0.001, chance.betavariate(0.3, 1)))),
                   facts=like.facts, created_at=row.created_at)
            for row in rows
        )  # fmt: skip
        Signal.objects.bulk_create(
            Signal(review=review, code=one.code, weight=one.weight, says=one.says, spans=one.spans)
            for review in reviews
            for one in signals
        )
        Lesson.objects.bulk_create(
            Lesson(source="decision", comment=row, revision=1, spam=chance.random() < 0.5, applied=True,
                   created_at=row.created_at, features=b"x" * 3000, features_version=1)
            for row in rows[::3]
        )  # fmt: skip


def main() -> None:
    """Fill the test database and print the median of nine requests, and the queries, of the page."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--screenings", type=int, default=100_000)
    screenings = parser.parse_args().screenings
    databases = setup_databases(0, False)
    try:
        fill(screenings)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        client = cast.logged_in(cast.person("editor", "Editors"))
        print(f"{connection.vendor}: {screenings:,} screenings, {Lesson.objects.count():,} of them judged")
        for query in ADDRESSES:
            times, work = [], process_time()
            for _ in range(ROUNDS):
                started = perf_counter()
                with CaptureQueriesContext(connection) as asked:
                    assert client.get(f"/moderation/filter/{query}").status_code == 200
                times.append((perf_counter() - started) * 1000)
            own = (process_time() - work) * 1000 / ROUNDS
            print(f"{query:28} {median(times):5.0f} ms, of it {own:4.0f} ms in this process, {len(asked)} queries")
    finally:
        teardown_databases(databases, 0)


if __name__ == "__main__":
    main()
