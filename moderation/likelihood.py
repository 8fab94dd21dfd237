"""What a probability of spam is called in words: how many comments in a hundred are spam. Pure."""

NBSP = "\N{NO-BREAK SPACE}"


def in_100(p: float) -> str:
    """A probability as people say it: "38 in 100", and never "0" or "100" for what nobody can be sure of."""
    if p < 0.01:
        return f"fewer than 1{NBSP}in{NBSP}100"
    if p > 0.99:
        return f"more than 99{NBSP}in{NBSP}100"
    return f"{round(p * 100)}{NBSP}in{NBSP}100"
