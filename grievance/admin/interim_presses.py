"""The buttons for what is done at once, apart from the decision on the case."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from grievance import lifecycle
from grievance.admin import interim_forms
from grievance.admin.press import Answers, Press
from grievance.states import Verb


def _with_id(answers: Answers) -> Answers:
    """Turn the number of the chosen measure into the id that verbs take."""
    return {"interim_id" if name == "interim" else name: value for name, value in answers.items()}


INTERIM_PRESSES: Mapping[Verb, Press] = {
    Verb.ASK_INTERIM: Press(
        _("Ask for an interim measure"),
        interim_forms.AskInterimForm,
        lifecycle.ask_interim,
        _("Asked for. It has to be decided within hours."),
        hint=_("For what cannot wait. It decides nothing, and it can be undone."),
    ),
    Verb.TAKE_INTERIM: Press(
        _("Take an interim measure"),
        interim_forms.TakeInterimForm,
        lifecycle.take_interim,
        _("Taken. The person is told, and it is looked at again."),
        _with_id,
        _("Preserve the evidence before you touch anything. For content, weigh it in writing."),
    ),
    Verb.REFUSE_INTERIM: Press(
        _("Do not take an interim measure"),
        interim_forms.RefuseInterimForm,
        lifecycle.refuse_interim,
        _("Not taken. The person is told why."),
        _with_id,
    ),
    Verb.KEEP_INTERIM: Press(
        _("Keep an interim measure"),
        interim_forms.StandingInterimForm,
        lifecycle.keep_interim,
        _("Kept. It is looked at again."),
        _with_id,
        _("Press this once you have looked at it again and it is still needed."),
    ),
    Verb.LIFT_INTERIM: Press(
        _("End an interim measure"),
        interim_forms.StandingInterimForm,
        lifecycle.lift_interim,
        _("Ended. The person is told."),
        _with_id,
    ),
}
