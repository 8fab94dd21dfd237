"""Whether the machine may act by itself: measured by blind checks, and taken from it where it errs too often.

A side (publishing, or filing as spam) steps back to holding when the upper bound of its error rate passes the site's
limit, and comes back by a person's word only. README.md says how the numbers were chosen.
"""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from blog.models import User
from blog.retries import retried
from comments.models import Comment
from comments.submission import ChangeRefused
from moderation.intervals import Interval, exact, trials_without_a_hit
from moderation.models import Automation, AutomationChange, Check, Decision, Review
from moderation.percent import between, percent

SIDE, ANSWER = Check.Side, Check.Answer
WINDOW = 200  # the latest checks that count
SYSTEM = "system"
MOST_WITHHELD = 200
ERRS = {SIDE.PUBLISH: "should not have been published", SIDE.SPAM: "should have been published"}
DID = {SIDE.PUBLISH: "published", SIDE.SPAM: "filed as spam"}


class AlreadySo(ChangeRefused):
    """The side acts already, or has stepped back already."""


@dataclass(frozen=True, slots=True)
class Measured:
    """The latest checks of one side since it was last resumed.

    Attributes:
        right, wrong: blind answers that agree with the machine, and those that do not.
        unsure: blind answers that say nothing; they count for neither.
        overturned: drawn, and taken back by a person before anybody could be asked blind.
    """

    side: str
    right: int
    wrong: int
    unsure: int
    overturned: int

    @property
    def answered(self) -> int:
        return self.right + self.wrong

    @property
    def interval(self) -> Interval:
        """Of the blind answers alone: the rate that is shown."""
        return exact(self.wrong, self.answered)

    @property
    def cautious(self) -> Interval:
        """With the overturned ones as errors, which they are in the eyes of those who saw them: the rule uses this.

        What is worst is taken back first, before a check is answered. If such checks only fell out of the count, the
        machine would look the better the more people clean up behind it.
        """
        return exact(self.wrong + self.overturned, self.counted)

    @property
    def counted(self) -> int:
        return self.answered + self.overturned

    @property
    def on_trial(self) -> bool:
        """Too few checks for the rule: no record, however clean, could be told from a bad one by luck."""
        return self.counted < trial_of(self.side)

    @property
    def too_often(self) -> bool:
        """Whether the side must step back: not proven to be under the limit, or on trial and proven to be over it."""
        bounds, limit = self.cautious, limit_of(self.side)
        return bounds.low > limit if self.on_trial else bounds.high > limit

    @property
    def says(self) -> str:
        """The figures in words, as far as the rule goes by them."""
        wrong = self.wrong + self.overturned
        return (
            f"of the last {self.counted} that were checked, {wrong} {ERRS[self.side]}: {between(self.cautious)}, and "
            f"the limit of this site is {percent(limit_of(self.side))}"
        )


def limit_of(side: str) -> float:
    """The share of errors that the site lets this side make."""
    return settings.AUTOMATION_FALSE_PASS_LIMIT if side == SIDE.PUBLISH else settings.AUTOMATION_FALSE_SPAM_LIMIT


def trial_of(side: str) -> int:
    """How many checks a trial lasts: at least so many that a record without an error passes."""
    return max(settings.AUTOMATION_TRIAL_CHECKS, trials_without_a_hit(limit_of(side)))


def state_of(side: str) -> Automation:
    """How a side stands now."""
    return Automation.objects.filter(side=side).first() or Automation(side=side)


def measured(state: Automation) -> Measured:
    """Count the latest checks of a side, in one query of bounded size."""
    window = max(WINDOW, trial_of(state.side))
    settled = Check.objects.filter(machine=state.side, settled_at__isnull=False)
    if state.since:
        settled = settled.filter(drawn_at__gte=state.since)
    found = {"right": 0, "wrong": 0, "unsure": 0, "overturned": 0}
    left = window
    for check in settled.order_by("-settled_at", "-pk").only("machine", "answer", "void")[: 4 * window]:
        if check.answer == ANSWER.UNSURE:
            found["unsure"] += 1
            continue
        if check.void and check.void != Check.Void.OVERTURNED:
            continue
        found["overturned" if check.void else "wrong" if check.wrong else "right"] += 1
        left -= 1
        if not left:
            break
    return Measured(state.side, **found)


