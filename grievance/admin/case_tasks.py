"""The tasks of a case with the playbook that they came from, and whether a playbook fits it."""

from collections.abc import Collection, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import datetime

from django.contrib.postgres.fields import ArrayField
from django.db.models import CharField, Exists, Func, OuterRef, Q, QuerySet

from grievance.admin.labels import label_of
from grievance.models import Case, CaseTask
from grievance.states import Verb
from remedy.models import Playbook
from stakeholders.vocabulary import CaseStatus


@dataclass(frozen=True, slots=True)
class TaskShown:
    """One task: whether it is late, and who is to do it (empty: whoever handles the case)."""

    task: CaseTask
    late: bool
    owner: str


@dataclass(frozen=True, slots=True)
class Applied:
    """A playbook that was applied, with its tasks."""

    playbook: Playbook
    tasks: Sequence[TaskShown]

    @property
    def whole(self) -> list[tuple[str, str]]:
        """All that it says besides its steps, as label and words; what is empty is left out."""
        one = self.playbook
        told = {
            "triggers": one.triggers,
            "interim": one.interim,
            "who_decides": one.who_decides,
            "remedies": ", ".join(one.remedies_in_words),
            "referrals": one.referrals,
            "levers": ", ".join(one.levers_in_words),
            "communication": one.communication,
            "learning": one.learning,
            "source": one.source,
        }
        return [(label_of(Playbook, name), words) for name, words in told.items() if words]


def of_case(case: Case, happened: Set[str]) -> list[CaseTask]:
    """Return the tasks of a case; asked for only where the story tells of a playbook."""
    if Verb.APPLY_PLAYBOOK not in happened:
        return []
    rows = CaseTask.objects.filter(case=case).select_related("playbook")
    return list(rows.order_by("due_at", "pk"))


def owners(tasks: Collection[CaseTask]) -> set[int | None]:
    """Return the ids of those who are to do them."""
    return {task.owner_id for task in tasks}


def shown(tasks: Sequence[CaseTask], *, people: Mapping[int, str], at: datetime) -> list[Applied]:
    """Return the playbooks with their tasks, in the order in which the first of them is due."""
    found: dict[int, list[CaseTask]] = {}
    for task in tasks:
        found.setdefault(task.playbook_id, []).append(task)
    return [
        Applied(
            rows[0].playbook,
            [
                TaskShown(
                    task,
                    task.done_at is None and task.due_at < at,
                    people.get(task.owner_id or 0, ""),
                )
                for task in rows
            ],
        )
        for rows in found.values()
    ]


def with_fitting(cases: QuerySet[Case]) -> QuerySet[Case]:
    """Say of each open case whether a playbook fits that was not applied to it yet (R078).

    One fits by the harm of the case's issue, or by a partner at high risk.
    """
    applied = CaseTask.objects.filter(playbook=OuterRef("pk"), case=OuterRef(OuterRef("pk")))
    return cases.annotate(
        playbook_fits=Exists(
            fitting(OuterRef("issue__harm"), OuterRef("respondent_organisation")).exclude(
                Exists(applied)
            )
        )
        & ~Q(status=CaseStatus.CLOSED)
    )


def fitting(harm: object, partner: object) -> QuerySet[Playbook]:
    """Return the playbooks in use for a harm or a partner, each an expression."""
    harms = Func(
        harm,
        template="ARRAY[%(expressions)s]::varchar[]",
        output_field=ArrayField(CharField()),
    )
    rows = Playbook.objects.filter(in_use=True)
    return rows.filter(Q(partner=partner) | Q(harms__contains=harms))
