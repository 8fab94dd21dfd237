"""What is decided about comments: what the machine found, what was decided and by whom, and the moderators' rules."""

from moderation.models.batch import Batch, BatchItem
from moderation.models.campaign import Campaign, CampaignKey, CampaignMember, CampaignTraces, StandingOrder
from moderation.models.decision import Decision, DecisionWords, LedgerHead
from moderation.models.rule import Rule
from moderation.models.screening import Fingerprint, Review, Signal

__all__ = [
    "Batch",
    "BatchItem",
    "Campaign",
    "CampaignKey",
    "CampaignMember",
    "CampaignTraces",
    "Decision",
    "DecisionWords",
    "Fingerprint",
    "LedgerHead",
    "Review",
    "Rule",
    "Signal",
    "StandingOrder",
]
