"""What is decided about comments: what the machine found, what was decided and by whom, and the moderators' rules."""

from moderation.models.appeal import Appeal
from moderation.models.automation import Automation, AutomationChange
from moderation.models.batch import Batch, BatchItem
from moderation.models.campaign import Campaign, CampaignKey, CampaignMember, CampaignTraces, StandingOrder
from moderation.models.check import Check
from moderation.models.claim import Claim
from moderation.models.decision import Decision, DecisionWords, LedgerHead
from moderation.models.desk_mail import DeskMail
from moderation.models.illegal import IllegalContentNotice, NoticedContent
from moderation.models.lesson import LearnerHead, Lesson, Snapshot
from moderation.models.person import PersonNote, Sanction, network_ends
from moderation.models.report import Report
from moderation.models.rule import Replay, Rule
from moderation.models.screening import Fingerprint, Review, Signal
from moderation.models.tally import DayTally

__all__ = [
    "Appeal",
    "Automation",
    "AutomationChange",
    "Batch",
    "BatchItem",
    "Campaign",
    "CampaignKey",
    "CampaignMember",
    "CampaignTraces",
    "Check",
    "Claim",
    "DayTally",
    "Decision",
    "DecisionWords",
    "DeskMail",
    "Fingerprint",
    "IllegalContentNotice",
    "LearnerHead",
    "LedgerHead",
    "Lesson",
    "NoticedContent",
    "PersonNote",
    "Replay",
    "Report",
    "Review",
    "Rule",
    "Sanction",
    "Signal",
    "Snapshot",
    "StandingOrder",
    "network_ends",
]
