"""Every change writes one Decision that says what was, what is, and who did it."""

from datetime import datetime
from itertools import pairwise

from blog.models import User
from moderation.states import STATE
from tests.moderation.histories import KIND, Step

NAME = {"system": "policy-2", "reports": "reports-1", "sender": "its author"}


def recorded(row: dict) -> dict:
    """The state columns of a comment as a Decision writes them down."""
    state = {name: row[name] for name in STATE}
    return {name: value.isoformat() if isinstance(value, datetime) else value for name, value in state.items()}


def judged(step: Step) -> int:
    """The text that the actor had in front of them: the newest one that waits, or the one that stands."""
    row = step.row if step.what == "edit" else step.row_before
    return row["proposed_revision"] or row["revision"]


def test_a_change_is_one_decision_and_no_change_is_none(steps: list[Step]) -> None:
    for step in steps:
        assert len(step.written) == (step.refused is None)
        assert step.was.decisions.items() <= step.became.decisions.items()


def test_the_decision_says_from_to_by_whom_and_about_which_text(steps: list[Step]) -> None:
    for step in steps:
        for decision in step.written:
            was, became = step.row_before, step.row
            user = User.objects.filter(username=step.act.who).first()
            assert decision["comment_id"] == step.comment
            assert decision["action"] == step.what
            assert (decision["from_status"], decision["to_status"]) == (was["status"], became["status"])
            assert (decision["from_version"], decision["to_version"]) == (was["version"], became["version"])
            assert decision["revision"] == judged(step)
            assert decision["before"] == recorded(was)
            assert decision["after"] == recorded(became)
            assert decision["actor_kind"] == KIND.get(step.act.who, "person")
            assert (decision["actor_id"] is None) == (user is None)
            assert decision["actor_name"] == NAME.get(step.act.who, user and user.display_name)
            assert decision["reverses_id"] == step.undid
            assert decision["created_at"] == step.now


def test_the_decisions_of_a_comment_form_one_unbroken_chain(histories: list[list[Step]]) -> None:
    for last in (history[-1].became for history in histories):
        for comment in last.comments:
            chain = [row for row in last.decisions.values() if row["comment_id"] == comment]
            for earlier, later in pairwise(chain):
                assert (later["from_version"], later["before"]) == (earlier["to_version"], earlier["after"])
