"""A decision changes exactly one comment, and one that is refused changes nothing at all."""

from moderation.states import STATE
from tests.moderation.histories import Step

CHANGED_BY_A_DECISION = {*STATE, "version", "body", "html"}
CHANGED_BY_SETTLING_REPORTS = {"urgency", "open_reports"}
BLANKED_BY_ERASURE = {"name", "email", "website", "user_id", "sender_id", "network", "user_agent", "capability"}
BLANKED_BY_ERASURE |= {"seconds_on_form", "submission_key"}


def test_a_refused_act_changes_no_row_of_any_table(steps: list[Step]) -> None:
    for step in steps:
        if step.refused is not None:
            assert step.became == step.was


def test_every_other_comment_keeps_every_column_replies_too(steps: list[Step]) -> None:
    for step in steps:
        others = {key: row for key, row in step.was.comments.items() if key != step.comment}
        assert others == {key: row for key, row in step.became.comments.items() if key != step.comment}


def test_the_comment_keeps_its_place_its_sender_and_its_date(steps: list[Step]) -> None:
    for step in steps:
        changed = {name for name, value in step.row.items() if value != step.row_before[name]}
        allowed = (
            CHANGED_BY_A_DECISION
            | CHANGED_BY_SETTLING_REPORTS
            | (BLANKED_BY_ERASURE if step.what == "erase" else set())
        )
        assert changed <= allowed


def test_every_change_counts_the_version_up_by_one(steps: list[Step]) -> None:
    for step in steps:
        assert step.row["version"] == step.row_before["version"] + (step.refused is None)


def test_no_revision_is_changed_and_only_an_edit_adds_one(steps: list[Step]) -> None:
    for step in steps:
        added = step.became.revisions.keys() - step.was.revisions.keys()
        assert len(added) == (step.what == "edit" and step.refused is None)
        for key, row in step.was.revisions.items():
            erased = step.what == "erase" and step.refused is None and row["comment_id"] == step.comment
            assert erased or step.became.revisions[key] == row
