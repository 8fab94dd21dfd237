"""What is decided about comments: what the machine found, what was decided and by whom, and the moderators' rules."""

from moderation.models.decision import Decision, DecisionWords, LedgerHead
from moderation.models.desk_mail import DeskMail
from moderation.models.rule import Rule
from moderation.models.screening import Fingerprint, Review, Signal

__all__ = [
    "Decision",
    "DecisionWords",
    "DeskMail",
    "Fingerprint",
    "LedgerHead",
    "Review",
    "Rule",
    "Signal",
]
