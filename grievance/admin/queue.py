"""The desk's list of cases: which rows, in which order, page by page.

One statement a page. Pages are cut by key, never by offset, and nothing is counted, so the
hundredth page of a million cases costs what the first one does. The order of open cases is the
order of the partial index `case_queue`; the expressions here and there must stay the same, or
the database sorts the whole table for every page.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import BooleanField, DateTimeField, F, Field, Func, QuerySet, Value
from django.db.models.expressions import OrderBy
from django.db.models.lookups import GreaterThan, LessThan

from grievance.models import Case
from grievance.models.ordering import DueOrNever, NotUrgent
from stakeholders.models import User
from stakeholders.vocabulary import CaseStatus

PAGE_LENGTH = 50
REFERENCE = re.compile(r"[0-9A-Z-]{1,16}", re.ASCII)
SEPARATOR = "~"
NEVER = "never"


class Never(Func):
    """The same literal, as a bound of a page."""

    template = "'infinity'::timestamptz"
    output_field = DateTimeField()


class Row(Func):
    """Several columns compared as one, which is what lets the index seek."""

    function = "ROW"
    output_field = Field()


@dataclass(frozen=True, slots=True)
class Filters:
    """What the reader wants to see. Empty means all open cases."""

    status: str = ""
    team_id: int | None = None
    handler: str = ""
    """"me", "none" or empty."""
    waiting_for: str = ""
    urgent: bool = False
    late: bool = False
    contested: bool = False

    @property
    def closed(self) -> bool:
        """Whether closed cases are asked for; they have an order of their own.

        A case is contested only once it is closed, so this filter asks for them too.
        """
        return self.contested or self.status == CaseStatus.CLOSED


@dataclass(frozen=True, slots=True)
class Cursor:
    """The row at which a page begins or ends. Holds no more than the sort key and the row's id."""

    key: tuple[str, ...]
    backwards: bool = False

    @classmethod
    def parse(cls, text: str, *, backwards: bool) -> "Cursor | None":
        """Read what `__str__` of a row's cursor gave; None for anything else."""
        parts = tuple(text.split(SEPARATOR))
        return cls(parts, backwards) if len(parts) in (2, 3) and parts[-1].isdecimal() else None


@dataclass(frozen=True, slots=True)
class Page:
    """Fifty cases at most, and where the pages before and after it begin."""

    cases: Sequence[Case]
    before: str
    after: str


def page(user: User, filters: Filters, cursor: Cursor | None, *, at: datetime) -> Page:
    """Return one page of the cases that `user` may see, most pressing first.

    A cursor that does not fit the order asked for gives the first page.
    """
    order = ClosedOrder if filters.closed else OpenOrder
    backwards = cursor is not None and cursor.backwards
    cases = _matching(user, filters, at=at).order_by(*order.sorting(backwards=backwards))
    if cursor is not None:
        bound = order.bound(cursor.key)
        if bound is None:
            return page(user, filters, None, at=at)
        compare = GreaterThan if backwards == order.descending else LessThan
        cases = cases.filter(compare(Row(*order.columns()), bound))
    rows = list(cases[: PAGE_LENGTH + 1])
    more = len(rows) > PAGE_LENGTH
    rows = rows[:PAGE_LENGTH]
    if backwards:
        rows.reverse()
    if not rows:
        return Page([], "", "")
    has_before, has_after = (more, True) if backwards else (cursor is not None, more)
    return Page(
        rows,
        before=order.cursor(rows[0]) if has_before else "",
        after=order.cursor(rows[-1]) if has_after else "",
    )


def by_reference(user: User, reference: str) -> Case | None:
    """Return the visible case with exactly this reference, however it was spaced or cased."""
    wanted = "".join(reference.split()).upper()
    if not REFERENCE.fullmatch(wanted):
        return None
    found: Case | None = Case.objects.visible_to(user).filter(reference=wanted).first()
    return found


def _matching(user: User, filters: Filters, *, at: datetime) -> QuerySet[Case]:
    cases = Case.objects.visible_to(user).select_related("team", "handler", "remediation")
    cases = cases.filter(status=CaseStatus.CLOSED) if filters.closed else cases.open()
    if filters.status and not filters.closed:
        cases = cases.filter(status=filters.status)
    if filters.team_id is not None:
        cases = cases.filter(team_id=filters.team_id)
    if filters.handler == "me":
        cases = cases.filter(handler_id=user.pk)
    elif filters.handler == "none":
        cases = cases.filter(handler__isnull=True)
    if filters.waiting_for:
        cases = cases.filter(waiting_for=filters.waiting_for)
    if filters.urgent:
        cases = cases.filter(urgent=True)
    if filters.contested:
        cases = cases.contested()
    if filters.late:
        cases = cases.filter(next_due_at__lt=at)
    return cases


class OpenOrder:
    """Urgent first, then what is due first, then what came first."""

    descending = False

    @staticmethod
    def columns() -> tuple[Func | F, ...]:
        """Return the sort key's expressions."""
        return NotUrgent("urgent"), DueOrNever("next_due_at"), F("id")

    @classmethod
    def sorting(cls, *, backwards: bool) -> list[OrderBy]:
        """Return what `order_by` takes."""
        return [column.desc() if backwards else column.asc() for column in cls.columns()]

    @staticmethod
    def cursor(case: Case) -> str:
        """Return the sort key of `case` as text."""
        due = case.next_due_at.isoformat() if case.next_due_at else NEVER
        return SEPARATOR.join(("0" if case.urgent else "1", due, str(case.pk)))

    @staticmethod
    def bound(key: tuple[str, ...]) -> Row | None:
        """Return the key as a row to compare with; None if it is not a key of this order."""
        if len(key) != 3:
            return None
        due = Never() if key[1] == NEVER else _moment(key[1])
        if due is None:
            return None
        not_urgent = Value(key[0] != "0", output_field=BooleanField())
        return Row(not_urgent, due, Value(int(key[2])))


class ClosedOrder:
    """What was closed last comes first."""

    descending = True

    @staticmethod
    def columns() -> tuple[Func | F, ...]:
        """Return the sort key's expressions."""
        return F("closed_at"), F("id")

    @classmethod
    def sorting(cls, *, backwards: bool) -> list[OrderBy]:
        """Return what `order_by` takes."""
        return [column.asc() if backwards else column.desc() for column in cls.columns()]

    @staticmethod
    def cursor(case: Case) -> str:
        """Return the sort key of `case` as text."""
        return SEPARATOR.join((case.closed_at.isoformat() if case.closed_at else "", str(case.pk)))

    @staticmethod
    def bound(key: tuple[str, ...]) -> Row | None:
        """Return the key as a row to compare with; None if it is not a key of this order."""
        moment = _moment(key[0]) if len(key) == 2 else None
        return Row(moment, Value(int(key[1]))) if moment is not None else None


def _moment(text: str) -> Value | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return Value(moment, output_field=DateTimeField()) if moment.tzinfo else None
