"""`manage.py expire`: run it once a day."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from moderation.retention import expire


class Command(BaseCommand):
    help = "Erase spam whose retention has ended and forget rate limits that are over. Run it once a day."

    def handle(self, *args, **options) -> None:
        done = expire(timezone.now())
        self.stdout.write(
            f"Erased {done.erased} comments ({done.skipped} changed meanwhile), forgot {done.buckets} limits."
        )
