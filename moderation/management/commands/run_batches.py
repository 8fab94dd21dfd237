"""`manage.py run_batches`: go on with everything that moderators ordered for many comments."""

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from moderation import batches


class Command(BaseCommand):
    help = "Go on with all running batches until they have ended, or for so many seconds. Safe beside everything else."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--seconds", type=float, default=float("inf"), help="how long to work at most")

    def handle(self, *args, **options) -> None:
        handled = batches.continue_all(timezone.now(), options["seconds"])
        self.stdout.write(f"Handled {handled} comments.")
