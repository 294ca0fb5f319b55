"""A case's remedy, opened through the vault: for the desk whole, for the person their offer."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from core import vault
from core.actors import Actor, ActorKind
from core.vault import Sealed
from grievance.models import Case
from grievance.reading import check_reader, of_case
from remedy.models import (
    CollectiveHarm,
    CollectiveVerdict,
    FollowUp,
    Funding,
    HarmElement,
    LeverageStep,
    MeasureAnswer,
    NexusDetermination,
    NexusSecondLook,
    Offer,
    Remediation,
    RemedyMeasure,
    ResponsibilityShare,
    SystematicError,
    SystemicAction,
    Verdict,
)
from remedy.states import REFLECTION, MeasureState, may_go_back
from stakeholders.roles import Permission


@dataclass(frozen=True, repr=False)
class OpenedElement:
    """A harm element with its words and the measures that answer it. Not printable."""

    element: HarmElement
    text: str
    result_note: str


@dataclass(frozen=True, repr=False)
class OpenedMeasure:
    """A measure with its words. Not printable."""

    measure: RemedyMeasure
    text: str
    evidence: str
    tracing: str
    funding: Sequence[Funding]
    answers: Sequence[tuple[MeasureAnswer, str]]
    can_accept: bool
    can_decline: bool
    can_go_back: bool
    go_back_until: datetime | None
    still_thinks: bool
    """Whether the time to change one's mind about an answer is not over."""
    can_want_at_once: bool
    can_say: bool


@dataclass(frozen=True, repr=False)
class OpenedLeverage:
    """A step of leverage with its words. Not printable."""

    step: LeverageStep
    text: str
    exit_impact: str


@dataclass(frozen=True, repr=False)
class OpenedDetermination:
    """A version of the nexus with its note and what each answer rests on. Not printable.

    `evidence` follows the order of the questions. `second` is the note of whoever looked again.
    """

    determination: NexusDetermination
    note: str
    second: str
    evidence: Sequence[str]


@dataclass(frozen=True, repr=False)
class OpenedSystemic:
    """A change against repetition with its words and its follow-ups. Not printable."""

    action: SystemicAction
    text: str
    proof: str
    follow_ups: Sequence[tuple[FollowUp, str]]


@dataclass(frozen=True, repr=False)
class OpenedRemedy:
    """Everything that the remediation of one case holds. Not printable."""

    remediation: Remediation
    shares: Sequence[ResponsibilityShare]
    determinations: Sequence[OpenedDetermination]
    elements: Sequence[OpenedElement]
    measures: Sequence[OpenedMeasure]
    leverage: Sequence[OpenedLeverage]
    systemic: Sequence[OpenedSystemic]
    offers: Sequence[tuple[Offer, str, str]]
    """Each offer with its words to the person, and the note of staff on why it was made so."""
    verdicts: Sequence[tuple[Verdict, str]]
    errors: Sequence[tuple[SystematicError, str, str]]
    """Each systematic error: which system and decision, and with whom the group was compared."""
    described: Sequence[tuple[CollectiveHarm, str, str]]
    """Each description of a harm to many: who they are, and what happens to them."""
    for_many: Sequence[tuple[CollectiveVerdict, str]]
    """What bodies say that speak for many, with the note of staff where none could be asked."""


def remedy_of(case: Case, *, by: Actor, reason: str, at: datetime) -> OpenedRemedy | None:
    """Open the remedy of a case for staff; None before it was taken up. Raises MayNotRead."""
    check_reader(case, by, Permission.READ_ACCOUNT)
    if case.remediation_id is None:
        return None
    remediation = Remediation.objects.get(pk=case.remediation_id)
    rows = _Rows(remediation)
    texts = _open(case, rows.sealeds(), by=by, reason=reason, at=at)
    return rows.opened(texts, at=at)


def remedy_without_words(case: Case, *, at: datetime) -> OpenedRemedy | None:
    """Return the remedy of a case in codes, times and names: for auditors. Opens nothing."""
    if case.remediation_id is None:
        return None
    rows = _Rows(Remediation.objects.get(pk=case.remediation_id))
    return rows.opened([""] * len(rows.sealeds()), at=at)


