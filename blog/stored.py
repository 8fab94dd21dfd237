"""Rows inserted by SQL that the ORM wrote once: putting an INSERT together takes Django longer than doing it."""

from collections.abc import Iterable, Sequence
from typing import TypeVar

from django.db import connections, router
from django.db.models import AutoField, Model, sql
from django.db.models.constants import OnConflict

M = TypeVar("M", bound=Model)


class Stored:
    """Inserts rows of a model, as `create` and `bulk_create` do.

    Args:
        replaces: names of the fields that are written over in a row with the same primary key, if one is there.
            Without them that is an IntegrityError.
    """

    def __init__(self, model: type[Model], replaces: Sequence[str] = ()) -> None:
        self._model, self._replaces = model, replaces
        numbered = isinstance(model._meta.pk, AutoField)
        self._fields = [field for field in model._meta.local_concrete_fields if not (numbered and field.primary_key)]
        self._given = [model._meta.pk] if numbered else []
        self._known: dict[tuple[str, int], tuple[str, bool]] = {}

    def one(self, row: M) -> M:
        """Insert a row, and give it the number that the database gave."""
        (found,) = self._insert([row])
        if self._given:
            row.pk = found[0]
        return row

    def many(self, rows: Iterable[Model]) -> None:
        """Insert rows, which get no numbers here."""
        rows = list(rows)
        if rows:
            self._insert(rows)

    def _insert(self, rows: list[Model]) -> list[tuple]:
        alias = router.db_for_write(self._model)
        connection = connections[alias]
        known = self._known.get((connection.vendor, len(rows)))
        if known is None:
            known = self._known[connection.vendor, len(rows)] = self._write(connection, rows)
        statement, by_column = known
        values = [
            [field.get_db_prep_save(field.pre_save(row, True), connection) for field in self._fields] for row in rows
        ]
        given = list(map(list, zip(*values, strict=True))) if by_column else [one for row in values for one in row]
        with connection.cursor() as cursor:
            cursor.execute(statement, given)
            found = cursor.fetchall() if self._given else [()]
        for row in rows:
            row._state.adding, row._state.db = False, alias
        return found

    def _write(self, connection, rows: list[Model]) -> tuple[str, bool]:
        """The statement for so many rows, and whether it takes a list for each column instead of a value for each."""
        query = sql.InsertQuery(
            self._model,
            on_conflict=OnConflict.UPDATE if self._replaces else None,
            update_fields=[self._model._meta.get_field(name) for name in self._replaces],
            unique_fields=[self._model._meta.pk] if self._replaces else (),
        )
        query.insert_values(self._fields, rows)
        compiler = query.get_compiler(connection=connection)
        compiler.returning_fields = self._given
        ((statement, parameters),) = compiler.as_sql()
        return statement, len(parameters) != len(self._fields) * len(rows)
