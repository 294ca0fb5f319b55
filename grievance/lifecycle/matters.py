"""What a case is about, noted for finding the right body elsewhere (R057, R063, R064)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from core.actors import Actor
from grievance.countries import COUNTRY_CODES
from grievance.lifecycle import state_response
from grievance.lifecycle.remedy_plan import UnknownAnswer
from grievance.lifecycle.turn import turn
from grievance.models import NOTED_FLAGS, CaseMatter
from grievance.states import Verb
from stakeholders.vocabulary import FilerRole, StakeholderGroup


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """What staff know of a matter, in codes; countries are ISO 3166 codes of two letters."""

    impact: tuple[str, ...] = ()
    data: tuple[str, ...] = ()
    perpetrator: tuple[str, ...] = ()
    filer_role: str = ""
    group: str = ""
    flags: tuple[str, ...] = ()

    def check(self) -> None:
        """Check the codes. Raises UnknownAnswer."""
        known = (
            COUNTRY_CODES.issuperset({*self.impact, *self.data, *self.perpetrator})
            and self.filer_role in ("", *FilerRole.values)
            and self.group in ("", *StakeholderGroup.values)
            and {code for code, _label in NOTED_FLAGS}.issuperset(self.flags)
        )
        if not known:
            raise UnknownAnswer


def describe_matter(case_id: int, *, by: Actor, at: datetime, described: Described) -> None:
    """Note where, by whom and under which circumstances, as a whole; the story tells no code of it.

    A flag can tell who somebody is. It stands in the row and its history, and in no event. Raises
    UnknownAnswer and the refusals of `turn`.
    """
    described.check()
    with turn(case_id, Verb.DESCRIBE_MATTER, by=by, at=at) as now:
        row = CaseMatter.objects.filter(case=now.case).first() or CaseMatter(case=now.case)
        row.impact = _once(described.impact, without=now.case.country)
        row.data = _once(described.data)
        row.perpetrator = _once(described.perpetrator)
        row.filer_role, row.group = described.filer_role, described.group
        row.flags = _once(described.flags)
        row.save()
        # Another country can make it a matter across borders.
        state_response.watch(now)


def _once(codes: Iterable[str], *, without: str = "") -> list[str]:
    return [code for code in dict.fromkeys(codes) if code != without]
