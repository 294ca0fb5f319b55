"""Plays what goes to a supplier and comes back, by the same verbs as the desk and the supplier."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from core.actors import Actor
from grievance import lifecycle
from grievance.management.demo.telling import Step
from grievance.models import Case, Consent, ConsentPurpose, ConsentScope, Referral
from grievance.states import Verb
from stakeholders.models import Organisation


def plays(verb: Verb) -> bool:
    """Say whether this verb is played here."""
    return verb is Verb.GIVE_CONSENT or verb in _STAFF or verb in _SUPPLIERS


def play(case_id: int, step: Step, at: datetime, by: Actor | None) -> None:
    """Do one step; `by` is None for the person, who agrees. Raises what the verb raises."""
    if by is None:
        _give(case_id, at)
    elif step.verb in _STAFF:
        _STAFF[step.verb](case_id, step, at, by)
    else:
        referral = Referral.objects.filter(case_id=case_id).exclude(sent_at=None).latest("sent_at")
        _SUPPLIERS[step.verb](referral.pk, by=by, at=at, body=step.words)


def _name_respondent(case_id: int, step: Step, at: datetime, by: Actor) -> None:
    lifecycle.name_respondent_organisation(
        case_id, by=by, at=at, organisation_id=_named(step.partner).pk
    )


def _ask(case_id: int, step: Step, at: datetime, by: Actor) -> None:
    """Look at the text first, as the desk does, and ask about exactly what was looked at."""
    text = str(step.details["text"])
    wanted: dict[str, Any] = {
        "organisation_id": _named(step.partner).pk,
        "scopes": [ConsentScope.FACTS],
        "purpose": ConsentPurpose.PUT_RIGHT,
        "rendition": text,
    }
    preview = lifecycle.preview_proposal(Case.objects.get(pk=case_id), at=at, **wanted)
    lifecycle.ask_consent(
        case_id,
        by=by,
        at=at,
        body=step.words,
        previewed=preview.hash,
        **wanted,
    )


def _give(case_id: int, at: datetime) -> None:
    lifecycle.give_consent(
        case_id,
        at=at,
        consent_id=_latest_consent(case_id).pk,
        scopes=[ConsentScope.FACTS],
        knows_risk=True,
    )


def _send(case_id: int, step: Step, at: datetime, by: Actor) -> None:
    referral = Referral.objects.get(consent=_latest_consent(case_id))
    lifecycle.send_referral(case_id, by=by, at=at, referral_id=referral.pk)


def _named(name: str) -> Organisation:
    found: Organisation = Organisation.objects.get(name=name)
    return found


def _latest_consent(case_id: int) -> Consent:
    found: Consent = Consent.objects.filter(case_id=case_id).latest("asked_at")
    return found


_STAFF: Mapping[Verb, Callable[[int, Step, datetime, Actor], None]] = {
    Verb.NAME_RESPONDENT_ORGANISATION: _name_respondent,
    Verb.ASK_CONSENT: _ask,
    Verb.SEND_REFERRAL: _send,
}
_SUPPLIERS: Mapping[Verb, Callable[..., None]] = {
    Verb.ACKNOWLEDGE_REFERRAL: lifecycle.acknowledge_referral,
    Verb.LOG_STEP: lifecycle.log_step,
    Verb.ANSWER_REFERRAL: lifecycle.answer_referral,
}
