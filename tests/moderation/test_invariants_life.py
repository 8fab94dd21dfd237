"""A comment lives as the plan says: each act leads where it should, or is refused, whoever tries it and when."""

from tests.moderation.histories import Step
from tests.moderation.life import MAY, MOVES


def test_every_act_leads_where_the_plan_says_or_is_refused(steps: list[Step]) -> None:
    for step in steps:
        assert (step.expected is None) == (step.refused is not None), step
        if step.expected:
            row, life = step.row, step.expected
            state = (row["status"], row["revision"], row["proposed_revision"])
            assert state == (life.status, life.revision, life.proposed), step


def test_the_histories_hold_every_act_done_and_refused(steps: list[Step]) -> None:
    done = {step.what for step in steps if not step.refused}
    assert done == {step.what for step in steps if step.refused} == {*MOVES, "undo"}
    assert {step.act.who for step in steps} == set(MAY)


def test_the_machine_never_rejects_undoes_or_takes_back_a_persons_word(steps: list[Step]) -> None:
    for step in steps:
        if step.refused is None and step.act.who in ("system", "reports"):
            said = [
                row["action"]
                for row in step.was.decisions.values()
                if row["actor_kind"] == "person" and row["comment_id"] == step.comment
            ]
            assert step.row["status"] != "rejected"
            assert step.what != "undo"
            if step.what == "erase":
                assert step.row_before["status"] == "spam"
            elif step.act.who == "reports":
                assert (step.what, step.row_before["status"]) == ("hold", "published")
            elif said:
                assert (step.what, said[-1]) in [("accept_edit", "approve"), ("accept_edit", "accept_edit")]


def test_an_undo_restores_the_comment_exactly_but_for_its_version(steps: list[Step]) -> None:
    rows: dict[int, dict] = {}
    for step in steps:
        rows |= {decision["id"]: step.row_before for decision in step.written}
        if step.what == "undo" and step.refused is None:
            # Reports that came since count as well.
            apart = {"version": 0, "urgency": 0, "open_reports": 0}
            assert step.row | apart == rows[step.undid] | apart
