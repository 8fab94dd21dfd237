"""Count all decisions anew for the pages of numbers."""

from django.core.management.base import BaseCommand

from moderation import tallies


class Command(BaseCommand):
    help = "Count all decisions anew: once after an upgrade from a version without numbers. Deciding waits meanwhile."

    def handle(self, *args, **options) -> None:
        self.stdout.write(f"{tallies.recount()} decisions counted.")
