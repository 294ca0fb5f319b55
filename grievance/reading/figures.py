"""How the mechanism performs, in numbers: counted from the cases, with no word of any of them.

Everything here is a count by year of the company's calendar. What of it is shown in public is
decided in `grievance.small_numbers`. Some statements over whole tables: whoever asks keeps the
answer for a while.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any, TypeAlias

from django.conf import settings
from django.db.models import Case as Choose
from django.db.models import CharField, Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models import When as If
from django.db.models.functions import ExtractYear

from grievance import duties
from grievance.models import Appeal, AppealDecision, Case, Clock
from grievance.models.case import DONE
from remedy.models import COLLECTIVE, CollectiveVerdict, RemedyMeasure
from remedy.states import MeasureState
from stakeholders.vocabulary import ClockKind, CompanyOutcome, PersonVerdict, RemedyForm

Counts: TypeAlias = dict[str, int]
Figures: TypeAlias = dict[str, Counts]
"""By the name of the figure: its parts, each counted once."""

IN_TIME, LATE, WAITING, LEFT = "in_time", "late", "waiting", "left"
ANSWERED = (IN_TIME, LATE, WAITING, LEFT)
OUR_PART = "done"
SAID = (PersonVerdict.YES, PersonVerdict.PARTLY, PersonVerdict.NO)
NO_ANSWER, UNDECIDED, KEPT, NOT_ASKED, AWAITED = "none", "open", "kept", "not_asked", "awaited"
CHECKED, AGREED, OFFERED, NOT_OFFERED = "checked", "agreed", "offered", "not_offered"
STEPS = (CHECKED, AGREED, OFFERED, NOT_OFFERED)
_REACHED = {
    CHECKED: (MeasureState.VERIFIED,),
    AGREED: (MeasureState.ACCEPTED, MeasureState.DELIVERED),
    OFFERED: (MeasureState.OFFERED, MeasureState.DECLINED, MeasureState.COUNTERED),
}


def wanted(form: RemedyForm | str) -> str:
    """Return the name of the figure about one form of remedy."""
    return f"wanted_{RemedyForm(form).value}"


PARTS: dict[str, tuple[str, ...]] = {
    "received": ANSWERED,
    "ended": (OUR_PART, *(one.value for one in CompanyOutcome if one not in DONE)),
    "outcomes": tuple(one.value for one in DONE),
    "verdicts": (*(one.value for one in SAID), NO_ANSWER),
    "appeals": (AppealDecision.UPHELD.value, AppealDecision.SENT_BACK.value, UNDECIDED),
    "clocks": (KEPT, LATE),
    "for_many": (*(one.value for one in SAID), NOT_ASKED, AWAITED),
    **{wanted(form): STEPS for form in RemedyForm},
}
"""Every figure and the parts that it falls into."""


def figures(*, at: datetime) -> dict[int, Figures]:
    """Return every figure for each year up to that of `at`, the newest first.

    A figure counts each case, appeal or clock in one part of one year. Ten statements.
    """
    found: defaultdict[int, defaultdict[str, Counts]] = defaultdict(lambda: defaultdict(dict))
    for name, rows in _counted(at):
        for year, part, number in rows:
            counts = found[year][name]
            counts[part] = counts.get(part, 0) + number
    this_year = at.astimezone(settings.REDRESS_CALENDAR_ZONE).year
    years = range(this_year, min([*found, this_year]) - 1, -1)
    return {
        year: {
            name: {part: found[year][name].get(part, 0) for part in parts}
            for name, parts in PARTS.items()
        }
        for year in years
    }


Rows: TypeAlias = Iterable[tuple[int, str, int]]


def _counted(at: datetime) -> Iterable[tuple[str, Rows]]:
    ended = list(_ended())
    yield "received", _received()
    yield "ended", ((year, _group(outcome), n) for year, outcome, _verdict, n in ended)
    done = [row for row in ended if row[1] in DONE]
    yield "outcomes", ((year, outcome, n) for year, outcome, _verdict, n in done)
    yield "verdicts", ((year, _said(verdict), n) for year, _outcome, verdict, n in done)
    yield "appeals", _appeals()
    yield "clocks", _clocks(at)
    yield "for_many", _for_many()
    for form in RemedyForm:
        yield wanted(form), _wanted(form)


def _group(outcome: str) -> str:
    return OUR_PART if outcome in DONE else outcome


def _said(verdict: str) -> str:
    return verdict if verdict in SAID else NO_ANSWER


def _year(moment: str) -> ExtractYear:
    return ExtractYear(moment, tzinfo=settings.REDRESS_CALENDAR_ZONE)


def _by_part(rows: QuerySet[Any], part: Any) -> Rows:
    """Count rows that know their `year` by a part of theirs. One statement."""
    counted = rows.annotate(part=part).values("year", "part").annotate(number=Count("pk"))
    return list(counted.order_by("year", "part").values_list("year", "part", "number"))


def _choose(*whens: If, default: str) -> Choose:
    return Choose(*whens, default=Value(default), output_field=CharField())


def _received() -> Rows:
    """By whether a person answered before the strictest date for it."""
    late = Clock.objects.filter(
        case=OuterRef("pk"), kind=ClockKind.ACKNOWLEDGE, due_at__lt=OuterRef("acknowledged_at")
    )
    part = _choose(
        If(Q(acknowledged_at__isnull=True, closed_at__isnull=True), then=Value(WAITING)),
        If(acknowledged_at__isnull=True, then=Value(LEFT)),
        If(Exists(late), then=Value(LATE)),
        default=IN_TIME,
    )
    return _by_part(Case.objects.annotate(year=_year("received_at")), part)


def _ended() -> Iterable[tuple[int, str, str, int]]:
    closed = Case.objects.filter(closed_at__isnull=False).annotate(year=_year("closed_at"))
    names = ("year", "company_outcome", "person_verdict")
    counted = closed.values(*names).annotate(number=Count("pk")).order_by(*names)
    return counted.values_list(*names, "number")


def _appeals() -> Rows:
    part = Choose(
        If(decision="", then=Value(UNDECIDED)), default=F("decision"), output_field=CharField()
    )
    return _by_part(Appeal.objects.annotate(year=_year("filed_at")), part)


def _clocks(at: datetime) -> Rows:
    """What we promised for a date that has come. A person's own time is none of it."""
    promised = Clock.objects.filter(
        kind__in=duties.OWED - duties.INSIDE, due_at__lt=at, paused_at__isnull=True
    )
    part = _choose(If(stopped_at__lte=F("due_at"), then=Value(KEPT)), default=LATE)
    return _by_part(promised.annotate(year=_year("due_at")), part)


