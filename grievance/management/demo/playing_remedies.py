"""Plays the steps of assessment, remedy and what comes after, by the same verbs as the desk."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any, TypeVar

from django.conf import settings

from core.actors import Actor
from grievance import lifecycle
from grievance.management.demo.telling import Step
from grievance.models import Case
from grievance.models.proceedings import Support
from grievance.reading import elsewhere
from grievance.states import Verb
from remedy.models import HarmElement, LeverageStep, RemedyMeasure, SystemicAction
from stakeholders.models import Mechanism, Organisation, Product

Part = TypeVar("Part", HarmElement, RemedyMeasure, LeverageStep, SystemicAction)


def play(case_id: int, step: Step, at: datetime, by: Actor | None) -> None:
    """Do one step. `by` is None for the person. Raises KeyError for other verbs."""
    given: dict[str, Any] = {"at": at, **_DETAILS[step.verb](case_id, step, at)}
    if by is not None:
        given["by"] = by
    _VERBS[step.verb](case_id, **given)
    if step.verb is Verb.DETERMINE_NEXUS and by is not None:
        _answer_state(case_id, at, by)


def _answer_state(case_id: int, at: datetime, by: Actor) -> None:
    """Where the State may have to respond, say what the company does for it: no end without."""
    if elsewhere.state_flag_of(Case.objects.get(pk=case_id)).is_owed:
        doing = dict.fromkeys(("preserves", "cooperates", "leaves_way_free"), Support.YES.value)
        lifecycle.answer_state_response(case_id, by=by, at=at, **doing)


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
    element = _nth(HarmElement, case_id, step.which)
    return {"element_id": element.pk, "result": step.code, "note": step.words}


def _change(case_id: int, step: Step, at: datetime) -> dict[str, Any]:
    return {
        "kind": step.code,
        "owner_id": Case.objects.get(pk=case_id).handler_id,
        "description": step.words,
        "due_on": (at + timedelta(days=step.due)).date(),
        "measure_id": None if step.which < 0 else _nth(RemedyMeasure, case_id, step.which).pk,
    }


def _changed(case_id: int, step: Step, at: datetime) -> dict[str, Any]:
    told = {"proof": step.words} if step.words else {}
    return {"systemic_id": _nth(SystemicAction, case_id, step.which).pk, **told}


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
    Verb.CONFIRM_NEXUS: lifecycle.confirm_nexus,
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
    Verb.DESCRIBE_MANY: lifecycle.describe_many,
    Verb.NOTE_COLLECTIVE_VERDICT: lifecycle.note_collective_verdict,
    Verb.PLAN_SYSTEMIC: lifecycle.plan_systemic,
    Verb.DO_SYSTEMIC: lifecycle.do_systemic,
    Verb.CHECK_SYSTEMIC: lifecycle.check_systemic,
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
    Verb.CONFIRM_NEXUS: _plain,
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
    Verb.DESCRIBE_MANY: _words("population"),
    Verb.NOTE_COLLECTIVE_VERDICT: _words("words"),
    Verb.PLAN_SYSTEMIC: _change,
    Verb.DO_SYSTEMIC: _changed,
    Verb.CHECK_SYSTEMIC: _changed,
    Verb.CONCLUDE: _conclude,
    Verb.GIVE_VERDICT: _verdict,
    Verb.PROPOSE_FINDING: _find,
    Verb.CONFIRM_FINDING: _plain,
    Verb.APPEAL: _words("words"),
    Verb.REOPEN: _plain,
}
