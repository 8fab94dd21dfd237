"""A comment lives as the plan says: each act leads where it should, or is refused, whoever tries it and when."""

from hypothesis import given

from tests.moderation.histories import World, few, histories, trees


@few
@given(tree=trees, history=histories)
def test_every_act_leads_where_the_plan_says_or_is_refused(world: World, tree: list, history: list) -> None:
    for step in world.play(tree, history):
        if step.expected is None:
            assert step.refused is not None, f"{step.act.who} did {step.what} to {step.row_before['status']}"
            continue
        assert step.refused is None, f"{step.act.who} could not {step.what}: {step.refused}"
        row, life = step.row, step.expected
        assert (row["status"], row["revision"], row["proposed_revision"]) == (life.status, life.revision, life.proposed)


@few
@given(tree=trees, history=histories)
def test_the_machine_never_rejects_undoes_or_takes_back_a_persons_word(world: World, tree: list, history: list) -> None:
    for step in world.play(tree, history):
        if step.refused is None and step.act.who == "system":
            said = [row["action"] for row in step.was.decisions.values() if row["actor_kind"] == "person"]
            said_here = [
                row["action"]
                for row in step.was.decisions.values()
                if row["actor_kind"] == "person" and row["comment_id"] == step.comment
            ]
            assert step.row["status"] != "rejected"
            assert step.what != "undo"
            if step.what == "erase":
                assert step.row_before["status"] == "spam"
            elif said_here:
                assert (step.what, said_here[-1]) in [("accept_edit", "approve"), ("accept_edit", "accept_edit")], said


@few
@given(tree=trees, history=histories)
def test_an_undo_restores_the_comment_exactly_but_for_its_version(world: World, tree: list, history: list) -> None:
    rows: dict[int, dict] = {}
    for step in world.play(tree, history):
        for decision in step.written:
            rows[decision["id"]] = step.row_before
        if step.what == "undo" and step.refused is None:
            assert step.row | {"version": 0} == rows[step.undid] | {"version": 0}
