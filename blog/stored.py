"""Rows inserted by SQL that the ORM wrote once: putting an INSERT together takes Django longer than doing it."""

from collections.abc import Iterable, Sequence
from typing import TypeVar

from django.db import connections, router, transaction
from django.db.models import AutoField, BooleanField, CharField, Field, FloatField, Model, TextField, sql
from django.db.models.constants import OnConflict

from blog.known_sql import cursor_of_known_sql

M = TypeVar("M", bound=Model)


class Stored:
    """Inserts rows of a model, as `create` and `bulk_create` do.

    Args:
        replaces: names of the fields that are written over in a row with the same primary key, if one is there.
            Without them that is an IntegrityError.
        ignores: leave a row as it is that is there already, whatever it shares with the new one.
        numbered: the rows come with the numbers that the database gives otherwise.
    """

    def __init__(
        self, model: type[Model], replaces: Sequence[str] = (), *, numbered: bool = False, ignores: bool = False
    ) -> None:
        self._model, self._replaces = model, replaces
        self._conflict = OnConflict.IGNORE if ignores else OnConflict.UPDATE if replaces else None
        self._given = [model._meta.pk] if isinstance(model._meta.pk, AutoField) and not numbered else []
        self._fields = [field for field in model._meta.local_concrete_fields if field not in self._given]
        self._columns = [(field, field.attname, _as_it_is(field)) for field in self._fields]
        self._known: dict[tuple[str, str], str] = {}

    def one(self, row: M) -> M:
        """Insert a row, and give it the number that the database gave."""
        connection = self._connection()
        with transaction.mark_for_rollback_on_error(connection.alias), cursor_of_known_sql(connection) as cursor:
            cursor.execute(self._statement(connection, "one", [row]), self._values(connection, row))
            if self._given:
                row.pk = cursor.fetchone()[0]
        _is_stored(row, connection)
        return row

    def many(self, rows: Iterable[Model]) -> None:
        """Insert rows, all or none. They get no numbers here."""
        rows = list(rows)
        if not rows:
            return
        connection = self._connection()
        self._insert(connection, rows[:2], [self._values(connection, row) for row in rows])
        for row in rows:
            _is_stored(row, connection)

    def differing(self, name: str, each: Iterable[object], **same: object) -> None:
        """Insert a row for each of the values of this field, and with the `same` in all others, which `many` makes
        anew for each row. Fields are named as columns are: `comment_id`.
        """
        each = list(each)
        if not each:
            return
        connection = self._connection()
        rows = [self._model(**same, **{name: value}) for value in each[:2]]
        values, at = self._values(connection, rows[0]), [field.attname for field in self._fields].index(name)
        before, field, after = values[:at], self._fields[at], values[at + 1 :]
        prepared = [field.get_db_prep_save(value, connection) for value in each]
        self._insert(connection, rows, [[*before, value, *after] for value in prepared])

    def _insert(self, connection, rows: list[Model], values: list[list]) -> None:
        """Insert these values; `rows` are the first two, as objects."""
        with transaction.mark_for_rollback_on_error(connection.alias), cursor_of_known_sql(connection) as cursor:
            if len(values) == 1:
                cursor.execute(self._statement(connection, "each", rows), values[0])
            elif by_lists := self._statement(connection, "lists", rows):
                cursor.execute(by_lists, list(map(list, zip(*values, strict=True))))
            else:
                statement = self._statement(connection, "each", rows[:1])
                with transaction.atomic(connection.alias, savepoint=False):
                    cursor.executemany(statement, values)

    def _connection(self):
        return connections[router.db_for_write(self._model)]

    def _values(self, connection, row: Model) -> list:
        return [
            value
            if type(value := getattr(row, name)) is simple
            else field.get_db_prep_save(field.pre_save(row, True), connection)
            for field, name, simple in self._columns
        ]

    def _statement(self, connection, kind: str, rows: list[Model]) -> str:
        """The SQL for these rows, written at its first use.

        `kind` says what for: "one" row that gets its number, "each" of several, or "lists": a list for each column, the
        same for any number of rows. That is "" where PostgreSQL cannot read a column so, and on SQLite.
        """
        known = self._known.get((connection.vendor, kind))
        if known is None:
            known = self._known[connection.vendor, kind] = self._write(connection, kind, rows)
        return known

    def _write(self, connection, kind: str, rows: list[Model]) -> str:
        query = sql.InsertQuery(
            self._model,
            on_conflict=self._conflict,
            update_fields=[self._model._meta.get_field(name) for name in self._replaces],
            unique_fields=[self._model._meta.pk] if self._replaces else (),
        )
        query.insert_values(self._fields, rows)
        compiler = query.get_compiler(connection=connection)
        compiler.returning_fields = self._given if kind == "one" else []
        ((statement, parameters),) = compiler.as_sql()
        return "" if kind == "lists" and len(parameters) != len(self._fields) else statement


def _as_it_is(field: Field) -> type | None:
    """The type of value that Django hands to every driver as it is; None where a field makes something of its own."""
    kind = type(field)
    if kind.pre_save is not Field.pre_save or kind.get_db_prep_save is not Field.get_db_prep_save:
        return None
    return _SIMPLE.get((kind.get_prep_value, kind.get_db_prep_value))


_SIMPLE = {
    (kind.get_prep_value, kind.get_db_prep_value): simple
    for kind, simple in {CharField: str, TextField: str, BooleanField: bool, FloatField: float}.items()
}


def _is_stored(row: Model, connection) -> None:
    row._state.adding, row._state.db = False, connection.alias
