"""`manage.py evaluate_filter`: how the filter does on labelled blogs, with a moderator in the loop."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from moderation import labelled_files
from moderation.classifier import trial
from moderation.management.progress import Bar
from moderation.strictness import NORMAL, STRICTNESS
from moderation.trial_figures import figures, mean, table

LEGEND = (
    "Leaked: spam that was published. Held, lost: honest comments that waited, or were filed and never seen. "
    "Decisions: all that people had to look at.\nUnder some 200 comments the figures are mostly chance."
)
WARNING = "Where the prior was made of a blog's own comments, its figures flatter."


class Command(BaseCommand):
    help = (
        "Let labelled comments (JSON lines with body, label ham or spam, and where known created, author, author_url, "
        "post_title, post) come in their order of time: each is published, held or filed as spam, a moderator decides "
        "what is held within the next 20 comments and audits 5 % of the spam, and the filter learns from that alone. "
        "Prints a table. Reads and writes nothing of this site."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE.jsonl")
        parser.add_argument("--posts", type=Path, help="their posts (post, title, text); else posts.jsonl beside each")
        parser.add_argument("--strictness", choices=tuple(STRICTNESS), default=NORMAL)
        parser.add_argument("--prior", type=Path, help="the prior to start from; else the one that ships")
        parser.add_argument("--seed", type=int, default=1, help="of what is decided when, and what is audited")
        parser.add_argument("--archive", action="store_true", help='also comments of the era "archive", left out else')

    def handle(self, *args, files: list[Path], strictness: str, seed: int, archive: bool, **options) -> None:
        lines = STRICTNESS[strictness]
        try:
            prior = labelled_files.prior_of(options["prior"])
            posts = labelled_files.posts_of(options["posts"]) if options["posts"] else None
            blogs = [(path, self._rows(path, archive)) for path in files]
            found = []
            for path, rows in blogs:
                around = labelled_files.posts_beside(path) if posts is None else posts
                with Bar(path.stem, len(rows)) as bar:
                    outcome = trial.run(rows, around, prior, lines, seed=seed, tell=bar)
                found.append((path.stem, figures(outcome)))
        except labelled_files.UnreadableFile as error:
            raise CommandError(f"{error}. Nothing was tried.") from None
        if len(found) > 1:
            found.append(("mean", mean([one for _, one in found])))
        self.stdout.write(f"{strictness.capitalize()}: held from p = {lines.hold:g}, spam from p = {lines.spam:g}.")
        self.stdout.write(table(found))
        self.stdout.write(LEGEND)
        self.stdout.write(WARNING)

    def _rows(self, path: Path, archive: bool) -> list:
        rows = labelled_files.rows_of(path)
        kept = [row for row in rows if archive or not row.archived]
        if not kept:
            raise CommandError(f"{path}: all its comments are of the archive; --archive tries them too.")
        return kept
