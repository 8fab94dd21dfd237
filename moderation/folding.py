"""The fold: lessons in the order of their numbers, each learned once, and archived ones only in pairs.

Pure: no Django, no settings. The same rows give the same bytes, in one go or from any place on.
"""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass

from moderation.classifier.features import Features
from moderation.classifier.learner import Learner

#: Of an archive's comments at most so many of each label are learned. What was published once is weaker evidence than
#: what a moderator says today: a blog that learned its archive as ham alone leaked 70 where it had leaked 11.
MOST_ARCHIVED = 300


@dataclass(frozen=True, slots=True)
class Row:
    """One lesson to fold.

    Args:
        number: its place in the order.
        features: None where it has none that can be learned from, and then it only takes its place.
    """

    number: int
    spam: bool
    archived: bool
    features: Features | None


@dataclass(slots=True)
class Counted:
    """What was learned so far besides the weights, all of it a function of the rows.

    Args:
        spam: lessons of spam.
        archived_spam, archived_ham: of these and of ham, how many came from archives.
    """

    spam: int = 0
    archived_spam: int = 0
    archived_ham: int = 0


class Fold:
    """A learner on its way through the lessons.

    Args:
        learner: as it was after the lesson `place`; it is changed.
        place: number of the last row that was taken.
        counted: as it was there.
        waiting: features of archived ham that was come past and not learned yet, in order.
    """

    def __init__(
        self, learner: Learner, place: int = 0, counted: Counted | None = None, waiting: Iterable[Features] = ()
    ) -> None:
        self.learner, self.place = learner, place
        self.counted = counted or Counted()
        self.waiting = deque(waiting)

    def take(self, row: Row) -> None:
        """Go past one row, whose number is above all before it.

        An archived ham is learned once there is a spam to pair it with: at most as many of them as of spam, and at most
        MOST_ARCHIVED.
        """
        self.place = row.number
        if row.features is None:
            return
        if row.archived and not row.spam:
            if self.counted.archived_ham + len(self.waiting) < MOST_ARCHIVED:  # more will never be learned
                self.waiting.append(row.features)
        elif not row.archived or self.counted.archived_spam < MOST_ARCHIVED:
            self.learner.learn(row.features, row.spam)
            self.counted.spam += row.spam
            self.counted.archived_spam += row.archived
        self._pair()

    def _pair(self) -> None:
        while self.waiting and self.counted.archived_ham < min(MOST_ARCHIVED, self.counted.spam):
            self.learner.learn(self.waiting.popleft(), False)
            self.counted.archived_ham += 1
