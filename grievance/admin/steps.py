"""Steps of a page beside the case page: each one form, one verb and one call."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest
from django.utils.functional import Promise

from grievance.admin.forms import DeskForm
from grievance.admin.permissions import actor_of
from grievance.lifecycle import PERMISSION_FOR, Refused, facts_of
from grievance.models import Case
from grievance.states import Verb, available
from stakeholders.models import User
from stakeholders.roles import can

NOTHING_DONE = 422


class StepForm(DeskForm):
    """A form whose fields are what its verb takes, unless it says otherwise."""

    def answers(self) -> dict[str, Any]:
        """Return the verb's arguments beside case, actor and moment."""
        return dict(self.cleaned_data)


@dataclass(frozen=True, slots=True)
class Step:
    """One press: what it asks, the verb that it calls, and what stands above and on it."""

    form: type[StepForm]
    call: Callable[..., None]
    title: Promise
    button: Promise


Steps = Mapping[Verb, Step]


def step_named(name: str, steps: Steps) -> Verb:
    """Return the verb of an address. Raises Http404 for one that the page does not have."""
    if name not in steps:
        raise Http404
    return Verb(name)


def take(
    request: HttpRequest, steps: Steps, verb: Verb, case: Case, *, user: User, at: datetime
) -> StepForm | None:
    """Do one step; return None when it is done, else the form with what was typed and why not."""
    step = steps[verb]
    form = step.form(request.POST, case=case)
    if not form.is_valid():
        return form
    try:
        step.call(case.pk, by=actor_of(user), at=at, **form.answers())
    except Refused as refused:
        form.add_error(None, str(refused.sentence))
        return form
    return None


def shown(
    steps: Steps,
    case: Case,
    *,
    user: User,
    fresh: Callable[[Verb], StepForm | None],
    typed: Mapping[Verb, StepForm],
) -> list[tuple[Verb, Step, StepForm]]:
    """Return the steps that a page offers now, each with its form, in their order.

    `fresh` makes the form of a step that is open, or None where it would have nothing to be about.
    What was typed and refused stays, open or not.
    """
    now = set(available(case.status, facts_of(case)))
    offered = []
    for verb, step in steps.items():
        form = typed.get(verb)
        if form is None and verb in now and can(user, PERMISSION_FOR[verb]):
            form = fresh(verb)
        if form is not None:
            offered.append((verb, step, form))
    return offered
