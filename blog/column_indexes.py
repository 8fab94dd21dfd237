"""Dropping the indexes that Django makes for a column, for migrations. SQLite would copy the table for each of them."""

from collections.abc import Callable, Iterable

from django.db.models import Index


def drop(app: str, model: str, columns: Iterable[str]) -> Callable:
    """What `RunPython` takes to drop them. Indexes of several columns, and those that hold something unique, stay."""
    wanted = set(columns)

    def dropping(apps, schema_editor) -> None:
        connection, made = schema_editor.connection, apps.get_model(app, model)
        with connection.cursor() as cursor:
            found = connection.introspection.get_constraints(cursor, made._meta.db_table)
        for name, index in found.items():
            plain = index["index"] and not (index["unique"] or index["primary_key"])
            if plain and len(index["columns"]) == 1 and index["columns"][0] in wanted:
                schema_editor.remove_index(made, Index(fields=index["columns"], name=name))

    return dropping
