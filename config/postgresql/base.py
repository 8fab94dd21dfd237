"""Django's backend for PostgreSQL, but for two things.

A connection that answered within the last second is taken to stand: asking before each request doubled the queries.
Should it break within that second, one request is told to come back; its error makes Django ask, and connect anew.

SQL that is the same each time may be kept by the server, which spends half of a short statement on reading it, until
a transaction is rolled back. Django puts values into the SQL itself, since not all that the ORM writes can be kept;
what `blog/known_sql.py` knows can. It is planned once, for any value, and not anew where the server guesses that this
might pay: `tests/large` holds each such plan against a large site, and what is planned each time costs twice as much.
It is planned by its indexes however small the tables are: the plan is kept until the server counts them again, and one
made for a new site's empty tables would read them from end to end, ten thousand rows for each comment of a flood.
"""

import os
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from time import monotonic

from django.db.backends.postgresql.base import DatabaseWrapper as Postgres
from django.db.backends.postgresql.base import ServerBindingCursor
from django.db.backends.postgresql.operations import DatabaseOperations
from django.db.backends.utils import CursorWrapper
from psycopg import DataError, OperationalError
from psycopg.errors import FeatureNotSupported
from psycopg.pq import TransactionStatus

TRUSTED = 1.0  # seconds
MOST_KEPT = 300  # statements of one connection

#: A statement, and which of its values are nothing: the driver has the server keep one for each.
Form = tuple[str, tuple[bool, ...]]


class KnownSqlCursor(ServerBindingCursor):
    """Lets the server keep what it executes often enough.

    Only for as long as it executes: otherwise the driver would remember each of Django's statements, values and all.
    """

    uses: Counter[Form]  # on this connection
    planned: set[Form]
    kept_from = 0

    def execute(self, query, params=None, *, prepare=None, binary=None):
        """Execute SQL; where a column's type was changed under what is kept, anew.

        Raises OperationalError for that inside a transaction, which is broken then: the connection is closed.
        """
        form = query, tuple([value is None for value in params or ()])
        self.uses[form] += 1
        if self.uses[form] < self.kept_from:
            return super().execute(query, params, prepare=prepare, binary=binary)
        with nullcontext() if form in self.planned else self._by_its_indexes():
            self.connection.prepare_threshold = 0
            try:
                found = super().execute(query, params, prepare=prepare, binary=binary)
            except FeatureNotSupported as error:
                if self.connection.info.transaction_status != TransactionStatus.IDLE:
                    self.connection.close()
                    raise OperationalError("A column changed its type meanwhile; please try again.") from error
                return super().execute(query, params, prepare=False, binary=binary)
            finally:
                self.connection.prepare_threshold = None
        self.planned.add(form)
        return found

    @contextmanager
    def _by_its_indexes(self) -> Iterator[None]:
        """What is planned meanwhile reads no table from end to end where an index leads to the rows.

        Nor is it compiled: where there is no index, as on the smallest tables, the server then takes it for dear.
        """
        self.connection.execute("SET enable_seqscan = off; SET jit = off")
        try:
            yield
        finally:
            # Where it failed, undoing the transaction does that.
            if self.connection.info.transaction_status in (TransactionStatus.IDLE, TransactionStatus.INTRANS):
                self.connection.execute("RESET enable_seqscan; RESET jit")


class Operations(DatabaseOperations):
    """Django's, which know the SQL of a kept statement."""

    def last_executed_query(self, cursor, sql, params) -> str | None:
        """The SQL with its values in it, for logs and tests."""
        if not isinstance(cursor, ServerBindingCursor):
            return super().last_executed_query(cursor, sql, params)
        try:
            return self.compose_sql(sql, params)
        except DataError:
            return sql


class DatabaseWrapper(Postgres):
    """Django's, but for `is_usable` and `cursor_of_known_sql`, and with one plan for what is kept."""

    ops_class = Operations

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self._answered = 0.0
        self._uses: Counter[Form] = Counter()
        self._planned: set[Form] = set()

    def connect(self) -> None:
        super().connect()
        self._answered = monotonic()
        self._forget()
        self.connection.prepared_max = MOST_KEPT
        if self._may_keep() and "plan_cache_mode" not in self._said_by_the_operator():
            with self.wrap_database_errors:
                self.connection.execute("SET plan_cache_mode = force_generic_plan")

    def plan_anew(self) -> None:
        """Have the server forget all plans of this connection, those by which it looks foreign keys up, too."""
        with self.cursor() as cursor:
            cursor.execute("DISCARD PLANS")
        self._forget()

    def _may_keep(self) -> bool:
        return bool(self.settings_dict.get("KEPT_FROM"))

    def _said_by_the_operator(self) -> str:
        """Options of the server in DATABASE_URL, or in the variable that libpq reads where there are none."""
        return self.settings_dict["OPTIONS"].get("options") or os.environ.get("PGOPTIONS", "")

    def _forget(self) -> None:
        self._uses.clear()
        self._planned.clear()

    def _rollback(self) -> None:
        super()._rollback()
        self._forget()  # the driver has the server do so

    def cursor_of_known_sql(self) -> CursorWrapper:
        """A cursor for SQL that is the same each time, but for its parameters."""
        if not self._may_keep():
            return self.cursor()
        self.ensure_connection()
        with self.wrap_database_errors:
            cursor = KnownSqlCursor(self.connection)
            cursor.uses, cursor.planned, cursor.kept_from = self._uses, self._planned, self.settings_dict["KEPT_FROM"]
            return self._prepare_cursor(cursor)

    def is_usable(self) -> bool:
        if not self.errors_occurred and self.connection is not None and monotonic() - self._answered < TRUSTED:
            return True
        usable = super().is_usable()
        if usable:
            self._answered = monotonic()
        return usable
