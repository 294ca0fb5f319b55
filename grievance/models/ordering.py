"""The order of the desk's queue as expressions, shared by the index and the query.

They must be the same in both, or PostgreSQL sorts the whole table for every page.
"""

from django.db.models import BooleanField, DateTimeField, Func


class NotUrgent(Func):
    """False sorts before true: urgent cases come first."""

    template = "(NOT %(expressions)s)"
    output_field = BooleanField()


class DueOrNever(Func):
    """The next due moment; cases without a running clock come last. Literal, for the index."""

    template = "COALESCE(%(expressions)s, 'infinity'::timestamptz)"
    output_field = DateTimeField()