def stood_back() -> dict[str, str]:
    """By each side that has stepped back, the sentence that says so on a comment which it would have acted on."""
    return {
        side: f"automation stepped back on {_day(changed_at)}: it would have {DID[side]} this, "
        "and a person decides instead"
        for side, changed_at in stepped_back().values_list("side", "changed_at")
    }


def stepped_back() -> QuerySet[Automation]:
    """The sides that have stepped back; nearly always none."""
    return Automation.objects.filter(stepped_back=True)


def weigh(side: str, now: datetime) -> None:
    """Step back if the checks now say so, and end or begin the trial. Called whenever a check was settled.

    Locks the row of the side, after rows of checks and before nothing: whoever holds it waits for nobody.
    """
    with transaction.atomic():
        state = _locked(side)
        if state.stepped_back:
            return
        seen = measured(state)
        if seen.on_trial != state.on_trial:
            state.on_trial = seen.on_trial
            state.save(update_fields=["on_trial"])
        if seen.too_often:
            _change(state, True, None, seen.says, now)


@retried
def step_back(side: str, by: User, why: str, now: datetime) -> None:
    """A person makes a side hold. Raises AlreadySo."""
    with transaction.atomic():
        state = _locked(side)
        if state.stepped_back:
            raise AlreadySo(f"{state.get_side_display()} has stepped back already.")
        _change(state, True, by, why, now)


@retried
def resume(side: str, by: User, why: str, now: datetime) -> None:
    """A person lets a side act again, on trial: what was counted before counts no more. Raises AlreadySo."""
    with transaction.atomic():
        state = _locked(side)
        if not state.stepped_back:
            raise AlreadySo(f"{state.get_side_display()} goes on already.")
        state.since, state.on_trial = now, True
        _change(state, False, by, why, now)


@dataclass(frozen=True, slots=True)
class WouldHave:
    """Of what a side withheld since it stepped back and people decided since: how often they did what it would have."""

    right: int
    decided: int

    @property
    def interval(self) -> Interval:
        return exact(self.right, self.decided)


def would_have(state: Automation) -> WouldHave:
    """Compare what a side withheld since it stepped back, the latest MOST_WITHHELD, with what people decided first.

    These people saw the machine's reasons: a hint that the way back is open, and no measurement.
    """
    withheld = Review.objects.filter(withheld=state.side, created_at__gte=state.changed_at).order_by("-pk")
    asked = dict(withheld.values_list("comment_id", "created_at")[:MOST_WITHHELD])
    person = Decision.objects.filter(comment__in=list(asked), actor_kind=Decision.ActorKind.PERSON)
    first: dict[int, str] = {}
    for comment, to_status, at in person.order_by("pk").values_list("comment_id", "to_status", "created_at"):
        if at >= asked[comment] and to_status != Comment.Status.PENDING:
            first.setdefault(comment, to_status)
    published = sum(status == Comment.Status.PUBLISHED for status in first.values())
    return WouldHave(published if state.side == SIDE.PUBLISH else len(first) - published, len(first))


def _locked(side: str) -> Automation:
    Automation.objects.get_or_create(side=side)
    return Automation.objects.select_for_update().get(side=side)


def _change(state: Automation, stepped_back: bool, by: User | None, why: str, now: datetime) -> None:
    state.stepped_back, state.changed_at, state.reason = stepped_back, now, why[:400]
    state.save()
    AutomationChange.objects.create(
        side=state.side,
        stepped_back=stepped_back,
        at=now,
        by=by,
        by_name=str(by)[:80] if by else SYSTEM,
        why=why[:400],
    )


def _day(moment: datetime) -> str:
    day = timezone.localdate(moment)
    return f"{day.day} {day:%B %Y}"
