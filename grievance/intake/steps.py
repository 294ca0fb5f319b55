"""The questions of the intake in their order. This tuple is the only list of them."""

from dataclasses import dataclass

from grievance.intake import forms


@dataclass(frozen=True, slots=True)
class Step:
    """One page: its name in the address (plain enough for a browser's history) and its form."""

    slug: str
    form: type[forms.QuestionForm]


STEPS: tuple[Step, ...] = (
    Step("what", forms.WhatQuestion),
    Step("who", forms.WhoQuestion),
    Step("where", forms.WhereQuestion),
    Step("contact", forms.ContactQuestion),
    Step("safety", forms.SafetyQuestion),
    Step("told", forms.ToldQuestion),
    Step("remedy", forms.RemedyQuestion),
)

BY_SLUG = {step.slug: step for step in STEPS}


def number(step: Step) -> int:
    """The place of a step, counted from one."""
    return STEPS.index(step) + 1


def before(step: Step) -> Step | None:
    """The step before this one, or None before the first."""
    place = STEPS.index(step)
    return STEPS[place - 1] if place else None


def after(step: Step) -> Step | None:
    """The step after this one, or None after the last."""
    place = STEPS.index(step) + 1
    return STEPS[place] if place < len(STEPS) else None
