"""Time and queries of the first, a middle and the last page of a thread, in both orders, and of a permalink.

    python -m tests.benchmarks.thread_pages [--comments 10000] [--depth 60]
    python -m tests.postgres -- python -m tests.benchmarks.thread_pages

Makes a database of its own and drops it. The tree is the same on every run.
"""

import argparse
import os
import random
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

from blog.page_times import touch_pages  # noqa: E402
from comments.models import Comment  # noqa: E402
from comments.paths import depth_of, new_step  # noqa: E402
from tests import cast  # noqa: E402

ROUNDS = 15


def grow(post, count: int, depth: int) -> None:
    """Insert `count` published comments under `post`, the deepest on level `depth`, from a fixed seed."""
    chance, start = random.Random(7), timezone.now() - timedelta(days=300)
    tree: list[Comment] = []
    for number in range(count):
        moment = start + timedelta(minutes=number * 40)
        chain = tree[-1] if tree and tree[-1].depth < depth and chance.random() < 0.8 else None
        parent = chain or (chance.choice(tree) if tree and chance.random() < 0.6 else None)
        if parent is not None and parent.depth >= depth:
            parent = None
        path = (parent.path if parent else "") + new_step(moment)
        text = " ".join(chance.choices(("gate", "post", "hinge", "latch", "rain", "field"), k=chance.randint(8, 90)))
        tree.append(
            Comment(
                id=number + 1, post=post, parent=parent, path=path, thread=path[:12], depth=depth_of(path),
                status="published", published_at=moment, created_at=moment, name=f"Reader {number % 900}", body=text,
                html=f"<p>{text}</p>",
            )
        )  # fmt: skip
    Comment.objects.bulk_create(tree, batch_size=500)
    touch_pages([post.pk], timezone.now(), comments=count)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def measure(name: str, address: str) -> None:
    """Print one line: milliseconds of CPU and by the clock (medians), queries and bytes of a page."""
    client = Client(SERVER_NAME="blog.example")
    with CaptureQueriesContext(connection) as queries:
        response = client.get(address)
    asked = len(queries)
    assert response.status_code == 200, (address, response.status_code)
    wall, cpu = [], []
    for _ in range(ROUNDS):
        began, used = time.perf_counter(), time.process_time()
        Client(SERVER_NAME="blog.example").get(address)
        wall.append((time.perf_counter() - began) * 1000)
        cpu.append((time.process_time() - used) * 1000)
    rows = response.content.count(b'class="comment ')
    print(
        f"{name:28}{statistics.median(cpu):8.1f} ms CPU{statistics.median(wall):8.1f} ms"
        f"{asked:4} queries{rows:5} rows{len(response.content) // 1024:6} KB"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--comments", type=int, default=10_000)
    parser.add_argument("--depth", type=int, default=60)
    options = parser.parse_args()
    connection.creation.create_test_db(verbosity=0)
    try:
        post = cast.post(cast.person("author", "Authors"))
        grow(post, options.comments, options.depth)
        deepest = Comment.objects.order_by("-depth").values_list("depth", flat=True).first()
        print(f"{connection.vendor}: {options.comments:,} comments, deepest level {deepest}")
        address = post.get_absolute_url()
        paths = Comment.objects.order_by("path").values_list("path", flat=True)
        middle, last = paths[options.comments // 2], paths[options.comments - 60]
        measure("first page", address)
        measure("middle page", f"{address}?after={middle}")
        measure("last page", f"{address}?after={last}")
        measure("newest first, first page", f"{address}?order=newest")
        measure("newest first, middle page", f"{address}?order=newest&after={middle}")
        deep = Comment.objects.filter(depth=deepest).first()
        measure("permalink of the deepest", f"{address}?c={deep.pk}")
    finally:
        connection.close()
        connection.creation.destroy_test_db(connection.settings_dict["NAME"], verbosity=0)


if __name__ == "__main__":
    main()
