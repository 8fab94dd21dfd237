"""`manage.py verify_ledger`: read every decision and say whether all of them are as they were written."""

from django.core.management.base import BaseCommand, CommandError, CommandParser

from moderation.verification import verify


class Command(BaseCommand):
    help = (
        "Verify the chain of decisions; ends with 1 and names the first row that is not as it was written. Prints the "
        "latest digest; noted down elsewhere and given back later, it proves that nobody wrote the whole chain anew."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("digest", nargs="?", default="", help="a digest that was noted down earlier")

    def handle(self, *args, **options) -> None:
        found = verify(options["digest"].strip().lower())
        if found.fault:
            raise CommandError(str(found.fault))
        self.stdout.write(f"{found.read} decisions, all as they were written. The latest digest is")
        self.stdout.write(found.digest or "(none yet)")
