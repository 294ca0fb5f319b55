"""Where else a person can turn with one case: what the finder answers, with names to show."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from grievance.models import Case
from grievance.reading.matter import answer_to, matter_of
from stakeholders.finder import Held, Limit, Matter, Proposal, Withheld
from stakeholders.models import Mechanism
from stakeholders.vocabulary import (
    MechanismFamily,
    MechanismKind,
    MechanismScope,
    WhoMayFile,
)

COURTS = frozenset(
    {
        MechanismKind.COURT_CIVIL,
        MechanismKind.COURT_CONSTITUTIONAL,
        MechanismKind.LABOUR_TRIBUNAL,
        MechanismKind.COURT_CRIMINAL,
    }
)
"""Where time limits run and help with the costs may be had (R062)."""
TOLD_BY_THE_CARD = frozenset(
    {
        Limit.CONDITION,
        Limit.CANNOT_DECIDE,
        Limit.ADVICE_ONLY,
        Limit.FEE,
        Limit.OWN_COSTS,
        Limit.COST_UNKNOWN,
        Limit.VERIFY,
    }
)
"""What the public card of a body says in words of its own, from the same columns."""
DANGERS = frozenset({Withheld.DANGER, Withheld.POLICE_NOT_WANTED})


@dataclass(frozen=True, slots=True)
class Route:
    """One body that fits, with its row; `is_support`: help on the way, and no decision."""

    proposal: Proposal
    row: Mechanism
    is_support: bool

    @property
    def is_court(self) -> bool:
        """Whether time limits of courts apply, and legal aid may be had."""
        judicial = self.proposal.entry.family == MechanismFamily.STATE_JUDICIAL
        return judicial or self.proposal.entry.kind in COURTS

    @property
    def why(self) -> list[str]:
        """Why it is here, in sentences."""
        return [str(reason.label) for reason in self.proposal.why]

    @property
    def limits(self) -> list[str]:
        """What to know before going there, in sentences, the gravest first."""
        return [str(limit.label) for limit in self.proposal.limits]

    @property
    def limits_beside_the_card(self) -> list[str]:
        """The same without what the card of the body says already."""
        return [str(one.label) for one in self.proposal.limits if one not in TOLD_BY_THE_CARD]

    @property
    def why_in_one(self) -> str:
        """Why it is here, as one line."""
        return " ".join(self.why)


@dataclass(frozen=True, slots=True)
class Withholding:
    """Bodies that are not shown for one reason, by name."""

    reason: Withheld
    names: Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Routes:
    """What fits a case: one part of the ordered list, and what stands beside it."""

    matter: Matter
    shown: Sequence[Route]
    total: int
    number: int
    held: Sequence[Withholding]
    together: Sequence[tuple[str, str]]
    some_are_dangerous: bool

    @property
    def any_court(self) -> bool:
        """Whether a court is among those shown."""
        return any(one.is_court for one in self.shown)


def routes(case: Case, *, number: int, each: int, danger_ok: bool = False) -> Routes:
    """Return the `number`-th part, of `each` bodies, of what fits a case (R057, R061, R063).

    Four statements, whatever is found. A number that is too high gives the last part.
    """
    matter = matter_of(case, danger_ok=danger_ok)
    answer = answer_to(matter)
    found = [(one, False) for one in answer.proposals] + [(one, True) for one in answer.support]
    number = max(1, min(number, -(-len(found) // each)))
    here = found[(number - 1) * each : number * each]
    pairs = [pair.codes for pair in answer.together]
    codes = {
        *(one.entry.code for one, _support in here),
        *(held.entry.code for held in answer.held),
        *(code for pair in pairs for code in pair),
    }
    rows = {row.code: row for row in Mechanism.objects.filter(code__in=codes).order_by("code")}
    return Routes(
        matter=matter,
        shown=[Route(one, rows[one.entry.code], support) for one, support in here],
        total=len(found),
        number=number,
        held=withholdings(answer.held, {code: row.name for code, row in rows.items()}),
        together=[(rows[first].name, rows[second].name) for first, second in pairs],
        some_are_dangerous=any(held.reason in DANGERS for held in answer.held),
    )


def withholdings(held: Iterable[Held], names: dict[str, str]) -> list[Withholding]:
    """Return what is held back, one entry for each reason, in the order of the reasons."""
    by_reason: dict[Withheld, list[str]] = {}
    for one in held:
        by_reason.setdefault(one.reason, []).append(names.get(one.entry.code, one.entry.code))
    return [Withholding(reason, by_reason[reason]) for reason in Withheld if reason in by_reason]


def helpline_for_anybody() -> Mechanism | None:
    """Return the helpline for digital safety to name to anybody, anywhere (R065): one statement.

    One that was read in a source comes first. None where the directory holds no such helpline.
    """
    found = Mechanism.objects.in_use().filter(
        kind=MechanismKind.DIGITAL_SECURITY_HELPLINE,
        scope=MechanismScope.INTERNATIONAL,
        who_may_file__contains=[WhoMayFile.ANYONE_WITH_INTEREST],
    )
    return found.exclude(url="").order_by("certainty", "code").first()
