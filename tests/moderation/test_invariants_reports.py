"""Reports follow the decisions: each act settles or opens what the plan says, and nothing of another comment."""

from tests.moderation.histories import Moment, Step


def of(moment: Moment, comment: int, state: str) -> set[tuple]:
    return {
        (row["created_at"], row["revision"])
        for row in moment.reports.values()
        if (row["comment_id"], row["state"]) == (comment, state)
    }


def test_what_is_open_and_what_was_dismissed_is_as_the_plan_says(steps: list[Step]) -> None:
    for step in steps:
        if step.expected:
            assert of(step.became, step.comment, "open") == step.expected.open, step
            assert of(step.became, step.comment, "dismissed") == step.expected.dismissed, step


def test_a_refused_act_and_other_comments_leave_reports_alone(steps: list[Step]) -> None:
    for step in steps:
        for key, row in step.was.reports.items():
            if step.refused is not None or row["comment_id"] != step.comment:
                assert step.became.reports[key] == row
        assert step.became.reports.keys() == step.was.reports.keys()


def test_the_count_on_the_comment_equals_a_recount(steps: list[Step]) -> None:
    for step in steps:
        for comment, row in step.became.comments.items():
            assert row["open_reports"] == len(of(step.became, comment, "open"))


def test_what_is_settled_says_by_whom_and_when_and_what_is_open_does_not(steps: list[Step]) -> None:
    for step in steps:
        for row in step.became.reports.values():
            assert (row["decided_at"] is None) == (row["decided_by_name"] == "") == (row["state"] == "open")
            if row["state"] != "open":
                assert step.became.decisions[row["decision_id"]]["created_at"] == row["decided_at"]


def test_the_histories_hold_reports_of_every_state_and_holds_done_and_refused(steps: list[Step]) -> None:
    seen = {row["state"] for step in steps for row in step.became.reports.values()}
    assert seen == {"open", "upheld", "dismissed", "moot"}
    held = {step.refused is None for step in steps if step.act.who == "reports" and step.what == "hold"}
    assert held == {True, False}
    reopened = [
        step
        for step in steps
        if step.what == "undo" and step.was.reports != step.became.reports and step.refused is None
    ]
    again = [step for step in reopened if step.was.decisions[step.undid]["action"] == "undo"]
    assert reopened
    assert again
