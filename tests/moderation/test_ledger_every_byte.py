"""Whatever is changed in a decision or in the words beside it, the ledger names that row."""

import json
from collections.abc import Iterator
from itertools import pairwise, product

import pytest
from django.db import connection, models

from blog.models import Post, User
from moderation import ledger
from moderation.models import Decision, DecisionWords
from moderation.verification import now_and_here, verify
from tests.moderation.chains import sql, tampering, written

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def chain(post: Post, moderator: User) -> Iterator[list[Decision]]:
    rows = written(post, moderator)
    assert verify() == verify(rows[2].digest)
    assert (verify().read, verify().fault, verify().digest) == (7, None, rows[-1].digest)
    yield rows


def other(field: models.Field, value: object) -> object:
    """Another value that the column takes."""
    match field:
        case models.BooleanField():
            return not value
        case models.JSONField():
            return json.dumps({**value, "status": "x"} if isinstance(value, dict) else [*value, ["x", 1.0]])
        case models.UUIDField():
            return "00000000000000000000000000000001"
        case models.DateTimeField():
            return "2026-06-01 12:00:00.123457" + ("+00" if connection.vendor == "postgresql" else "")
        case models.CharField() | models.TextField():
            return f"{value[:-1]}~" if value else "~"
    return (value or 0) + 1000


def test_each_column_of_a_decision(chain: list[Decision]) -> None:
    for field, (row, following) in product(Decision._meta.concrete_fields, pairwise(chain)):
        column, value = field.column, other(field, getattr(row, field.attname))
        with tampering():
            sql(f"UPDATE moderation_decision SET {column} = %s WHERE id = %s", value, row.pk)  # noqa: S608
            fault = verify().fault
            assert fault is not None, (column, value)
            # A row that moved away is missing where it was; all else is named itself.
            assert fault.decision == (following.pk if column == "id" else row.pk), column
            assert column == "id" or now_and_here(row.pk), column
    assert verify().fault is None


def test_each_column_of_the_words(chain: list[Decision]) -> None:
    said, redacted = chain[1], chain[3]
    assert redacted.words.redacted_at == chain[5].created_at, "the time of the erasure is in the chain"
    for field, row in product(DecisionWords._meta.concrete_fields, (said, redacted)):
        column, value = field.column, other(field, getattr(row.words, field.attname))
        with tampering():
            sql(f"UPDATE moderation_decisionwords SET {column} = %s WHERE decision_id = %s", value, row.pk)  # noqa: S608
            fault = verify().fault
            assert fault is not None, (column, value)
            assert fault.decision == row.pk, column
            assert now_and_here(row.pk), column
    assert verify().fault is None


SAME_VALUE = {
    "sqlite": {
        "a space in JSON": "UPDATE moderation_decision SET before = replace(before, ', ', ',  ') WHERE id = 1",
        "a key said twice": "UPDATE moderation_decision SET before = replace(before, '{', '{\"status\": 1, ')",
        "another order of keys": "UPDATE moderation_decision SET before = "
        "json_set(json_remove(before, '$.edited_at'), '$.edited_at', json_extract(before, '$.edited_at')) WHERE id = 1",
        "an escape": "UPDATE moderation_decision SET before = replace(before, 'pending', '\\u0070ending')",
        "1.50": "UPDATE moderation_decision SET signals = replace(signals, '1.5', '1.50') WHERE id = 1",
        "a digit of no weight": "UPDATE moderation_decision SET created_at = created_at || '0' WHERE id = 1",
        "a T in the time": "UPDATE moderation_decision SET created_at = replace(created_at, ' ', 'T') WHERE id = 1",
        "capital letters": "UPDATE moderation_decision SET batch = upper(batch)",
        "no text": "UPDATE moderation_decision SET actor_name = x'ff' WHERE id = 1",
        "broken text": "UPDATE moderation_decision SET actor_name = CAST(x'ff41' AS TEXT) WHERE id = 1",
        "no time": "UPDATE moderation_decision SET created_at = 'yesterday' WHERE id = 1",
        "no key": "UPDATE moderation_decision SET batch = 'zzz' WHERE id = 4",
        "a redaction that is none": "UPDATE moderation_decisionwords SET redacted_at = 'x' WHERE decision_id = 2",
        "a redaction's time": "UPDATE moderation_decisionwords SET redacted_at = redacted_at || '0'",
    },
    "postgresql": {
        "1.50": "UPDATE moderation_decision SET signals = replace(signals::text, '1.5', '1.50')::jsonb WHERE id = 1",
        "-0": "UPDATE moderation_decision SET signals = replace(signals::text, '0.0', '0')::jsonb WHERE id = 1",
        "text for a number": "UPDATE moderation_decision SET signals = replace(signals::text, '1.5', '\"1.5\"')::jsonb "
        "WHERE id = 1",
    },
}  # fmt: skip


AT = {"capital letters": 4, "a redaction's time": 4}


def test_bytes_that_read_as_the_same_value_or_as_none(chain: list[Decision]) -> None:
    for name, statement in SAME_VALUE[connection.vendor].items():
        with tampering(), connection.cursor() as cursor:
            cursor.execute(statement)
            assert cursor.rowcount, name
            fault = verify().fault
            assert fault is not None, name
            assert fault.decision == (int(statement[-1]) if "id = " in statement else AT.get(name, 1)), name
            assert now_and_here(fault.decision), name
    assert verify().fault is None


def test_a_column_that_a_later_version_adds_is_digested_too() -> None:
    digested = set(ledger.FORMATS[max(ledger.FORMATS)])
    assert {field.attname for field in Decision._meta.concrete_fields} - digested == {"digest"}
    assert Decision._meta.get_field("format").default == max(ledger.FORMATS)


def test_a_number_that_the_databases_would_give_back_changed_is_refused(chain: list[Decision]) -> None:
    assert chain[0].signals == [["links_few", 1.5], ["shape_loud", 0.0]]
    for weight in (float("inf"), float("nan"), 1e16):
        decision = Decision(signals=[["x", weight]], before={}, after={})
        with pytest.raises(ValueError, match="cannot be kept"):
            ledger.put_in_order(decision)
