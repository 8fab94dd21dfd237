"""A query that the ORM writes once: a kept page is answered faster than Django puts its SQL together again."""

from collections.abc import Callable
from datetime import date, datetime

from django.db import connections, router
from django.db.models import Model, QuerySet


class Prepared:
    """The SQL of `make(**examples)`, to be asked with other values; rows come as the database gives them.

    Args:
        model: says which database is asked.
        make: the query, given one value for each example.
        examples: dates, times, texts and whole numbers, each other than all other values in the query: by them a
            value's place is known. Raises ValueError at the first use where that is not so.
    """

    def __init__(self, model: type[Model], make: Callable[..., QuerySet], **examples: object) -> None:
        self._model, self._make, self._examples = model, make, examples
        self._written: dict[str, tuple[str, list[tuple[str, object]]]] = {}  # one for each kind of database

    def rows(self, **values: object) -> list[tuple]:
        """Ask with these values, of the same names and types as the examples."""
        connection = connections[router.db_for_read(self._model)]
        known = self._written.get(connection.vendor)
        if known is None:
            known = self._written[connection.vendor] = self._write(connection)
        sql, places = known
        given = {name: _adapted(connection, value) for name, value in values.items()}
        with connection.cursor() as cursor:
            cursor.execute(sql, [given[name] if name else constant for name, constant in places])
            return cursor.fetchall()

    def _write(self, connection) -> tuple[str, list[tuple[str, object]]]:
        sql, parameters = self._make(**self._examples).query.get_compiler(connection=connection).as_sql()
        names = {_adapted(connection, value): name for name, value in self._examples.items()}
        places = [(names.get(parameter, ""), parameter) for parameter in parameters]
        if len(names) != len(self._examples) or not {name for name, _ in places} >= self._examples.keys():
            raise ValueError(f"The examples {self._examples} do not tell which value stands where in: {sql}")
        return sql, places


def _adapted(connection, value: object) -> object:
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    if isinstance(value, date):
        return connection.ops.adapt_datefield_value(value)
    return value
