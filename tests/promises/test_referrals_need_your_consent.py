"""Nothing of a case goes to a supplier without the person's yes, and a no is as good as a yes.

They are asked about one organisation at a time, see exactly what went, and take it back with one
press. Silence, a receipt or a step from the supplier never keeps the case away: it comes back.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest
import time_machine
from django.db import IntegrityError, transaction

from core.ledger.history import Stamp, stamped
from core.outbox import OutboxMessage
from grievance import lifecycle, tasks
from grievance.lifecycle import ground
from grievance.models import (
    CaseEvent,
    Clock,
    Consent,
    ConsentState,
    Referral,
    ReferralState,
)
from grievance.notices import Notice
from stakeholders.vocabulary import CaseStatus, ClockKind
from tests import makers, people
from tests.amina import Amina
from tests.referral_makers import (
    RENDITION,
    agreed,
    asked,
    liaison,
    referred,
    supplier_of,
)

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
ADDRESS = "amina@example.net"


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(datetime(2026, 3, 10, 9, 0, tzinfo=UTC), tick=False) as clock:
        yield clock


@pytest.fixture
def made() -> makers.Made:
    people.everyone()
    people.the(people.JONA)
    return makers.a_case(in_status=CaseStatus.ASSESSMENT, email=ADDRESS)


def send(made: makers.Made, consent_id: int, *, at: datetime) -> None:
    referral = Referral.objects.get(consent=consent_id)
    lifecycle.send_referral(made.id, by=people.by(people.CHIDI), at=at, referral_id=referral.pk)


def nothing_went() -> bool:
    return not Referral.objects.exclude(sent_at=None).exists()


# --- consent -------------------------------------------------------------------------------------


def test_without_a_yes_nothing_goes(made: makers.Made) -> None:
    consent = asked(made)
    with pytest.raises(lifecycle.NoConsent) as refused:
        send(made, consent.pk, at=made.at)
    assert "has not agreed" in str(refused.value)
    lifecycle.decline_consent(made.id, at=made.at, consent_id=consent.pk)
    with pytest.raises(lifecycle.NoConsent):
        send(made, consent.pk, at=made.at)
    assert nothing_went()


def test_a_yes_that_was_taken_back_or_has_run_out_lets_nothing_go(made: makers.Made) -> None:
    consent = agreed(made)
    with pytest.raises(lifecycle.NoConsent):
        send(made, consent.pk, at=made.at + 181 * DAY)
    lifecycle.revoke_consent(made.id, at=made.at, consent_id=consent.pk)
    with pytest.raises(lifecycle.NoConsent):
        send(made, consent.pk, at=made.at)
    assert nothing_went()


def test_another_cases_consent_does_not_help(made: makers.Made) -> None:
    other = makers.a_case(in_status=CaseStatus.ASSESSMENT)
    consent = agreed(other)
    with pytest.raises(lifecycle.ReferralNotFound):
        send(made, consent.pk, at=made.at)
    with pytest.raises(lifecycle.ConsentNotFound):
        lifecycle.revoke_consent(made.id, at=made.at, consent_id=consent.pk)


def test_who_is_afraid_says_separately_that_this_one_may_know(made: makers.Made) -> None:
    consent = asked(made)
    with pytest.raises(lifecycle.RiskNotAccepted):
        lifecycle.give_consent(made.id, at=made.at, consent_id=consent.pk, scopes=["facts"])
    consent.refresh_from_db()
    assert consent.state == ConsentState.ASKED


def test_nobody_can_be_given_more_than_was_asked_for(made: makers.Made) -> None:
    consent = asked(made, "facts")
    with pytest.raises(lifecycle.UnknownCode):
        lifecycle.give_consent(
            made.id, at=made.at, consent_id=consent.pk, scopes=["identity"], knows_risk=True
        )


def test_the_database_keeps_no_yes_without_an_end(made: makers.Made) -> None:
    consent = asked(made)
    stamp = Stamp(people.by(people.CHIDI), "cheat", made.case.people_key_id, made.at)
    with pytest.raises(IntegrityError), transaction.atomic(), stamped(stamp):
        consent.state = ConsentState.GIVEN
        consent.scopes = ["facts"]
        consent.save()


# --- what goes -----------------------------------------------------------------------------------


def test_nothing_goes_to_whom_the_case_is_about(made: makers.Made) -> None:
    consent = agreed(made)
    organisation = supplier_of(people.JONA)
    lifecycle.name_respondent_organisation(
        made.id, by=people.by(people.CHIDI), at=made.at, organisation_id=organisation.pk
    )
    with pytest.raises(lifecycle.NoConsent):
        send(made, consent.pk, at=made.at)
    with pytest.raises(lifecycle.ComplainedOf):
        asked(made)
    assert nothing_went()


def test_naming_whom_it_is_about_brings_back_what_is_there(made: makers.Made) -> None:
    referral = referred(made)
    lifecycle.name_respondent_organisation(
        made.id, by=people.by(people.CHIDI), at=made.at, organisation_id=referral.organisation_id
    )
    referral.refresh_from_db()
    assert referral.state == ReferralState.RETURNED


def test_the_person_is_asked_about_the_text_that_was_looked_at(made: makers.Made) -> None:
    with pytest.raises(lifecycle.NotAsPreviewed):
        lifecycle.ask_consent(
            made.id,
            by=people.by(people.CHIDI),
            at=made.at,
            organisation_id=supplier_of(people.JONA).pk,
            scopes=["facts"],
            purpose="answer",
            body="May we ask them?",
            rendition=RENDITION + " And more.",
            previewed=lifecycle.hash_of(RENDITION),
        )
    assert not Consent.objects.exists()
    consent = agreed(made)
    before = Referral.objects.get()
    send(made, consent.pk, at=made.at)
    referral = Referral.objects.get()
    assert referral.rendition_hash == sha256(RENDITION.encode()).hexdigest()
    assert referral.rendition == before.rendition, "The very text that they agreed to."


def test_another_text_is_another_question(made: makers.Made) -> None:
    first = agreed(made)
    with pytest.raises(lifecycle.AlreadyAsked):
        asked(made)
    second = asked(made, text="Another text.")
    first.refresh_from_db()
    assert first.state == ConsentState.WITHDRAWN
    for consent in (first, second):
        with pytest.raises(lifecycle.NoConsent):
            send(made, consent.pk, at=made.at)
    assert nothing_went()


@pytest.mark.parametrize("slip", ["address", "reference"])
def test_a_slip_that_shows_who_it_is_is_caught(made: makers.Made, slip: str) -> None:
    said = ADDRESS.upper() if slip == "address" else made.case.reference
    with pytest.raises(lifecycle.ShowsIdentity):
        asked(made, text=f"Somebody ({said}) says this.")
    assert not Consent.objects.exists()


def test_who_gives_less_than_was_asked_for_is_not_shown_after_all(made: makers.Made) -> None:
    consent = asked(made, "facts", "identity", text=f"{ADDRESS} says this.")
    lifecycle.give_consent(
        made.id, at=made.at, consent_id=consent.pk, scopes=["facts"], knows_risk=True
    )
    with pytest.raises(lifecycle.ShowsIdentity):
        send(made, consent.pk, at=made.at)
    assert nothing_went()


def test_without_anybody_to_answer_nothing_goes(made: makers.Made) -> None:
    consent = agreed(made)
    gone = people.the(people.JONA)
    stamp = Stamp(people.by(people.IVO), "manage_people", made.case.people_key_id, made.at)
    with stamped(stamp):
        gone.is_active = False
        gone.save()
    with pytest.raises(lifecycle.NobodyThere):
        send(made, consent.pk, at=made.at)


def test_intake_reviewers_and_auditors_refer_nothing(made: makers.Made) -> None:
    consent = agreed(made)
    for post in (people.BRAM, people.EWA, people.HANA, people.JONA):
        with pytest.raises(lifecycle.Refused):
            lifecycle.send_referral(
                made.id,
                by=people.by(post),
                at=made.at,
                referral_id=Referral.objects.get(consent=consent).pk,
            )
    assert nothing_went()


# --- what comes back -----------------------------------------------------------------------------


def test_a_case_comes_back_by_itself_although_it_was_received_and_worked_on(
    made: makers.Made, clock: time_machine.Traveller
) -> None:
    referral = referred(made)
    jona = liaison(people.JONA)
    lifecycle.acknowledge_referral(referral.pk, by=jona, at=made.at + DAY)
    lifecycle.log_step(referral.pk, by=jona, at=made.at + 2 * DAY, body="We asked the shift lead.")
    clock.move_to(referral.due_at - timedelta(minutes=1))
    tasks.sweep_clocks()
    referral.refresh_from_db()
    assert referral.state == ReferralState.IN_PROGRESS

    clock.move_to(referral.due_at + timedelta(minutes=1))
    tasks.sweep_clocks()
    tasks.sweep_clocks()
    referral.refresh_from_db()
    assert (referral.state, referral.return_reason) == (ReferralState.RETURNED, "overdue")
    back = CaseEvent.objects.get(verb="return_overdue")
    assert back.case_id == made.id and made.case.status == CaseStatus.ASSESSMENT
    told = set(OutboxMessage.objects.values_list("notice", "recipient_kind"))
    assert {
        (Notice.PARTNER_ASKED, "liaison"),
        (Notice.PARTNER_ENDED, "liaison"),
        (Notice.PARTNER_NEWS, "staff"),
        (Notice.REFERRAL_NEWS, "complainant"),
    } <= told
    with pytest.raises(lifecycle.Refused):
        lifecycle.answer_referral(referral.pk, by=jona, at=referral.due_at, body="Too late?")


def test_only_an_answer_in_substance_ends_the_waiting(made: makers.Made) -> None:
    referral = referred(made)
    jona = liaison(people.JONA)
    waiting = Clock.objects.get(case_id=made.id, kind=ClockKind.PARTNER_ANSWER)
    lifecycle.acknowledge_referral(referral.pk, by=jona, at=made.at + DAY, body="Got it.")
    waiting.refresh_from_db()
    assert waiting.stopped_at is None
    assert not ground.has_cooperating_referral(made.case)
    lifecycle.answer_referral(
        referral.pk, by=jona, at=made.at + 3 * DAY, body="The cameras are off since Monday."
    )
    waiting.refresh_from_db()
    assert waiting.stopped_at == made.at + 3 * DAY
    assert ground.has_cooperating_referral(made.case)


def test_staff_take_it_back_at_once(made: makers.Made) -> None:
    referral = referred(made)
    lifecycle.return_referral(
        made.id, by=people.by(people.CHIDI), at=made.at + DAY, referral_id=referral.pk
    )
    assert not Clock.objects.filter(
        case_id=made.id, kind=ClockKind.PARTNER_ANSWER, stopped_at__isnull=True
    ).exists()
    with pytest.raises(lifecycle.ReferralNotFound):
        lifecycle.answer_referral(
            referral.pk, by=liaison(people.JONA), at=made.at + DAY, body="Here."
        )


def test_who_ends_the_case_ends_the_referral(made: makers.Made) -> None:
    referral = referred(made)
    lifecycle.withdraw(made.id, at=made.at + DAY, pressured="no")
    referral.refresh_from_db()
    assert (referral.state, referral.return_reason) == (ReferralState.RETURNED, "case_ended")


def test_a_yes_that_has_run_out_ends_by_itself_and_can_be_asked_for_again(
    made: makers.Made, clock: time_machine.Traveller
) -> None:
    referral = referred(made)
    jona = liaison(people.JONA)
    lifecycle.answer_referral(referral.pk, by=jona, at=made.at, body="It is so.")
    clock.move_to(made.at + 181 * DAY)
    for _ in range(2):
        tasks.expire_consents()
    referral.refresh_from_db()
    assert (referral.state, referral.return_reason) == (ReferralState.RETURNED, "expired")
    assert referral.consent.state == ConsentState.EXPIRED
    assert CaseEvent.objects.filter(verb="expire_consent").count() == 1
    told = OutboxMessage.objects.values_list("notice", "recipient_kind")
    assert {
        (Notice.PARTNER_ENDED, "liaison"),
        (Notice.PARTNER_NEWS, "staff"),
        (Notice.REFERRAL_NEWS, "complainant"),
    } <= set(told)
    later = makers.Made(made.id, made.key, made.at + 181 * DAY)
    assert asked(later).pk != referral.consent_id


# --- the person's page ---------------------------------------------------------------------------


def test_the_person_reads_agrees_sees_what_went_and_takes_it_back(made: makers.Made) -> None:
    consent = asked(made)
    amina = Amina()
    amina.come_back(made.key)
    assert "Nothing goes there unless you agree." in amina.page.words
    amina.go("case/others/")
    assert "May we ask Harbour Sorting Ltd?" in amina.page.words
    assert RENDITION in amina.page.words, "The exact text, before they agree to it."
    assert "It ends by itself on" in amina.page.words

    amina.send(f"/others/{consent.pk}/answer/", {"answer": "yes"})
    assert amina.page.status == 422 and "learn of it" in amina.page.words
    amina.send(f"/others/{consent.pk}/answer/", {"answer": "yes"}, knows_risk="1", lasts="30")
    assert "You have agreed." in amina.page.words
    consent.refresh_from_db()
    assert consent.scopes == ["facts"], "Nothing more than they ticked."
    assert consent.given_at is not None
    assert consent.expires_at == consent.given_at + 30 * DAY
    assert "This is the text to which you agreed:" in amina.page.words
    assert RENDITION in amina.page.words

    send(made, consent.pk, at=made.at)
    amina.go("case/others/")
    assert RENDITION in amina.page.words
    assert "They must answer by" in amina.page.words
    amina.send(f"/others/{consent.pk}/take-back/")
    assert "You have taken it back." in amina.page.words
    assert Referral.objects.get().state == ReferralState.REVOKED


def test_a_no_is_taken_and_nothing_follows(made: makers.Made) -> None:
    consent = asked(made)
    amina = Amina()
    amina.come_back(made.key)
    amina.go("case/others/")
    amina.send(f"/others/{consent.pk}/answer/", {"answer": "no"})
    assert "we go on with your case" in amina.page.words
    assert Consent.objects.get().state == ConsentState.DECLINED


def test_nobody_answers_for_another_case(made: makers.Made) -> None:
    consent = asked(made)
    stranger = makers.a_case(in_status=CaseStatus.ASSESSMENT)
    amina = Amina()
    amina.come_back(stranger.key)
    amina.go("case/others/")
    token = amina.client.cookies["csrftoken"].value if "csrftoken" in amina.client.cookies else ""
    page = amina.post(
        f"/en/case/others/{consent.pk}/answer/",
        {"answer": "yes", "knows_risk": "1", "csrfmiddlewaretoken": token},
    )
    assert page.status in (403, 422)
    consent.refresh_from_db()
    assert consent.state == ConsentState.ASKED
