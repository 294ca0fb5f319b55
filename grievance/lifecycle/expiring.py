"""Consents that have run out: what went on their ground comes back by itself."""

from datetime import datetime

import structlog

from core.actors import SYSTEM
from core.heartbeats import Tally
from grievance import notices
from grievance.lifecycle import partners, whose_turn
from grievance.lifecycle.taking_back import take_back_all
from grievance.lifecycle.turn import turn
from grievance.models import Consent, ConsentState, Referral, ReturnReason
from grievance.referral_states import ReferralMove
from grievance.states import Verb

log = structlog.get_logger(__name__)


def expire_consents(*, at: datetime) -> Tally:
    """End every consent whose time is over at `at`. One that fails never stops the others."""
    tally = Tally()
    over = Consent.objects.filter(state=ConsentState.GIVEN, expires_at__lte=at)
    for pk, case_id in list(over.order_by("expires_at", "pk").values_list("pk", "case_id")):
        try:
            _expire(case_id, pk, at=at)
            tally.done += 1
        except partners.ReferralNotFound:
            continue  # the person, or another worker, was quicker
        except Exception as failure:  # noqa: BLE001  one bad row must not stop the others
            tally.failed += 1
            log.error("consent.sweep_failed", consent=pk, error=type(failure).__name__)
    return tally


def _expire(case_id: int, consent_id: int, *, at: datetime) -> None:
    """End one consent, and take back what an organisation has on its ground.

    What a body has cannot be called back, and stays noted as it is. The person and staff are told
    where something changed for them. Raises ReferralNotFound where nothing is left to end.
    """
    with turn(case_id, Verb.EXPIRE_CONSENT, by=SYSTEM, at=at) as now:
        found = Consent.objects.select_for_update(of=("self",)).filter(
            case=now.case, pk=consent_id, state=ConsentState.GIVEN, expires_at__lte=at
        )
        consent = found.select_related("organisation", "mechanism").first()
        if consent is None:
            raise partners.ReferralNotFound
        consent.state = ConsentState.EXPIRED
        consent.save(update_fields=["state"])
        now.data |= partners.named(consent)
        theirs = Referral.objects.select_for_update().filter(consent=consent).order_by("pk")
        if take_back_all(now, theirs, ReferralMove.EXPIRE, ReturnReason.EXPIRED):
            now.because(ReturnReason.EXPIRED)
            whose_turn.news_from_outside(now)
            notices.tell_handlers(now.case, notices.Notice.PARTNER_NEWS, at=at)
            notices.tell_person_of(now.case, notices.Notice.REFERRAL_NEWS, now.event_id, at=at)
