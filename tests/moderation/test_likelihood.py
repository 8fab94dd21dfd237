"""A probability in words: whole numbers, and never certainty."""

import pytest

from moderation.likelihood import in_100


@pytest.mark.parametrize(
    ("p", "says"),
    [
        (0.0, "fewer than 1 in 100"),
        (0.0099, "fewer than 1 in 100"),
        (0.01, "1 in 100"),
        (0.376, "38 in 100"),
        (0.99, "99 in 100"),
        (0.9901, "more than 99 in 100"),
        (1.0, "more than 99 in 100"),
    ],
)
def test_it_is_so_many_in_a_hundred(p: float, says: str) -> None:
    assert in_100(p).replace("\N{NO-BREAK SPACE}", " ") == says
