"""When may a matter end, and what does a plan still lack? Pure: facts in, sentences out.

The duty follows the nexus (UNGP 22, R001, R002). Nothing here closes anything.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from remedy.nexus import REMEDIATING
from remedy.states import OWED, MeasureState
from stakeholders.vocabulary import CompanyOutcome, Nexus, RemedyForm

REMEDIED = frozenset({CompanyOutcome.REMEDIED_FULL, CompanyOutcome.REMEDIED_PARTIAL})
LEVERAGE = frozenset({CompanyOutcome.LEVERAGE_EFFECT, CompanyOutcome.LEVERAGE_NO_EFFECT})
CONCLUSIONS: tuple[CompanyOutcome, ...] = (
    CompanyOutcome.REMEDIED_FULL,
    CompanyOutcome.REMEDIED_PARTIAL,
    CompanyOutcome.LEVERAGE_EFFECT,
    CompanyOutcome.LEVERAGE_NO_EFFECT,
    CompanyOutcome.REFERRED,
)
"""What staff may conclude with. Withdrawal is the person's alone; refusals have their own way."""
FINDINGS = frozenset({CompanyOutcome.NOT_ESTABLISHED, CompanyOutcome.NO_NEXUS})
"""What two people may find, so that the matter ends without remedy."""


@dataclass(frozen=True, slots=True)
class ElementFact:
    """A harm element as the rules see it."""

    id: int
    result: str
    irreversible: bool = False
    no_restitution: str = ""
    """Why nothing is put back; empty while nobody has said."""


@dataclass(frozen=True, slots=True)
class MeasureFact:
    """A measure as the rules see it."""

    element_id: int
    form: str
    state: MeasureState
    disputed: bool = False
    substitute: bool = False
    says_how_much: bool = True
    carried_out: bool = False
    """Whether a change against repetition stands behind it: a guarantee is a promise alone."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What the remediation of a case holds at the moment of the question."""

    nexus: Nexus
    provisional: bool
    elements: Sequence[ElementFact] = ()
    measures: Sequence[MeasureFact] = ()
    leverage_steps: int = 0
    leverage_results: Sequence[str] = ()
    all_answered: bool = False
    """Whether each of the five questions was answered with a yes or a no."""
    systemic_open: bool = False
    """Whether a planned change against repetition is not done and checked yet (R122)."""
    for_many: bool = False
    """Whether many were harmed together, who have no one voice (R083)."""
    many_described: bool = False
    """Whether it is written down whom the harm met, and how."""
    many_changed: bool = False
    """Whether something was changed for all of them, done and checked."""
    cooperating_referral: bool = False
    """Whether another legitimate process runs with the person's consent and our cooperation."""


def open_grounds(facts: Facts) -> tuple[CompanyOutcome, ...]:
    """Return the outcomes with which the matter could end now."""
    return tuple(outcome for outcome in CONCLUSIONS if not what_is_missing(outcome, facts))


def what_is_missing(outcome: CompanyOutcome, facts: Facts) -> list[Promise]:
    """Return why the matter cannot end with this outcome; empty where it can."""
    if outcome == CompanyOutcome.REFERRED:
        return _missing_for_referral(facts)
    if outcome not in CONCLUSIONS:
        return [_NOT_A_CONCLUSION]
    if facts.nexus == Nexus.UNDETERMINED or facts.provisional:
        return [_STILL_OPEN]
    if facts.nexus == Nexus.NO_NEXUS:
        return [_NO_TIE]
    if outcome in LEVERAGE:
        return _missing_for_leverage(outcome, facts)
    return _missing_for_remedy(outcome, facts)


def what_contradicts(finding: CompanyOutcome, facts: Facts) -> list[Promise]:
    """Return why the matter cannot end with a finding without remedy; empty where it can (R002).

    Both findings rest on a nexus that says so: no tie, settled, and confirmed by a second person.
    That nothing is established needs a look at everything: none of the five answers is unknown.
    What only the company could show, and did not look for, is no ground.
    """
    if finding not in FINDINGS:
        return [_NOT_A_CONCLUSION]
    if facts.nexus != Nexus.NO_NEXUS or facts.provisional:
        return [_NEXUS_SAYS_OTHERWISE]
    missing: list[Promise] = []
    if finding == CompanyOutcome.NOT_ESTABLISHED and not facts.all_answered:
        missing.append(_NOT_ALL_ANSWERED)
    return missing + _owed(facts)


def _owed(facts: Facts) -> list[Promise]:
    """What was offered binds the company, whatever is found and wherever else it is looked at."""
    return [_STILL_OWED] if any(one.state in OWED for one in facts.measures) else []


def _missing_for_referral(facts: Facts) -> list[Promise]:
    return ([] if facts.cooperating_referral else [_NO_REFERRAL]) + _owed(facts)


def _missing_for_leverage(outcome: CompanyOutcome, facts: Facts) -> list[Promise]:
    if facts.nexus in REMEDIATING:
        return [_OWES_REMEDY]
    if not facts.leverage_steps or len(facts.leverage_results) < facts.leverage_steps:
        return [_NO_LEVERAGE]
    had_effect = "effect" in facts.leverage_results
    if had_effect != (outcome == CompanyOutcome.LEVERAGE_EFFECT):
        return [_OTHER_EFFECT]
    return _owed(facts)


