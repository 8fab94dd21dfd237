"""A query that the ORM writes once: putting its SQL together again takes Django longer than asking it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.core.exceptions import EmptyResultSet
from django.db import connections, router, transaction
from django.db.models import Model, QuerySet
from django.db.models.query import get_related_populators

from blog.known_sql import FIRST, KnownSql, cursor_of_known_sql, named, slots_for, written


@dataclass(frozen=True, slots=True)
class _Statement:
    """SQL for one kind of database and so many numbers, and how its rows become values and objects."""

    known: KnownSql
    converters: list[tuple[int, list[Callable], object]]
    select: list
    annotations: dict[str, int]
    objects: dict | None


class Prepared:
    """The query `make(**examples)`, or `make([numbers], **examples)`, asked again with other numbers and values.

    Args:
        model: says which database is asked.
        make: the query. It may use all that a queryset can, but for prefetching, and must be the same query whatever it
            is given.
        examples: dates, times, texts and numbers, each other than all other values in the query: by them a value's
            place is known. Raises ValueError at the first use where that is not so.

    The numbers stand behind IN. On SQLite they are filled up with the last one to a power of two, so that few queries
    have to be kept; PostgreSQL takes them as one list.
    """

    def __init__(self, model: type[Model], make: Callable[..., QuerySet], **examples: object) -> None:
        self._model, self._make, self._examples = model, make, examples
        self._known: dict[tuple[str, int], _Statement] = {}
        self._for_write = False  # known when the query is written

    def rows(self, numbers: Iterable[int] | None = None, **values: object) -> list[tuple]:
        """Ask with these values, of the same names and types as the examples; columns as the database gives them.

        Of no numbers, where it takes numbers, nothing is found.
        """
        return self._ask(numbers, values)[1]

    def values(self, numbers: Iterable[int] | None = None, **values: object) -> list[list]:
        """The same, each column as the model has it: SQLite has no times, and a field may be of a type of its own."""
        return self._converted(*self._ask(numbers, values))

    def objects(self, numbers: Iterable[int] | None = None, **values: object) -> Iterator[Model]:
        """The rows as objects of the model, with the related ones that the query selects."""
        known, rows = self._ask(numbers, values)
        if not rows:
            return
        alias = self._alias()
        fields = known.objects["select_fields"]
        first, end = fields[0], fields[-1] + 1
        names = [column[0].target.attname for column in known.select[first:end]]
        related = get_related_populators(known.objects, known.select, alias)
        for row in self._converted(known, rows):
            found = known.objects["model"].from_db(alias, names, row[first:end])
            for one in related:
                one.populate(row, found)
            for name, place in known.annotations.items():
                setattr(found, name, row[place])
            yield found

    def object(self, **values: object) -> Model | None:
        """The first of the objects, or None where there is none."""
        return next(self.objects(**values), None)

    def _ask(self, numbers: Iterable[int] | None, values: dict[str, object]) -> tuple[_Statement | None, list[tuple]]:
        given = [] if numbers is None else list(numbers)
        if numbers is not None and not given:
            return None, []
        connection = connections[self._alias()]
        slots = slots_for(connection, given)
        statement = self._known.get((connection.vendor, slots))
        if statement is None:
            statement = self._known[connection.vendor, slots] = self._write(connection, slots)
            connection = connections[self._alias()]
        if self._for_write and not connection.in_atomic_block:
            raise transaction.TransactionManagementError("A query that locks stands in a transaction.")
        with cursor_of_known_sql(connection) as cursor:
            statement.known.run(cursor, named(connection, given, slots, values))
            return statement, cursor.fetchall()

    def _alias(self) -> str:
        return (router.db_for_write if self._for_write else router.db_for_read)(self._model)

    def _converted(self, known: _Statement | None, rows: list[tuple]) -> list[list]:
        if known is None:
            return []
        connection = connections[self._alias()]
        found = list(map(list, rows))
        for place, converters, expression in known.converters:
            for convert in converters:
                for row in found:
                    row[place] = convert(row[place], expression, connection)
        return found

    def _write(self, connection, slots: int) -> _Statement:
        asked = [[FIRST + at for at in range(slots)]] if slots else []
        query = self._make(*asked, **self._examples).query
        self._for_write = query.select_for_update
        compiler = query.get_compiler(connection=connection)
        try:
            sql, parameters = compiler.as_sql()
        except EmptyResultSet:  # a number stands in for one of a smaller field than itself
            raise ValueError(f"The examples {self._examples} and {FIRST} do not fit their fields.") from None
        converters = compiler.get_converters([expression for expression, _, _ in compiler.select])
        return _Statement(
            written(connection, sql, parameters, self._examples, slots),
            [(place, *found) for place, found in converters.items()],
            compiler.select,
            compiler.annotation_col_map or {},
            compiler.klass_info,
        )
