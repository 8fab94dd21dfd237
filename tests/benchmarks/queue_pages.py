"""Time and queries of the queue with a flood in it, in both orders: first, middle and last page, searches, and batches.

    python -m tests.benchmarks.queue_pages [--comments 100000]
    python -m tests.postgres -- python -m tests.benchmarks.queue_pages

Makes a database of its own and drops it. All comments wait on one post; half of them came from one browser.
"""

import argparse
import os
import statistics
import time
from datetime import timedelta

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()

from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.utils import timezone  # noqa: E402

from comments.models import Comment, Revision, Sender  # noqa: E402
from comments.models.comment import by_age  # noqa: E402
from comments.paths import new_step  # noqa: E402
from moderation.models import Review, Signal  # noqa: E402
from moderation.pages import write_key  # noqa: E402
from moderation.ticks import MOST  # noqa: E402
from tests import cast  # noqa: E402

ROUNDS = 15
TEXT = "A letter about gates, number {}, with a word on www.shop.example and a few more that make it a comment."


def flood(post, count: int) -> None:
    """Insert `count` waiting comments, each with a revision, a review and a signal."""
    start, sender = timezone.now() - timedelta(days=30), Sender.objects.create()
    for first in range(1, count + 1, 5000):
        numbers = range(first, min(first + 5000, count + 1))
        rows = []
        for number in numbers:
            moment = start + timedelta(seconds=number * 20)
            path = new_step(moment)
            text = TEXT.format(number)
            rows.append(
                Comment(
                    id=number, post=post, path=path, thread=path, depth=0, status="pending",
                    created_at=moment, urgency=by_age(moment) + number % 7,
                    name=f"Reader {number}", body=text, html=f"<p>{text}</p>", network=f"1:{number % 50}",
                    sender=sender if number % 2 else None,
                )
            )  # fmt: skip
        Comment.objects.bulk_create(rows)
        Revision.objects.bulk_create(
            Revision(comment=row, number=1, body=row.body, html=row.html, created_at=row.created_at) for row in rows
        )
        reviews = Review.objects.bulk_create(
            Review(comment=row, revision=1, policy="policy-1", mode="hold_new", outcome="hold") for row in rows
        )
        Signal.objects.bulk_create(
            Signal(review=review, code="links_few", weight=1.0, says="1 link", spans=[]) for review in reviews
        )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def place_of(number: int) -> tuple[float, int]:
    """The key of the comment that is due after so many others."""
    return Comment.objects.order_by("-urgency", "-pk").values_list("urgency", "pk")[number]


def measure(client: Client, name: str, address: str) -> None:
    """Print one line: milliseconds of CPU and by the clock (medians), and queries of a page."""
    with CaptureQueriesContext(connection) as queries:
        response = client.get(address)
    asked = len(queries)
    assert response.status_code == 200, (address, response.status_code)
    wall, cpu = [], []
    for _ in range(ROUNDS):
        began, used = time.perf_counter(), time.process_time()
        client.get(address)
        wall.append((time.perf_counter() - began) * 1000)
        cpu.append((time.process_time() - used) * 1000)
    print(f"{name:34}{statistics.median(cpu):8.1f} ms CPU{statistics.median(wall):8.1f} ms{asked:4} queries")


def reject(client: Client, batches: int) -> None:
    """Print how long it takes to reject as many as one request may."""
    waiting = list(
        Comment.objects.filter(status="pending").order_by("pk").values_list("pk", "version")[: MOST * batches]
    )
    took = []
    for first in range(0, len(waiting), MOST):
        ticked = [f"{pk}:{version}" for pk, version in waiting[first : first + MOST]]
        began = time.perf_counter()
        answer = client.post("/moderation/batches/", {"item": ticked, "action": "reject", "reason": "spam"})
        took.append(time.perf_counter() - began)
        assert answer.status_code == 303, answer.status_code
    print(f"{'reject ' + str(MOST) + ' at once':34}{max(took):8.2f} s the slowest of {len(took)}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--comments", type=int, default=100_000)
    count = parser.parse_args().comments
    connection.creation.create_test_db(verbosity=0)
    try:
        post = cast.post(cast.person("author", "Authors"))
        flood(post, count)
        client = cast.logged_in(cast.person("editor", "Editors"))
        print(f"{connection.vendor}: {count:,} comments wait")
        middle, last = (write_key(place_of(at)) for at in (count // 2, count - 20))
        for name, query in {
            "most urgent: first page": "",
            "most urgent: middle page": f"?after={middle}",
            "most urgent: last page": f"?after={last}",
            "most urgent: before the middle": f"?before={middle}",
            "all of the first page, ahead": "ahead/",
            "news about 25": f"news/?after=0&shown={','.join(map(str, range(1, 26)))}",
            "oldest: first page": "?order=oldest",
            "oldest: middle page": f"?order=oldest&after={count // 2}",
            "oldest: last page": f"?order=oldest&after={count - 20}",
            "oldest: before the middle": f"?order=oldest&before={count // 2}",
            "tab of all": "?tab=all",
            "on the post": f"?post={post.pk}&after={middle}",
            "from one browser": f"?sender={Sender.objects.get().pk}&after={middle}",
            "search for a word that is nowhere": "?q=nowhere",
            "with a finding and a link": "?signal=links_few&links=1",
            "from one network": "?network=7",
        }.items():
            measure(client, name, f"/moderation/{query}")
        measure(client, "the newest comment's own page", f"/moderation/comments/{count}/")
        measure(client, "the admin's list", "/admin/comments/comment/")
        measure(client, "the admin's list, searched", "/admin/comments/comment/?q=nowhere")
        measure(client, "the log", "/moderation/log/")
        measure(Client(), "the post, for a reader", post.get_absolute_url())
        measure(Client(), "the feed of comments", "/comments/feed/")
        reject(client, 3)
    finally:
        connection.close()
        connection.creation.destroy_test_db(connection.settings_dict["NAME"], verbosity=0)


if __name__ == "__main__":
    main()
