"""The public directory: which bodies elsewhere a person in one country can turn to."""

from dataclasses import dataclass

from django.conf import settings

from stakeholders.finder import Reason, fitting
from stakeholders.models import Mechanism

WORLDWIDE = frozenset({Reason.WORLDWIDE})
NEAR = frozenset(Reason) - WORLDWIDE


@dataclass(frozen=True, slots=True)
class Found:
    """One body and why it is shown."""

    entry: Mechanism
    why: str


def bodies(country: str, *, near: bool, police_wanted: bool) -> list[Found]:
    """Return the bodies for a country, the most useful first.

    With `near`, those of the country and its region, and kinds in general words; without, those
    that work worldwide. Police and criminal courts come only when asked for: they can be a danger.
    """
    rows = {row.code: row for row in Mechanism.objects.in_use().open_to_individuals()}
    proposals = fitting(
        [row.entry for row in rows.values()],
        country=country,
        home_country=settings.REDRESS_HOME_COUNTRY,
        police_wanted=police_wanted,
    )
    wanted = NEAR if near else WORLDWIDE
    return [
        Found(rows[proposal.entry.code], str(proposal.why.label))
        for proposal in proposals
        if proposal.why in wanted
    ]
