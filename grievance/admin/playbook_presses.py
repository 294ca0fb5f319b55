"""The buttons for playbooks on a case, and the tasks that they made."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from grievance import lifecycle
from grievance.admin.forms import DeskForm, offer_rows
from grievance.admin.press import Press, as_ids
from grievance.models import CaseTask
from grievance.states import Verb
from remedy.models import Playbook


class ApplyForm(DeskForm):
    """Which playbook; those that fit the issue or the partner of the case come first."""

    playbook = forms.ModelChoiceField(
        Playbook.objects.none(),
        label=_("Playbook"),
        error_messages={"required": lifecycle.NoSuchPlaybook.sentence},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_rows(self, playbook=Playbook.objects.filter(in_use=True))
        fitting = self._fitting()
        if fitting is not None:
            self.fields["playbook"].initial = fitting.pk

    def _fitting(self) -> Playbook | None:
        rows = Playbook.objects.filter(in_use=True)
        if self.case.respondent_organisation_id is not None:
            found = rows.filter(partner_id=self.case.respondent_organisation_id).first()
            if found is not None:
                return found
        harm = self.case.issue.harm if self.case.issue is not None else ""
        return rows.filter(harms__contains=[harm]).first() if harm else None


class TaskForm(DeskForm):
    """Which task is done."""

    task = forms.TypedChoiceField(
        label=_("Task"),
        coerce=int,
        error_messages={
            "required": _("Choose the task."),
            "invalid_choice": lifecycle.TaskDone.sentence,
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = CaseTask.objects.filter(case=self.case, done_at__isnull=True)
        self.fields["task"].choices = [  # type: ignore[attr-defined]
            (row.pk, row.what) for row in rows
        ]


PLAYBOOK_PRESSES: Mapping[Verb, Press] = {
    Verb.APPLY_PLAYBOOK: Press(
        _("Apply a playbook"),
        ApplyForm,
        lifecycle.apply_playbook,
        _("Applied. Its steps are tasks of the case now."),
        as_ids,
    ),
    Verb.FINISH_TASK: Press(
        _("A task is done"),
        TaskForm,
        lifecycle.finish_task,
        _("Noted."),
        lambda answers: {"task_id": answers["task"]},
    ),
}
