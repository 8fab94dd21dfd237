"""Counting as a part of a larger query."""

from django.db.models import IntegerField, Subquery


class CountOf(Subquery):
    """How many rows a query has, also one that stops at some number; it may not refer to the query around it."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) AS counted)"
    output_field = IntegerField()
