"""The buttons that keep a clock's promise, or change a clock."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from grievance import lifecycle
from grievance.admin import clock_forms, forms
from grievance.admin.press import Answers, Press
from grievance.states import Verb


def _of_clock(answers: Answers) -> Answers:
    """Turn the chosen clock into the id that verbs take."""
    return {"clock_id" if name == "clock" else name: value for name, value in answers.items()}


CLOCK_PRESSES: Mapping[Verb, Press] = {
    Verb.SEE_DANGER: Press(
        _("I have looked at the danger"),
        forms.ConfirmForm,
        lifecycle.see_danger,
        _("Noted. The case stays urgent."),
        hint=_("Press this once you know what has to be done now, and somebody does it."),
    ),
    Verb.ACT_ON_RETALIATION: Press(
        _("Tell the person how they are protected"),
        clock_forms.ProtectForm,
        lifecycle.act_on_retaliation,
        _("Your message was sent."),
    ),
    Verb.TELL_PLAN: Press(
        _("Tell the person the plan"),
        clock_forms.TellPlanForm,
        lifecycle.tell_plan,
        _("Your message was sent."),
    ),
    Verb.PAUSE_CLOCK: Press(
        _("Pause a clock"),
        clock_forms.PauseForm,
        lifecycle.pause_clock,
        _("The clock is paused."),
        _of_clock,
        _("Only while it is somebody else’s turn. It goes on by itself when the person answers."),
    ),
    Verb.RESUME_CLOCK: Press(
        _("Let a clock go on"),
        clock_forms.ResumeForm,
        lifecycle.resume_clock,
        _("The clock goes on. The time of the pause does not count."),
        _of_clock,
    ),
    Verb.EXTEND_CLOCK: Press(
        _("Make a clock longer"),
        clock_forms.ExtendForm,
        lifecycle.extend_clock,
        _("The clock has a new day. The person is told."),
        _of_clock,
        _("Once, and before the time has run out. The person reads the new day and the reason."),
    ),
}
