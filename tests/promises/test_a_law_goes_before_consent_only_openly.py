"""Where a law obliges us, two people decide, the facts alone go, and the person reads what went.

A no of the person stays beside it. Where a law forbids to tell them, nothing shows until it is
lifted, and then everything does. It never goes to the side complained of.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction

from core.ledger.history import Stamp, stamped
from core.outbox import OutboxMessage
from grievance import lifecycle
from grievance.legal_duties import SOURCES, LegalDuty, Silence
from grievance.models import CaseEvent, ConsentOverride, Referral, ReferralState
from grievance.notices import Notice
from stakeholders.models import Mechanism
from stakeholders.vocabulary import CaseStatus
from tests import makers, people
from tests.amina import Amina
from tests.desk import Desk
from tests.referral_makers import agreed, asked, liaison, supplier_of

pytestmark = pytest.mark.django_db
ADDRESS = "goldammer.amina@example.net"
REASON = "Zeisig: a child is seen on the film, so section 12 applies."
FACTS = "A film with a child on it was posted on 2 March."
DOCKET = "AZ-Pirol-77"


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(datetime(2026, 3, 10, 9, 0, tzinfo=UTC), tick=False) as clock:
        yield clock


@pytest.fixture
def made() -> makers.Made:
    people.everyone()
    people.the(people.JONA)
    return makers.a_case(in_status=CaseStatus.ASSESSMENT, email=ADDRESS)


@pytest.fixture
def desk(made: makers.Made) -> Desk:
    return Desk(people.CHIDI)


def page(desk: Desk, made: makers.Made) -> Desk:
    desk.go(f"case/{made.id}/duties/")
    return desk


def a_body() -> Mechanism:
    found: Mechanism = Mechanism.objects.in_use().order_by("code")[0]
    return found


def propose(desk: Desk, made: makers.Made, **values: str) -> Desk:
    told = {"duty": LegalDuty.CHILD_IN_DANGER.value, "reason": REASON, **values}
    if "organisation" not in told:
        told["mechanism"] = str(a_body().pk)
    page(desk, made).send("/duties/propose_override/", **told)
    return desk


def decided(made: makers.Made) -> ConsentOverride:
    page(Desk(people.FARID), made).send("/duties/approve_override/")
    found: ConsentOverride = ConsentOverride.objects.latest("pk")
    return found


def report(desk: Desk, made: makers.Made, text: str = FACTS) -> Desk:
    pk = str(ConsentOverride.objects.latest("pk").pk)
    page(desk, made).send("/duties/report_by_duty/", override=pk, text=text, reference=DOCKET)
    return desk


def persons_page(made: makers.Made) -> Amina:
    amina = Amina()
    amina.come_back(made.key)
    return amina


def to_supplier() -> dict[str, str]:
    return {"organisation": str(supplier_of(people.JONA).pk)}


# --- two people, then the facts -----------------------------------------------------------------


def test_one_proposes_another_decides_the_facts_go_and_the_person_reads_them(
    made: makers.Made, desk: Desk
) -> None:
    propose(desk, made)
    assert "Waits for a second person." in desk.words and REASON in desk.words
    told = OutboxMessage.objects.filter(notice=Notice.PROPOSAL)
    assert [row.recipient_id for row in told] == [people.the(people.FARID).pk]
    assert "A law obliges us" not in persons_page(made).page.words

    found = decided(made)
    assert "Nothing has gone yet." in persons_page(made).page.words
    report(desk, made)
    assert FACTS in desk.words and DOCKET in desk.words
    words = persons_page(made).page.words
    assert FACTS in words and found.recipient in words
    assert found.get_duty_display() in words
    for hidden in (REASON, DOCKET):
        assert hidden not in words
    found.refresh_from_db()
    assert found.passed_on_hash == lifecycle.hash_of(FACTS)
    history = desk.go(f"case/{made.id}/history/")
    assert "Passed on because a law obliges us" in history.words
    assert found.get_duty_display() in history.words and FACTS not in history.html


def test_whoever_proposed_it_does_not_decide_and_neither_does_a_handler(made: makers.Made) -> None:
    farid = Desk(people.FARID)
    propose(farid, made)
    assert "Another person has to decide on it." in farid.words
    assert "approve_override" not in farid.page.html
    with pytest.raises(lifecycle.SamePerson):
        lifecycle.approve_override(made.id, by=people.by(people.FARID), at=made.at)
    for post in (people.BRAM, people.CHIDI, people.DANA, people.EWA, people.HANA):
        with pytest.raises(lifecycle.NotPermitted):
            lifecycle.approve_override(made.id, by=people.by(post), at=made.at)
    lifecycle.approve_override(made.id, by=people.by(people.GRACE), at=made.at)
    stamp = Stamp(people.by(people.FARID), "cheat", made.case.people_key_id, made.at)
    with pytest.raises(IntegrityError), transaction.atomic(), stamped(stamp):
        row = ConsentOverride.objects.get()
        row.decided_by_id = row.proposed_by_id
        row.save()


def test_what_is_not_agreed_to_lets_nothing_go(made: makers.Made, desk: Desk) -> None:
    propose(desk, made)
    pk = ConsentOverride.objects.get().pk
    by = people.by(people.CHIDI)
    with pytest.raises(lifecycle.OverrideNotFound):
        lifecycle.report_by_duty(made.id, by=by, at=made.at, override_id=pk, text=FACTS)
    page(Desk(people.GRACE), made).send("/duties/turn_down_override/", note="No such duty here.")
    with pytest.raises(lifecycle.OverrideNotFound):
        lifecycle.report_by_duty(made.id, by=by, at=made.at, override_id=pk, text=FACTS)
    assert "No such duty here." in page(desk, made).words
    assert "A law obliges us" not in persons_page(made).page.words
    assert not OutboxMessage.objects.filter(notice=Notice.REFERRAL_NEWS).exists()


def test_only_the_facts_go_and_only_once(made: makers.Made, desk: Desk) -> None:
    propose(desk, made)
    decided(made)
    report(desk, made, f"Amina Goldammer saw it. {FACTS}")
    assert desk.page.status == 422 and any("Take it out." in line for line in desk.refusals)
    assert ConsentOverride.objects.get().passed_on_at is None
    report(desk, made)
    with pytest.raises(lifecycle.OverrideNotFound):
        lifecycle.report_by_duty(
            made.id,
            by=people.by(people.CHIDI),
            at=made.at + timedelta(days=30),
            override_id=ConsentOverride.objects.get().pk,
            text=FACTS,
        )


def test_one_recipient_one_duty_one_open_proposal(made: makers.Made, desk: Desk) -> None:
    propose(desk, made, mechanism="", duty="")
    assert desk.page.status == 422
    propose(desk, made, **to_supplier(), mechanism=str(a_body().pk))
    assert desk.page.status == 422 and desk.page.value("reason") == REASON
    assert not ConsentOverride.objects.exists()
    propose(desk, made)
    with pytest.raises(lifecycle.AnotherOverride):
        lifecycle.propose_override(
            made.id,
            by=people.by(people.CHIDI),
            at=made.at,
            duty=LegalDuty.THREAT_TO_LIFE,
            reason=REASON,
            mechanism_id=a_body().pk,
        )


# --- a partner -----------------------------------------------------------------------------------


def test_a_partner_gets_it_as_a_referral_and_the_no_stays_visible(
    made: makers.Made, desk: Desk
) -> None:
    consent = asked(made)
    lifecycle.decline_consent(made.id, at=made.at, consent_id=consent.pk)
    propose(desk, made, **to_supplier())
    assert "declined" in desk.words
    decided(made)
    report(desk, made)
    referral = Referral.objects.get(override__isnull=False)
    assert referral.state == ReferralState.SENT and referral.consent_id is None
    jona = Desk(people.JONA)
    assert FACTS in jona.go(f"/desk/supplier/{referral.reference}/").words
    words = persons_page(made).page.words
    assert "Your no stays." in words and FACTS in words
    assert desk.go(f"case/{made.id}/referrals/").status == 200
    lifecycle.answer_referral(
        referral.pk, by=liaison(people.JONA), at=made.at, body="We took it down."
    )
    amina = persons_page(made)
    amina.go("case/others/")
    assert "We took it down." in amina.page.words


def test_it_never_goes_to_the_side_complained_of(made: makers.Made, desk: Desk) -> None:
    organisation = supplier_of(people.JONA)
    propose(desk, made, **to_supplier())
    lifecycle.name_respondent_organisation(
        made.id, by=people.by(people.CHIDI), at=made.at, organisation_id=organisation.pk
    )
    with pytest.raises(lifecycle.ComplainedOf):
        lifecycle.approve_override(made.id, by=people.by(people.FARID), at=made.at)
    page(Desk(people.FARID), made).send("/duties/turn_down_override/", note="They are meant.")
    propose(desk, made, **to_supplier())
    assert desk.page.status == 422
    assert any("nothing of it may go there" in line for line in desk.refusals)
    lifecycle.name_respondent_unit(
        made.id,
        by=people.by(people.CHIDI),
        at=made.at,
        unit="East gate",
        of_unit=[people.the(people.JONA).pk],
    )
    propose(desk, made, **to_supplier())
    assert any("complained of" in line for line in desk.refusals)
    assert not Referral.objects.exists()


def test_who_is_named_after_the_decision_gets_nothing_either(made: makers.Made, desk: Desk) -> None:
    propose(desk, made, **to_supplier())
    found = decided(made)
    lifecycle.name_respondent_organisation(
        made.id,
        by=people.by(people.CHIDI),
        at=made.at,
        organisation_id=supplier_of(people.JONA).pk,
    )
    report(desk, made)
    assert desk.page.status == 422
    found.refresh_from_db()
    assert found.passed_on_at is None and not Referral.objects.exists()


def test_a_yes_that_is_open_there_is_settled_first(made: makers.Made, desk: Desk) -> None:
    agreed(made)
    propose(desk, made, **to_supplier())
    decided(made)
    report(desk, made)
    assert desk.page.status == 422
    assert not Referral.objects.filter(override__isnull=False).exists()


# --- silence -------------------------------------------------------------------------------------


def test_where_a_law_forbids_to_tell_them_nothing_shows_until_it_is_lifted(
    made: makers.Made, desk: Desk, clock: time_machine.Traveller
) -> None:
    before = persons_page(made).page.html
    propose(desk, made, silence=Silence.LAW_FORBIDS)
    assert any("which law or order" in line for line in desk.refusals)
    propose(desk, made, silence=Silence.LAW_FORBIDS, silence_note="Section 47.", **to_supplier())
    decided(made)
    report(desk, made)
    assert not Referral.objects.exists(), "Its answers would show on the person's pages."
    after = persons_page(made).page
    assert "A law obliges us" not in after.words and FACTS not in after.html
    assert len(after.html) == len(before)
    assert not OutboxMessage.objects.filter(recipient_kind="complainant", notice="referral_news")

    clock.shift(timedelta(days=90))
    farid = page(Desk(people.FARID), made)
    farid.send("/duties/lift_silence/", override=str(ConsentOverride.objects.get().pk))
    words = persons_page(made).page.words
    assert FACTS in words and "A law did not let us tell you earlier." in words
    assert OutboxMessage.objects.filter(notice=Notice.REFERRAL_NEWS).count() == 1
    assert CaseEvent.objects.filter(verb="lift_silence").exists()


def test_an_auditor_sees_the_log_and_reads_not_a_word(made: makers.Made, desk: Desk) -> None:
    propose(desk, made)
    found = decided(made)
    report(desk, made)
    seen = Desk(people.HANA).go(f"case/{made.id}/duties/")
    assert found.get_duty_display() in seen.words and SOURCES[found.duty] in seen.words
    for hidden in (REASON, FACTS, DOCKET):
        assert hidden not in seen.html


def test_every_duty_names_the_text_that_it_stands_on() -> None:
    assert set(SOURCES) == set(LegalDuty)
