"""Each nexus with each ending: what may end how, walked to the end, and what may not, refused.

Rows of real cases lack most of these pairs. Here each is a scenario of our own, made with the verbs
that the desk and the person's page use, on one table: whoever adds an outcome adds its column.
"""

from dataclasses import dataclass
from datetime import timedelta

import pytest

from grievance import lifecycle
from grievance.models import Case, CaseEvent, Proceeding, Refusal
from remedy.models import HarmElement, LeverageStep, RemedyMeasure, Verdict
from stakeholders.vocabulary import CaseStatus, CompanyOutcome, Nexus
from tests import makers, people, remedy_makers
from tests.people import CHIDI, DANA, EWA, by

pytestmark = pytest.mark.django_db
Out = CompanyOutcome
DAY = timedelta(days=1)
NEVER = "A case cannot be concluded with this outcome."
NOT_SETTLED = "The nexus is not settled."
OWES = "Using influence on others is not enough."

ANSWERS = {
    Nexus.CAUSED: ("yes", "no", "no", "no", "no"),
    Nexus.CONTRIBUTED: ("no", "yes", "no", "no", "no"),
    Nexus.LINKED: ("no", "no", "no", "no", "yes"),
    Nexus.NO_NEXUS: ("no", "no", "no", "no", "no"),
    Nexus.UNDETERMINED: ("unknown", "unknown", "unknown", "unknown", "unknown"),
}

_REMEDY = ("received", "screening", "assessment", "remedy", "closed")
_DELIVERY = (*_REMEDY[:-1], "delivery", "closed")
_ASSESSMENT = ("received", "screening", "assessment", "closed")
_OWED_ENDS = {
    Out.REMEDIED_FULL: _DELIVERY,
    Out.REMEDIED_PARTIAL: _DELIVERY,
    Out.REFERRED: _REMEDY,
    Out.WITHDRAWN: _ASSESSMENT,
}
ENDS: dict[Nexus, dict[CompanyOutcome, tuple[str, ...]]] = {
    Nexus.CAUSED: _OWED_ENDS,
    Nexus.CONTRIBUTED: _OWED_ENDS,
    Nexus.LINKED: _OWED_ENDS | {Out.LEVERAGE_EFFECT: _REMEDY, Out.LEVERAGE_NO_EFFECT: _REMEDY},
    Nexus.NO_NEXUS: {
        Out.NO_NEXUS: _ASSESSMENT,
        Out.NOT_ESTABLISHED: _ASSESSMENT,
        Out.WITHDRAWN: _ASSESSMENT,
    },
    Nexus.UNDETERMINED: {Out.REFERRED: _REMEDY, Out.WITHDRAWN: _ASSESSMENT},
}
"""The way to each end that is allowed. What is not here has to be refused."""

FINDINGS = {Out.NOT_ESTABLISHED: "evidence_does_not_show", Out.NO_NEXUS: "no_tie_found"}
FORMS = {Out.REMEDIED_FULL: ["satisfaction"], Out.REMEDIED_PARTIAL: ["satisfaction"]}
VERDICTS = {Out.REMEDIED_FULL: "yes", Out.REMEDIED_PARTIAL: "partly"}


