"""A trigger by which the database refuses to change what a rule says once it was in force, on both engines.

Old screenings name the rules that they were judged by; a number whose content moved would falsify all of them.
"""

NAME = "moderation_rule_fixed"
CHANGED = (
    "OLD.state <> 'draft' AND (NEW.state = 'draft' OR (OLD.state = 'retired' AND NEW.state <> 'retired') "
    "OR NEW.id <> OLD.id OR NEW.kind <> OLD.kind OR NEW.text <> OLD.text OR NEW.effect <> OLD.effect)"
)
REFUSAL = "a rule that was in force is not changed; write a new one"


def install(connection) -> None:
    """Create the trigger; safe to call again. `connection` is a Django database connection."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "CREATE OR REPLACE FUNCTION moderation_refuse_rule_change() RETURNS trigger LANGUAGE plpgsql AS "
                f"$$ BEGIN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'; END $$"
            )
            cursor.execute(f"DROP TRIGGER IF EXISTS {NAME} ON moderation_rule")
            cursor.execute(
                f"CREATE TRIGGER {NAME} BEFORE UPDATE ON moderation_rule FOR EACH ROW WHEN ({CHANGED}) "
                "EXECUTE FUNCTION moderation_refuse_rule_change()"
            )
            return
        cursor.execute(
            f"CREATE TRIGGER IF NOT EXISTS {NAME} BEFORE UPDATE ON moderation_rule WHEN {CHANGED} "
            f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
        )


def remove(connection) -> None:
    """Drop the trigger, for a migration that must rebuild the table."""
    with connection.cursor() as cursor:
        on = " ON moderation_rule" if connection.vendor == "postgresql" else ""
        cursor.execute(f"DROP TRIGGER IF EXISTS {NAME}{on}")
