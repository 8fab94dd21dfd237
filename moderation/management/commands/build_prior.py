"""`manage.py build_prior`: make the prior that ships with the product, of labelled comments of other blogs."""

import os
import tempfile
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from moderation import labelled_files, priors
from moderation.classifier.prior import MOST_BYTES
from moderation.management.progress import Bar


class PriorTooLarge(CommandError):
    """The prior weighs more than the product may carry; nothing was written."""


class Command(BaseCommand):
    help = (
        "Make a prior of labelled comments: JSON lines with body, label (ham or spam), and where known created, "
        "author, author_url, post_title, post. The same files give the same bytes. No text is kept."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE.jsonl", help="comments of blogs")
        parser.add_argument("--other", nargs="+", type=Path, default=[], help="of what is no blog, and counts less")
        parser.add_argument("--posts", nargs="+", type=Path, default=[], help="posts: post, title, text")
        parser.add_argument("--out", type=Path, required=True, help="the file to write")

    def handle(self, *args, files: list[Path], other: list[Path], posts: list[Path], out: Path, **options) -> None:
        try:
            sources = priors.sources_of(files, other)
            around = {key: post for path in posts for key, post in labelled_files.posts_of(path).items()}
        except labelled_files.UnreadableFile as error:
            raise CommandError(f"{error}. Nothing was written.") from None
        made = priors.make(sources, around, Bar)
        data = made.to_bytes()
        if len(data) > MOST_BYTES:
            raise PriorTooLarge(f"{len(data):,} bytes are more than {MOST_BYTES:,}. Nothing was written.")
        try:
            _replace(out, data)
        except OSError as error:
            raise CommandError(f"{out}: {error.strerror}. Nothing was written.") from None
        told = made.about
        self.stdout.write(
            f"{out}: {len(data):,} bytes, of {told['comments']:,} comments, {told['spam']:,} of them spam."
        )


def _replace(out: Path, data: bytes) -> None:
    """Write a file whole or not at all: who reads meanwhile has the old one or the new one."""
    handle, name = tempfile.mkstemp(dir=out.parent, prefix=f".{out.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(0o644)
        Path(name).replace(out)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
