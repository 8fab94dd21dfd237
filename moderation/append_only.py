"""Triggers by which the database itself refuses to change or delete a Decision, on both engines."""

SQLITE = {
    "moderation_decision_no_update": "BEFORE UPDATE ON moderation_decision",
    "moderation_decision_no_delete": "BEFORE DELETE ON moderation_decision",
    # INSERT OR REPLACE deletes the row that is in the way without asking the trigger above.
    "moderation_decision_no_replace": "BEFORE INSERT ON moderation_decision WHEN EXISTS (SELECT 1 FROM "
    "moderation_decision WHERE id = NEW.id OR reverses_id = NEW.reverses_id "
    "OR (comment_id = NEW.comment_id AND from_version = NEW.from_version))",
}
# PostgreSQL asks no row trigger before TRUNCATE.
POSTGRESQL = {
    "moderation_decision_append_only": "BEFORE UPDATE OR DELETE ON moderation_decision FOR EACH ROW",
    "moderation_decision_no_truncate": "BEFORE TRUNCATE ON moderation_decision FOR EACH STATEMENT",
}
REFUSAL = "decisions are append-only"


def install(connection) -> None:
    """Create the triggers; safe to call again. `connection` is a Django database connection."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "CREATE OR REPLACE FUNCTION moderation_refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
                f"$$ BEGIN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'; END $$"
            )
            for name, event in POSTGRESQL.items():
                cursor.execute(f"DROP TRIGGER IF EXISTS {name} ON moderation_decision")
                cursor.execute(f"CREATE TRIGGER {name} {event} EXECUTE FUNCTION moderation_refuse_change()")
            return
        for name, event in SQLITE.items():
            cursor.execute(f"CREATE TRIGGER IF NOT EXISTS {name} {event} BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END")


def remove(connection) -> None:
    """Drop the triggers, for a migration that must rebuild the table, and for tests that empty it."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            for name in POSTGRESQL:
                cursor.execute(f"DROP TRIGGER IF EXISTS {name} ON moderation_decision")
            return
        for name in SQLITE:
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