@dataclass
class Scenario:
    """One case with its nexus decided, on its way to an end."""

    nexus: Nexus
    case_id: int

    @property
    def case(self) -> Case:
        found: Case = Case.objects.get(pk=self.case_id)
        return found

    def end(self, outcome: CompanyOutcome) -> None:
        """Go the way to this end. Raises what the verbs raise."""
        at = AT
        if outcome == Out.WITHDRAWN:
            lifecycle.withdraw(self.case_id, at=at, pressured="no")
        elif outcome in FINDINGS:
            self.find(outcome)
        elif outcome in (Out.REMEDIED_FULL, Out.REMEDIED_PARTIAL):
            self.remedy(outcome)
        elif outcome == Out.REFERRED:
            self.carry_on_elsewhere()
        else:
            self.use_influence(outcome)

    def conclude(self, outcome: CompanyOutcome) -> None:
        told = "We answer their questions." if outcome == Out.REFERRED else ""
        lifecycle.conclude(
            self.case_id,
            by=by(DANA),
            at=AT,
            outcome=outcome,
            explanation="This is what was done.",
            cooperation=told,
        )

    def propose(self, outcome: CompanyOutcome) -> None:
        lifecycle.propose_finding(
            self.case_id,
            by=by(DANA),
            at=AT,
            kind=outcome.value,
            reason=FINDINGS[outcome],
            explanation="This is what we found.",
            mechanism_ids=[makers.a_mechanism().pk],
        )

    def find(self, outcome: CompanyOutcome) -> None:
        self.propose(outcome)
        with pytest.raises(lifecycle.SamePerson):
            lifecycle.confirm_finding(self.case_id, by=by(DANA), at=AT)
        lifecycle.confirm_finding(self.case_id, by=by(EWA), at=AT)

    def remedy(self, outcome: CompanyOutcome) -> None:
        measure = remedy_makers.plan_one(self.case_id, at=AT)
        remedy_makers.offer_one(self.case_id, at=AT)
        with pytest.raises(lifecycle.GroundMissing):
            self.conclude(outcome)
        lifecycle.answer_measure(self.case_id, at=AT, measure_id=measure, answer="accept")
        remedy_makers.deliver_all(self.case_id, at=AT)
        if outcome == Out.REMEDIED_PARTIAL:
            element = HarmElement.objects.get(remediation=self.case.remediation)
            lifecycle.judge_element(
                self.case_id,
                by=by(CHIDI),
                at=AT,
                element_id=element.pk,
                result="partial",
                note="Half of it came back.",
            )
        self.conclude(outcome)
        lifecycle.give_verdict(self.case_id, at=AT + DAY, delivered=VERDICTS[outcome])

    def carry_on_elsewhere(self) -> None:
        lifecycle.plan_remedy(self.case_id, by=by(CHIDI), at=AT)
        with pytest.raises(lifecycle.GroundMissing):
            self.conclude(Out.REFERRED)
        lifecycle.tell_proceeding(self.case_id, at=AT, name="The labour court", state="filed")
        told = Proceeding.objects.get(case_id=self.case_id)
        lifecycle.update_proceeding(
            self.case_id,
            by=by(CHIDI),
            at=AT,
            proceeding_id=told.pk,
            stand=lifecycle.Stand(role="lead", state="accepted"),
        )
        self.conclude(Out.REFERRED)

    def use_influence(self, outcome: CompanyOutcome) -> None:
        lifecycle.plan_remedy(self.case_id, by=by(CHIDI), at=AT)
        partner = remedy_makers.an_organisation("Harbour", relationship="supplier_tier1")
        lifecycle.add_leverage(
            self.case_id,
            by=by(CHIDI),
            at=AT,
            partner_id=partner.pk,
            lever="contract",
            description="Ask them to stop.",
            due_on=(AT + 30 * DAY).date(),
        )
        step = LeverageStep.objects.get(remediation=self.case.remediation)
        result = "effect" if outcome == Out.LEVERAGE_EFFECT else "no_effect"
        with pytest.raises(lifecycle.GroundMissing):
            self.conclude(outcome)
        lifecycle.settle_leverage(self.case_id, by=by(CHIDI), at=AT, step_id=step.pk, result=result)
        self.conclude(outcome)


AT = makers.RECEIVED_AT + 5 * DAY


@pytest.fixture(autouse=True)
def cast() -> None:
    people.everyone()


def assessed(nexus: Nexus) -> Scenario:
    made = makers.a_case(in_status=CaseStatus.ASSESSMENT)
    remedy_makers.assess(*ANSWERS[nexus], case_id=made.id, at=AT)
    scenario = Scenario(nexus, made.id)
    assert scenario.case.remediation.nexus == nexus
    return scenario


