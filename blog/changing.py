"""An UPDATE that the ORM writes once, as `prepared` does it with queries."""

from collections.abc import Callable, Iterable

from django.db import connections, router, transaction
from django.db.models import Model, QuerySet, sql

from blog.known_sql import FIRST, KnownSql, cursor_of_known_sql, named, slots_for, written


class Changing:
    """The UPDATE of `make(**examples)`, or `make([numbers], **examples)`, made again with other numbers and values.

    Args:
        model: says which database is asked.
        make: returns the rows, and the new values by field, with which `QuerySet.update` would be called. It must be
            the same UPDATE whatever it is given.
        examples: as `Prepared` takes them.
    """

    def __init__(self, model: type[Model], make: Callable[..., tuple[QuerySet, dict]], **examples: object) -> None:
        self._model, self._make, self._examples = model, make, examples
        self._known: dict[tuple[str, int], KnownSql] = {}

    def change(self, numbers: Iterable[int] | None = None, **values: object) -> int:
        """Change the rows with these values, of the same names and types as the examples. Returns how many.

        Of no numbers, where it takes numbers, that is none.
        """
        given = [] if numbers is None else list(numbers)
        if numbers is not None and not given:
            return 0
        connection = connections[router.db_for_write(self._model)]
        slots = slots_for(connection, given)
        known = self._known.get((connection.vendor, slots))
        if known is None:
            known = self._known[connection.vendor, slots] = self._write(connection, slots)
        with transaction.mark_for_rollback_on_error(connection.alias), cursor_of_known_sql(connection) as cursor:
            known.run(cursor, named(connection, given, slots, values))
            return cursor.rowcount

    def _write(self, connection, slots: int) -> KnownSql:
        asked = [[FIRST + at for at in range(slots)]] if slots else []
        rows, changes = self._make(*asked, **self._examples)
        query = rows.query.chain(sql.UpdateQuery)
        query.add_update_values(changes)
        return written(connection, *query.get_compiler(connection=connection).as_sql(), self._examples, slots)
