"""What is decided about comments: what the machine found, what was decided and by whom, and the moderators' rules."""

from moderation.models.automation import Automation, AutomationChange
from moderation.models.check import Check
from moderation.models.decision import Decision, DecisionWords, LedgerHead
from moderation.models.rule import Rule
from moderation.models.screening import Fingerprint, Review, Signal
from moderation.models.tally import DayTally

__all__ = [
    "Automation",
    "AutomationChange",
    "Check",
    "DayTally",
    "Decision",
    "DecisionWords",
    "Fingerprint",
    "LedgerHead",
    "Review",
    "Rule",
    "Signal",
]
