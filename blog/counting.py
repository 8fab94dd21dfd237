"""Counting as a part of a larger query, and asking whether there is anything to count."""

from django.db.models import IntegerField, QuerySet, Subquery, Value


class CountOf(Subquery):
    """How many rows a query has. `Count` would look at all of them before it is cut."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) AS counted)"
    output_field = IntegerField()


def is_there(rows: QuerySet) -> Subquery:
    """1 where there are such rows and None where not, looked up for each row of the query around it.

    For `Exists`, PostgreSQL may read all of them at once, however few it is asked about. An order may say which index
    is to be entered.
    """
    return Subquery(rows.values(there=Value(1))[:1])
