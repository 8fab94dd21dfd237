"""`manage.py verify_ledger`: read every decision and say whether all of them are as they were written."""

from django.core.management.base import BaseCommand, CommandError, CommandParser

from moderation import ledger


class Command(BaseCommand):
    help = (
        "Verify the chain of decisions. Prints the latest digest; noted down elsewhere and given back later, "
        "it proves that nobody wrote the whole chain anew."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("digest", nargs="?", default="", help="a digest that was noted down earlier")

    def handle(self, *args, **options) -> None:
        found = ledger.verify(options["digest"].strip().lower())
        if found.fault:
            raise CommandError(f"Decision {found.fault.decision}: {found.fault.says}.")
        self.stdout.write(f"{found.read} decisions, all as they were written. The latest digest is")
        self.stdout.write(found.digest or "(none yet)")
