"""The buttons of a case: each is one verb, one small form and one call into the lifecycle."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from grievance import lifecycle
from grievance.admin import forms
from grievance.states import Verb

Answers = dict[str, Any]


def _as_given(answers: Answers) -> Answers:
    return answers


def _as_ids(answers: Answers) -> Answers:
    """Turn chosen rows into the ids that verbs take."""
    return {f"{name}_id": row.pk if row is not None else None for name, row in answers.items()}


def _proposal(answers: Answers) -> Answers:
    return {
        "reason": answers["reason"],
        "explanation": answers["explanation"],
        "mechanism_ids": [int(pk) for pk in answers["mechanisms"]],
    }


@dataclass(frozen=True, slots=True)
class Press:
    """One button: what it says, what it asks, what it calls and what it says afterwards."""

    label: Promise
    form: type[forms.DeskForm]
    call: Callable[..., None]
    done: Promise
    answers: Callable[[Answers], Answers] = _as_given
    hint: Promise | str = ""


PRESSES: Mapping[Verb, Press] = {
    Verb.ACKNOWLEDGE: Press(
        _("Acknowledge"), forms.AcknowledgeForm, lifecycle.acknowledge, _("Acknowledged.")
    ),
    Verb.TAKE_UP: Press(_("Take up"), forms.TakeUpForm, lifecycle.take_up, _("Taken up."), _as_ids),
    Verb.PROPOSE_OUT_OF_SCOPE: Press(
        _("Propose as out of scope"),
        forms.ProposeForm,
        lifecycle.propose_out_of_scope,
        _("Proposed. Another person decides on it."),
        _proposal,
        _("Nothing changes for the person until a colleague confirms it."),
    ),
    Verb.CONFIRM_OUT_OF_SCOPE: Press(
        _("Confirm as out of scope"),
        forms.ConfirmForm,
        lifecycle.confirm_out_of_scope,
        _("Confirmed. The case is closed and the person is told."),
        hint=_("This closes the case. The person reads the explanation and the places to turn to."),
    ),
    Verb.REJECT_OUT_OF_SCOPE: Press(
        _("Turn the proposal down"),
        forms.RejectForm,
        lifecycle.reject_out_of_scope,
        _("Turned down. The case stays in screening."),
    ),
    Verb.ASK_PERSON: Press(
        _("Ask the person"), forms.AskForm, lifecycle.ask_person, _("Your question was sent.")
    ),
    Verb.WRITE_TO_PERSON: Press(
        _("Write to the person"),
        forms.WriteForm,
        lifecycle.write_to_person,
        _("Your message was sent."),
    ),
    Verb.MARK_URGENT: Press(
        _("Mark as urgent"), forms.UrgentForm, lifecycle.mark_urgent, _("Marked as urgent.")
    ),
    Verb.UNMARK_URGENT: Press(
        _("Not urgent any more"),
        forms.NotUrgentForm,
        lifecycle.unmark_urgent,
        _("The case is not marked as urgent any more."),
    ),
    Verb.NAME_CASE: Press(
        _("Name the case"), forms.NameForm, lifecycle.name_case, _("The case has a new title.")
    ),
    Verb.ASSIGN: Press(_("Assign"), forms.AssignForm, lifecycle.assign, _("Assigned."), _as_ids),
}
