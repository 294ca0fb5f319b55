"""Plays the steps of assessment, remedy and what comes after, by the same verbs as the desk."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any, TypeVar

from django.conf import settings

from core.actors import Actor
from grievance import lifecycle
from grievance.management.demo.telling import Step
from grievance.models import Case
from grievance.states import Verb
from remedy.models import HarmElement, LeverageStep, RemedyMeasure
from stakeholders.models import Mechanism, Organisation, Product

Part = TypeVar("Part", HarmElement, RemedyMeasure, LeverageStep)


def play(case_id: int, step: Step, at: datetime, by: Actor | None) -> None:
    """Do one step. `by` is None for the person. Raises KeyError for other verbs."""
    given: dict[str, Any] = {"at": at, **_DETAILS[step.verb](case_id, step, at)}
    if by is not None:
        given["by"] = by
    _VERBS[step.verb](case_id, **given)


def _plain(case_id: int, step: Step, at: datetime) -> dict[str, Any]:
    return dict(step.details)


def _words(name: str) -> Callable[[int, Step, datetime], dict[str, Any]]:
    """The words under this name, beside the details."""
    return lambda case_id, step, at: {**step.details, name: step.words}


def _share(case_id: int, step: Step, at: datetime) -> dict[str, Any]:
    product = Product.objects.get(name=step.product).pk if step.product else None
    return {
        **step.details,
        "organisation_id": _organisation(step.partner).pk,
        "product_id": product,
    }


def _measure(case_id: int, step: Step, at: datetime) -> dict[str, Any]:
    return {
        **step.details,
        "element_id": _nth(HarmElement, case_id, step.which).pk,
        "description": step.words,
        "responsible_id": _organisation(step.partner).pk,
        "due_on": (at + timedelta(days=step.due)).date(),
    }


def _element(case_id: int, step: Step, at: datetime) -> dict[str, Any]:
    return {**step.details, "element_id": _nth(HarmElement, case_id, step.which).pk}


def _lever(case_id: int, step: Step, at: datetime) -> dict[str, Any]:
    return {
        **step.details,
        "partner_id": _organisation(step.partner).pk,
        "description": step.words,
        "due_on": (at + timedelta(days=step.due)).date(),
    }


def _settle(case_id: int, step: Step, at: datetime) -> dict[str, Any]:
    return {"step_id": _nth(LeverageStep, case_id, step.which).pk, "result": step.code}


def _judge(case_id: int, step: Step, at: datetime) -> dict[str, Any]:
    return {"element_id": _nth(HarmElement, case_id, step.which).pk, "result": step.code}


def _which(case_id: int, step: Step, at: datetime) -> dict[str, Any]:
    return {"measure_id": _nth(RemedyMeasure, case_id, step.which).pk}


def _answer(case_id: int, step: Step, at: datetime) -> dict[str, Any]:
    return {**_which(case_id, step, at), "answer": step.code, "words": step.words}


def _done(case_id: int, step: Step, at: datetime) -> dict[str, Any]:
    return {**_which(case_id, step, at), "evidence": step.words}


def _see(case_id: int, step: Step, at: datetime) -> dict[str, Any]:
    return {**_which(case_id, step, at), "view": step.code}


def _conclude(case_id: int, step: Step, at: datetime) -> dict[str, Any]:
    return {"outcome": step.code, "explanation": step.words}


def _verdict(case_id: int, step: Step, at: datetime) -> dict[str, Any]:
    return {**step.details, "delivered": step.code, "words": step.words}


def _find(case_id: int, step: Step, at: datetime) -> dict[str, Any]:
    places = Mechanism.objects.filter(code__in=step.places).values_list("pk", flat=True)
    return {
        **step.details,
        "reason": step.code,
        "explanation": step.words,
        "mechanism_ids": list(places),
    }


def _organisation(name: str) -> Organisation:
    found: Organisation = Organisation.objects.get(name=name or settings.REDRESS_COMPANY_NAME)
    return found


def _nth(model: type[Part], case_id: int, which: int) -> Part:
    remediation = Case.objects.get(pk=case_id).remediation
    return list(model.objects.filter(remediation=remediation).order_by("pk"))[which]


_ANSWERING = (Verb.ACCEPT_MEASURE, Verb.DECLINE_MEASURE, Verb.COUNTER_MEASURE)
_VERBS: Mapping[Verb, Callable[..., None]] = {
    Verb.RATE_SEVERITY: lifecycle.rate_severity,
    Verb.ADD_ELEMENT: lifecycle.add_element,
    Verb.DETERMINE_NEXUS: lifecycle.determine_nexus,
    Verb.SET_SHARE: lifecycle.set_share,
    Verb.PLAN_REMEDY: lifecycle.plan_remedy,
    Verb.RULE_OUT_RESTITUTION: lifecycle.rule_out_restitution,
    Verb.ADD_MEASURE: lifecycle.add_measure,
    Verb.ADD_LEVERAGE: lifecycle.add_leverage,
    Verb.SETTLE_LEVERAGE: lifecycle.settle_leverage,
    Verb.MAKE_OFFER: lifecycle.make_offer,
    **dict.fromkeys(_ANSWERING, lifecycle.answer_measure),
    Verb.START_DELIVERY: lifecycle.start_delivery,
    Verb.DELIVER_MEASURE: lifecycle.deliver_measure,
    Verb.VERIFY_MEASURE: lifecycle.verify_measure,
    Verb.SAY_OF_DELIVERY: lifecycle.say_of_delivery,
    Verb.JUDGE_ELEMENT: lifecycle.judge_element,
    Verb.CONCLUDE: lifecycle.conclude,
    Verb.GIVE_VERDICT: lifecycle.give_verdict,
    Verb.PROPOSE_FINDING: lifecycle.propose_finding,
    Verb.CONFIRM_FINDING: lifecycle.confirm_finding,
    Verb.APPEAL: lifecycle.appeal,
    Verb.REOPEN: lifecycle.reopen,
}
_DETAILS: Mapping[Verb, Callable[[int, Step, datetime], dict[str, Any]]] = {
    Verb.RATE_SEVERITY: _plain,
    Verb.ADD_ELEMENT: _words("description"),
    Verb.DETERMINE_NEXUS: _words("note"),
    Verb.SET_SHARE: _share,
    Verb.PLAN_REMEDY: _plain,
    Verb.RULE_OUT_RESTITUTION: _element,
    Verb.ADD_MEASURE: _measure,
    Verb.ADD_LEVERAGE: _lever,
    Verb.SETTLE_LEVERAGE: _settle,
    Verb.MAKE_OFFER: _words("words"),
    **dict.fromkeys(_ANSWERING, _answer),
    Verb.START_DELIVERY: _plain,
    Verb.DELIVER_MEASURE: _done,
    Verb.VERIFY_MEASURE: _which,
    Verb.SAY_OF_DELIVERY: _see,
    Verb.JUDGE_ELEMENT: _judge,
    Verb.CONCLUDE: _conclude,
    Verb.GIVE_VERDICT: _verdict,
    Verb.PROPOSE_FINDING: _find,
    Verb.CONFIRM_FINDING: _plain,
    Verb.APPEAL: _words("words"),
    Verb.REOPEN: _plain,
}
