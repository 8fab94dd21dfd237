"""`manage.py learn`: bring the filter to what people said."""

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from moderation import learning, past_lessons


class Command(BaseCommand):
    help = "Learn what moderators decided since the filter last learned. Safe beside everything else, and to stop."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--seconds", type=float, default=float("inf"), help="how long to learn at most")
        parser.add_argument("--from-nothing", action="store_true", help="fold all lessons anew, from the first on")
        parser.add_argument(
            "--history", action="store_true", help="also make lessons of decisions from before there was a filter"
        )

    def handle(self, *args, seconds: float, from_nothing: bool, history: bool, **options) -> None:
        if history:
            self.stdout.write(f"Looked at {past_lessons.collect()} comments that were decided about before.")
        if from_nothing:
            learning.start_over()
        self.stdout.write(f"Learned {learning.learn(timezone.now(), seconds)} lessons.")
