"""Counting as a part of a larger query."""

from django.db.models import IntegerField, Subquery


class CountOf(Subquery):
    """How many rows a query has. `Count` would look at all of them before it is cut."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) AS counted)"
    output_field = IntegerField()
