"""Assessment in the desk: how grave, where from, whose part, and what was harmed."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from core import vault
from core.actors import Actor
from core.refusals import Refused
from grievance.lifecycle import state_response
from grievance.lifecycle.turn import Turn, text_of, turn
from grievance.severity import Severity, SeverityOutOfRange
from grievance.states import Verb
from remedy import lifecycle as remedy
from remedy.models import Remediation

ELEMENT_PLACE = "remedy.HarmElement.description"
RESULT_PLACE = "remedy.HarmElement.result_note"


class ScoreOutOfRange(Refused):
    sentence = _("Each score is a whole number from 0 to 4.")


class NotAssessed(Refused):
    sentence = _(
        "Before the plan, rate the severity, name what was harmed and decide on the nexus."
    )


class NotEstablishedTie(Refused):
    sentence = _("No tie was found. Propose that finding; a second person decides on it.")


def rate_severity(
    case_id: int,
    *,
    by: Actor,
    at: datetime,
    scale: int,
    scope: int,
    irremediability: int,
    level_of_harm: str,
    origin_stage: str,
) -> None:
    """Rate the harm and say where in the value chain it began (R070, R072).

    Scores run from 0 to 4. Raises ScoreOutOfRange, remedy's UnknownChoice, refusals of `turn`.
    """
    try:
        severity = Severity(scale, scope, irremediability)
    except SeverityOutOfRange:
        raise ScoreOutOfRange from None
    with turn(case_id, Verb.RATE_SEVERITY, by=by, at=at) as now:
        remedy.rate(
            remediation_id(now),
            scale=scale,
            scope=scope,
            irremediability=irremediability,
            level_of_harm=level_of_harm,
            origin_stage=origin_stage,
        )
        now.set(severity_priority=severity.priority)
        now.data |= {"severity": [scale, scope, irremediability], "level": level_of_harm}
        state_response.watch(now)


def set_share(
    case_id: int,
    *,
    by: Actor,
    at: datetime,
    organisation_id: int,
    nexus: str,
    percent: int,
    product_id: int | None = None,
    obligation: str = "",
    contribution: int | None = None,
    contribution_state: str = "",
) -> None:
    """Set the share of responsibility of one organisation, what it owes and bears (R074).

    Raises MoreThanAHundred, ContributionUnclear, remedy's UnknownChoice, refusals of `turn`.
    """
    with turn(case_id, Verb.SET_SHARE, by=by, at=at) as now:
        share = remedy.set_share(
            remediation_id(now),
            organisation_id=organisation_id,
            product_id=product_id,
            nexus=nexus,
            percent=percent,
            obligation=obligation,
            contribution=contribution,
            contribution_state=contribution_state,
        )
        now.data |= {"organisation": share.organisation_id, "percent": percent}


def add_element(
    case_id: int,
    *,
    by: Actor,
    at: datetime,
    harm: str,
    beneficiary: str,
    reversibility: str,
    description: str,
) -> None:
    """Name one thing that was harmed. Raises EmptyText, remedy's UnknownChoice."""
    words = text_of(description)
    with turn(case_id, Verb.ADD_ELEMENT, by=by, at=at) as now:
        element = remedy.add_element(
            remediation_id(now),
            harm=harm,
            beneficiary=beneficiary,
            reversibility=reversibility,
            description=vault.seal(words, key=now.case.record_key, place=ELEMENT_PLACE),
        )
        now.data |= {"element": element.pk, "harm": harm}
        state_response.watch(now)


def judge_element(
    case_id: int, *, by: Actor, at: datetime, element_id: int, result: str, note: str
) -> None:
    """Say how far one element was remedied, in the company's view, and why (R126).

    Raises EmptyText, remedy's UnknownChoice, NotThisMatter and the refusals of `turn`.
    """
    words = text_of(note)
    with turn(case_id, Verb.JUDGE_ELEMENT, by=by, at=at) as now:
        sealed = vault.seal(words, key=now.case.record_key, place=RESULT_PLACE)
        remedy.judge_element(remediation_id(now), element_id, result=result, note=sealed)
        now.data |= {"element": element_id, "result": result}


def remediation_id(now: Turn) -> int:
    """Return the id of the case's remediation. Every case in or after assessment has one."""
    found: int | None = now.case.remediation_id
    if found is None:
        raise NotAssessed
    return found


def remediation_of(now: Turn) -> Remediation:
    """Return the case's remediation as it stands in this transaction."""
    found: Remediation = Remediation.objects.get(pk=remediation_id(now))
    return found
