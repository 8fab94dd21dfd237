"""`manage.py send_notices`: send what is due, once. The background worker does the same each minute."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from comments.outbox import send_due


class Command(BaseCommand):
    help = "Send the mails that are due, once. For a site that runs no worker: from cron, every few minutes."

    def handle(self, *args, **options) -> None:
        done = send_due(timezone.now())
        self.stdout.write(f"Sent {done.sent}, cancelled {done.cancelled}, failed {done.failed}, later {done.later}.")
