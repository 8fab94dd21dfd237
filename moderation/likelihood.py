"""What a suspicion means in words: how many comments in a hundred with that score are spam. Pure."""

from moderation.classifier.explain import ORDINARY
from moderation.classifier.learner import probability


def of_score(score: float) -> float:
    """The probability of spam that a suspicion stands for, from 0 to 1."""
    return probability(score + ORDINARY)


def in_100(p: float) -> str:
    """A probability as people say it: "38 in 100", and never "0" or "100" for what nobody can be sure of."""
    if p < 0.01:
        return "fewer than 1 in 100"
    if p > 0.99:
        return "more than 99 in 100"
    return f"{round(p * 100)} in 100"
