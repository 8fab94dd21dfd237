"""Counting as a part of a larger query: how many there are, whether there are any, which are found most often."""

from collections.abc import Sequence

from django.db.models import BigIntegerField, Func, IntegerField, QuerySet, Subquery, Value


class CountOf(Subquery):
    """How many rows a query has. `Count` would look at all of them before it is cut."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) AS counted)"
    output_field = IntegerField()


class MostOften(Func):
    """The numbers that most of the queries find, and of those found as often the largest; to stand behind `__in`.

    Args:
        queries: each of one column of numbers, named "other", and cut as it may be: Django cuts none in a union.
        most: numbers at all.
    """

    output_field = BigIntegerField()

    def __init__(self, queries: Sequence[QuerySet], most: int) -> None:
        super().__init__(*map(Subquery, queries))
        self._most = most

    def as_sql(self, compiler, connection):
        parts, parameters = zip(*map(compiler.compile, self.source_expressions), strict=True)
        every = " UNION ALL ".join(f"SELECT part{at}.other FROM {part} part{at}" for at, part in enumerate(parts))  # noqa: S608 - the compiler's
        sql = f"SELECT one.other FROM ({every}) one GROUP BY one.other ORDER BY COUNT(*) DESC, one.other DESC"  # noqa: S608
        return f"{sql} LIMIT {self._most:d}", [one for each in parameters for one in each]


def is_there(rows: QuerySet) -> Subquery:
    """1 where there are such rows and None where not, looked up for each row of the query around it.

    For `Exists`, PostgreSQL may read all of them at once, however few it is asked about. An order may say which index
    is to be entered.
    """
    return Subquery(rows.values(there=Value(1))[:1])
