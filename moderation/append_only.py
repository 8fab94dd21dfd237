"""Triggers by which the database itself refuses to change or delete a Decision, on both engines.

The history of the automation, AutomationChange, is kept in the same way. The words beside a decision may change once,
into nothing: that is what an erasure does to them. The digest in the decision would show any other change too, but only
afterwards; here it does not happen.
"""

DECISIONS, CHANGES, WORDS = "moderation_decision", "moderation_automationchange", "moderation_decisionwords"
#: An UPDATE of words that is no redaction. The names are those of a trigger's rows on both engines.
NO_REDACTION = (
    "NOT (NEW.decision_id = OLD.decision_id AND OLD.redacted_at IS NULL AND NEW.redacted_at IS NOT NULL "
    "AND NEW.note = '' AND NEW.message = '' AND NEW.salt = '')"
)
SQLITE = {
    DECISIONS: {
        "moderation_decision_no_update": "BEFORE UPDATE ON moderation_decision",
        "moderation_decision_no_delete": "BEFORE DELETE ON moderation_decision",
        # INSERT OR REPLACE deletes the row that is in the way without asking the trigger above.
        "moderation_decision_no_replace": "BEFORE INSERT ON moderation_decision WHEN EXISTS (SELECT 1 FROM "
        "moderation_decision WHERE id = NEW.id OR reverses_id = NEW.reverses_id "
        "OR (comment_id = NEW.comment_id AND from_version = NEW.from_version))",
    },
    CHANGES: {
        "moderation_automationchange_no_update": "BEFORE UPDATE ON moderation_automationchange",
        "moderation_automationchange_no_delete": "BEFORE DELETE ON moderation_automationchange",
        "moderation_automationchange_no_replace": "BEFORE INSERT ON moderation_automationchange WHEN EXISTS (SELECT 1 "
        "FROM moderation_automationchange WHERE id = NEW.id)",
    },
    WORDS: {
        "moderation_words_only_redacted": f"BEFORE UPDATE ON {WORDS} WHEN {NO_REDACTION}",
        "moderation_words_no_delete": f"BEFORE DELETE ON {WORDS}",
        "moderation_words_no_replace": "BEFORE INSERT ON moderation_decisionwords WHEN EXISTS (SELECT 1 FROM "
        "moderation_decisionwords WHERE decision_id = NEW.decision_id)",
    },
}
# PostgreSQL asks no row trigger before TRUNCATE.
POSTGRESQL = {
    **{
        table: {
            f"{table}_append_only": f"BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW",
            f"{table}_no_truncate": f"BEFORE TRUNCATE ON {table} FOR EACH STATEMENT",
        }
        for table in (DECISIONS, CHANGES)
    },
    WORDS: {
        "moderation_words_only_redacted": f"BEFORE UPDATE ON {WORDS} FOR EACH ROW WHEN ({NO_REDACTION})",
        "moderation_words_no_delete": f"BEFORE DELETE ON {WORDS} FOR EACH ROW",
        "moderation_words_no_truncate": f"BEFORE TRUNCATE ON {WORDS} FOR EACH STATEMENT",
    },
}
REFUSAL = "decisions are append-only"


def install(connection) -> None:
    """Create the triggers of the tables that are there; safe to call again. `connection` is a Django connection.

    The migration that calls this first is older than some of the tables.
    """
    there = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "CREATE OR REPLACE FUNCTION moderation_refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
                f"$$ BEGIN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'; END $$"
            )
        for table, triggers in _of(connection).items():
            for name, event in triggers.items():
                if table not in there:
                    continue
                if connection.vendor == "postgresql":
                    cursor.execute(f"DROP TRIGGER IF EXISTS {name} ON {table}")
                    cursor.execute(f"CREATE TRIGGER {name} {event} EXECUTE FUNCTION moderation_refuse_change()")
                else:
                    cursor.execute(
                        f"CREATE TRIGGER IF NOT EXISTS {name} {event} BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
                    )


def remove(connection) -> None:
    """Drop the triggers, for a migration that must rebuild a table, and for tests that empty it."""
    there = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for table, triggers in _of(connection).items():
            for name in triggers if table in there else ():
                on = f" ON {table}" if connection.vendor == "postgresql" else ""
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on}")


def _of(connection) -> dict[str, dict[str, str]]:
    return POSTGRESQL if connection.vendor == "postgresql" else SQLITE
