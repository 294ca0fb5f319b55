"""What the person wanted beside what they were offered, agreed to and got, form by form. Pure."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from remedy.states import MeasureState
from stakeholders.vocabulary import RemedyForm

_NEVER_OFFERED = frozenset({MeasureState.PLANNED, MeasureState.DROPPED})
_AGREED = frozenset({MeasureState.ACCEPTED, MeasureState.DELIVERED, MeasureState.VERIFIED})


@dataclass(frozen=True, slots=True)
class Obtained:
    """One form of remedy: whether it was wanted, and how many measures came how far."""

    form: RemedyForm
    wanted: bool
    offered: int
    agreed: int
    checked: int


def wanted_and_obtained(
    wanted: Collection[str], measures: Iterable[tuple[str, str]]
) -> Sequence[Obtained]:
    """Return each form that was wanted or offered, in the order of the five forms (R129).

    In: the forms that the person named, and form and state of every measure. What was delivered at
    once, before an answer, counts as agreed. A measure that was never offered counts nowhere.
    """
    rows = list(measures)
    found = []
    for form in RemedyForm:
        states = [state for other, state in rows if other == form and state not in _NEVER_OFFERED]
        if form in wanted or states:
            found.append(
                Obtained(
                    form=form,
                    wanted=form in wanted,
                    offered=len(states),
                    agreed=sum(state in _AGREED for state in states),
                    checked=sum(state == MeasureState.VERIFIED for state in states),
                )
            )
    return found
