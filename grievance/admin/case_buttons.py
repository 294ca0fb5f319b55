"""The buttons of a case page: the next step first, the others in groups behind "More"."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from grievance.admin import next_steps
from grievance.admin.next_steps import Work
from grievance.admin.press import Press
from grievance.admin.presses import PRESSES
from grievance.lifecycle import PERMISSION_FOR, NotIndependent, SamePerson
from grievance.models import Appeal, Case, Refusal
from grievance.states import Facts, Verb, available
from remedy.models import HarmElement, LeverageStep, RemedyMeasure
from remedy.states import MeasureState
from stakeholders.models import User
from stakeholders.roles import can
from stakeholders.vocabulary import CaseStatus

_SECOND_PERSON = frozenset(
    {
        Verb.CONFIRM_OUT_OF_SCOPE,
        Verb.REJECT_OUT_OF_SCOPE,
        Verb.CONFIRM_FINDING,
        Verb.REJECT_FINDING,
    }
)
_OTHER_PEOPLE = frozenset({Verb.UPHOLD, Verb.SEND_BACK})
_WITH_REMEDY = frozenset({CaseStatus.ASSESSMENT, CaseStatus.REMEDY, CaseStatus.DELIVERY})

_GROUPS: Sequence[tuple[Promise, frozenset[Verb]]] = (
    (
        _("Assessment"),
        frozenset(
            {
                Verb.RATE_SEVERITY,
                Verb.SET_SHARE,
                Verb.ADD_ELEMENT,
                Verb.DETERMINE_NEXUS,
                Verb.PLAN_REMEDY,
                Verb.REASSESS,
            }
        ),
    ),
    (
        _("Remedy and leverage"),
        frozenset(
            {
                Verb.ADD_MEASURE,
                Verb.DROP_MEASURE,
                Verb.ADD_LEVERAGE,
                Verb.SETTLE_LEVERAGE,
                Verb.MAKE_OFFER,
                Verb.START_DELIVERY,
                Verb.DELIVER_MEASURE,
                Verb.VERIFY_MEASURE,
                Verb.SEND_MEASURE_BACK,
                Verb.JUDGE_ELEMENT,
                Verb.REPLAN,
            }
        ),
    ),
    (
        _("Ending"),
        frozenset(
            {
                Verb.PROPOSE_OUT_OF_SCOPE,
                Verb.PROPOSE_FINDING,
                Verb.CONCLUDE,
                Verb.REOPEN,
                *_SECOND_PERSON,
                *_OTHER_PEOPLE,
            }
        ),
    ),
    (_("Writing to the person"), frozenset({Verb.ASK_PERSON, Verb.WRITE_TO_PERSON})),
)
_THE_REST = _("The case itself")


@dataclass(frozen=True, slots=True)
class Button:
    """A verb that is open now, and to this person."""

    verb: Verb
    press: Press


@dataclass(frozen=True, slots=True)
class Buttons:
    """What stands on the page: the next steps, the others by group, and why some are shut."""

    first: Sequence[Button]
    more: Sequence[tuple[Promise, Sequence[Button]]]
    blocked: Sequence[str]

    @property
    def verbs(self) -> frozenset[Verb]:
        """Every verb that has a button."""
        others = (button for _name, group in self.more for button in group)
        return frozenset(button.verb for button in (*self.first, *others))


def buttons(
    case: Case, *, refusals: Sequence[Refusal], appeals: Sequence[Appeal], user: User
) -> Buttons:
    """Return the buttons open to this person, and sentences for those shut for a reason."""
    pending = next((refusal for refusal in refusals if not refusal.decision), None)
    shut: frozenset[Verb] = frozenset()
    blocked = []
    if pending is not None and pending.proposed_by_id == user.pk:
        shut |= _SECOND_PERSON
        blocked.append(str(SamePerson.sentence))
    if any(not appeal.decision and user.pk in appeal.excluded_ids for appeal in appeals):
        shut |= _OTHER_PEOPLE
        blocked.append(str(NotIndependent.sentence))
    work = work_of(case, refusal_proposed=pending is not None)
    facts = Facts(
        urgent=case.urgent,
        refusal_proposed=pending is not None,
        has_remedy=case.remediation_id is not None,
    )
    shown = [
        Button(verb, PRESSES[verb])
        for verb in available(case.status, facts)
        if verb in PRESSES
        and verb not in shut
        and can(user, PERMISSION_FOR[verb])
        and next_steps.possible(verb, work)
    ]
    leading = next_steps.first(case.status, work)
    return Buttons(
        first=[button for button in shown if button.verb in leading],
        more=_grouped([button for button in shown if button.verb not in leading]),
        blocked=blocked,
    )


def work_of(case: Case, *, refusal_proposed: bool) -> Work:
    """Return how far the work has come: three questions, and none where no work is under way."""
    remediation = case.remediation
    if remediation is None or case.status not in _WITH_REMEDY:
        return Work(refusal_proposed=refusal_proposed)
    of_case: Mapping[str, int] = {"remediation_id": remediation.pk}
    states = RemedyMeasure.objects.filter(**of_case).values_list("state", flat=True)
    results = list(HarmElement.objects.filter(**of_case).values_list("result", flat=True))
    settled = list(LeverageStep.objects.filter(**of_case).values_list("result", flat=True))
    return Work(
        refusal_proposed=refusal_proposed,
        rated=remediation.severity_scale is not None,
        nexus=remediation.nexus,
        measures=[MeasureState(state) for state in states],
        elements=len(results),
        elements_judged=sum(bool(result) for result in results),
        leverage=len(settled),
        leverage_settled=sum(bool(result) for result in settled),
    )


def _grouped(rest: Sequence[Button]) -> list[tuple[Promise, Sequence[Button]]]:
    named = frozenset().union(*(verbs for _name, verbs in _GROUPS))
    groups = [
        (name, [button for button in rest if button.verb in verbs]) for name, verbs in _GROUPS
    ]
    groups.append((_THE_REST, [button for button in rest if button.verb not in named]))
    return [(name, group) for name, group in groups if group]
