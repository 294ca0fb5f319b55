"""The second half of a row's way: assessment, plan, offer, delivery, conclusion and verdict.

Every step is a call of a verb by the person whose work it is. What the rules refuse is refused
here as well, and becomes the error of the row: the table of endings has to fit the rules, never
the other way round.
"""

from dataclasses import asdict
from datetime import UTC, datetime, time, timedelta
from typing import TypeVar

from grievance import lifecycle
from grievance.management.walking import allegation, firms, gravity, scope
from grievance.management.walking.endings import End, course_of
from grievance.management.walking.going import Going
from grievance.models import Case, FindingReason, RefusalKind
from grievance.models.proceedings import Support
from grievance.reading import elsewhere
from remedy import rules
from remedy.models import (
    COLLECTIVE,
    DespiteWarnings,
    HarmElement,
    HarmPath,
    LeverageStep,
    NoRestitution,
    RemedyMeasure,
    SystemicAction,
    SystemicKind,
)
from remedy.money import Basis, Compensation
from remedy.nexus import REMEDIATING
from remedy.states import PersonView
from stakeholders.roles import Role
from stakeholders.vocabulary import (
    Answer,
    CompanyOutcome,
    Harm,
    Nexus,
    OutsideOutcome,
    PersonVerdict,
    RemedyForm,
    RemedyMode,
    ValueChainStage,
)

PAUSE = timedelta(days=3)
DAY = timedelta(days=1)
TO_DELIVER = timedelta(days=30)
_HANDLER, _CHECKER, _SECOND = Role.CASE_HANDLER, Role.REVIEWER, Role.TEAM_LEAD
_UNTOLD = Compensation(Basis.FIXED_SUM)
_AS_PUBLISHED = "The public source tells no more of the plan."
_MODES = {Nexus.CAUSED: RemedyMode.PROVIDER, Nexus.CONTRIBUTED: RemedyMode.CO_PROVIDER}
Part = TypeVar("Part", HarmElement, RemedyMeasure, LeverageStep, SystemicAction)
_CONCLUDING = time(16, tzinfo=UTC)


