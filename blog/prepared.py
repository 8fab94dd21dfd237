"""A query that the ORM writes once: a kept page is answered faster than Django puts its SQL together again."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connections, router
from django.db.models import Model, QuerySet


@dataclass(frozen=True, slots=True)
class Written:
    """SQL; for each parameter the value's name, or "" and the constant; the converters of each column with some."""

    sql: str
    places: list[tuple[str, object]]
    converters: list[tuple[int, list[Callable], object]]


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
        self._written: dict[str, Written] = {}  # one for each kind of database

    def rows(self, **values: object) -> list[tuple]:
        """Ask with these values, of the same names and types as the examples."""
        return self._ask(connections[router.db_for_read(self._model)], values)[1]

    def values(self, **values: object) -> list[list]:
        """The same, each value as the model has it: SQLite has no times, and a field may be of a type of its own."""
        connection = connections[router.db_for_read(self._model)]
        written, rows = self._ask(connection, values)
        found = list(map(list, rows))
        for place, converters, expression in written.converters:
            for convert in converters:
                for row in found:
                    row[place] = convert(row[place], expression, connection)
        return found

    def _ask(self, connection, values: dict[str, object]) -> tuple["Written", list[tuple]]:
        written = self._written.get(connection.vendor)
        if written is None:
            written = self._written[connection.vendor] = self._write(connection)
        given = {name: _adapted(connection, value) for name, value in values.items()}
        with connection.cursor() as cursor:
            cursor.execute(written.sql, [given[name] if name else constant for name, constant in written.places])
            return written, cursor.fetchall()

    def _write(self, connection) -> "Written":
        compiler = self._make(**self._examples).query.get_compiler(connection=connection)
        sql, parameters = compiler.as_sql()
        names = {_adapted(connection, value): name for name, value in self._examples.items()}
        places = [(names.get(parameter, ""), parameter) for parameter in parameters]
        if len(names) != len(self._examples) or not {name for name, _ in places} >= self._examples.keys():
            raise ValueError(f"The examples {self._examples} do not tell which value stands where in: {sql}")
        converters = compiler.get_converters([expression for expression, _, _ in compiler.select])
        return Written(sql, places, [(place, *found) for place, found in converters.items()])


def _adapted(connection, value: object) -> object:
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    if isinstance(value, date):
        return connection.ops.adapt_datefield_value(value)
    return value
