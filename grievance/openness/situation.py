"""What a visitor may tell of their situation so that the right bodies are found. Kept nowhere.

It comes by POST alone and is forgotten with the answer: no address, cookie, log or table holds it.
"""

from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from grievance.countries import codes_typed
from stakeholders.vocabulary import CaseFlag, FilerRole, RemedyForm, StakeholderGroup

LONGEST = 200
COUNTRIES = ("more", "home", "data", "perpetrator")
FLAGS: dict[CaseFlag, str | Promise] = {
    CaseFlag.ANONYMOUS: _("I do not want to give my name."),
    CaseFlag.UNDER_18: _("I am under 18."),
    CaseFlag.SURVIVOR: _("I lived through violence."),
    CaseFlag.INTIMATE_IMAGE: _("It is about an intimate image of me."),
    CaseFlag.HACKED_ACCOUNT: _("My account or device was taken over."),
    CaseFlag.DEFENDER_OR_JOURNALIST: _("I defend rights or work as a journalist."),
    CaseFlag.PLATFORM_USER: _("I have an account on the platform."),
    CaseFlag.PLATFORM_APPEAL_DONE: _("The platform has already looked again itself."),
    CaseFlag.STATE_INVOLVED: _("The State takes part in it."),
    CaseFlag.DANGER_ORIENTATION: _("Love or gender like mine is punished where I am."),
    CaseFlag.DANGER_BELIEF: _("Belief or opinion like mine is punished where I am."),
    CaseFlag.DANGER_MIGRATION: _("I could be held or sent away if I become known."),
}
"""What one may tick, in one's own words; police is a question of its own."""
GROUPS = (
    StakeholderGroup.WORKER_OWN,
    StakeholderGroup.WORKER_SUPPLIER,
    StakeholderGroup.WORKER_PLATFORM,
    StakeholderGroup.JOB_APPLICANT,
    StakeholderGroup.CUSTOMER,
    StakeholderGroup.END_USER,
)
_NOT_PUBLIC = frozenset(
    {
        FilerRole.STAFF_ISSUE_SPOTTER,
        FilerRole.REGULATOR,
        FilerRole.MECHANISM_OWN_INITIATIVE,
        FilerRole.COMPANY,
    }
)
FILERS: tuple[tuple[str, str | Promise], ...] = (
    *((one, label) for one, label in FilerRole.choices if one not in _NOT_PUBLIC),
    *((one, label) for one, label in StakeholderGroup.choices if one in GROUPS),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """What was told, in codes. `unknown`: whether a country was typed that we do not know."""

    more: tuple[str, ...] = ()
    home: tuple[str, ...] = ()
    data: tuple[str, ...] = ()
    perpetrator: tuple[str, ...] = ()
    filer: str = ""
    agree: str = ""
    flags: frozenset[str] = frozenset()
    unknown: bool = False

    @property
    def told(self) -> bool:
        """Whether anything was told."""
        return self != Situation()

    @property
    def filers(self) -> tuple[str, ...]:
        """As whom the finder takes the person; who was affected and says no more shuts no door."""
        if self.filer in ("", FilerRole.AFFECTED_PERSON, FilerRole.AFFECTED_GROUP):
            return ()
        if self.filer in FilerRole.values:
            return (self.filer,)
        return (FilerRole.AFFECTED_PERSON.value, self.filer)


def situation_of(told: QueryDict, language: str) -> Situation:
    """Read what was sent; codes that nobody knows count as not said."""
    countries: dict[str, Any] = {}
    unknown = False
    for name in COUNTRIES:
        codes, all_known = codes_typed(told.get(name, "")[:LONGEST], language)
        countries[name] = codes
        unknown = unknown or not all_known
    filer, agree = told.get("filer", ""), told.get("agree", "")
    return Situation(
        **countries,
        filer=filer if filer in dict(FILERS) else "",
        agree=agree if agree in RemedyForm.values else "",
        flags=frozenset(FLAGS).intersection(told.getlist("flags")),
        unknown=unknown,
    )
