"""Who may send at all: asked before anything is stored, of whoever the setting COMMENT_GATE names.

A refusal is open: it says why, until when and how to ask again. There are no comments that only their author can see.
"""

import logging
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils.module_loading import import_string

from blog.models import User
from comments.house_rules import HouseRule
from comments.models import Sender

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Barred:
    """Why a comment is not taken, for its author to read.

    Attributes:
        says: what holds, in a sentence. `reason` in words, `rule` the house rule behind it.
        until: when it ends by itself, or None.
        message: what the person who decided wrote.
        ask: address of a private page of theirs on which to ask again, "" where none is known to be theirs.
        of_network: it holds for a network, so that somebody else may be meant.
    """

    says: str
    reason: str
    rule: HouseRule | None
    until: datetime | None
    message: str
    ask: str
    of_network: bool


class GateBroken(Exception):
    """Nobody can tell whether this comment may come in. It is stored and waits, so that nothing is lost."""


def barred(*, user: User | None, sender: Sender | None, network: str, now: datetime) -> Barred | None:
    """What keeps this person from sending, or None. Raises GateBroken."""
    try:
        return import_string(settings.COMMENT_GATE)(user=user, sender=sender, network=network, now=now)
    except Exception as error:
        # As with the screener: what breaks here must neither lose a comment nor let it through.
        log.exception("The gate failed; the comment is stored and waits for a person.")
        raise GateBroken from error
