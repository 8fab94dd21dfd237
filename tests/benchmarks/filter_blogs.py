"""The filter on blogs that its prior never saw, with a moderator in the loop; and what tricks with letters cost it.

    python -m tests.benchmarks.filter_blogs [../shared/comments] [--seeds 3] [--blogs haacked ...]

For each of six blogs a prior is made of all other sources, then the blog's comments are tried in their order of time
(`moderation/classifier/trial.py`). Two blogs at a time; some ten minutes in all.
"""

import argparse
import multiprocessing
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import NamedTuple

from moderation import labelled_files, priors
from moderation.classifier import building, trial
from moderation.classifier.labelled import Row
from moderation.management.progress import Bar
from moderation.strictness import NORMAL, STRICTNESS
from moderation.trial_figures import Column, Figures, figures, mean, shown, table
from tests.benchmarks.trick_recall import FLAGGED, Recall, recalls
from tests.moderation.letter_tricks import TRICKS

FOLDER = Path(__file__).resolve().parents[3] / "shared" / "comments"
TRIED = ("hendrixjoseph", "haacked", "archivefever", "mademistakes", "chrisrisner", "travisdowns")
BLOGS = (*TRIED, "einsteinpy", "fbnlsr", "boucas", "bladefire", "okfde")
OTHERS = ("youtube-*", "judol", "tgspam", "datacamp", "stackblog")
MOST = {
    "leaked": 3.0,
    "held": 40.0,
    "lost": 0.4,
    "decisions": 140.0,
    "first_leaked": 1.0,
    "first_held": 10.0,
    "first_decisions": 40.0,
    "calibration": 0.02,
    "p99_ms": 5.0,
    "model_kb": 3000.0,
}
MOST_POINTS = 2.0
# How many comments' worth of time one round over all examples takes, for the bar.
_EPOCH = 300

_done = multiprocessing.Value("q", 0)


class Fold(NamedTuple):
    """One blog to try, and what its prior may be made of."""

    blog: str
    folder: Path
    lines: str
    seeds: range


class Found(NamedTuple):
    """What a fold came to: the mean of its seeds, and recall by trick."""

    blog: str
    figures: Figures
    recalls: dict[str, Recall]


def main(argv: Sequence[str] | None = None) -> str | None:
    """Print the tables; returns why not, where the data are missing."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=FOLDER)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--blogs", nargs="+", choices=TRIED, default=TRIED)
    parser.add_argument("--strictness", choices=tuple(STRICTNESS), default=NORMAL)
    asked = parser.parse_args(argv)
    missing = [name for name in BLOGS if not (asked.folder / f"{name}.jsonl").exists()]
    if missing:
        return f"{asked.folder} lacks {', '.join(missing)}: nothing was tried."
    folds = [Fold(blog, asked.folder, asked.strictness, range(1, asked.seeds + 1)) for blog in asked.blogs]
    found = _all(folds)
    lines = STRICTNESS[asked.strictness]
    print(
        f"{asked.strictness}: held from p = {lines.hold:g}, spam from p = {lines.spam:g}; mean of {asked.seeds} seeds"
    )
    print(_figures_table(found), "\n")
    print(_tricks_table(found))
    return None


def _all(folds: Sequence[Fold]) -> list[Found]:
    with ProcessPoolExecutor(2) as pool, Bar("trying", sum(map(_work, folds))) as bar:
        waiting = [pool.submit(_try, fold) for fold in folds]
        found, left = list(waiting), set(waiting)
        while left:
            _, left = wait(left, timeout=0.5, return_when=FIRST_COMPLETED)
            bar(_done.value)
        return [future.result() for future in found]


def _try(fold: Fold) -> Found:
    rows, sources, posts = _data(fold)
    prior = priors.make(sources, posts.others, _steps)
    lines, tell = STRICTNESS[fold.lines], _counted(1)
    several = [figures(trial.run(rows, posts.all, prior, lines, seed=seed, tell=tell)) for seed in fold.seeds]
    return Found(fold.blog, mean(several), recalls(rows, posts.all, prior, tell))


class _Posts(NamedTuple):
    all: dict[str, tuple[str, str]]
    others: dict[str, tuple[str, str]]


def _data(fold: Fold) -> tuple[list[Row], list[building.Source], _Posts]:
    """The rows to try, the sources that the prior is made of, and all posts and those that it may know."""
    rows = labelled_files.rows_of(fold.folder / f"{fold.blog}.jsonl")
    blogs = [fold.folder / f"{name}.jsonl" for name in BLOGS if name != fold.blog]
    others = [path for pattern in OTHERS for path in sorted(fold.folder.glob(f"{pattern}.jsonl"))]
    posts, own = labelled_files.posts_of(fold.folder / labelled_files.POSTS), {row.post for row in rows}
    known = _Posts(posts, {key: post for key, post in posts.items() if key not in own})
    return [row for row in rows if not row.archived], priors.sources_of(blogs, others), known


def _work(fold: Fold) -> int:
    rows, sources, _ = _data(fold)
    rounds = len(fold.seeds) + 1 + len(TRICKS)
    return sum(len(source.rows) for source in sources) + building.EPOCHS * _EPOCH + rounds * len(rows)


def _steps(what: str, _total: int) -> AbstractContextManager:
    return nullcontext(_counted(_EPOCH if what == priors.FITTING else 1))


def _counted(worth: int) -> Callable[[int], None]:
    def tell(_at: int) -> None:
        with _done.get_lock():
            _done.value += worth

    return tell


def _figures_table(found: Sequence[Found]) -> str:
    whole = mean([one.figures for one in found])

    def goal(column: Column) -> str:
        return shown(MOST[column.figure], column.places) if column.figure in MOST else ""

    def met(column: Column) -> str:
        if column.figure not in MOST:
            return ""
        value = getattr(whole, column.figure)
        return "-" if value is None else "met" if value <= MOST[column.figure] else "NOT MET"

    return table([*((one.blog, one.figures) for one in found), ("mean", whole)], [("at most", goal), ("", met)])


def _tricks_table(found: Sequence[Found]) -> str:
    lines = [
        f"recall in % of spam where {FLAGGED:.0%} of the ham is flagged, without lessons: plain, tricked, points lost",
        "".ljust(16) + "".join(name.rjust(24) for name in TRICKS),
    ]
    for one in found:
        lines.append(one.blog.ljust(16) + "".join(_recall(one.recalls[name]) for name in TRICKS))
    means = {
        name: Recall(
            sum(one.recalls[name].plain for one in found) / len(found),
            sum(one.recalls[name].tricked for one in found) / len(found),
        )
        for name in TRICKS
    }
    lines.append("mean".ljust(16) + "".join(map(_recall, means.values())))
    verdicts = ("met" if one.lost <= MOST_POINTS else "NOT MET" for one in means.values())
    lines.append(f"at most {MOST_POINTS:g}".ljust(16) + "".join(verdict.rjust(24) for verdict in verdicts))
    return "\n".join(lines)


def _recall(one: Recall) -> str:
    return f"{one.plain:.1f} {one.tricked:6.1f} {one.lost:+6.1f}".rjust(24)


if __name__ == "__main__":
    sys.exit(main())
