"""One size of site, measured: prints a JSON line for each row.

    DATABASE_URL=… python -m tests.benchmarks.speed.measure COMMENTS WAITING SECONDS

The database must be new and empty. Pages are asked for over the wire; what writes, and what counts queries, runs in
this process through Django's test client, since a benchmark has no browser's tokens.
"""

import logging
import os
import statistics
import sys
import time
from collections.abc import Callable
from urllib.parse import urlsplit

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.served.settings")
os.environ.setdefault("SECRET_KEY", "only-for-benchmarks-" + "0123456789" * 4)
os.environ.setdefault("ALLOWED_HOSTS", "127.0.0.1,testserver")
os.environ.setdefault("SITE_URL", "http://testserver")
os.environ.setdefault("EMAIL_URL", "dummymail://")

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.urls import reverse  # noqa: E402

from blog.models import Post, User  # noqa: E402
from comments.models import Comment  # noqa: E402
from moderation.models import Decision  # noqa: E402
from moderation.pages import write_key  # noqa: E402
from tests.benchmarks.speed import data, load, storms  # noqa: E402
from tests.benchmarks.speed.site import GZIP, served, tell  # noqa: E402
from tests.served import server  # noqa: E402

ROUNDS = 15


def main(comments: int, waiting: int, seconds: float) -> None:
    logging.disable(logging.CRITICAL)
    call_command("migrate", verbosity=0)
    data.fill(comments, waiting)
    database = os.environ["DATABASE_URL"]
    beside = urlsplit(database).port or 0  # of PostgreSQL
    posts = {post.slug: post for post in Post.objects.filter(slug__in=data.THREADS)}
    with served(database, beside) as site:
        site.pages("hello view", "/hello/", seconds)
        for post in posts.values():
            site.pages(f"post, {post.published_comments:,} comments", post.get_absolute_url(), seconds, warm=True)
        first = next(iter(posts.values()))
        known = load.etag_of(site.server.port, first.get_absolute_url(), GZIP)
        site.not_modified("post, 304", first.get_absolute_url(), seconds, known)
        site.pages("front page", "/", seconds, warm=True)
        site.pages("feed of all comments", "/comments/feed/", seconds, warm=True)
        site.submissions("submit a comment, 8 clients", posts["hundred"], seconds)
        tell("memory at work", pss=site.server.pss() + server.pss_of(server.database_processes(beside)))
    with served(database, beside, KEEPS="nothing") as site:
        site.pages("hello view, nothing kept", "/hello/", seconds)
        site.pages("front page, nothing kept", "/", seconds)
        site.pages("post, 100 comments, nothing kept", posts["hundred"].get_absolute_url(), seconds)
        site.pages("search", f"/search/?q={data.WORDS[0]}", seconds)
    if "thousand" in posts:
        with served(database, beside, KEEPS="nothing", COMMENTS_PAGE_SIZE="1000") as site:
            site.pages("post, 1,000 on one page, nothing kept", posts["thousand"].get_absolute_url(), seconds)
    _desk(waiting)
    _writes(posts["hundred"], waiting)
    with served(database, beside) as site:
        storms.flood(site, posts["hundred"], seconds)
        storms.batch(site, posts["hundred"], seconds)


def _desk(waiting: int) -> None:
    desk = Client()
    desk.force_login(User.objects.get(username="moderator"))
    queue = reverse("moderation:queue")
    _timed("queue, first page", lambda: desk.get(queue))
    order = Comment.objects.filter(status="pending").order_by("-urgency", "-pk").values_list("urgency", "pk")
    middle = order[waiting // 2] if waiting else None
    if middle:
        _timed("queue, deep page", lambda: desk.get(f"{queue}?after={write_key(middle)}"))
    _timed("log, first page", lambda: desk.get(reverse("moderation:log")))


def _writes(post: Post, waiting: int) -> None:
    desk = Client()
    desk.force_login(User.objects.get(username="moderator"))
    pending = iter(
        Comment.objects.filter(status="pending").order_by("-urgency", "-pk").values_list("pk", "version")[: 40 * 30]
    )
    made: list[int] = []

    def decide():
        pk, version = next(pending)
        made.append(pk)
        desk.cookies.pop("messages", None)  # the page that a browser asks for next shows them
        return desk.post(reverse("moderation:decide", args=[pk]), {"action": "approve", "seen": version, "back": ""})

    def undo():
        decision = Decision.objects.filter(comment=made.pop()).latest("pk")
        desk.cookies.pop("messages", None)
        return desk.post(reverse("moderation:undo", args=[decision.pk]), {"seen": decision.to_version, "back": ""})

    def twenty():
        items = [f"{pk}:{version}" for pk, version in (next(pending) for _ in range(20))]
        return desk.post(reverse("moderation:batch"), {"action": "approve", "item": items, "back": ""}, follow=True)

    if waiting >= 40 * 30:
        _timed("decide one", decide)
        _timed("undo one", undo)
        _timed("approve 20, with the fresh list", twenty)


def _timed(name: str, act: Callable) -> None:
    """Processor time of this process, whole requests through all middleware; the median."""
    first = act()
    if first.status_code not in (200, 302, 303):
        tell(name, refused=first.status_code)
        return
    with CaptureQueriesContext(connection) as asked:
        act()
    queries = len(asked)  # now: the next request begins a new list
    taken = []
    for _ in range(ROUNDS):
        began = time.process_time()
        act()
        taken.append((time.process_time() - began) * 1000)
    tell(name, cpu=round(statistics.median(taken), 2), queries=queries, bytes=len(first.content))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3]))
