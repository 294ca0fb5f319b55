"""What runs beside a case, read: proceedings elsewhere, and whether the State should respond."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet

from core import vault
from core.actors import Actor, ActorKind
from grievance.models import Case, Proceeding, StateResponse
from grievance.models.proceedings import Support
from grievance.reading import check_reader, of_case
from grievance.reading.matter import noted_of
from grievance.severity import Severity
from grievance.state_response import Facts, StateGround, grounds
from remedy.models import HarmElement
from stakeholders.roles import Permission


@dataclass(frozen=True, slots=True, repr=False)
class OpenedProceeding:
    """One proceeding with its words in clear. Not printable."""

    row: Proceeding
    body: str
    reference: str


@dataclass(frozen=True, slots=True)
class StateFlag:
    """Why a response of the State may be needed, and what is still to be answered."""

    grounds: Sequence[StateGround]
    answer: StateResponse | None

    @property
    def is_owed(self) -> bool:
        """Whether staff have still to say what the company does for it."""
        if not self.grounds:
            return False
        if self.answer is None or set(self.grounds) - set(self.answer.grounds):
            return True
        return Support.NOT_YET in self.answer.answers


def proceedings_of(case: Case, *, by: Actor, reason: str, at: datetime) -> list[OpenedProceeding]:
    """Open the proceedings of a case, oldest first, for staff. Raises MayNotRead, KeyDestroyed."""
    check_reader(case, by, Permission.READ_ACCOUNT)
    rows = _rows(case)
    parts = of_case(case, *(one for row in rows for one in (row.name, row.reference)))
    texts = iter(vault.open_many(parts, by=by, reason=reason, at=at))
    return [
        OpenedProceeding(row, next(texts) or str(row.mechanism or ""), next(texts) or "")
        for row in rows
    ]


def for_person(case: Case, *, at: datetime) -> list[OpenedProceeding]:
    """Return the body and the state of each proceeding for the person's own page.

    References stay closed: the person has their own, and a page is read over a shoulder.
    """
    by = Actor(ActorKind.COMPLAINANT, case.pk)
    rows = _rows(case)
    if not any(row.name for row in rows):
        return [OpenedProceeding(row, str(row.mechanism), "") for row in rows]
    names = of_case(case, *(row.name for row in rows))
    texts = vault.open_many(names, by=by, reason="own_case", at=at)
    return [
        OpenedProceeding(row, text or str(row.mechanism or ""), "")
        for row, text in zip(rows, texts, strict=True)
    ]


def note_of(answer: StateResponse, *, by: Actor, reason: str, at: datetime) -> str:
    """Open what colleagues noted beside the answer. Raises MayNotRead, KeyDestroyed."""
    check_reader(answer.case, by, Permission.READ_ACCOUNT)
    [text] = vault.open_many(of_case(answer.case, answer.note), by=by, reason=reason, at=at)
    return text or ""


def state_flag_of(case: Case) -> StateFlag:
    """Return whether the State should respond to a case, and what staff have answered."""
    return StateFlag(grounds_of(case), getattr(case, "state_response", None))


def grounds_of(case: Case) -> tuple[StateGround, ...]:
    """Return why a response of the State may be needed, from what is known now. Opens nothing."""
    harms = {case.issue.harm} if case.issue else set()
    remediation = case.remediation
    severity = None
    if remediation is not None:
        harms |= set(_harms_of_elements(case))
        scale, scope = remediation.severity_scale, remediation.severity_scope
        lasting = remediation.severity_irremediability
        if scale is not None and scope is not None and lasting is not None:
            severity = Severity(scale, scope, lasting)
    noted = noted_of(case)
    organisation = case.respondent_organisation
    homes = {settings.REDRESS_HOME_COUNTRY, organisation.country if organisation else ""}
    return grounds(
        Facts(
            harms=harms,
            severity=severity,
            level=remediation.level_of_harm if remediation is not None else "",
            harmed_in=case.country,
            harmed_also_in=frozenset(noted.impact),
            company_in=homes - {""},
            data_in=frozenset(noted.data),
            done_in=frozenset(noted.perpetrator),
        )
    )


def with_harms(cases: QuerySet[Case]) -> QuerySet[Case]:
    """Read the harms of the elements with the cases, so that the flag costs no statement more."""
    elements = HarmElement.objects.filter(remediation=OuterRef("remediation"))
    return cases.annotate(harms_of_elements=ArraySubquery(elements.order_by("pk").values("harm")))


def _harms_of_elements(case: Case) -> Sequence[str]:
    read: Sequence[str] | None = getattr(case, "harms_of_elements", None)
    if read is not None:
        return read
    elements = HarmElement.objects.filter(remediation=case.remediation_id)
    return list(elements.values_list("harm", flat=True))


def _rows(case: Case) -> list[Proceeding]:
    return list(Proceeding.objects.filter(case=case).select_related("mechanism").order_by("pk"))