def _missing_for_remedy(outcome: CompanyOutcome, facts: Facts) -> list[Promise]:
    missing: list[Promise] = []
    verified = [one for one in facts.measures if one.state == MeasureState.VERIFIED]
    if not verified:
        missing.append(_NOTHING_VERIFIED)
    missing += _owed(facts) + missing_for_many(facts)
    if any(one.disputed for one in verified):
        missing.append(_DISPUTED)
    guarantees = [one for one in verified if one.form == RemedyForm.GUARANTEES_OF_NON_REPETITION]
    if not all(one.carried_out for one in guarantees):
        missing.append(_GUARANTEE_WITHOUT_CHANGE)
    if not facts.elements or any(not element.result for element in facts.elements):
        missing.append(_NO_RESULT)
    remedied = {one.element_id for one in verified}
    full = all(element.result == "full" and element.id in remedied for element in facts.elements)
    if outcome == CompanyOutcome.REMEDIED_FULL and facts.systemic_open:
        missing.append(_SYSTEMIC_OPEN)
    if outcome == CompanyOutcome.REMEDIED_FULL and not full:
        missing.append(_NOT_ALL_ELEMENTS)
    if outcome == CompanyOutcome.REMEDIED_PARTIAL and full:
        missing.append(_ALL_ELEMENTS)
    return missing


def missing_for_many(facts: Facts) -> list[Promise]:
    """Return what the remedy of a harm to many still lacks, whatever single people got (R083)."""
    if not facts.for_many:
        return []
    missing: list[Promise] = []
    if not facts.many_described:
        missing.append(_MANY_NOT_DESCRIBED)
    if not facts.many_changed:
        missing.append(_NOTHING_CHANGED_FOR_MANY)
    return missing


_MANY_NOT_DESCRIBED = _("Describe the harm to many: who they are, and how it reached them.")
_NOTHING_CHANGED_FOR_MANY = _(
    "Many were harmed together. A change against repetition has to be done and checked."
)
_NEXUS_SAYS_OTHERWISE = _(
    "The nexus was decided otherwise. Decide on it again before you propose this."
)
_NOT_ALL_ANSWERED = _(
    "A question about the nexus is still answered with unknown. Find it out before you say that "
    "nothing is established."
)
_GUARANTEE_WITHOUT_CHANGE = _("A guarantee of non-repetition needs a change against repetition.")
_NOT_A_CONCLUSION = _("A case cannot be concluded with this outcome.")
_NO_REFERRAL = _("No other process is under way with the person’s consent and our cooperation.")
_STILL_OPEN = _(
    "The nexus is not settled. Until it is, only the person’s own wish or a referral that we "
    "cooperate in can end the case."
)
_NO_TIE = _("No tie was found. Propose that finding instead; a second person decides on it.")
_OWES_REMEDY = _("The company owes remedy here. Using influence on others is not enough.")
_NO_LEVERAGE = _("The leverage plan has no step, or a step without a result.")
_OTHER_EFFECT = _("The results of the leverage plan say something else.")
_NOTHING_VERIFIED = _("No measure has been delivered and checked.")
_STILL_OWED = _("A measure that was offered or agreed is not delivered and checked yet.")
_DISPUTED = _("The person disputes a measure that counts as checked.")
_NO_RESULT = _("Say for each harm element how far it was remedied.")
_SYSTEMIC_OPEN = _("A change against repetition is not done and checked yet.")
_NOT_ALL_ELEMENTS = _("Not every harm element was remedied in full.")
_ALL_ELEMENTS = _("Every harm element was remedied in full, so this is not a partial remedy.")


def without_restitution(facts: Facts) -> list[int]:
    """Return the elements on offer for which putting things back was not considered (R010).

    An element counts as considered when a live measure restores it, or a reason says why none
    does. Elements without any live measure are a matter of `what_is_tokenistic`.
    """
    live = [one for one in facts.measures if one.state != MeasureState.DROPPED]
    answered = {one.element_id for one in live}
    restored = {one.element_id for one in live if one.form == RemedyForm.RESTITUTION}
    return [
        element.id
        for element in facts.elements
        if element.id in answered - restored and not element.no_restitution
    ]


def what_is_tokenistic(facts: Facts, *, severe: bool) -> list[Promise]:
    """Return what makes a plan look like a gesture; staff may go on only with a reason (R009)."""
    live = [one for one in facts.measures if one.state != MeasureState.DROPPED]
    answered = {one.element_id for one in live}
    replaced = {one.element_id for one in live if one.substitute}
    warnings: list[Promise] = []
    if any(element.id not in answered for element in facts.elements):
        warnings.append(_("A harm element has no measure that answers it."))
    if severe and len({one.form for one in live}) < 2:
        warnings.append(_("The harm is severe, and only one form of remedy is planned."))
    if any(element.irreversible and element.id not in replaced for element in facts.elements):
        warnings.append(_("A harm cannot be undone, and no measure stands in for it."))
    if any(not one.says_how_much for one in live):
        warnings.append(_("A compensation does not say how much the person gets."))
    return warnings
