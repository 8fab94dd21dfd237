"""Which states of the model are kept, so that folding again needs not begin at the first lesson.

Pure: no Django, no settings.
"""

EVERY = 256  # lessons between two checkpoints


def mark_of(before: int, after: int, every: int = EVERY) -> int | None:
    """The number of the checkpoint that a state is: it lies between two numbers of lessons. None if it is none."""
    return after // every if after // every > before // every else None


def keeps(mark: int, latest: int) -> bool:
    """Whether the checkpoint `mark` is still kept when `latest` is there.

    Of the odd numbers the newest is kept, of those that two divides and four does not the newest, and so on: one for
    each doubling of the distance, nine for 100,000 lessons. A lesson that changes then makes at most about twice as
    many be folded again as came after it.
    """
    lowest_bit = mark & -mark
    return latest - mark < 2 * lowest_bit
