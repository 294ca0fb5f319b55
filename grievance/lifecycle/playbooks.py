"""A playbook applied to a case makes tasks with dates; somebody does each of them.

One clock a case leads to its earliest open task: it reminds whoever is to do it, and goes up the
house when it is late. The person was promised none of it and hears nothing.
"""

from datetime import datetime, timedelta

from django.db.models import Min, QuerySet
from django.utils.translation import gettext_lazy as _

from core.actors import Actor
from core.refusals import Refused
from grievance import responsible
from grievance.lifecycle import running
from grievance.lifecycle.screen import fit_handler
from grievance.lifecycle.turn import Turn, staff_id, turn
from grievance.models import CaseTask
from grievance.states import Verb
from remedy.models import Playbook
from stakeholders.vocabulary import ClockKind

SHORTEST = timedelta(hours=8)
"""From the reminder to the top of the house takes no less than this, however short the task is
(own value)."""


class NoSuchPlaybook(Refused):
    sentence = _("Choose a playbook that is in use.")


class AppliedAlready(Refused):
    sentence = _("This playbook was applied to the case already.")


class TaskDone(Refused):
    sentence = _("This task is done already.")


def apply_playbook(
    case_id: int, *, by: Actor, at: datetime, playbook_id: int, owner_id: int | None = None
) -> None:
    """Make the steps of a playbook tasks of the case, due so many hours from now (R078).

    The words are kept in the language of whoever applies it. `owner_id` is who does them; without
    one it is whoever handles the case at the time. Raises NoSuchPlaybook, AppliedAlready,
    StepsUnclear, HandlerUnfit, HandlerKeptAway and the refusals of `turn`.
    """
    with turn(case_id, Verb.APPLY_PLAYBOOK, by=by, at=at) as now:
        playbook = Playbook.objects.filter(pk=playbook_id, in_use=True).first()
        if playbook is None:
            raise NoSuchPlaybook
        if CaseTask.objects.filter(case=now.case, playbook=playbook).exists():
            raise AppliedAlready
        owner = fit_handler(now.case, owner_id).pk if owner_id is not None else None
        for step in playbook.parsed_steps:
            due = at + timedelta(hours=step.hours)
            CaseTask(
                case=now.case, playbook=playbook, what=step.what, owner_id=owner, due_at=due
            ).save(force_insert=True)
        now.data["playbook"] = playbook.name
        follow_tasks(now)


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
        follow_tasks(now)


def follow_tasks(now: Turn) -> None:
    """Let the clock of tasks run to the earliest that is open; none runs on a closed case."""
    due = _open(now).aggregate(first=Min("due_at"))["first"]
    if now.case.closed_at is not None:
        due = None
    if due is not None and [one.due_at for one in running.of_kind(now, _KIND)] == [due]:
        return
    running.stop(now, _KIND)
    if due is not None:
        running.start_until(now, _KIND, due, shortest=SHORTEST)


def who_does_next(now: Turn) -> list[int]:
    """Return who is to do the earliest open task: its owner or a stand-in, else the handler."""
    roster = responsible.roster(now.case, at=now.at)
    task = _open(now).first()
    owner = roster.people.get(task.owner_id or 0) if task is not None else None
    found = roster.present([owner]) if owner is not None else ()
    return list(found or roster.at_level(0).ids)


_KIND = ClockKind.PLAYBOOK_TASK


def _open(now: Turn) -> QuerySet[CaseTask]:
    return CaseTask.objects.filter(case=now.case, done_at__isnull=True).order_by("due_at", "pk")