class Remedying:
    """Walks a row that was taken up to its end, or to where it has to stay open."""

    def __init__(self, going: Going, case_id: int) -> None:
        self.going = going
        self.case_id = case_id
        self.row = going.row
        self.nexus, self.answers = allegation.played(self.row)
        self.course = course_of(self.row, self.nexus)

    def go(self) -> None:
        """Walk on from the assessment. Raises what the verbs raise."""
        end = self.course.end
        self.assess()
        if end is End.ASSESSED:
            return
        if end in (End.NOT_ESTABLISHED, End.NO_TIE):
            self.find()
        else:
            self.plan()
            if end in (End.DELIVERING, End.HELD_OPEN, End.REMEDIED, End.LEVERAGE):
                self.agree()
            if end in (End.HELD_OPEN, End.REMEDIED, End.LEVERAGE):
                self.deliver()
            if self.course.outcome is not None:
                self.conclude(self.course.outcome)
        if self.course.verdict is not None:
            self.judge(self.course.verdict)

    def assess(self) -> None:
        """Rate the harm, name what was harmed, and decide on the nexus as alleged."""
        severity = gravity.severity_of(self.row)
        stage = self.row.stages[0] if self.row.stages else ValueChainStage.UNKNOWN
        self.going.staff(
            lifecycle.rate_severity,
            _HANDLER,
            PAUSE,
            **asdict(severity),
            level_of_harm=gravity.level_of(self.row),
            origin_stage=stage,
        )
        for harm in self.row.harms or (Harm.OTHER_UNSURE.value,):
            self.going.staff(
                lifecycle.add_element,
                _HANDLER,
                harm=harm,
                beneficiary=gravity.beneficiary_of(self.row),
                reversibility=gravity.reversibility_of(harm),
                description=self.row.account,
            )
        note = allegation.note(self.row)
        answers = {code: str(answer) for code, answer in asdict(self.answers).items()}
        self.going.staff(
            lifecycle.determine_nexus,
            _HANDLER,
            answers=answers,
            evidence={code: note for code, answer in answers.items() if answer != Answer.UNKNOWN},
            decided=self.nexus,
            reason="as_proposed",
            note=note,
        )
        if self.nexus is Nexus.NO_NEXUS:
            self.going.staff(lifecycle.confirm_nexus, _CHECKER, DAY)
        self.answer_state()

    def answer_state(self) -> None:
        """Where the State may have to respond, say what the company does for it."""
        if elsewhere.state_flag_of(Case.objects.get(pk=self.case_id)).is_owed:
            self.going.staff(
                lifecycle.answer_state_response,
                _HANDLER,
                preserves=Support.YES,
                cooperates=Support.YES,
                leaves_way_free=Support.YES,
            )

    def find(self) -> None:
        """The handler proposes to end without remedy; the reviewer decides."""
        no_tie = self.course.end is End.NO_TIE
        reason = FindingReason.NO_TIE_FOUND if no_tie else FindingReason.EVIDENCE_DOES_NOT_SHOW
        self.going.staff(
            lifecycle.propose_finding,
            _HANDLER,
            PAUSE,
            kind=RefusalKind.NO_NEXUS if no_tie else RefusalKind.NOT_ESTABLISHED,
            reason=reason,
            explanation=f"{reason.label} You can turn to the bodies named here at any time.",
            mechanism_ids=scope.places_for_a_company_matter(self.row),
        )
        self.going.staff(lifecycle.confirm_finding, _CHECKER, PAUSE)

    def plan(self) -> None:
        """Make the plan of remedy, and of influence where that is owed; offer it."""
        self.going.staff(lifecycle.plan_remedy, _HANDLER, PAUSE)
        due = (self.going.at + TO_DELIVER).date()
        for element, form in self._measures():
            self.going.staff(
                lifecycle.add_measure,
                _HANDLER,
                element_id=element.pk,
                form=form,
                description=f"{RemedyForm(form).label}, as the public source tells it.",
                responsible_id=firms.responsible_for(self.row, self.nexus, at=self.going.at).pk,
                mode=self._mode(),
                due_on=due,
                money=_UNTOLD if form == RemedyForm.COMPENSATION else Compensation(),
            )
        if self.nexus not in REMEDIATING:
            self.going.staff(
                lifecycle.add_leverage,
                _HANDLER,
                partner_id=firms.partner_of(self.row, at=self.going.at).pk,
                lever="contract",
                description="Ask the partner to stop, to put it right and to show both.",
                due_on=due,
            )
        if self.course.end is not End.PLANNED and self._has_measures():
            self.offer()

    def offer(self) -> None:
        """Offer what is planned, and say what the plan lacks that no source tells."""
        case = Case.objects.get(pk=self.case_id)
        assert case.remediation is not None
        facts = lifecycle.facts_of_remedy(case)
        for element_id in rules.without_restitution(facts):
            self.going.staff(
                lifecycle.rule_out_restitution,
                _HANDLER,
                element_id=element_id,
                reason=NoRestitution.IMPOSSIBLE,
            )
        gesture = rules.what_is_tokenistic(facts, severe=case.remediation.is_severe)
        told = {"despite": DespiteWarnings.STILL_UNKNOWN, "despite_note": _AS_PUBLISHED}
        self.going.staff(
            lifecycle.make_offer,
            _HANDLER,
            PAUSE,
            words="This is what we offer.",
            **(told if gesture else {}),
        )

    def agree(self) -> None:
        """The person agrees to what is offered, and delivery begins."""
        self.going.at += PAUSE
        for measure in self._rows(RemedyMeasure):
            self.going.person(lifecycle.answer_measure, measure_id=measure.pk, answer="accept")
        self.going.staff(lifecycle.start_delivery, _HANDLER, DAY)

    def deliver(self) -> None:
        """What was agreed is done, seen by the person, checked by another; influence is settled."""
        self.going.at += DAY
        for measure in self._rows(RemedyMeasure):
            self.going.staff(
                lifecycle.deliver_measure,
                _HANDLER,
                measure_id=measure.pk,
                evidence="What the public source tells of the outcome.",
            )
            self.going.staff(lifecycle.verify_measure, _CHECKER, measure_id=measure.pk)
            if measure.form == RemedyForm.GUARANTEES_OF_NON_REPETITION:
                self.change(measure)
            # Even who finds the whole too little may confirm that this one measure was done.
            self.going.person(
                lifecycle.say_of_delivery, measure_id=measure.pk, view=PersonView.CONFIRMED
            )
        self.change_for_many()
        result = "effect" if self.row.remedies_obtained else "no_effect"
        for step in self._rows(LeverageStep):
            self.going.staff(lifecycle.settle_leverage, _HANDLER, step_id=step.pk, result=result)
        full = self.course.outcome == CompanyOutcome.REMEDIED_FULL
        for element in self._rows(HarmElement):
            self.going.staff(
                lifecycle.judge_element,
                _HANDLER,
                element_id=element.pk,
                result="full" if full else "partial" if self._has_measures() else "none",
                note="This follows what the public source tells of the outcome.",
            )

    def change(self, guarantee: RemedyMeasure | None) -> None:
        """A change, such as one that carries a guarantee out, is made and checked by another."""
        self.going.staff(
            lifecycle.plan_systemic,
            _HANDLER,
            kind=SystemicKind.CHANGE,
            owner_id=Case.objects.get(pk=self.case_id).handler_id,
            description="What the public source tells of the change.",
            due_on=(self.going.at + TO_DELIVER).date(),
            measure_id=guarantee.pk if guarantee is not None else None,
        )
        action = self._rows(SystemicAction)[-1]
        self.going.staff(
            lifecycle.do_systemic,
            _HANDLER,
            systemic_id=action.pk,
            proof="What the public source tells of the change.",
        )
        self.going.staff(lifecycle.check_systemic, _CHECKER, systemic_id=action.pk)

    def change_for_many(self) -> None:
        """Harm to many is described, and something is changed for all of them."""
        if gravity.level_of(self.row) not in COLLECTIVE:
            return
        self.going.staff(
            lifecycle.describe_many,
            _HANDLER,
            population=self.row.account,
            mechanism=self.row.account,
            path=HarmPath.DECISIONS,
            discriminates=Answer.UNKNOWN,
            lost_chances=Answer.UNKNOWN,
            autonomy=Answer.UNKNOWN,
            participation=Answer.UNKNOWN,
        )
        if not self._rows(SystemicAction):
            self.change(None)

    def conclude(self, outcome: CompanyOutcome) -> None:
        """End on a ground that the nexus allows, on the day of the row where that is later."""
        self.going.at += DAY
        if self.row.concluded is not None:
            told = datetime.combine(self.row.concluded, _CONCLUDING)
            self.going.at = max(self.going.at, told)
        self.going.staff(
            lifecycle.conclude,
            _SECOND,
            outcome=outcome,
            explanation=f"{outcome.label}. This follows what the public source tells.",
        )

    def judge(self, verdict: PersonVerdict) -> None:
        """The person says whether an effective remedy was delivered."""
        self.going.person(lifecycle.give_verdict, DAY, delivered=verdict)

    def _measures(self) -> list[tuple[HarmElement, str]]:
        """Pair forms with elements, so that each form and each element occurs at least once."""
        forms = self.row.remedies_obtained
        if not forms and self.course.end is not End.LEVERAGE:
            forms = self.row.remedies_sought or (RemedyForm.SATISFACTION.value,)
        elements = self._rows(HarmElement)
        if not forms:
            return []
        return [
            (elements[i % len(elements)], forms[i % len(forms)])
            for i in range(max(len(elements), len(forms)))
        ]

    def _mode(self) -> RemedyMode:
        if self.row.outside_outcome == OutsideOutcome.REMEDIED_BY_STATE:
            return RemedyMode.ENABLER
        return _MODES.get(self.nexus, RemedyMode.ENABLER)

    def _has_measures(self) -> bool:
        return bool(self._rows(RemedyMeasure))

    def _rows(self, model: type[Part]) -> list[Part]:
        remediation = Case.objects.get(pk=self.case_id).remediation
        return list(model.objects.filter(remediation=remediation).order_by("pk"))
