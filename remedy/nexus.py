"""What ties the company to a harm: caused, contributed, linked, or nothing (UNGP 19 and 22).

Pure: answers in, a proposal with its reasons out. It proposes and never decides: a person does,
may differ, and says why. What a yes establishes counts at once; an unknown that could still raise
the category keeps the proposal provisional. Mitigation makes a share smaller, never the category.
"Undetermined" carries the duties of "linked": not knowing is no way out.
"""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from stakeholders.vocabulary import Answer, Nexus


class Question(StrEnum):
    """The five questions, in their order (source document A, paragraph on nexus; UNGP 19)."""

    OWN_ACT_ALONE = "own_act_alone"
    OWN_ACT_WITH_OTHERS = "own_act_with_others"
    FORESEEABLE = "foreseeable"
    RISK_REDUCED = "risk_reduced"
    TIE = "tie"


QUESTIONS: dict[Question, Promise] = {
    Question.OWN_ACT_ALONE: _(
        "Did our own act or omission by itself bring the harm about, so that it would have "
        "happened without anybody else?"
    ),
    Question.OWN_ACT_WITH_OTHERS: _(
        "Did our own act or omission, with or through others, make the harm possible, likelier "
        "or worse?"
    ),
    Question.FORESEEABLE: _(
        "Could we have foreseen the harm, did we know of a pattern, or did warnings reach us?"
    ),
    Question.RISK_REDUCED: _("Did what we did really make the risk smaller?"),
    Question.TIE: _(
        "Is the harm tied to our operations, products or services by a business relationship, "
        "at any tier?"
    ),
}


class Duty(StrEnum):
    """What follows from a nexus."""

    STOP = "stop"
    PREVENT = "prevent"
    REMEDIATE = "remediate"
    STOP_OWN_PART = "stop_own_part"
    REMEDIATE_IN_PROPORTION = "remediate_in_proportion"
    COOPERATE = "cooperate"
    USE_LEVERAGE = "use_leverage"
    RAISE_WITH_PARTNER = "raise_with_partner"
    REVIEW_RELATIONSHIP = "review_relationship"
    FIND_OUT = "find_out"
    REFER = "refer"


_LINKED = (Duty.USE_LEVERAGE, Duty.RAISE_WITH_PARTNER, Duty.REVIEW_RELATIONSHIP)
DUTIES: dict[Nexus, tuple[Duty, ...]] = {
    Nexus.CAUSED: (Duty.STOP, Duty.PREVENT, Duty.REMEDIATE),
    Nexus.CONTRIBUTED: (
        Duty.STOP_OWN_PART,
        Duty.USE_LEVERAGE,
        Duty.REMEDIATE_IN_PROPORTION,
        Duty.COOPERATE,
    ),
    Nexus.LINKED: _LINKED,
    Nexus.NO_NEXUS: (Duty.REFER,),
    Nexus.UNDETERMINED: (*_LINKED, Duty.FIND_OUT),
}

REMEDIATING = frozenset({Nexus.CAUSED, Nexus.CONTRIBUTED})
"""Where the company itself owes remedy (UNGP 22)."""

# How much a nexus asks of the company. Not knowing asks as much as a link.
_ASKS: dict[Nexus, int] = {
    Nexus.NO_NEXUS: 0,
    Nexus.UNDETERMINED: 1,
    Nexus.LINKED: 1,
    Nexus.CONTRIBUTED: 2,
    Nexus.CAUSED: 3,
}

# Strongest first: what each question establishes with a yes.
_ESTABLISHES = (
    (Question.OWN_ACT_ALONE, Nexus.CAUSED),
    (Question.OWN_ACT_WITH_OTHERS, Nexus.CONTRIBUTED),
    (Question.TIE, Nexus.LINKED),
)


@dataclass(frozen=True, slots=True)
class Answers:
    """Yes, no or unknown to each question."""

    own_act_alone: Answer
    own_act_with_others: Answer
    foreseeable: Answer
    risk_reduced: Answer
    tie: Answer

    def to(self, question: Question) -> Answer:
        """Return the answer to one question."""
        answer: Answer = getattr(self, question.value)
        return answer


