"""The measured error of each side of the automation, in words and as a plot, for the desk and for the public page."""

from dataclasses import dataclass

from moderation import automation, plots
from moderation.automation import DID, SIDE, Measured, WouldHave
from moderation.models import Automation
from moderation.percent import between, percent

SCALES = (0.2, 0.3, 0.5, 1.0)  # where the scale of the plot may end
TITLES = {SIDE.PUBLISH: "Publishing", SIDE.SPAM: "Filing as spam"}
ONE_ERRS = {SIDE.PUBLISH: "should not have been", SIDE.SPAM: "should have been published"}
RATES = {SIDE.PUBLISH: "False passes", SIDE.SPAM: "False spam"}


@dataclass(frozen=True, slots=True)
class Trust:
    """One side: how it stands, what was measured, and the interval as a shape."""

    side: str
    state: Automation
    measured: Measured
    since_then: WouldHave | None

    @property
    def title(self) -> str:
        return TITLES[self.side]

    @property
    def rate(self) -> str:
        return RATES[self.side]

    @property
    def says(self) -> str:
        """ "Of 84 published without a person, 2 should not have been: 2 % (between 0.3 and 8 %)." """
        seen = self.measured
        if not seen.answered:
            return f"Of what was {DID[self.side]} without a person, nothing has been checked yet."
        share = percent(seen.wrong / seen.answered)
        return (
            f"Of {seen.answered} {DID[self.side]} without a person, {seen.wrong or 'none'} {ONE_ERRS[self.side]}: "
            f"{share} ({between(seen.interval)})."
        )

    @property
    def stands(self) -> str:
        """How the side stands: "on", "trial" or "back"."""
        return "back" if self.state.stepped_back else "trial" if self.measured.on_trial else "on"

    @property
    def overturned_says(self) -> str:
        """What the rule counts beside the blind answers, or ""."""
        if not (number := self.measured.overturned):
            return ""
        were, them = ("was", "it as an error") if number == 1 else ("were", "them as errors")
        return (
            f"{number} more that {were} drawn {were} taken back by a person before anybody was asked. "
            f"The limit counts {them}: {between(self.measured.cautious)}."
        )

    @property
    def trial_says(self) -> str:
        """How far the trial has come."""
        return f"{self.measured.counted} of {automation.trial_of(self.side)} checks"

    @property
    def since_then_says(self) -> str:
        """What people decided about that which the side would have done by itself."""
        then = self.since_then
        if then is None:
            return ""
        if not then.decided:
            return "Since then people have decided about none of what it would have done."
        return (
            f"Since then it would have been right in {then.right} of {then.decided} that people decided: "
            f"{percent(then.right / then.decided)} ({between(then.interval)})."
        )

    @property
    def limit(self) -> str:
        return percent(automation.limit_of(self.side))

    @property
    def scale(self) -> float:
        most = max(self.measured.interval.high, 1.6 * automation.limit_of(self.side))
        return next((end for end in SCALES if end >= most), 1.0)

    @property
    def scale_says(self) -> str:
        return percent(self.scale)

    @property
    def low_says(self) -> str:
        return percent(self.measured.interval.low)

    @property
    def high_says(self) -> str:
        return percent(self.measured.interval.high)

    @property
    def span(self) -> plots.Span:
        """The interval as a shape; only where something was measured."""
        seen = self.measured
        point = seen.wrong / seen.answered if seen.answered else 0.0
        limit = automation.limit_of(self.side)
        return plots.span(seen.interval.low, seen.interval.high, point, limit, self.scale)


def both() -> list[Trust]:
    """Both sides, in 3 queries, and 2 more for each that has stepped back."""
    states = {state.side: state for state in Automation.objects.all()}
    found = []
    for side in SIDE:
        state = states.get(side) or Automation(side=side)
        since_then = automation.would_have(state) if state.stepped_back else None
        found.append(Trust(side, state, automation.measured(state), since_then))
    return found
