"""How much spam of the labelled comments stands on cards, and whether honest comments stand beside it.

Run by hand: `python -m tests.benchmarks.campaigns ../shared/comments`. See README.md here.
"""

import os
import sys
from datetime import timedelta
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")


def main(folder: Path) -> None:
    """Print a line for each source and each window."""
    import django

    django.setup()
    from moderation.campaigning import evidence
    from tests.moderation import labelled

    for days in (30, 90, 36_500):
        evidence.WINDOW = timedelta(days=days)
        spam = covered = cards = honest = 0
        for source in labelled.sources(folder):
            found = labelled.replay(folder, source, timedelta(days=days))
            print(f"{days:6} {source:18} spam {found.spam:5} on cards {found.covered:5} {found.honest_among_spam}")
            spam, covered, cards = spam + found.spam, covered + found.covered, cards + found.cards
            honest += len(found.honest_among_spam)
        print(f"{days:6} all: {covered} of {spam} on {cards} cards; {honest} honest beside spam of others")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
