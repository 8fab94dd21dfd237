"""Triggers by which the database itself refuses to change or delete a Decision, on both engines.

The words beside a decision may change once, into nothing: that is what an erasure does to them. The digest in the
decision would show any other change too, but only afterwards; here it does not happen.
"""

WORDS = "moderation_decisionwords"
#: An UPDATE of words that is no redaction. The names are those of a trigger's rows on both engines.
NO_REDACTION = (
    "NOT (NEW.decision_id = OLD.decision_id AND OLD.redacted_at IS NULL AND NEW.redacted_at IS NOT NULL "
    "AND NEW.note = '' AND NEW.message = '' AND NEW.salt = '')"
)
SQLITE = {
    "moderation_decision_no_update": "BEFORE UPDATE ON moderation_decision",
    "moderation_decision_no_delete": "BEFORE DELETE ON moderation_decision",
    # INSERT OR REPLACE deletes the row that is in the way without asking the trigger above.
    "moderation_decision_no_replace": "BEFORE INSERT ON moderation_decision WHEN EXISTS (SELECT 1 FROM "
    "moderation_decision WHERE id = NEW.id OR reverses_id = NEW.reverses_id "
    "OR (comment_id = NEW.comment_id AND from_version = NEW.from_version))",
}
SQLITE_WORDS = {
    "moderation_words_only_redacted": f"BEFORE UPDATE ON {WORDS} WHEN {NO_REDACTION}",
    "moderation_words_no_delete": f"BEFORE DELETE ON {WORDS}",
    "moderation_words_no_replace": "BEFORE INSERT ON moderation_decisionwords WHEN EXISTS (SELECT 1 FROM "
    "moderation_decisionwords WHERE decision_id = NEW.decision_id)",
}
# PostgreSQL asks no row trigger before TRUNCATE.
POSTGRESQL = {
    "moderation_decision_append_only": "BEFORE UPDATE OR DELETE ON moderation_decision FOR EACH ROW",
    "moderation_decision_no_truncate": "BEFORE TRUNCATE ON moderation_decision FOR EACH STATEMENT",
}
POSTGRESQL_WORDS = {
    "moderation_words_only_redacted": f"BEFORE UPDATE ON {WORDS} FOR EACH ROW WHEN ({NO_REDACTION})",
    "moderation_words_no_delete": f"BEFORE DELETE ON {WORDS} FOR EACH ROW",
    "moderation_words_no_truncate": f"BEFORE TRUNCATE ON {WORDS} FOR EACH STATEMENT",
}
REFUSAL = "decisions are append-only"


def install(connection) -> None:
    """Create the triggers; safe to call again. `connection` is a Django database connection.

    Those of the words come where their table is: the migration that calls this first is older than it.
    """
    with connection.cursor() as cursor:
        words = WORDS in connection.introspection.table_names(cursor)
        if connection.vendor == "postgresql":
            cursor.execute(
                "CREATE OR REPLACE FUNCTION moderation_refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
                f"$$ BEGIN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'; END $$"
            )
            for name, event in {**POSTGRESQL, **(POSTGRESQL_WORDS if words else {})}.items():
                table = _table(event)
                cursor.execute(f"DROP TRIGGER IF EXISTS {name} ON {table}")
                cursor.execute(f"CREATE TRIGGER {name} {event} EXECUTE FUNCTION moderation_refuse_change()")
            return
        for name, event in {**SQLITE, **(SQLITE_WORDS if words else {})}.items():
            cursor.execute(f"CREATE TRIGGER IF NOT EXISTS {name} {event} BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END")


def remove(connection) -> None:
    """Drop the triggers, for a migration that must rebuild the table, and for tests that empty it."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            for name, event in {**POSTGRESQL, **POSTGRESQL_WORDS}.items():
                table = _table(event)
                cursor.execute(f"DROP TRIGGER IF EXISTS {name} ON {table}")
            return
        for name in {**SQLITE, **SQLITE_WORDS}:
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}")


def _table(event: str) -> str:
    """The table that an event is about."""
    return WORDS if WORDS in event else "moderation_decision"
