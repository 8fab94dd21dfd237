"""`manage.py learn_archive`: let the filter learn from comments that were judged or published before."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from moderation import archived_lessons, labelled_files


class Command(BaseCommand):
    help = (
        "Make lessons of an archive: a file of JSON lines (created, author, author_url, post_title, body, label: ham "
        "or spam), or this site's published comments about which nobody decided. At most 300 of each label are "
        "learned, and ham only beside as much spam. Texts are not kept. Run again it adds nothing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument("file", nargs="?", type=Path, help="JSON lines")
        what.add_argument("--published", action="store_true", help="the site's own published comments")
        what.add_argument("--forget", metavar="NAME", help="take the lessons of an archive out again")
        parser.add_argument("--name", default="", help="what to call the file's archive; else the file's name")

    def handle(self, *args, file: Path | None, published: bool, forget: str | None, name: str, **options) -> None:
        now = timezone.now()
        if forget is not None:
            if not (gone := archived_lessons.forget(forget)):
                known = archived_lessons.names()
                there = f"there is: {', '.join(known)}" if known else "there are none"
                raise CommandError(f"There is no archive “{forget}”; {there}.")
            self.stdout.write(f"Took {gone} lessons out; the filter is without them once it has learned again.")
        elif published:
            self.stdout.write(f"{archived_lessons.add_published(now)} published comments are new lessons.")
        else:
            try:
                rows = labelled_files.rows_of(file)
            except labelled_files.UnreadableFile as error:
                raise CommandError(f"{error}. Nothing was learned.") from None
            added = archived_lessons.add((name or file.name)[:80], rows, now)
            self.stdout.write(f"{added} of {len(rows)} comments are new lessons.")
