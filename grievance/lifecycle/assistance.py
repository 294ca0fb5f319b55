"""Help for a partner: what they ask us to bear, and what becomes of their words in the plan (R054).

A request says how much it asks for. Taken over, it becomes a part of a measure's joint funding; a
proposal that is planned stays tied to its measure.
"""

from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext_lazy as _

from core.actors import Actor
from core.refusals import Refused
from grievance.lifecycle.assess import remediation_id
from grievance.lifecycle.turn import Turn, turn
from grievance.models import EntryKind, HelpKind, ReferralEntry, ShareAsked, TakenUp
from grievance.models.assistance import MOST_PERCENT
from grievance.states import Verb
from remedy import lifecycle as remedy
from remedy.models import RemedyMeasure
from remedy.money import Basis, Compensation, check
from remedy.states import MeasureState


class ShareUnclear(Refused):
    sentence = _(
        "A request for a share of the cost, and no other, says how much: a part from 1 to 100 per "
        "cent, or an amount with its currency."
    )


class ShareNotKnown(Refused):
    sentence = _(
        "What they ask for can’t be worked out as a part of this measure: it needs one amount in "
        "the same currency, and not a smaller one."
    )


class NothingToTakeOver(Refused):
    sentence = _("This was taken over already, or it is not open any more.")


@dataclass(frozen=True, slots=True)
class Share:
    """How much a partner asks us to bear: whole per cent, or an amount with its currency."""

    percent: int | None = None
    amount: Decimal | None = None
    currency: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing is said at all."""
        return self == Share()


NO_SHARE = Share()


def check_share(kind: str, share: Share) -> None:
    """Check that a request for a share of the cost, and no other, says how much.

    Raises ShareUnclear, and what `remedy.money.check` raises for an amount.
    """
    if kind != HelpKind.COST_SHARE:
        if not share.is_empty:
            raise ShareUnclear
        return
    if (share.percent is None) == (share.amount is None):
        raise ShareUnclear
    if share.amount is not None:
        money = Compensation(Basis.values[0], share.amount, None, share.currency)
        check(money, is_compensation=True)
    elif share.currency or share.percent not in range(1, MOST_PERCENT + 1):
        raise ShareUnclear


def note_share(entry: ReferralEntry, share: Share) -> None:
    """Keep the figures beside the words of the request."""
    if share.is_empty:
        return
    ShareAsked(
        entry=entry, percent=share.percent, amount=share.amount, currency=share.currency
    ).save(force_insert=True)


def take_over_share(
    case_id: int, *, by: Actor, at: datetime, entry_id: int, measure_id: int, payer_id: int
) -> None:
    """Make what a partner asked for a part of a measure's funding; the partner bears the rest.

    `payer_id` is the organisation that bears what was asked for. Raises NothingToTakeOver,
    ShareNotKnown, TwiceTheSame, UnknownChoice, NotThisMatter and the refusals of `turn`.
    """
    with turn(case_id, Verb.SHARE_COST, by=by, at=at) as now:
        entry = _entry(now, entry_id, EntryKind.HELP)
        asked = ShareAsked.objects.filter(entry=entry).first()
        if asked is None or TakenUp.objects.filter(entry=entry).exists():
            raise NothingToTakeOver
        measure = _measure(now, measure_id)
        ours = _percent(asked, measure)
        partner_id = entry.referral.organisation_id
        assert partner_id is not None  # only an organisation asks for help
        parts = [(payer_id, ours)]
        if ours < MOST_PERCENT:
            parts.append((partner_id, MOST_PERCENT - ours))
        remedy.share_the_cost(remediation_id(now), measure_id, parts=parts, at=at)
        TakenUp(entry=entry, measure=measure, at=at).save(force_insert=True)
        now.data |= {"measure": measure_id, "parts": [list(part) for part in parts]}
        now.data["referral"] = entry.referral.reference


def tie_to_proposal(now: Turn, measure: RemedyMeasure, entry_id: int | None) -> None:
    """Tie a new measure to the proposal from which it was planned; None ties it to nothing.

    Raises NothingToTakeOver where the proposal is planned already, and not dropped since.
    """
    if entry_id is None:
        return
    entry = _entry(now, entry_id, EntryKind.PROPOSAL)
    planned = TakenUp.objects.filter(entry=entry).exclude(measure__state=MeasureState.DROPPED)
    if planned.exists():
        raise NothingToTakeOver
    TakenUp(entry=entry, measure=measure, at=now.at).save(force_insert=True)
    now.data["referral"] = entry.referral.reference


def _entry(now: Turn, entry_id: int, kind: EntryKind) -> ReferralEntry:
    found = ReferralEntry.objects.select_related("referral").filter(
        pk=entry_id, kind=kind, referral__case=now.case
    )
    entry: ReferralEntry | None = found.first()
    if entry is None:
        raise NothingToTakeOver
    return entry


def _measure(now: Turn, measure_id: int) -> RemedyMeasure:
    found = RemedyMeasure.objects.filter(pk=measure_id, remediation=remediation_id(now)).first()
    if found is None:
        raise remedy.NotThisMatter
    return found


def _percent(asked: ShareAsked, measure: RemedyMeasure) -> int:
    """Return what was asked for as whole per cent of the measure, at least one."""
    if asked.percent is not None:
        return int(asked.percent)
    money = measure.compensation
    whole = money.amount
    if whole is None or money.amount_to is not None or money.currency != asked.currency:
        raise ShareNotKnown
    amount: Decimal = asked.amount or Decimal()
    if amount > whole:
        raise ShareNotKnown
    part = (amount * MOST_PERCENT / whole).quantize(Decimal(1), ROUND_HALF_UP)
    return max(1, int(part))
