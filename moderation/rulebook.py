"""What moderators do with rules: write a draft, switch it on, retire it, throw a draft away. Nothing else does."""

from datetime import datetime

from django.db import IntegrityError, transaction

from blog.models import User
from blog.retries import retried
from moderation.models import Rule

#: Each pattern is a pass over every comment; words and domains cost next to nothing and have no such limit.
MOST_PATTERNS = 100


class RuleRefused(Exception):
    """Why a rule was not changed. The message is for the person who tried."""


def draft(kind: str, text: str, effect: str, note: str, *, by: User, predecessor: Rule | None, now: datetime) -> Rule:
    """Write a rule that is not in force yet. `predecessor` is retired when this one is switched on."""
    return Rule.objects.create(
        kind=kind,
        text=text,
        effect=effect,
        note=note,
        state=Rule.State.DRAFT,
        predecessor=predecessor,
        created_by=by,
        created_at=now,
    )


@retried
def switch_on(rule_id: int, *, by: User, now: datetime) -> Rule:
    """Put a draft in force, and retire its predecessor in the same moment.

    Raises Rule.DoesNotExist, or RuleRefused: it is no draft, nobody looked at what it would do, or another rule of the
    same kind and text is in force.
    """
    try:
        with transaction.atomic():
            rule = _locked(rule_id)
            if not rule.is_draft:
                raise RuleRefused(f"This rule is {rule.get_state_display().lower()} already.")
            if not hasattr(rule, "replay") or (rule.replay.place is None and not rule.replay.finished):
                raise RuleRefused("Look first at what it would have done; nothing was switched on.")
            if rule.kind == Rule.Kind.PATTERN and Rule.objects.on().filter(kind=rule.kind).count() >= MOST_PATTERNS:
                raise RuleRefused(f"There are {MOST_PATTERNS} patterns in force already; retire one first.")
            if rule.predecessor_id:
                _retire(rule.predecessor_id, by, now)
            Rule.objects.filter(pk=rule.pk).update(state=Rule.State.ON, on_by=by, on_at=now)
    except IntegrityError:
        raise RuleRefused("A rule with this kind and text is in force already.") from None
    return Rule.objects.get(pk=rule_id)


@retried
def retire(rule_id: int, *, by: User, now: datetime) -> Rule:
    """Take a rule out of force for good; its number and content stay. Raises Rule.DoesNotExist or RuleRefused."""
    with transaction.atomic():
        rule = _locked(rule_id)
        if not _retire(rule.pk, by, now):
            raise RuleRefused("This rule is not in force.")
    return Rule.objects.get(pk=rule_id)


@retried
def discard(rule_id: int) -> None:
    """Delete a draft. Raises Rule.DoesNotExist, or RuleRefused for a rule that was ever in force."""
    with transaction.atomic():
        rule = _locked(rule_id)
        if not rule.is_draft:
            raise RuleRefused("A rule that was in force is never deleted, because old screenings name it. Retire it.")
        rule.delete()


def _locked(rule_id: int) -> Rule:
    return Rule.objects.select_for_update(of=("self",)).get(pk=rule_id)


def _retire(rule_id: int, by: User, now: datetime) -> int:
    in_force = Rule.objects.on().filter(pk=rule_id)
    return in_force.update(state=Rule.State.RETIRED, retired_by=by, retired_at=now)
