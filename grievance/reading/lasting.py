"""What was changed against repetition, and the question to the person whether it lasts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from core import vault
from core.actors import Actor, ActorKind
from grievance.models import Case
from grievance.reading import of_case
from remedy.models import FollowUp, SystemicAction, SystemicState
from stakeholders.vocabulary import PersonVerdict

ANSWERS = (PersonVerdict.YES, PersonVerdict.PARTLY, PersonVerdict.NO)


@dataclass(frozen=True, repr=False)
class Change:
    """One checked change in the words that the person reads. Not printable."""

    text: str
    since: datetime
    asked: FollowUp | None
    """The latest question whether it lasts; None before the first one."""

    @property
    def answers(self) -> list[tuple[str, str]]:
        """What the person can answer: the code and its words."""
        return [(one.value, str(one.label)) for one in ANSWERS]


def changes_of(case: Case, *, at: datetime) -> Sequence[Change]:
    """Return the changes that were done and checked, opened for the person of the case."""
    if case.remediation_id is None:
        return []
    checked = list(
        SystemicAction.objects.filter(
            remediation_id=case.remediation_id, state=SystemicState.CHECKED
        )
    )
    if not checked:
        return []
    by = Actor(ActorKind.COMPLAINANT, case.pk)
    sealed = of_case(case, *(row.description for row in checked))
    try:
        texts = vault.open_many(sealed, by=by, reason="own_case", at=at)
    except vault.KeyDestroyed:
        return []
    asked: dict[int, FollowUp] = {}
    for row in FollowUp.objects.filter(action__in=checked, asked_at__isnull=False):
        asked[row.action_id] = row
    return [
        Change(text or "", row.checked_at, asked.get(row.pk))
        for row, text in zip(checked, texts, strict=True)
        if row.checked_at is not None
    ]