@dataclass(frozen=True, slots=True)
class Proposal:
    """A proposed nexus. `open` names the stronger categories that an unknown still leaves open."""

    nexus: Nexus
    open: tuple[Nexus, ...]
    duties: tuple[Duty, ...]
    reasons: tuple[Promise, ...]

    @property
    def provisional(self) -> bool:
        """Whether an answer that is still missing could change the category."""
        return bool(self.open)


def propose(answers: Answers) -> Proposal:
    """Return the nexus that the answers establish, what stays open, and why."""
    established, open_ones = _category(answers)
    reasons = (*_reasons(answers, established, open_ones), *_about_the_share(answers, established))
    return Proposal(established, open_ones, DUTIES[established], reasons)


def _category(answers: Answers) -> tuple[Nexus, tuple[Nexus, ...]]:
    open_ones: list[Nexus] = []
    for question, nexus in _ESTABLISHES:
        answer = answers.to(question)
        if answer == Answer.YES:
            return nexus, tuple(open_ones)
        if answer == Answer.UNKNOWN:
            open_ones.append(nexus)
    return (Nexus.UNDETERMINED, tuple(open_ones)) if open_ones else (Nexus.NO_NEXUS, ())


_WHY: dict[Nexus, Promise] = {
    Nexus.CAUSED: _("Our own act or omission alone brought the harm about."),
    Nexus.CONTRIBUTED: _("Our own act or omission, with others, made the harm possible or worse."),
    Nexus.LINKED: _("A business relationship ties the harm to what we do, make or sell."),
    Nexus.NO_NEXUS: _("All three ties were looked for and none was found."),
    Nexus.UNDETERMINED: _(
        "No tie is shown so far and something is still unknown. The duties of a linked company "
        "apply until it is known."
    ),
}
_OPEN: dict[Nexus, Promise] = {
    Nexus.CAUSED: _("It is not known yet if our own act alone brought it about."),
    Nexus.CONTRIBUTED: _("It is not known yet if our own act made it possible or worse."),
    Nexus.LINKED: _("It is not known yet if a business relationship ties it to us."),
}


def _reasons(answers: Answers, nexus: Nexus, open_ones: tuple[Nexus, ...]) -> list[Promise]:
    reasons = [_WHY[nexus], *(_OPEN[one] for one in open_ones)]
    if open_ones and nexus is not Nexus.UNDETERMINED:
        reasons.append(
            _("So this is provisional: the duties start now, and it is looked at again.")
        )
    return reasons


def _about_the_share(answers: Answers, nexus: Nexus) -> list[Promise]:
    """Foreseeability and mitigation weigh in the share. Neither changes the category."""
    if nexus not in REMEDIATING:
        return []
    reasons: list[Promise] = []
    if answers.foreseeable == Answer.YES:
        reasons.append(_("We could have foreseen it, which weighs for a larger share."))
    if answers.risk_reduced == Answer.YES:
        reasons.append(
            _("We made the risk smaller, which weighs for a smaller share but keeps the category.")
        )
    return reasons


def needs_second(decided: Nexus, *, proposed: Nexus, standing: Nexus | None) -> bool:
    """Whether a decision counts only once another person has confirmed it (R003, R093).

    So it is with "no tie", and with whatever asks less of the company than the answers propose or
    than what stands so far. `standing` is None before the first decision.
    """
    if decided is Nexus.NO_NEXUS:
        return True
    return _ASKS[decided] < max(_ASKS[one] for one in (proposed, standing) if one is not None)


def meanwhile(*, proposed: Nexus, standing: Nexus | None) -> Nexus:
    """Return what stands until the second person has decided: the stronger of the two.

    "No tie" never stands on one person's word: until then it is undetermined.
    """
    strongest = max((one for one in (proposed, standing) if one is not None), key=_ASKS.__getitem__)
    return Nexus.UNDETERMINED if strongest is Nexus.NO_NEXUS else strongest
