"""The offer as its person reads it, measure by measure, and what they can say to each."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from grievance.lifecycle.remedy_plan import today
from grievance.reading.remedy import OpenedMeasure, OpenedRemedy
from grievance.states import Verb
from remedy.models import Beneficiary, RemedyKind
from remedy.money import Basis, Compensation
from remedy.states import Helper, MeasureState, PersonAnswer, PersonView
from stakeholders.vocabulary import RemedyForm, RemedyMode

_STANDS: dict[str, Promise] = {
    MeasureState.OFFERED: _("We offer you this. You have not answered yet."),
    MeasureState.ACCEPTED: _("You agreed. We owe you this."),
    MeasureState.DECLINED: _("You did not agree."),
    MeasureState.COUNTERED: _("You asked for something else."),
    MeasureState.DELIVERED: _("We say that it is done. A second person still checks it."),
    MeasureState.VERIFIED: _("We say that it is done. A second person has checked it."),
}
_OWED: Promise = _("We owe you this.")

_SAID: dict[str, Promise] = {
    PersonView.CONFIRMED: _("You say: it was done."),
    PersonView.DISPUTED: _("You say: it was not done, or not as agreed."),
}

_PART: dict[str, Promise] = {
    RemedyMode.PROVIDER: _("They do it themselves."),
    RemedyMode.CO_PROVIDER: _("They do it together with others."),
    RemedyMode.ENABLER: _("They help others to do it."),
}

_FOR_WHOM: dict[str, Promise] = {
    Beneficiary.GROUP: _("For you and the others who were harmed"),
    Beneficiary.POPULATION: _("For everybody whom this concerns"),
}

DONE = (MeasureState.DELIVERED, MeasureState.VERIFIED)
WANTED = (MeasureState.OFFERED, MeasureState.ACCEPTED)


@dataclass(frozen=True, repr=False)
class MeasureCard:
    """One measure of an offer in plain words. Opened texts inside, so it is not printable."""

    id: int
    state: MeasureState
    text: str
    kind: str
    money: Compensation
    basis: str
    for_whom: Promise | None
    who: str
    part: Promise | str
    due_on: date
    is_late: bool
    stands: Promise
    said: Promise | None
    own_words: str
    wanted_at_once: bool
    can_agree: bool
    can_disagree: bool
    can_want_at_once: bool
    change_mind_until: datetime | None
    done_too_soon: bool
    """Whether it was done while the person could still have changed their mind about it."""
    can_say: bool
    view: str
    last_answer: str

    helpers = Helper.choices
    """Who may have helped the person to decide."""

    @property
    def key(self) -> str:
        """The id as it stands in forms and anchors, the same in every language."""
        return str(self.id)

    @property
    def can_act(self) -> bool:
        """Whether the person can do anything with it now, besides saying if it was done."""
        return bool(self.can_agree or self.can_want_at_once or self.change_mind_until)


@dataclass(frozen=True, repr=False)
class OfferCard:
    """One offer with its measures. Not printable."""

    id: int
    words: str
    made_at: datetime
    measures: Sequence[MeasureCard]

    helpers = Helper.choices
    """Who may have helped the person to decide."""

    @property
    def key(self) -> str:
        """The id as it stands in forms, the same in every language."""
        return str(self.id)

    @property
    def can_answer_whole(self) -> bool:
        """Whether several measures wait for an answer, so that one press can answer them all."""
        return sum(one.can_agree and one.can_disagree for one in self.measures) > 1

    @property
    def is_open(self) -> bool:
        """Whether a measure of it waits for an answer."""
        return any(one.state == MeasureState.OFFERED for one in self.measures)


def cards_of(
    remedy: OpenedRemedy | None, can: Collection[Verb], *, at: datetime
) -> list[OfferCard]:
    """Return the offers with the measures that the person may see, the latest offer first."""
    if remedy is None or not remedy.measures:
        return []
    kinds = {kind.code: kind.plain_question for kind in RemedyKind.objects.all()}
    cards = [(one.measure.offer_id, _card(one, kinds, can, at)) for one in remedy.measures]
    offers = [
        OfferCard(offer.pk, words, offer.made_at, [card for key, card in cards if key == offer.pk])
        for offer, words, _despite in reversed(remedy.offers)
    ]
    return [offer for offer in offers if offer.measures]


def _card(
    one: OpenedMeasure, kinds: dict[str, str], can: Collection[Verb], at: datetime
) -> MeasureCard:
    row, state = one.measure, MeasureState(one.measure.state)
    last, words = one.answers[-1] if one.answers else (None, "")
    agreed_late = state == MeasureState.ACCEPTED or (
        state == MeasureState.OFFERED and row.wanted_at_once
    )
    never_answered = state == MeasureState.ACCEPTED and row.answered_at is None
    goes_back = one.can_go_back and Verb.GO_BACK_ON_MEASURE in can
    return MeasureCard(
        id=row.pk,
        state=state,
        text=one.text,
        kind=kinds.get(row.form) or str(RemedyForm(row.form).label),
        money=row.compensation,
        basis=str(Basis(row.basis).label) if row.basis else "",
        for_whom=_FOR_WHOM.get(row.beneficiary),
        who=row.responsible.name,
        part=_PART.get(row.mode, ""),
        due_on=row.due_on,
        is_late=agreed_late and row.due_on < today(at),
        stands=_OWED if never_answered else _STANDS[state],
        said=_SAID.get(row.person_view) if state in DONE else None,
        own_words=words if last and last.answer != PersonAnswer.GO_BACK else "",
        wanted_at_once=row.wanted_at_once and state in WANTED,
        can_agree=one.can_accept and Verb.ACCEPT_MEASURE in can,
        can_disagree=one.can_decline and Verb.DECLINE_MEASURE in can,
        can_want_at_once=one.can_want_at_once and Verb.WANT_AT_ONCE in can,
        change_mind_until=one.go_back_until if goes_back else None,
        done_too_soon=state in DONE and one.still_thinks,
        can_say=state in DONE and Verb.SAY_OF_DELIVERY in can,
        view=row.person_view if state in DONE else "",
        last_answer=last.answer if last else "",
    )
