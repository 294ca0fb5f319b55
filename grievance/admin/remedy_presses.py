"""The buttons from assessment to the end of a case, and after it."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from grievance import lifecycle
from grievance.admin import assess_forms, forms, pay_forms, remedy_forms
from grievance.admin.press import Answers, Press
from grievance.models import REASONS_OF
from grievance.states import Verb
from remedy.models import evidence_of
from remedy.nexus import Question

_ROWS = frozenset({"organisation", "product", "responsible", "partner"})
_NUMBERS = frozenset({"element", "measure", "step", "proposal"})


def _with_ids(answers: Answers) -> Answers:
    """Turn chosen rows and numbers of rows into the ids that verbs take; leave the rest."""
    told: Answers = {}
    for name, value in answers.items():
        if name in _ROWS:
            told[f"{name}_id"] = value.pk if value is not None else None
        else:
            told[f"{name}_id" if name in _NUMBERS else name] = value
    return told


def _finding(answers: Answers) -> Answers:
    reason = answers["reason"]
    kind = next(kind for kind, reasons in REASONS_OF.items() if reason in reasons)
    return {
        "kind": kind.value,
        "reason": reason,
        "explanation": answers["explanation"],
        "mechanism_ids": [int(pk) for pk in answers["mechanisms"]],
    }


def _nexus(answers: Answers) -> Answers:
    """Gather the five answers and what each rests on, as the verb takes them."""
    return {
        "answers": {question.value: answers[question.value] for question in Question},
        "evidence": {question.value: answers[evidence_of(question)] for question in Question},
        "decided": answers["decided"],
        "reason": answers["reason"],
        "note": answers["note"],
    }


_ASSESSMENT: Mapping[Verb, Press] = {
    Verb.RATE_SEVERITY: Press(
        _("Rate the severity"),
        assess_forms.RateForm,
        lifecycle.rate_severity,
        _("The severity is rated."),
        hint=_("How likely the harm was plays no part: it has happened, or it is told."),
    ),
    Verb.SET_SHARE: Press(
        _("Set a share of responsibility"),
        assess_forms.ShareForm,
        lifecycle.set_share,
        _("The share is set."),
        _with_ids,
    ),
    Verb.ADD_ELEMENT: Press(
        _("Add a harm element"),
        assess_forms.ElementForm,
        lifecycle.add_element,
        _("The harm element is there."),
        hint=_("One element for each thing that was harmed. Every measure answers one of them."),
    ),
    Verb.DETERMINE_NEXUS: Press(
        _("Decide on the nexus"),
        assess_forms.NexusForm,
        lifecycle.determine_nexus,
        _("Decided. Earlier decisions stay in the history."),
        _nexus,
        _("Answer the five questions first. You see what they propose, and you decide."),
    ),
    Verb.CONFIRM_NEXUS: Press(
        _("Confirm the nexus"),
        forms.ConfirmForm,
        lifecycle.confirm_nexus,
        _("Confirmed. It stands from now on."),
        hint=_(
            "It asks less of the company than the answers, or than what stood so far. Look first "
            "at what each answer rests on."
        ),
    ),
    Verb.REJECT_NEXUS: Press(
        _("Turn the nexus down"),
        forms.RejectForm,
        lifecycle.reject_nexus,
        _("Turned down. What stood before goes on standing."),
    ),
    Verb.PROPOSE_FINDING: Press(
        _("Propose to end without remedy"),
        assess_forms.FindingForm,
        lifecycle.propose_finding,
        _("Proposed. Another person decides on it."),
        _finding,
        _("Nothing changes for the person until a colleague confirms it."),
    ),
    Verb.CONFIRM_FINDING: Press(
        _("Confirm the finding"),
        forms.ConfirmForm,
        lifecycle.confirm_finding,
        _("Confirmed. The case is closed and the person is told."),
        hint=_("This closes the case. The person reads the explanation and the places to turn to."),
    ),
    Verb.REJECT_FINDING: Press(
        _("Turn the finding down"),
        forms.RejectForm,
        lifecycle.reject_finding,
        _("Turned down. The case stays in assessment."),
    ),
    Verb.PLAN_REMEDY: Press(
        _("Go on to the plan"),
        forms.ConfirmForm,
        lifecycle.plan_remedy,
        _("The plan can be made now. The person is told."),
        hint=_("Severity, at least one harm element and the nexus have to be there."),
    ),
}

_PLAN: Mapping[Verb, Press] = {
    Verb.RULE_OUT_RESTITUTION: Press(
        _("Say why nothing is put back"),
        remedy_forms.RestitutionForm,
        lifecycle.rule_out_restitution,
        _("The reason is noted."),
        _with_ids,
        _("Putting things back comes first. Say for each harm why it is not possible or wanted."),
    ),
    Verb.ADD_MEASURE: Press(
        _("Add a measure"),
        remedy_forms.MeasureForm,
        lifecycle.add_measure,
        _("The measure is planned."),
        _with_ids,
        _("The person sees nothing of it until it is offered."),
    ),
    Verb.SHARE_COST: Press(
        _("Say who pays for a measure"),
        pay_forms.CostForm,
        lifecycle.share_cost,
        _("The parts are noted."),
        _with_ids,
        _("The parts come to 100 per cent. What was agreed before stays in the history."),
    ),
    Verb.TRACE_PAYEES: Press(
        _("Say if those to be paid were found"),
        pay_forms.TracingForm,
        lifecycle.trace_payees,
        _("Noted."),
        _with_ids,
        _("People may have left, or live abroad. They are owed the same."),
    ),
    Verb.DROP_MEASURE: Press(
        _("Drop a measure"),
        remedy_forms.DropMeasureForm,
        lifecycle.drop_measure,
        _("The measure is dropped."),
        _with_ids,
        _("What was offered stays owed until the person has answered."),
    ),
    Verb.ADD_LEVERAGE: Press(
        _("Add a leverage step"),
        remedy_forms.LeverageForm,
        lifecycle.add_leverage,
        _("The leverage step is planned."),
        _with_ids,
    ),
    Verb.SETTLE_LEVERAGE: Press(
        _("Say what came of a leverage step"),
        remedy_forms.SettleForm,
        lifecycle.settle_leverage,
        _("The result is noted."),
        _with_ids,
    ),
    Verb.MAKE_OFFER: Press(
        _("Make the offer"),
        remedy_forms.OfferForm,
        lifecycle.make_offer,
        _("Offered. The person is told."),
        hint=_(
            "Every planned measure is offered. The company is bound from now on; the person is not."
        ),
    ),
    Verb.START_DELIVERY: Press(
        _("Start the delivery"),
        forms.ConfirmForm,
        lifecycle.start_delivery,
        _("The delivery has begun. The person is told."),
    ),
    Verb.REASSESS: Press(
        _("Go back to the assessment"),
        forms.ConfirmForm,
        lifecycle.reassess,
        _("The case is in assessment again. The person is told."),
    ),
}

_DELIVERY: Mapping[Verb, Press] = {
    Verb.DELIVER_MEASURE: Press(
        _("Report a measure as done"),
        remedy_forms.DeliverForm,
        lifecycle.deliver_measure,
        _("Reported. A colleague checks it, and the person is asked."),
        _with_ids,
    ),
    Verb.VERIFY_MEASURE: Press(
        _("Check a measure"),
        remedy_forms.VerifyForm,
        lifecycle.verify_measure,
        _("Checked."),
        _with_ids,
        _("Press this once you have seen yourself what shows that it was done."),
    ),
    Verb.SEND_MEASURE_BACK: Press(
        _("Send a measure back"),
        remedy_forms.SendMeasureBackForm,
        lifecycle.send_measure_back,
        _("Sent back. The measure is owed again."),
        _with_ids,
        _("For a measure that was not done after all."),
    ),
    Verb.JUDGE_ELEMENT: Press(
        _("Say how far a harm was remedied"),
        remedy_forms.JudgeForm,
        lifecycle.judge_element,
        _("The result is noted."),
        _with_ids,
    ),
    Verb.REPLAN: Press(
        _("Go back to the plan"),
        forms.ConfirmForm,
        lifecycle.replan,
        _("The plan is open again. The person is told."),
    ),
}

_END: Mapping[Verb, Press] = {
    Verb.CONCLUDE: Press(
        _("Conclude the case"),
        remedy_forms.ConcludeForm,
        lifecycle.conclude,
        _("Concluded. The person is asked whether an effective remedy was delivered."),
        hint=_("This closes the case. The person has the last word on what it was worth."),
    ),
    Verb.UPHOLD: Press(
        _("Uphold the decision"),
        remedy_forms.AppealForm,
        lifecycle.uphold,
        _("Upheld. The case is closed again and the person is told."),
    ),
    Verb.SEND_BACK: Press(
        _("Send the case back"),
        remedy_forms.AppealForm,
        lifecycle.send_back,
        _("Sent back. The work goes on and the person is told."),
    ),
    Verb.REOPEN: Press(
        _("Reopen the case"),
        forms.ConfirmForm,
        lifecycle.reopen,
        _("Reopened. The person is told."),
        hint=_("What was decided and said stays. The outcome is taken back."),
    ),
}

REMEDY_PRESSES: Mapping[Verb, Press] = {**_ASSESSMENT, **_PLAN, **_DELIVERY, **_END}
