"""What rules cost: screening with ten thousand of them, a replay a comment, and the list when one rule hits everything.

    python -m tests.benchmarks.rules [--comments 20000]
    python -m tests.postgres -- python -m tests.benchmarks.rules

Makes a database of its own and drops it. CPU time of this process; the database's own is not in it on PostgreSQL.
"""

import argparse
import os
import time
from collections.abc import Callable
from datetime import timedelta

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()

from django.db import connection  # noqa: E402
from django.utils import timezone  # noqa: E402

from blog.models import Post  # noqa: E402
from comments.models import Comment, Revision  # noqa: E402
from comments.paths import new_step  # noqa: E402
from moderation import foresight, gathering, screening  # noqa: E402
from moderation.filters import run  # noqa: E402
from moderation.models import Review, Rule, Signal  # noqa: E402
from moderation.replay import RuleBook, recorded_before  # noqa: E402
from moderation.rule_hits import hits_of  # noqa: E402
from moderation.rulebook import MOST_PATTERNS  # noqa: E402
from tests import cast  # noqa: E402
from tests.benchmarks.queue_pages import TEXT  # noqa: E402
from tests.comments.submissions import LETTER, send  # noqa: E402
from tests.moderation.facts import evidence  # noqa: E402
from tests.moderation.test_filter_patterns_cost import HARD, TEXTS  # noqa: E402

KINDS = ("word", "phrase", "domain")


def milliseconds(act: Callable[[], object], rounds: int = 5) -> float:
    """CPU time of the quickest of some rounds, the first of which fills the caches."""
    times = []
    for _ in range(rounds):
        start = time.process_time()
        act()
        times.append((time.process_time() - start) * 1000)
    return min(times)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--comments", type=int, default=20_000)
    count = parser.parse_args().comments
    connection.creation.create_test_db(verbosity=0)
    try:
        _measure(count)
    finally:
        connection.close()
        connection.creation.destroy_test_db(connection.settings_dict["NAME"], verbosity=0)


def _measure(count: int) -> None:
    print(f"{connection.vendor}, {count} comments")
    post = cast.post(cast.person("author", "Authors"))
    comment = send(post, LETTER * 6)
    few = milliseconds(lambda: screening.screen(comment.pk))
    Rule.objects.bulk_create(Rule(kind=KINDS[n % 3], text=f"rule{n} word", effect="hold") for n in range(10_000))
    reading, judging = milliseconds(gathering.rules_on), gathering.rules_on()
    told = evidence(body=LETTER * 6)
    many = evidence(body=LETTER * 6, rules=judging)
    print(f"screening a kilobyte      {few:8.1f} ms without rules")
    print(f"  with 10,000 rules       {milliseconds(lambda: screening.screen(comment.pk)):8.1f} ms, of which")
    print(f"  reading them            {reading:8.1f} ms")
    print(f"  the filters             {milliseconds(lambda: run(many)) - milliseconds(lambda: run(told)):8.1f} ms more")
    stored = len(str(Review.objects.latest("pk").facts["rules"]))
    print(f"  recording their numbers {stored:8d} characters")
    Rule.objects.all().delete()
    Rule.objects.bulk_create(
        Rule(kind="pattern", text=f"{HARD[n % len(HARD)]}|q{n}x", effect="hold") for n in range(MOST_PATTERNS)
    )
    hard = evidence(body=LETTER * 6, rules=gathering.rules_on())
    print(f"{MOST_PATTERNS} hard patterns         {milliseconds(lambda: run(hard)):8.1f} ms on that kilobyte")
    worst = max(
        milliseconds(lambda body=(text * 10_000)[:10_000]: run(evidence(body=body, rules=hard.rules)), 2)
        for text in TEXTS
    )
    print(f"                          {worst:8.1f} ms on the worst ten kilobytes")
    Rule.objects.all().delete()

    for number in range(200):
        send(post, f"{LETTER} {number}", key=f"real-{number}")
    book, found = RuleBook(), recorded_before(None, 200)
    each = milliseconds(lambda: [one.judged_by(book.named(one.rules)) for one in found], 3) / len(found)
    print(f"a full replay             {each:8.2f} ms a comment")
    facts = Review.objects.latest("pk").facts
    findings = _flood(post, count, facts)
    draft = Rule.objects.create(kind="word", text="letter", effect="hold", state="draft")
    for text, says in (
        ("nowhere", "that hits nothing"),
        ("index", "that hits 200"),
        ("letter", "that hits all others"),
    ):
        Rule.objects.filter(pk=draft.pk).update(text=text)
        draft.refresh_from_db()
        replay = foresight.begin(draft, None, by=None, now=timezone.now())
        start = time.process_time()
        replay = foresight.go_on(replay, seconds=20)
        spent = time.process_time() - start
        print(f"a rule {says:<19}{1000 * spent / replay.looked:8.2f} ms a comment, {replay.looked} in {spent:.1f} s")
    rule = Rule.objects.create(kind="word", text="letter", effect="hold")
    Signal.objects.filter(pk__gte=findings[0]).update(rule=rule)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    start = time.perf_counter()
    hits = hits_of([rule.pk], timezone.now())[rule.pk]
    print(f"hits of a rule with {count}  {(time.perf_counter() - start) * 1000:8.1f} ms (wall), {hits.count} counted")


def _flood(post: Post, count: int, facts: dict) -> list[int]:
    """Comments with a revision, a screening that can be replayed and a finding; returns the findings' numbers."""
    made, moment = [], timezone.now() - timedelta(days=1)
    for first in range(0, count, 5000):
        rows = []
        for number in range(min(5000, count)):
            path = new_step(moment + timedelta(milliseconds=first + number))
            text = TEXT.format(number)
            rows.append(Comment(post=post, path=path, thread=path, name="Reader", body=text, html=text))
        Comment.objects.bulk_create(rows)
        Revision.objects.bulk_create(Revision(comment=row, number=1, body=row.body, html=row.html) for row in rows)
        reviews = Review.objects.bulk_create(
            Review(comment=row, revision=1, policy="policy-1", mode="open", outcome="publish", facts=facts)
            for row in rows
        )
        signals = Signal.objects.bulk_create(
            Signal(review=review, code="rule_hold", weight=3.0, says="1 link", spans=[]) for review in reviews
        )
        made += [signal.pk for signal in signals]
    return made


if __name__ == "__main__":
    main()
