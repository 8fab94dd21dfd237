"""What learning takes: a lesson the first time and again, a snapshot's bytes, an undo, and what a worker reads.

    python -m tests.benchmarks.learning [--lessons 1000]
    python -m tests.postgres -- python -m tests.benchmarks.learning

Makes a database of its own and drops it. The texts are made of words drawn by a fixed seed, 20 to 120 of them.
"""

import argparse
import os
import statistics
import time
from random import Random

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()

from django.db import connection  # noqa: E402
from django.utils import timezone  # noqa: E402

from comments.models import Comment, Revision  # noqa: E402
from moderation import learning, snapshots  # noqa: E402
from moderation.actors import person  # noqa: E402
from moderation.decisions import decide, latest_decision, undo  # noqa: E402
from moderation.filter_verification import verify  # noqa: E402
from moderation.models import Lesson, Snapshot  # noqa: E402
from tests import cast  # noqa: E402
from tests.benchmarks.queue_pages import flood  # noqa: E402

READ = 200


def letter(chance: Random, words: list[str]) -> str:
    """Words of which some are frequent and most are not, as in any language."""
    return " ".join(words[int(len(words) * chance.random() ** 3)] for _ in range(chance.randrange(20, 121)))


def decided(user, count: int) -> list[Comment]:
    """So many comments, each decided about by a person. Prints what a decision takes."""
    chance = Random(1)
    words = ["".join(chance.choices("abcdefghijklmnopqrstuvwxyz", k=chance.randrange(2, 11))) for _ in range(8000)]
    flood(cast.post(user), count)
    comments, took = list(Comment.objects.order_by("pk")[:count]), []
    for comment in comments:
        Revision.objects.filter(comment=comment).update(body=letter(chance, words))
        began = time.perf_counter()
        action = chance.choice(["spam", "approve"])
        decide(comment.pk, action, seen=1, actor=person(user), now=timezone.now())
        took.append((time.perf_counter() - began) * 1000)
    print(f"a decision            {statistics.median(took):8.2f} ms by the clock, its lesson included")
    return comments


def timed(name: str, lessons: int) -> None:
    """Learn, and print how long it took by the clock and of the processor."""
    began, cpu = time.perf_counter(), time.process_time()
    folded = learning.learn(timezone.now(), float("inf"))
    seconds, cpu = time.perf_counter() - began, time.process_time() - cpu
    each = 1000 * cpu / max(1, lessons)
    print(f"{name:22}{seconds:8.2f} s, {cpu:.2f} s of CPU, {folded:,} folded, {each:.2f} ms of CPU a lesson")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--lessons", type=int, default=1000)
    count = parser.parse_args().lessons
    connection.creation.create_test_db(verbosity=0)
    try:
        editor = cast.person("editor", "Editors")
        comments = decided(editor, count)
        print(f"{connection.vendor}: {count:,} lessons")
        timed("the first time", count)
        learning.start_over()
        timed("again from nothing", count)
        for back in (1, min(count, 300), count):
            undo(latest_decision(comments[-back]).pk, seen=2, actor=person(editor), now=timezone.now())
            timed(f"undone {back:,} back", back)
        newest = Snapshot.objects.order_by("-number").first()
        stored = [len(bytes(features)) for features in Lesson.objects.values_list("features", flat=True)]
        kept = sum(len(bytes(state)) for state in Snapshot.objects.values_list("state", flat=True))
        print(f"a lesson's features   {statistics.mean(stored):8,.0f} bytes")
        print(f"the snapshot          {len(bytes(newest.state)):8,} bytes; all {Snapshot.objects.count()}: {kept:,}")
        began = time.perf_counter()
        snapshots.current()
        print(f"reading it            {(time.perf_counter() - began) * 1000:8.2f} ms, once a worker and snapshot")
        began = time.perf_counter()
        for _ in range(READ):
            snapshots.current()
        print(f"asking if it moved    {(time.perf_counter() - began) * 1000 / READ:8.2f} ms")
        began = time.perf_counter()
        found = verify()
        print(f"verify_filter         {time.perf_counter() - began:8.2f} s; {found.fault or 'no fault'}")
    finally:
        connection.close()
        connection.creation.destroy_test_db(connection.settings_dict["NAME"], verbosity=0)


if __name__ == "__main__":
    main()