def statuses(case_id: int) -> tuple[str, ...]:
    moves = CaseEvent.objects.filter(case=case_id).order_by("number")
    return tuple(
        after for before, after in moves.values_list("status_from", "status_to") if before != after
    )


@pytest.mark.parametrize("nexus", list(Nexus))
def test_each_end_that_this_nexus_allows_is_reached_with_all_that_belongs_to_it(
    nexus: Nexus,
) -> None:
    for outcome, way in ENDS[nexus].items():
        scenario = assessed(nexus)
        scenario.end(outcome)
        case, told = scenario.case, f"{nexus} {outcome}"
        assert statuses(case.pk) == way, told
        assert (case.company_outcome, case.remediation.nexus) == (outcome, nexus), told
        measures = RemedyMeasure.objects.filter(remediation=case.remediation)
        offered = list(measures.filter(offer__isnull=False).values_list("form", flat=True))
        assert offered == FORMS.get(outcome, []), told
        for measure in measures:
            answers = list(measure.answers.values_list("answer", flat=True))
            assert (measure.state, answers) == ("verified", ["accept"]), told
            assert measure.verified_by_id not in (None, measure.delivered_by_id), told
        for refusal in Refusal.objects.filter(case=case):
            assert refusal.decided_by_id not in (None, refusal.proposed_by_id), told
        assert Refusal.objects.filter(case=case).exists() == (outcome in FINDINGS), told
        verdicts = Verdict.objects.filter(remediation=case.remediation)
        said = [one.delivered for one in verdicts]
        assert said == ([VERDICTS[outcome]] if outcome in VERDICTS else []), told
        assert case.person_verdict == VERDICTS.get(outcome, ""), told


@pytest.mark.parametrize("nexus", list(Nexus))
def test_each_other_end_is_refused_in_a_sentence_and_moves_nothing(nexus: Nexus) -> None:
    scenario = assessed(nexus)
    for outcome in FINDINGS:
        if outcome not in ENDS[nexus]:
            with pytest.raises(lifecycle.NexusSaysOtherwise):
                scenario.propose(outcome)
    if nexus is Nexus.NO_NEXUS:
        with pytest.raises(lifecycle.NotEstablishedTie):
            lifecycle.plan_remedy(scenario.case_id, by=by(CHIDI), at=AT)
    else:
        lifecycle.plan_remedy(scenario.case_id, by=by(CHIDI), at=AT)
    before = CaseEvent.objects.count()
    for outcome in set(Out) - set(ENDS[nexus]):
        with pytest.raises(lifecycle.Refused) as refused:
            scenario.conclude(outcome)
        assert str(refused.value.sentence).endswith("."), outcome
        if nexus is Nexus.UNDETERMINED and outcome in (Out.REMEDIED_FULL, Out.LEVERAGE_EFFECT):
            assert NOT_SETTLED in str(refused.value.sentence)
        if nexus in (Nexus.CAUSED, Nexus.CONTRIBUTED) and outcome == Out.LEVERAGE_EFFECT:
            assert OWES in str(refused.value.sentence)
    assert CaseEvent.objects.count() == before
    assert scenario.case.is_open
    assert not Refusal.objects.exists()


def test_out_of_scope_ends_before_any_nexus_and_never_after() -> None:
    declined = makers.a_case(in_status=CaseStatus.CLOSED)
    assert statuses(declined.id) == ("received", "screening", "closed")
    assert (declined.case.company_outcome, declined.case.remediation) == (Out.OUT_OF_SCOPE, None)
    refusal = Refusal.objects.get()
    assert refusal.decided_by_id not in (None, refusal.proposed_by_id)
    for nexus in Nexus:
        with pytest.raises(lifecycle.MoveNotAllowed):
            makers.proposed_out_of_scope(makers.Made(assessed(nexus).case_id, "", AT))
