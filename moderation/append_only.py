"""Triggers by which the database itself refuses to change or delete a Decision, on both engines."""

SQLITE = {
    "moderation_decision_no_update": "BEFORE UPDATE ON moderation_decision",
    "moderation_decision_no_delete": "BEFORE DELETE ON moderation_decision",
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
            cursor.execute("DROP TRIGGER IF EXISTS moderation_decision_append_only ON moderation_decision")
            cursor.execute(
                "CREATE TRIGGER moderation_decision_append_only BEFORE UPDATE OR DELETE ON moderation_decision "
                "FOR EACH ROW EXECUTE FUNCTION moderation_refuse_change()"
            )
            return
        for name, event in SQLITE.items():
            cursor.execute(f"CREATE TRIGGER IF NOT EXISTS {name} {event} BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END")


def remove(connection) -> None:
    """Drop the triggers, for a migration that must rebuild the table, and for tests that empty it."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("DROP TRIGGER IF EXISTS moderation_decision_append_only ON moderation_decision")
            return
        for name in SQLITE:
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
