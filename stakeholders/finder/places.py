"""Which country's bodies come into question, and the rule for National Contact Points (R058)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from stakeholders.finder.entries import OF_THE_DATA, OF_THE_PERPETRATOR, OF_THEIR_PLACE, Entry
from stakeholders.finder.matter import Matter
from stakeholders.finder.reasons import Reason
from stakeholders.regions import regions_of
from stakeholders.vocabulary import MechanismKind, MechanismScope


class ContactPointRule(StrEnum):
    """Why a country's National Contact Point is the one to turn to."""

    IMPACT = "impact_country_is_adherent"
    HOME = "home_country_is_adherent"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class ContactPoints:
    """The countries whose contact points take the matter, in order, and why each does."""

    by_country: dict[str, ContactPointRule]

    @property
    def countries(self) -> list[str]:
        """The countries, that of the lead first."""
        return list(self.by_country)

    @property
    def rule(self) -> ContactPointRule:
        """Why the first of them; `NONE` where there is none."""
        return next(iter(self.by_country.values()), ContactPointRule.NONE)


def contact_points(matter: Matter, adherents: Iterable[str]) -> ContactPoints:
    """Return where to file under the OECD Guidelines (Procedures, implementation; R058).

    The contact point of each adhering country where the impact is. Where one country of impact
    does not adhere, or none is known, those of all adhering home countries as well.
    """
    known = frozenset(adherents)
    found = {country: ContactPointRule.IMPACT for country in matter.impact if country in known}
    if not matter.impact or not known.issuperset(matter.impact):
        for country in matter.home:
            if country in known:
                found.setdefault(country, ContactPointRule.HOME)
    return ContactPoints(found)


def place_of(entry: Entry, matter: Matter, points: ContactPoints) -> Reason | None:
    """Why one body (not a kind in general words) fits by place, or None when it does not."""
    if entry.country:
        return _place_in_a_state(entry, matter, points)
    if entry.scope == MechanismScope.REGIONAL:
        served = any(entry.region in regions_of(country) for country in matter.impact)
        return Reason.OF_THE_REGION if served else None
    return Reason.WORLDWIDE


def _place_in_a_state(entry: Entry, matter: Matter, points: ContactPoints) -> Reason | None:
    country, kind = entry.country, entry.kind
    if kind == MechanismKind.OECD_NCP:
        return {
            ContactPointRule.IMPACT: Reason.OF_THE_COUNTRY,
            ContactPointRule.HOME: Reason.OF_THE_HOME_COUNTRY,
        }.get(points.by_country.get(country, ContactPointRule.NONE))
    if country in matter.impact:
        return Reason.OF_THE_COUNTRY
    if country in matter.home and kind not in OF_THEIR_PLACE:
        return Reason.IN_THE_COMPANYS_COUNTRY
    if country in matter.data and kind in OF_THE_DATA:
        return Reason.IN_THE_DATAS_COUNTRY
    if country in matter.perpetrator and kind in OF_THE_PERPETRATOR:
        return Reason.IN_THE_PERPETRATORS_COUNTRY
    return None
