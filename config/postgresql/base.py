"""A connection that answered within the last second is taken to stand. Asking before each request doubled the queries.

Should it break within that second, one request is told to come back; its error makes Django ask, and connect anew.
"""

from time import monotonic

from django.db.backends.postgresql.base import DatabaseWrapper as Postgres
from django.db.backends.postgresql.base import ServerBindingCursor
from django.db.backends.utils import CursorWrapper

TRUSTED = 1.0  # seconds


class DatabaseWrapper(Postgres):
    """Django's, but for `is_usable`."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self._answered = 0.0

    def connect(self) -> None:
        super().connect()
        self._answered = monotonic()

    def cursor_of_known_sql(self) -> CursorWrapper:
        """A cursor for SQL that is the same each time, but for its parameters: the server then parses it once."""
        self.ensure_connection()
        with self.wrap_database_errors:
            return self._prepare_cursor(ServerBindingCursor(self.connection))

    def is_usable(self) -> bool:
        if not self.errors_occurred and self.connection is not None and monotonic() - self._answered < TRUSTED:
            return True
        usable = super().is_usable()
        if usable:
            self._answered = monotonic()
        return usable
