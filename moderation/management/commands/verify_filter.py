"""`manage.py verify_filter`: fold all lessons from nothing and say whether the filter is what they give."""

from django.core.management.base import BaseCommand, CommandError

from moderation.filter_verification import NotVerifiable, verify


class Command(BaseCommand):
    help = (
        "Fold everything that people taught the filter from nothing, and compare with the snapshots that it judges by; "
        "ends with 1 and names the first difference. Changes nothing."
    )

    def handle(self, *args, **options) -> None:
        try:
            found = verify()
        except NotVerifiable as reason:
            raise CommandError(f"{reason}: run manage.py learn first.") from None
        if found.fault:
            raise CommandError(f"The filter is not what the lessons give: {found.fault}.")
        self.stdout.write(f"{found.lessons} lessons, and every snapshot is what they give.")
        if found.waiting:
            self.stdout.write(f"{found.waiting} lessons not applied yet.")
