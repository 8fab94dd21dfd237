"""Why a decision is not made: the named errors of the door. `decisions` passes them on under its own name."""

from comments.models import Comment
from comments.submission import ChangeRefused
from moderation.models import Decision


class DecisionError(ChangeRefused):
    """Why a decision was not made. The message is for the person who tried."""


class NotAllowed(DecisionError):
    """The actor may not do this at all."""


class Impossible(DecisionError):
    """The comment is in a state from which this act does not lead anywhere."""


class ReasonMissing(DecisionError):
    """A rejection needs a reason code, and the reason "other" needs words."""


class NothingToUndo(DecisionError):
    """The decision is not the comment's latest, or is of a kind that stays."""


class Conflict(DecisionError):
    """Somebody else decided since the actor looked. `latest` is their Decision, if there is one."""

    def __init__(self, comment: Comment, latest: Decision | None) -> None:
        self.comment, self.latest = comment, latest
        if latest is None:
            super().__init__("The comment has changed since you opened it.")
        else:
            super().__init__(f"{latest.get_action_display()} by {latest.actor_name} since you opened it.")
