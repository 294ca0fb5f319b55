"""The buttons of a case: the verbs up to the decision on scope, and those of every stage."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from grievance import lifecycle
from grievance.admin import forms
from grievance.admin.clock_presses import CLOCK_PRESSES
from grievance.admin.collective_presses import COLLECTIVE_PRESSES
from grievance.admin.interim_presses import INTERIM_PRESSES
from grievance.admin.matter_forms import MATTER_PRESSES
from grievance.admin.playbook_presses import PLAYBOOK_PRESSES
from grievance.admin.press import Press, as_ids, conflict, proposal
from grievance.admin.remedy_presses import REMEDY_PRESSES
from grievance.admin.systemic_presses import SYSTEMIC_PRESSES
from grievance.states import Verb

PRESSES: Mapping[Verb, Press] = {
    Verb.ACKNOWLEDGE: Press(
        _("Acknowledge"), forms.AcknowledgeForm, lifecycle.acknowledge, _("Acknowledged.")
    ),
    Verb.TAKE_UP: Press(_("Take up"), forms.TakeUpForm, lifecycle.take_up, _("Taken up."), as_ids),
    Verb.PROPOSE_OUT_OF_SCOPE: Press(
        _("Propose as out of scope"),
        forms.ProposeForm,
        lifecycle.propose_out_of_scope,
        _("Proposed. Another person decides on it."),
        proposal,
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
    Verb.ASSIGN: Press(_("Assign"), forms.AssignForm, lifecycle.assign, _("Assigned."), as_ids),
    Verb.NAME_RESPONDENT: Press(
        _("Name the unit complained of"),
        forms.RespondentForm,
        lifecycle.name_respondent,
        _("Noted. People of that unit do not see the case."),
        as_ids,
    ),
    Verb.DECLARE_CONFLICT: Press(
        _("Conflict of interest"),
        forms.ConflictForm,
        lifecycle.declare_conflict,
        _("Noted. The person does not see the case and hears nothing of it."),
        conflict,
    ),
    Verb.LIFT_CONFLICT: Press(
        _("Lift a conflict of interest"),
        forms.LiftConflictForm,
        lifecycle.lift_conflict,
        _("Lifted. The person sees the case again."),
        lambda answers: {"conflict_id": answers["conflict"]},
    ),
    **CLOCK_PRESSES,
    **COLLECTIVE_PRESSES,
    **INTERIM_PRESSES,
    **MATTER_PRESSES,
    **PLAYBOOK_PRESSES,
    **REMEDY_PRESSES,
    **SYSTEMIC_PRESSES,
}
