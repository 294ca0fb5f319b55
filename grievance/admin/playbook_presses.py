"""The buttons for playbooks on a case, and the tasks that they made."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import F, Value
from django.utils.translation import gettext_lazy as _

from grievance import lifecycle
from grievance.admin import choices
from grievance.admin.case_tasks import fitting
from grievance.admin.forms import DeskForm, offer_rows
from grievance.admin.press import Press, as_ids
from grievance.models import CaseTask
from grievance.states import Verb
from remedy.models import Playbook
from stakeholders.models import User


class ApplyForm(DeskForm):
    """Which playbook, and who does what it says. One that fits the case is chosen already."""

    playbook = forms.ModelChoiceField(
        Playbook.objects.none(),
        label=_("Playbook"),
        error_messages={"required": lifecycle.NoSuchPlaybook.sentence},
    )
    owner = forms.ModelChoiceField(
        User.objects.none(),
        label=_("Who does it?"),
        required=False,
        help_text=_("Leave this empty, and it is whoever handles the case."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_rows(
            self,
            playbook=Playbook.objects.filter(in_use=True),
            owner=choices.handlers(self.case),
        )
        found = self._fitting()
        if found is not None:
            self.fields["playbook"].initial = found.pk

    def _fitting(self) -> Playbook | None:
        """One for the partner at high risk before one for the issue."""
        harm = self.case.issue.harm if self.case.issue is not None else ""
        partner = self.case.respondent_organisation_id or 0
        applied = CaseTask.objects.filter(case=self.case).values("playbook")
        rows = fitting(Value(harm), Value(partner)).exclude(pk__in=applied)
        return rows.order_by(F("partner").asc(nulls_last=True), "pk").first()


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
