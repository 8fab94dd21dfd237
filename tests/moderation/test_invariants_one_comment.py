"""A decision changes exactly one comment, and one that is refused changes nothing at all."""

from hypothesis import given

from moderation.decisions import STATE
from tests.moderation.histories import World, few, histories, trees

CHANGED_BY_A_DECISION = {*STATE, "version", "body", "html"}
BLANKED_BY_ERASURE = {"name", "email", "website", "user_id", "sender_id", "network", "user_agent", "capability"}
BLANKED_BY_ERASURE |= {"seconds_on_form", "submission_key"}


@few
@given(tree=trees, history=histories)
def test_a_refused_act_changes_no_row_of_any_table(world: World, tree: list, history: list) -> None:
    for step in world.play(tree, history):
        if step.refused is not None:
            assert step.became == step.was


@few
@given(tree=trees, history=histories)
def test_every_other_comment_keeps_every_column_replies_too(world: World, tree: list, history: list) -> None:
    for step in world.play(tree, history):
        for other in world.comments:
            if other != step.comment:
                assert step.became.comments[other] == step.was.comments[other]


@few
@given(tree=trees, history=histories)
def test_the_comment_keeps_its_place_its_sender_and_its_date(world: World, tree: list, history: list) -> None:
    for step in world.play(tree, history):
        changed = {name for name, value in step.row.items() if value != step.row_before[name]}
        allowed = CHANGED_BY_A_DECISION | (BLANKED_BY_ERASURE if step.what == "erase" else set())
        assert changed <= allowed


@few
@given(tree=trees, history=histories)
def test_every_change_counts_the_version_up_by_one(world: World, tree: list, history: list) -> None:
    for step in world.play(tree, history):
        assert step.row["version"] == step.row_before["version"] + (step.refused is None)


@few
@given(tree=trees, history=histories)
def test_no_revision_is_changed_and_only_an_edit_adds_one(world: World, tree: list, history: list) -> None:
    for step in world.play(tree, history):
        added = step.became.revisions.keys() - step.was.revisions.keys()
        assert len(added) == (step.what == "edit" and step.refused is None)
        for key, row in step.was.revisions.items():
            erased = step.what == "erase" and step.refused is None and row["comment_id"] == step.comment
            assert erased or step.became.revisions[key] == row
