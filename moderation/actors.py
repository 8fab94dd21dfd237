"""Who decides: a person with an account, the policy, or the comment's own author."""

from dataclasses import dataclass

from blog.models import User
from moderation.models import Decision

KIND = Decision.ActorKind


@dataclass(frozen=True, slots=True)
class Actor:
    """Passed to `decisions.decide`; its name is written into the Decision and stays when the account goes."""

    kind: str
    name: str
    user: User | None = None


def person(user: User) -> Actor:
    return Actor(KIND.PERSON, str(user), user)


def system(rule: str) -> Actor:
    """`rule` is the name and version of what acted, as in "policy-1"."""
    return Actor(KIND.SYSTEM, rule)


def sender() -> Actor:
    """The comment's author, who proved it by the capability in the status page's address."""
    return Actor(KIND.SENDER, "its author")
