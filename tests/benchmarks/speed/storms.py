"""What readers notice of a flood of comments, and of a batch that rejects all that waits."""

import time
from threading import Event, Thread

from django.utils import timezone

from blog.models import Post, User
from moderation import batches, matching
from moderation.actors import person
from tests.benchmarks.speed import load
from tests.benchmarks.speed.site import Site, tell

A_MINUTE = 1000
SLICE = 2.0  # seconds of work between two looks at the clock


def flood(site: Site, post: Post, seconds: float) -> None:
    """Readers' pages while a thousand comments a minute come in, each of them screened."""
    address = post.get_absolute_url()
    with load.steady(site.server.port, A_MINUTE / 60, site.comment_on(post), 303) as sent:
        began = time.monotonic()
        site.pages("post, 100 comments, in a flood", address, max(seconds, 5), warm=True)
        passed = time.monotonic() - began
    tell("the flood", said=f"{len(sent) / passed * 60:,.0f} comments a minute")


def batch(site: Site, post: Post, seconds: float) -> None:
    """Reject all that waits, as the background worker does it; readers' pages meanwhile, and once nothing waits."""
    address = post.get_absolute_url()
    site.pages("post, 100 comments, all wait", address, seconds, warm=True)
    moderator = person(User.objects.get(username="moderator"))
    order = batches.start("reject", actor=moderator, chosen=matching.whole({}), reason="spam", now=timezone.now())
    ended = Event()
    readers = Thread(target=_read, args=(site, address, ended))
    readers.start()
    began, used = time.monotonic(), time.process_time()
    while batches.continue_all(timezone.now(), SLICE):
        pass
    took, used = time.monotonic() - began, time.process_time() - used
    ended.set()
    readers.join()
    order.refresh_from_db()
    each = used * 1000 / max(order.done, 1)
    tell("reject all as one batch", said=f"{order.done:,} comments in {took:.1f} s, {each:.2f} ms of this CPU each")
    site.pages("post, 100 comments, none wait", address, seconds, warm=True)


def _read(site: Site, address: str, ended: Event) -> None:
    """Eight readers, until the batch has ended."""
    found = []
    while not ended.is_set() or not found:
        found.append(load.pages(site.server.port, address, 1.0, {"Accept-Encoding": "gzip"}))
    tell("post, 100 comments, in a batch", p50=max(each.p50 for each in found), p99=max(each.p99 for each in found))