def offer_for_person(case: Case, *, at: datetime) -> OpenedRemedy | None:
    """Open what the person may see of their remedy: what was offered, and their own answers.

    Plans that are not offered yet, evidence, notes on the nexus and leverage stay inside.
    """
    if case.remediation_id is None:
        return None
    by = Actor(ActorKind.COMPLAINANT, case.pk)
    remediation = Remediation.objects.get(pk=case.remediation_id)
    rows = _Rows(remediation, for_person=True)
    if not rows.measures and not rows.verdicts:
        return None
    texts = _open(case, rows.sealeds(), by=by, reason="own_case", at=at)
    return rows.opened(texts, at=at)


def _open(
    case: Case, sealeds: Sequence[Sealed | None], *, by: Actor, reason: str, at: datetime
) -> list[str]:
    own = of_case(case, *sealeds)
    try:
        opened = vault.open_many(own, by=by, reason=reason, at=at)
    except vault.KeyDestroyed:
        # What the person said may be erased while the company's record stays, and shows.
        opened = [_open_or_none(one, by=by, reason=reason, at=at) for one in own]
    return [text or "" for text in opened]


def _open_or_none(sealed: Sealed | None, *, by: Actor, reason: str, at: datetime) -> str | None:
    try:
        return vault.open(sealed, by=by, reason=reason, at=at) if sealed is not None else None
    except vault.KeyDestroyed:
        return None


class _Rows:
    """The rows of one remediation, and their sealed values in one list, opened in one go."""

    def __init__(self, remediation: Remediation, *, for_person: bool = False) -> None:
        self.remediation = remediation
        self.for_person = for_person
        measures = remediation.measures.select_related("responsible", "offer")
        if for_person:
            measures = measures.exclude(state__in=[MeasureState.PLANNED, MeasureState.DROPPED])
        self.measures = list(measures)
        self.answers = list(
            MeasureAnswer.objects.filter(measure__in=self.measures).order_by("at", "pk")
        )
        self.funding = [] if for_person else _latest_funding(self.measures)
        self.offers = list(remediation.offers.all())
        self.verdicts = list(remediation.verdicts.all())
        self.elements = [] if for_person else list(remediation.elements.all())
        self.leverage = (
            [] if for_person else list(remediation.leverage_steps.select_related("partner"))
        )
        self.systemic = [] if for_person else list(remediation.systemic_actions.all())
        self.follow_ups = list(FollowUp.objects.filter(action__in=self.systemic))
        self.determinations = (
            [] if for_person else list(remediation.determinations.select_related("second_look"))
        )
        self.errors = (
            [] if for_person else list(remediation.systematic_errors.select_related("product"))
        )
        self.described = [] if for_person else list(remediation.collective_harms.all())
        self.for_many = [] if for_person else list(remediation.collective_verdicts.all())
        self.shares = (
            [] if for_person else list(remediation.shares.select_related("organisation", "product"))
        )

    def sealeds(self) -> list[Sealed | None]:
        """Every sealed value, in the order in which `opened` takes the texts."""
        return [
            *(one for row in self.measures for one in self._of_measure(row)),
            *(row.words for row in self.answers),
            *(one for row in self.offers for one in (row.words, self._inside(row.despite_note))),
            *(row.words for row in self.verdicts),
            *(one for row in self.elements for one in (row.description, row.result_note)),
            *(one for row in self.leverage for one in (row.description, row.exit_impact)),
            *(one for row in self.determinations for one in _of_determination(row)),
            *(one for row in self.systemic for one in (row.description, row.proof)),
            *(row.note for row in self.follow_ups),
            *(one for row in self.errors for one in (row.description, row.compared)),
            *(one for row in self.described for one in (row.population, row.mechanism)),
            *(row.note for row in self.for_many),
        ]

    def _of_measure(self, row: RemedyMeasure) -> tuple[Sealed | None, ...]:
        # What shows a delivery may name other people: the person gets the fact, not the papers.
        return (row.description, self._inside(row.evidence), self._inside(row.tracing_note))

    def _inside(self, sealed: Sealed | None) -> Sealed | None:
        return None if self.for_person else sealed

    def opened(self, texts: Sequence[str], *, at: datetime) -> OpenedRemedy:
        """Put the opened texts back beside their rows."""
        take = iter(texts)
        told = [(row, (next(take), next(take), next(take))) for row in self.measures]
        answers = [(row, next(take)) for row in self.answers]
        return OpenedRemedy(
            remediation=self.remediation,
            offers=[(row, next(take), next(take)) for row in self.offers],
            verdicts=[(row, next(take)) for row in self.verdicts],
            elements=[OpenedElement(row, next(take), next(take)) for row in self.elements],
            leverage=[OpenedLeverage(row, next(take), next(take)) for row in self.leverage],
            determinations=[_determination(row, take) for row in self.determinations],
            systemic=self._systemic(take),
            errors=[(row, next(take), next(take)) for row in self.errors],
            described=[(row, next(take), next(take)) for row in self.described],
            for_many=[(row, next(take)) for row in self.for_many],
            shares=self.shares,
            measures=[_measure(*pair, answers, self.funding, at) for pair in told],
        )

    def _systemic(self, take: Iterator[str]) -> list[OpenedSystemic]:
        told = [(row, next(take), next(take)) for row in self.systemic]
        notes = [(row, next(take)) for row in self.follow_ups]
        return [
            OpenedSystemic(
                row, text, proof, [pair for pair in notes if pair[0].action_id == row.pk]
            )
            for row, text, proof in told
        ]


