"""What is decided about comments: what the machine found, what was decided and by whom, and the moderators' rules."""

from moderation.models.appeal import Appeal
from moderation.models.batch import Batch, BatchItem
from moderation.models.decision import Decision, DecisionWords, LedgerHead
from moderation.models.person import PersonNote, Sanction, network_ends
from moderation.models.rule import Rule
from moderation.models.screening import Fingerprint, Review, Signal

__all__ = [
    "Appeal",
    "Batch",
    "BatchItem",
    "Decision",
    "DecisionWords",
    "Fingerprint",
    "LedgerHead",
    "PersonNote",
    "Review",
    "Rule",
    "Sanction",
    "Signal",
    "network_ends",
]
