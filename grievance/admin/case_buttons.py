"""The buttons of a case page: the next step first, the others in groups behind "More"."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Model, OuterRef
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from grievance.admin import next_steps
from grievance.admin.clock_forms import ENDS, ON_CLOCKS
from grievance.admin.interims import ON_INTERIM
from grievance.admin.next_steps import Work
from grievance.admin.press import Press
from grievance.admin.presses import PRESSES
from grievance.lifecycle import PERMISSION_FOR, NotIndependent, SamePerson
from grievance.models import Appeal, Case, Refusal
from grievance.states import Facts, Verb, available
from remedy.models import (
    COLLECTIVE,
    HarmElement,
    LeverageStep,
    NexusDetermination,
    Remediation,
    RemedyMeasure,
)
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
_SECOND_LOOK = frozenset({Verb.CONFIRM_NEXUS, Verb.REJECT_NEXUS})
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
                Verb.DESCRIBE_MANY,
                Verb.DETERMINE_NEXUS,
                *_SECOND_LOOK,
                Verb.PLAN_REMEDY,
                Verb.REASSESS,
            }
        ),
    ),
    (
        _("Remedy and leverage"),
        frozenset(
            {
                Verb.RULE_OUT_RESTITUTION,
                Verb.ADD_MEASURE,
                Verb.SHARE_COST,
                Verb.TRACE_PAYEES,
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
                Verb.NOTE_COLLECTIVE_VERDICT,
                Verb.REOPEN,
                *_SECOND_PERSON,
                *_OTHER_PEOPLE,
            }
        ),
    ),
    (
        _("Writing to the person"),
        frozenset({Verb.ASK_PERSON, Verb.WRITE_TO_PERSON, *ENDS.values()}),
    ),
    (
        _("Against repetition"),
        frozenset(
            {
                Verb.CONFIRM_ERROR,
                Verb.PLAN_SYSTEMIC,
                Verb.DO_SYSTEMIC,
                Verb.CHECK_SYSTEMIC,
                Verb.FOLLOW_UP,
            }
        ),
    ),
    (_("Interim measures"), frozenset({Verb.ASK_INTERIM, *ON_INTERIM})),
    (_("Clocks"), frozenset(ON_CLOCKS)),
)
_LOOK_AGAIN = (Verb.DETERMINE_NEXUS, Verb.REASSESS, Verb.REPLAN, Verb.REOPEN)
"""What leads to another decision on the nexus: one of them is open in each stage of the work."""
_NEEDS_BEFORE: Mapping[Verb, frozenset[Verb]] = {
    Verb.DO_SYSTEMIC: frozenset({Verb.PLAN_SYSTEMIC, Verb.CONFIRM_ERROR}),
    Verb.CHECK_SYSTEMIC: frozenset({Verb.DO_SYSTEMIC}),
    Verb.FOLLOW_UP: frozenset({Verb.CHECK_SYSTEMIC}),
    Verb.FINISH_TASK: frozenset({Verb.APPLY_PLAYBOOK}),
}
_AT_ONCE = frozenset({Verb.TAKE_INTERIM, Verb.REFUSE_INTERIM})
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
    def look_again(self) -> Button | None:
        """The button that leads to another decision on the nexus, where one is open."""
        shown = [*self.first, *(button for _name, group in self.more for button in group)]
        return next((button for button in shown if button.verb in _LOOK_AGAIN), None)

    @property
    def verbs(self) -> frozenset[Verb]:
        """Every verb that has a button."""
        others = (button for _name, group in self.more for button in group)
        return frozenset(button.verb for button in (*self.first, *others))


def buttons(
    case: Case,
    *,
    refusals: Sequence[Refusal],
    appeals: Sequence[Appeal],
    user: User,
    kept_away: bool = False,
    on_clocks: frozenset[Verb] = frozenset(),
    on_interim: frozenset[Verb] = frozenset(),
    happened: frozenset[str] = frozenset(),
) -> Buttons:
    """Return the buttons open to this person, and sentences for those shut for a reason.

    `kept_away`: whether a conflict of interest keeps somebody away, so that it can be lifted.
    `on_clocks`: what can be done with any of the case's clocks. `on_interim`: the same of its
    interim measures; one that waits for its decision comes first. `happened`: the verbs that the
    story tells of, for steps that need an earlier one.
    """
    pending = next((refusal for refusal in refusals if not refusal.decision), None)
    shut: frozenset[Verb] = frozenset() if kept_away else frozenset({Verb.LIFT_CONFLICT})
    shut |= frozenset({*ON_CLOCKS, *ENDS.values()}) - on_clocks
    shut |= ON_INTERIM - on_interim
    if case.remediation is None or case.remediation.level_of_harm not in COLLECTIVE:
        shut |= {Verb.NOTE_COLLECTIVE_VERDICT, Verb.DESCRIBE_MANY}
    shut |= frozenset(verb for verb, before in _NEEDS_BEFORE.items() if not before & happened)
    blocked = []
    if pending is not None and pending.proposed_by_id == user.pk:
        shut |= _SECOND_PERSON
        blocked.append(str(SamePerson.sentence))
    waits = case.remediation is not None and case.remediation.nexus_pending
    if waits and _decided_by(case) == user.pk:
        shut |= _SECOND_LOOK
        blocked.append(str(SamePerson.sentence))
    if any(not appeal.decision and user.pk in appeal.excluded_ids for appeal in appeals):
        shut |= _OTHER_PEOPLE
        blocked.append(str(NotIndependent.sentence))
    work = work_of(case, refusal_proposed=pending is not None)
    facts = Facts(
        urgent=case.urgent,
        refusal_proposed=pending is not None,
        nexus_pending=waits,
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
    leading = next_steps.first(case.status, work) | (on_interim & _AT_ONCE)
    return Buttons(
        first=[button for button in shown if button.verb in leading],
        more=_grouped([button for button in shown if button.verb not in leading]),
        blocked=blocked,
    )


def _decided_by(case: Case) -> int | None:
    """Return who made the latest decision on the nexus."""
    latest = NexusDetermination.objects.filter(remediation_id=case.remediation_id or 0)
    return latest.order_by("-version").values_list("decided_by_id", flat=True).first()


def work_of(case: Case, *, refusal_proposed: bool) -> Work:
    """Return how far the work has come: one question, and none where no work is under way."""
    remediation = case.remediation
    if remediation is None or case.status not in _WITH_REMEDY:
        return Work(refusal_proposed=refusal_proposed)
    states, results, settled = Remediation.objects.values_list(
        _column(RemedyMeasure, "state"),
        _column(HarmElement, "result"),
        _column(LeverageStep, "result"),
    ).get(pk=remediation.pk)
    return Work(
        refusal_proposed=refusal_proposed,
        rated=remediation.severity_scale is not None,
        nexus=remediation.nexus,
        nexus_pending=remediation.nexus_pending,
        measures=[MeasureState(state) for state in states],
        elements=len(results),
        elements_judged=sum(bool(result) for result in results),
        leverage=len(settled),
        leverage_settled=sum(bool(result) for result in settled),
    )


def _column(model: type[Model], name: str) -> ArraySubquery:
    """One column of a part of the remediation, as a list beside its row."""
    rows = model._default_manager.filter(**{"remediation": OuterRef("pk")})
    return ArraySubquery(rows.order_by("pk").values(name))


def _grouped(rest: Sequence[Button]) -> list[tuple[Promise, Sequence[Button]]]:
    named = frozenset().union(*(verbs for _name, verbs in _GROUPS))
    groups = [
        (name, [button for button in rest if button.verb in verbs]) for name, verbs in _GROUPS
    ]
    groups.append((_THE_REST, [button for button in rest if button.verb not in named]))
    return [(name, group) for name, group in groups if group]