def _for_many() -> Rows:
    """Cases about many that we call done, by the latest word of those who speak for them."""
    said = CollectiveVerdict.objects.filter(remediation=OuterRef("remediation")).order_by(
        "-at", "-pk"
    )
    ended = Case.objects.filter(
        company_outcome__in=DONE, remediation__level_of_harm__in=COLLECTIVE
    ).annotate(
        year=_year("closed_at"),
        said=Subquery(said.values("delivered")[:1]),
    )
    part = Choose(
        If(said__isnull=True, then=Value(AWAITED)),
        If(said="", then=Value(NOT_ASKED)),
        default=F("said"),
        output_field=CharField(),
    )
    return _by_part(ended, part)


def _wanted(form: RemedyForm) -> Rows:
    """Cases in which the person wanted this form, by how far it has come (R129)."""
    measures = RemedyMeasure.objects.filter(remediation=OuterRef("remediation"), form=form)
    part = _choose(
        *(
            If(Exists(measures.filter(state__in=states)), then=Value(step))
            for step, states in _REACHED.items()
        ),
        default=NOT_OFFERED,
    )
    rows = Case.objects.filter(complainant__remedies_wanted__contains=[form.value])
    return _by_part(rows.annotate(year=_year("received_at")), part)


def in_public() -> list[CollectiveVerdict]:
    """Return what bodies that speak for many said, where they agreed to be named; newest first.

    A later word on the same matter takes the place of an earlier one, in public too.
    """
    later = CollectiveVerdict.objects.filter(remediation=OuterRef("remediation")).filter(
        Q(at__gt=OuterRef("at")) | Q(at=OuterRef("at"), pk__gt=OuterRef("pk"))
    )
    agreed = CollectiveVerdict.objects.filter(~Exists(later), may_publish=True)
    return list(agreed.order_by("-at", "-pk")[:100])
