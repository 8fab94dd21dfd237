"""`manage.py replay_policy`: judge recorded comments by the policy as installed now, and say what it would change."""

from collections import Counter
from datetime import timedelta
from time import perf_counter

from django.core.management.base import BaseCommand, CommandParser
from django.db.models import prefetch_related_objects
from django.utils import timezone

from moderation.filters import FilterFailed
from moderation.replay import NotReplayable, RuleBook, as_recorded, recorded_before
from moderation.verdict import POLICY

CHUNK = 200
MOST_NAMED = 20


class Command(BaseCommand):
    help = (
        "Judge the recorded screenings again by the policy as installed now, with the rules that were in force then, "
        "and count what would come out differently. Run it before an upgrade goes live. Changes nothing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--days", type=int, default=0, help="how far back; everything if left out")
        parser.add_argument("--rules-of-today", action="store_true", help="with the rules that are in force now")

    def handle(self, *args, days: int, rules_of_today: bool, **options) -> None:
        since = timezone.now() - timedelta(days=days) if days > 0 else None
        book, counts, named = RuleBook(), Counter(), []
        today = book.named(sorted(book.on))
        below, looked, started = None, 0, perf_counter()
        while chunk := recorded_before(below, CHUNK):
            below = chunk[-1].review.pk
            if since:
                chunk = [one for one in chunk if one.review.created_at >= since]
            prefetch_related_objects([one.review for one in chunk], "signals")
            for one in chunk:
                looked += 1
                says = _compared(one, today if rules_of_today else None, book)
                counts[says] += 1
                if "->" in says and len(named) < MOST_NAMED:
                    named.append(one.review.comment_id)
            if len(chunk) < CHUNK:
                break
        seconds = perf_counter() - started
        self.stdout.write(f"{POLICY}, {looked} screenings" + (f" of the last {days} days" if days > 0 else ""))
        for says, count in sorted(counts.items(), key=lambda row: (-row[1], row[0])):
            self.stdout.write(f"{count:>9}  {says}")
        if named:
            self.stdout.write(f"Newest comments that would change: {', '.join(map(str, named))}")
        if looked:
            self.stdout.write(f"{1000 * seconds / looked:.1f} ms each")


def _compared(one, today, book: RuleBook) -> str:
    try:
        then = one.judged_by(book.named(one.rules) if today is None else today)
    except NotReplayable as reason:
        return f"cannot be replayed: {reason}"
    except FilterFailed as failure:
        return f"would wait, because {failure}"
    was = as_recorded(one.review)
    if then.outcome != was.outcome:
        return f"would change: {was.outcome} -> {then.outcome}"
    if (then.score, then.signals) != (was.score, was.signals):
        return "same outcome, other findings or score"
    return "same in every finding"
