"""Rows that are deleted, put in, exchanged or put behind the end break the chain, and the ledger says where."""

import pytest
from django.core.management import CommandError, call_command

from blog.models import Post, User
from moderation import ledger
from moderation.models import Decision, DecisionWords, LedgerHead
from moderation.verification import now_and_here, verify
from tests.moderation.chains import sql, tampering, written

pytestmark = pytest.mark.django_db(transaction=True)
DECISION = "moderation_decision"


@pytest.fixture
def chain(post: Post, moderator: User) -> list[Decision]:
    return written(post, moderator)


def said() -> tuple[int, str]:
    fault = verify().fault
    return fault.decision, fault.says


def copy_of(row: Decision, number: int) -> Decision:
    """The same row under another number, with a digest that is right for it."""
    copied = Decision.objects.get(pk=row.pk)
    copied.pk, copied.reverses_id, copied.from_version, copied.commitment = number, None, 77, ""
    copied.digest = ledger.digest_of(copied)
    return copied


@pytest.mark.parametrize("at", [0, 4])
def test_one_deleted_at_the_beginning_or_in_the_middle(at: int, chain: list[Decision]) -> None:
    with tampering():
        sql(f"DELETE FROM {DECISION} WHERE id = %s", chain[at].pk)  # noqa: S608
        assert said() == (chain[at + 1].pk, "it does not follow the decision before it: one is missing, or was put in")
        assert now_and_here(chain[at + 1].pk)


def test_the_latest_ones_deleted(chain: list[Decision]) -> None:
    with tampering():
        sql("DELETE FROM moderation_decisionwords WHERE decision_id = %s", chain[6].pk)
        sql(f"DELETE FROM {DECISION} WHERE id >= %s", chain[5].pk)  # noqa: S608
        assert said() == (chain[5].pk, f"it is missing; the ledger went on to decision {chain[6].pk}")


def test_all_deleted(chain: list[Decision]) -> None:
    with tampering():
        sql("DELETE FROM moderation_decisionwords")
        sql(f"DELETE FROM {DECISION}")  # noqa: S608
        assert said()[0] == 1


def test_one_put_in(chain: list[Decision]) -> None:
    for number in (0, -5):
        with tampering():
            copy_of(chain[0], number).save(force_insert=True)
            assert verify().fault.decision in (number, chain[0].pk)
    assert verify().fault is None


def test_one_put_behind_the_end(chain: list[Decision]) -> None:
    put = copy_of(chain[0], chain[-1].pk + 1)
    put.previous = chain[-1].digest
    put.digest = ledger.digest_of(put)
    with tampering():
        put.save(force_insert=True)
        assert said() == (put.pk, f"it stands behind decision {chain[-1].pk}, the end of the chain")


def test_two_exchanged(chain: list[Decision]) -> None:
    one, two = chain[1].pk, chain[2].pk
    with tampering():
        for old, new in ((one, 9000), (two, one), (9000, two)):
            sql(f"UPDATE {DECISION} SET id = %s WHERE id = %s", new, old)  # noqa: S608
        assert said()[0] == one
    assert verify().fault is None


def test_words_taken_away_put_beside_or_exchanged(chain: list[Decision]) -> None:
    words = DecisionWords.objects.get(decision=chain[1])
    with tampering():
        sql("DELETE FROM moderation_decisionwords WHERE decision_id = %s", chain[1].pk)
        assert said() == (chain[1].pk, "its words are missing")
        words.save(force_insert=True)
        assert verify().fault is None
        put = DecisionWords.objects.create(decision=chain[0], note="never said")
        assert said() == (chain[0].pk, "words were put beside it")
        sql("DELETE FROM moderation_decisionwords WHERE decision_id = %s", put.pk)
        DecisionWords.objects.filter(decision=chain[6]).update(
            note="", message="", salt="", redacted_at=chain[6].created_at
        )
        assert said() == (chain[6].pk, "its words were taken out, and nothing was erased")


def test_the_head_rewritten(chain: list[Decision]) -> None:
    LedgerHead.objects.update(digest="0" * 64)
    assert said() == (chain[-1].pk, "the end of the chain was noted with another digest than it has")
    LedgerHead.objects.update(last=chain[4].pk, digest=chain[4].digest)
    assert said() == (chain[-1].pk, f"it stands behind decision {chain[4].pk}, the end of the chain")


def test_a_chain_written_anew_from_its_beginning_is_told_by_a_digest_that_was_kept(chain: list[Decision]) -> None:
    kept = chain[4].digest
    assert verify(kept).fault is None
    with tampering():
        previous = ""
        for row in chain:
            row.actor_name, row.previous = "Somebody else", previous
            row.digest = previous = ledger.digest_of(row)
            row.save()
        LedgerHead.objects.update(digest=previous)
        assert verify().fault is None, "nothing in the database can tell"
        assert str(verify(kept).fault) == "The digest that was kept is not in the chain any more."
        with pytest.raises(CommandError, match="The digest that was kept") as refused:
            call_command("verify_ledger", kept.upper())
    assert refused.value.returncode == 1


def test_the_command_prints_the_latest_digest_or_the_first_fault(
    chain: list[Decision], capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("verify_ledger")
    assert capsys.readouterr().out.split()[0] == "7"
    call_command("verify_ledger")
    assert capsys.readouterr().out.split()[-1] == chain[-1].digest
    with tampering():
        sql(f"UPDATE {DECISION} SET reason = 'hate' WHERE id = %s", chain[2].pk)  # noqa: S608
        with pytest.raises(CommandError, match=f"Decision {chain[2].pk}: its content is not what was written."):
            call_command("verify_ledger")


def test_an_empty_ledger_verifies(db: None, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("verify_ledger")
    assert "0 decisions" in capsys.readouterr().out
