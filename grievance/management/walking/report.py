"""How far a row came."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field

from grievance.models import Case, CaseEvent


@dataclass(kw_only=True)
class Walked:
    """One row's way. The names are the keys of the JSON lines; codes as in the vocabulary."""

    case_id: str
    statuses: list[str] = field(default_factory=list)
    nexus: str | None = None
    remedy_forms: list[str] = field(default_factory=list)
    company_outcome: str | None = None
    person_verdict: str | None = None
    error: str | None = None

    def as_json(self) -> str:
        """Return one line of JSON in plain ASCII, whatever the terminal's encoding."""
        return json.dumps(asdict(self))

    def as_line(self, width: int) -> str:
        """Return one line for people, the first column padded to `width`."""
        way = " > ".join(self.statuses)
        ending = self.error or " / ".join(
            code for code in (self.nexus, self.company_outcome, self.person_verdict) if code
        )
        return f"{self.case_id:<{width}}  {way:<64}  {ending}".rstrip()


def read_from(case_id: int, into: Walked) -> None:
    """Fill in what the database says of a case: the story that people read, not our own memory."""
    events = CaseEvent.objects.filter(case_id=case_id).order_by("number")
    into.statuses = list(_statuses(events.values_list("status_from", "status_to")))
    case = Case.objects.select_related("remediation").get(pk=case_id)
    into.company_outcome = case.company_outcome or None
    into.person_verdict = case.person_verdict or None
    if case.remediation is not None:
        into.nexus = case.remediation.nexus or None
        offered = case.remediation.measures.filter(offer__isnull=False).order_by("pk")
        into.remedy_forms = list(dict.fromkeys(offered.values_list("form", flat=True)))


def _statuses(moves: Iterable[tuple[str, str]]) -> Iterable[str]:
    return (after for before, after in moves if after != before)
