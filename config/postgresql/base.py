"""Django's backend for PostgreSQL, but for two things.

A connection that answered within the last second is taken to stand: asking before each request doubled the queries.
Should it break within that second, one request is told to come back; its error makes Django ask, and connect anew.

SQL that is the same each time may be kept by the server, which spends half of a short statement on reading it, until
a transaction is rolled back. Django puts values into the SQL itself, since not all that the ORM writes can be kept;
what `blog/known_sql.py` knows can. It is planned once, for any value, and not anew where the server guesses that this
might pay: `tests/large` holds each such plan against a large site, and what is planned each time costs twice as much.
"""

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
ONE_PLAN = "-c plan_cache_mode=force_generic_plan"


class KnownSqlCursor(ServerBindingCursor):
    """Lets the server keep what it executes from the third time on.

    Only for as long as it executes: otherwise the driver would remember each of Django's statements, values and all.
    """

    kept_from = 0

    def execute(self, query, params=None, *, prepare=None, binary=None):
        """Execute SQL; where a column's type was changed under what is kept, anew.

        Raises OperationalError for that inside a transaction, which is broken then: the connection is closed.
        """
        self.connection.prepare_threshold = self.kept_from
        try:
            return super().execute(query, params, prepare=prepare, binary=binary)
        except FeatureNotSupported as error:
            if self.connection.info.transaction_status != TransactionStatus.IDLE:
                self.connection.close()
                raise OperationalError("A column changed its type meanwhile; please try again.") from error
            return super().execute(query, params, prepare=False, binary=binary)
        finally:
            self.connection.prepare_threshold = None


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

    def get_connection_params(self) -> dict:
        """As Django has them. What the operator says in DATABASE_URL stands behind ours, and so counts."""
        params = super().get_connection_params()
        if self.settings_dict.get("KEPT_FROM"):
            params["options"] = f"{ONE_PLAN} {params.get('options', '')}".rstrip()
        return params

    def connect(self) -> None:
        super().connect()
        self._answered = monotonic()
        self.connection.prepared_max = MOST_KEPT

    def cursor_of_known_sql(self) -> CursorWrapper:
        """A cursor for SQL that is the same each time, but for its parameters."""
        kept_from = self.settings_dict.get("KEPT_FROM")
        if not kept_from:
            return self.cursor()
        self.ensure_connection()
        with self.wrap_database_errors:
            cursor = KnownSqlCursor(self.connection)
            cursor.kept_from = kept_from
            return self._prepare_cursor(cursor)

    def is_usable(self) -> bool:
        if not self.errors_occurred and self.connection is not None and monotonic() - self._answered < TRUSTED:
            return True
        usable = super().is_usable()
        if usable:
            self._answered = monotonic()
        return usable
