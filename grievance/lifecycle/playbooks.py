"""A playbook applied to a case makes tasks with dates; somebody does each of them."""

from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from core.actors import Actor
from core.refusals import Refused
from grievance.lifecycle.turn import staff_id, turn
from grievance.models import CaseTask
from grievance.states import Verb
from remedy.models import Playbook


class NoSuchPlaybook(Refused):
    sentence = _("Choose a playbook that is in use.")


class AppliedAlready(Refused):
    sentence = _("This playbook was applied to the case already.")


class TaskDone(Refused):
    sentence = _("This task is done already.")


def apply_playbook(case_id: int, *, by: Actor, at: datetime, playbook_id: int) -> None:
    """Make the steps of a playbook tasks of the case, due so many hours from now (R078).

    Raises NoSuchPlaybook, AppliedAlready, StepsUnclear and the refusals of `turn`.
    """
    with turn(case_id, Verb.APPLY_PLAYBOOK, by=by, at=at) as now:
        playbook = Playbook.objects.filter(pk=playbook_id, in_use=True).first()
        if playbook is None:
            raise NoSuchPlaybook
        if CaseTask.objects.filter(case=now.case, playbook=playbook).exists():
            raise AppliedAlready
        for step in playbook.parsed_steps:
            due = at + timedelta(hours=step.hours)
            CaseTask(case=now.case, playbook=playbook, what=step.what, due_at=due).save(
                force_insert=True
            )
        now.data["playbook"] = playbook.name


def finish_task(case_id: int, *, by: Actor, at: datetime, task_id: int) -> None:
    """Note that a task of the case is done. Raises TaskDone, also for what is no task of it."""
    with turn(case_id, Verb.FINISH_TASK, by=by, at=at) as now:
        task = (
            CaseTask.objects.select_for_update()
            .filter(case=now.case, pk=task_id, done_at__isnull=True)
            .first()
        )
        if task is None:
            raise TaskDone
        task.done_at = at
        task.done_by_id = staff_id(now)
        task.save(update_fields=["done_at", "done_by_id"])
        now.data["task"] = task.what
