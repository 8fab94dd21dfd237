"""No honest comment of another sender joins a card with spam, on real comments that blog owners judged.

The comments are no part of this repository; without them this is skipped. tests/benchmarks/campaigns.py prints more.
"""

from pathlib import Path

import pytest

from tests.moderation import labelled

FOLDER = Path(__file__).parents[2].parent / "shared" / "comments"
SOURCES = labelled.sources(FOLDER)


@pytest.mark.skipif(not SOURCES, reason="no labelled comments at ../shared/comments")
@pytest.mark.slow
@pytest.mark.parametrize("source", SOURCES or ["none"])
def test_no_honest_comment_of_another_sender_is_on_a_card_with_spam(source: str) -> None:
    found = labelled.replay(FOLDER, source)
    assert found.honest_among_spam == []
    assert found.covered <= found.spam