def _of_determination(row: NexusDetermination) -> list[Sealed | None]:
    look: NexusSecondLook | None = getattr(row, "second_look", None)
    return [row.note, look.note if look else None, *row.evidence]


def _determination(row: NexusDetermination, take: Iterator[str]) -> OpenedDetermination:
    return OpenedDetermination(row, next(take), next(take), [next(take) for _one in row.evidence])


def _latest_funding(measures: Sequence[RemedyMeasure]) -> list[Funding]:
    """The parts of the latest agreement on each measure."""
    rows = list(Funding.objects.filter(measure__in=measures).select_related("organisation"))
    latest: dict[int, int] = {}
    for row in rows:
        latest[row.measure_id] = max(row.version, latest.get(row.measure_id, 0))
    return [row for row in rows if row.version == latest[row.measure_id]]


def _measure(
    row: RemedyMeasure,
    texts: tuple[str, str, str],
    answers: Sequence[tuple[MeasureAnswer, str]],
    funding: Sequence[Funding],
    at: datetime,
) -> OpenedMeasure:
    text, evidence, tracing = texts
    state = row.state
    back = row.answered_at is not None and may_go_back(row.answered_at, at=at)
    return OpenedMeasure(
        measure=row,
        text=text,
        evidence=evidence,
        tracing=tracing,
        funding=[part for part in funding if part.measure_id == row.pk],
        answers=[pair for pair in answers if pair[0].measure_id == row.pk],
        can_accept=state in (MeasureState.OFFERED, MeasureState.DECLINED, MeasureState.COUNTERED),
        can_decline=state == MeasureState.OFFERED,
        can_go_back=state == MeasureState.ACCEPTED and back,
        still_thinks=back,
        go_back_until=row.answered_at + REFLECTION if row.answered_at else None,
        can_want_at_once=state in (MeasureState.OFFERED, MeasureState.ACCEPTED)
        and not row.wanted_at_once,
        can_say=state in (MeasureState.DELIVERED, MeasureState.VERIFIED) and not row.person_view,
    )


__all__ = [
    "OpenedDetermination",
    "OpenedElement",
    "OpenedLeverage",
    "OpenedMeasure",
    "OpenedRemedy",
    "OpenedSystemic",
    "offer_for_person",
    "remedy_of",
    "remedy_without_words",
]
