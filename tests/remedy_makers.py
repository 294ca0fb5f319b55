"""Remedies for tests, made by the real verbs: Chidi plans, Dana checks."""

from datetime import datetime, timedelta
from uuid import uuid4

from core.actors import SYSTEM
from core.ledger.history import Stamp, stamped
from grievance import lifecycle
from grievance.models import Case
from remedy.models import (
    EnablerAction,
    HarmElement,
    PartnerReadiness,
    Playbook,
    RemedyMeasure,
    SystemicAction,
)
from remedy.nexus import Answers, propose
from stakeholders.models import Organisation
from stakeholders.vocabulary import Answer, CaseStatus, RelationshipType
from tests.makers import Made, a_case
from tests.people import CHIDI, DANA, HIRED, by, the

DAY = timedelta(days=1)
AS_SEEN = "Seen on site."


def an_organisation(name: str = "Own works", *, relationship: str = "own_entity") -> Organisation:
    """Return an organisation, made once."""
    found: Organisation | None = Organisation.objects.filter(name=name).first()
    if found is None:
        with stamped(Stamp(SYSTEM, "register", uuid4(), HIRED)):
            found = Organisation(name=name, relationship=RelationshipType(relationship))
            found.save()
    return found


def assess(
    *answers: str, case_id: int | None = None, at: datetime | None = None, decided: str = ""
) -> tuple[int, datetime]:
    """Assess a case with five answers to the nexus; return its id and the moment."""
    if case_id is None:
        made = a_case(in_status=CaseStatus.ASSESSMENT)
        case_id, at = made.id, made.at
    assert at is not None
    chidi = by(CHIDI)
    lifecycle.rate_severity(
        case_id,
        by=chidi,
        at=at,
        scale=2,
        scope=1,
        irremediability=1,
        level_of_harm="individual",
        origin_stage="customer_use",
    )
    if not Case.objects.get(pk=case_id).remediation.elements.exists():
        lifecycle.add_element(
            case_id,
            by=chidi,
            at=at,
            harm="surveillance_privacy",
            beneficiary="person",
            reversibility="reversible",
            description="Watched at work.",
        )
    names = ("own_act_alone", "own_act_with_others", "foreseeable", "risk_reduced", "tie")
    given = dict(zip(names, answers, strict=True))
    lifecycle.determine_nexus(
        case_id,
        by=chidi,
        at=at,
        answers=given,
        evidence={name: "As the logs show." for name, one in given.items() if one != "unknown"},
        decided=decided or _proposed(given),
        reason="as_proposed" if not decided else "evidence_weighs_more",
        note="As the logs show.",
    )
    if Case.objects.get(pk=case_id).remediation.nexus_pending:
        lifecycle.confirm_nexus(case_id, by=by(DANA), at=at)
    return case_id, at


def _proposed(given: dict[str, str]) -> str:
    return propose(Answers(**{name: Answer(code) for name, code in given.items()})).nexus.value


def plan_one(case_id: int, *, at: datetime, description: str = "The cameras are gone.") -> int:
    """Go on to the plan with one measure; return its id."""
    lifecycle.plan_remedy(case_id, by=by(CHIDI), at=at)
    element = HarmElement.objects.get(remediation=Case.objects.get(pk=case_id).remediation)
    lifecycle.add_measure(
        case_id,
        by=by(CHIDI),
        at=at,
        element_id=element.pk,
        form="satisfaction",
        description=description,
        responsible_id=an_organisation().pk,
        mode="provider",
        due_on=(at + 30 * DAY).date(),
    )
    lifecycle.rule_out_restitution(
        case_id, by=by(CHIDI), at=at, element_id=element.pk, reason="nothing_taken"
    )
    return RemedyMeasure.objects.get(element=element).pk


def offer_one(case_id: int, *, at: datetime) -> None:
    """Offer what is planned."""
    lifecycle.make_offer(case_id, by=by(CHIDI), at=at, words="This is what we can do.")


def deliver_all(case_id: int, *, at: datetime) -> None:
    """Deliver, check and judge every agreed measure; Dana checks what Chidi reports."""
    lifecycle.start_delivery(case_id, by=by(CHIDI), at=at)
    remediation = Case.objects.get(pk=case_id).remediation
    for measure in RemedyMeasure.objects.filter(remediation=remediation, state="accepted"):
        lifecycle.deliver_measure(
            case_id, by=by(CHIDI), at=at, measure_id=measure.pk, evidence="A photograph."
        )
        lifecycle.verify_measure(case_id, by=by(DANA), at=at, measure_id=measure.pk)
    for element in HarmElement.objects.filter(remediation=remediation):
        lifecycle.judge_element(
            case_id, by=by(CHIDI), at=at, element_id=element.pk, result="full", note=AS_SEEN
        )


def what_is_ready_before_a_case() -> None:
    """Save a playbook, a partner's readiness and an enabler action, inside the caller's stamp."""
    Playbook(
        name="Retaliation",
        triggers="Somebody who complained loses work.",
        steps="4: Preserve the evidence.",
        who_decides="The team lead.",
    ).save()
    day = HIRED.date()
    partner = an_organisation("Harbour", relationship="supplier_tier1")
    PartnerReadiness(organisation=partner, level=2, basis="Their report.", reviewed_on=day).save()
    EnablerAction(
        kind="awareness", title="A talk", owner="Policy", audience="Riders", on=day
    ).save()


def what_stands_beside_a_case(made: Made) -> None:
    """Ask for an interim measure, apply a playbook, and see a change against repetition done."""
    case_id, at = made.id, made.at
    chidi = by(CHIDI)
    lifecycle.ask_interim(
        case_id, by=chidi, at=at, kind="stop_processing", request="Stop the cameras."
    )
    lifecycle.apply_playbook(
        case_id, by=chidi, at=at, playbook_id=Playbook.objects.get(code=None).pk
    )
    lifecycle.plan_systemic(
        case_id,
        by=chidi,
        at=at,
        kind="change",
        owner_id=the(CHIDI).pk,
        description="No camera without a sign.",
        due_on=(at + 30 * DAY).date(),
    )
    action = SystemicAction.objects.get(remediation=Case.objects.get(pk=case_id).remediation).pk
    lifecycle.do_systemic(case_id, by=chidi, at=at, systemic_id=action, proof="A sign.")
    lifecycle.check_systemic(case_id, by=by(DANA), at=at, systemic_id=action)
