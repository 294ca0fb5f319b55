"""What the finder is asked: a matter in codes, without a word or a name of anybody."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from stakeholders.finder.dangers import DANGERS, Pair
from stakeholders.vocabulary import CaseFlag, FilerRole, Harm, StakeholderGroup, WhoMayFile

CROSSWALK_FILE = Path(__file__).parents[1] / "reference" / "crosswalk.csv"

_BY_FLAG: dict[CaseFlag, frozenset[WhoMayFile]] = {
    CaseFlag.UNDER_18: frozenset({WhoMayFile.CHILD_OR_GUARDIAN}),
    CaseFlag.DEFENDER_OR_JOURNALIST: frozenset(
        {WhoMayFile.HUMAN_RIGHTS_DEFENDER, WhoMayFile.JOURNALIST}
    ),
    CaseFlag.PLATFORM_USER: frozenset({WhoMayFile.PLATFORM_USER}),
    CaseFlag.ANONYMOUS: frozenset({WhoMayFile.ANONYMOUS_PERSON}),
}
_VULNERABLE_FLAGS = DANGERS | {
    CaseFlag.UNDER_18,
    CaseFlag.SURVIVOR,
    CaseFlag.INTIMATE_IMAGE,
    CaseFlag.DEFENDER_OR_JOURNALIST,
}
_VULNERABLE_FILERS = frozenset(
    {
        FilerRole.CHILD_GUARDIAN.value,
        FilerRole.JOURNALIST.value,
        StakeholderGroup.CHILD.value,
        StakeholderGroup.PARENT_GUARDIAN.value,
        StakeholderGroup.SURVIVOR_OF_VIOLENCE.value,
        StakeholderGroup.HUMAN_RIGHTS_DEFENDER.value,
        StakeholderGroup.INDIGENOUS_PEOPLE.value,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """Where, what, who and what for. Empty means: not said, and then nothing is narrowed by it.

    Countries are ISO 3166 codes of two letters: of the impact, of the company's home, of the data
    and of the person who did it. `filers` are codes of `FilerRole` or `StakeholderGroup`,
    `remedies` of `RemedyForm`, `flags` of `CaseFlag`. `financed_by` and `member_of` are codes of
    entries.
    `danger_ok`: whoever asks wants to see also what can put the person in danger. `pairs`: what is
    known of dangers country by country.
    """

    impact: tuple[str, ...] = ()
    home: tuple[str, ...] = ()
    data: tuple[str, ...] = ()
    perpetrator: tuple[str, ...] = ()
    harm: str = ""
    filers: tuple[str, ...] = ()
    remedies: tuple[str, ...] = ()
    language: str = ""
    free_only: bool = False
    flags: frozenset[str] = frozenset()
    financed_by: frozenset[str] = frozenset()
    member_of: frozenset[str] = frozenset()
    danger_ok: bool = False
    pairs: tuple[Pair, ...] = ()

    @property
    def any_harm(self) -> bool:
        """Whether every subject fits: the harm is not said, or the person is not sure."""
        return self.harm in {"", Harm.OTHER_UNSURE}

    @property
    def in_danger(self) -> bool:
        """Whether who the person is, is punished or hunted where they are."""
        return bool(DANGERS & self.flags)

    @property
    def vulnerable(self) -> bool:
        """Whether the person needs more protection than others."""
        return bool(_VULNERABLE_FLAGS & self.flags or _VULNERABLE_FILERS & set(self.filers))

    @property
    def urgent_harms(self) -> frozenset[Harm]:
        """Harms for which first help exists and which a flag tells of, whatever the main harm."""
        found: set[Harm] = set()
        if self.flags & {CaseFlag.HACKED_ACCOUNT, CaseFlag.DEFENDER_OR_JOURNALIST}:
            found.add(Harm.DIGITAL_ATTACK_HRD)
        if CaseFlag.INTIMATE_IMAGE in self.flags:
            found.add(Harm.NCII_DEEPFAKE)
            if CaseFlag.UNDER_18 in self.flags:
                found.add(Harm.CHILD_SEXUAL_ABUSE)
        return frozenset(found)

    def admitted_as(self) -> frozenset[str]:
        """As what the person may turn to a body (`WhoMayFile`); empty when nobody was named.

        The union over all that the person is. Nothing is concluded from a role to another one: a
        worker who files for the own harm names the role and the group.
        """
        if not self.filers:
            return frozenset()
        named = frozenset[str]().union(*(who_may_file(code) for code in self.filers))
        return named.union(*(codes for flag, codes in _BY_FLAG.items() if flag in self.flags))


@lru_cache(maxsize=1)
def _crosswalk() -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    with CROSSWALK_FILE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            known = found.get(row["from_code"], frozenset())
            found[row["from_code"]] = known | set(row["to_codes"].split("|"))
    return found


def who_may_file(code: str) -> frozenset[str]:
    """As what somebody with this `FilerRole` or `StakeholderGroup` may turn to a body.

    A code that the reviewed table does not hold is somebody with an interest, and nothing more.
    """
    return _crosswalk().get(code, frozenset({WhoMayFile.ANYONE_WITH_INTEREST.value}))
