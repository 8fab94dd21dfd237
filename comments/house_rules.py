"""The house rules in plain words: one sentence for each reason code, shown on a page of their own and in every answer.

Pure data, so that what a refused person reads and what everybody can read beforehand are the same words.
"""

from dataclasses import dataclass

from comments.models.reasons import Reason


@dataclass(frozen=True, slots=True)
class HouseRule:
    """`title` names the rule, `says` is the rule, as one sentence."""

    code: str
    title: str
    says: str

    @property
    def about_law(self) -> bool:
        """Whether it rests on the law rather than on what this house wants."""
        return self.code == Reason.ILLEGAL


RULES: dict[str, HouseRule] = {
    rule.code: rule
    for rule in (
        HouseRule(Reason.SPAM, "No spam", "Nothing that is sent to many places to draw people or search engines away."),
        HouseRule(Reason.ADVERTISING, "No advertising", "Comments are no place to offer goods, services or events."),
        HouseRule(Reason.OFF_TOPIC, "To the point", "A comment is about the post, or about the comment it answers."),
        HouseRule(
            Reason.HARASSMENT,
            "No harassment",
            "Argue against what was said; do not insult, mock, follow or provoke whoever said it.",
        ),
        HouseRule(Reason.HATE, "No hate", "Nobody is put down for what they are, believe, look like or come from."),
        HouseRule(Reason.THREAT, "No threats", "Nobody is threatened, and nobody is called upon to hurt anybody."),
        HouseRule(Reason.SEXUAL, "Nothing sexual", "No sexual descriptions, offers or pictures."),
        HouseRule(
            Reason.PERSONAL_DATA,
            "Private things stay private",
            "No addresses, telephone numbers or other private facts about anybody, yourself included.",
        ),
        HouseRule(Reason.IMPERSONATION, "Be yourself", "Any name will do, but not one that passes for somebody else."),
        HouseRule(
            Reason.MISINFORMATION,
            "No false facts that do harm",
            "What is known to be false is not spread here where believing it can hurt somebody.",
        ),
        HouseRule(Reason.ILLEGAL, "Nothing illegal", "We do not publish what the law forbids us to publish."),
        HouseRule(Reason.DUPLICATE, "Once is enough", "What stands here already is not published a second time."),
        HouseRule(
            Reason.LOW_EFFORT,
            "Add something",
            "A comment has a thought, a question or a fact of its own that somebody can do something with.",
        ),
        HouseRule(
            Reason.OTHER,
            "What no rule foresaw",
            "Rarely something does harm that none of these rules names; then we say in our own words what it is.",
        ),
    )
}
