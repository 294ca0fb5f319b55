"""A referral may go to a body as well as a supplier, to several at once, and as long as you say.

A body has no way in here: staff pass on the very text that the person agreed to, and note what the
body says. Each referral has its own date. What was agreed to until a day ends on that day.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction

from core.ledger.history import Stamp, stamped
from grievance import lifecycle, tasks
from grievance.models import (
    Clock,
    Consent,
    ConsentState,
    Proceeding,
    Referral,
    ReferralState,
)
from stakeholders.vocabulary import CaseStatus, ClockKind
from tests import makers, people
from tests.amina import Amina
from tests.desk import Desk
from tests.referral_makers import (
    RENDITION,
    agreed,
    asked,
    asked_about_body,
    liaison,
    passed_on,
    referred,
    sent,
    supplier_of,
)

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(datetime(2026, 3, 10, 9, 0, tzinfo=UTC), tick=False) as clock:
        people.everyone()
        yield clock


@pytest.fixture
def made() -> makers.Made:
    people.the(people.JONA)
    return makers.a_case(in_status=CaseStatus.ASSESSMENT)


def page_of(made: makers.Made) -> Amina:
    amina = Amina()
    amina.come_back(made.key)
    amina.go("case/others/")
    return amina


def desk_of(made: makers.Made, post: people.Post = people.CHIDI) -> Desk:
    desk = Desk(post)
    desk.go(f"case/{made.id}/referrals/")
    return desk


def note(made: makers.Made, referral: Referral, said: str, body: str = "They said so.") -> None:
    lifecycle.note_from_body(
        made.id,
        by=people.by(people.CHIDI),
        at=made.at,
        referral_id=referral.pk,
        said=said,
        body=body,
    )
    referral.refresh_from_db()


def waits(referral: Referral) -> bool:
    """Whether a clock waits for the answer to this very referral."""
    return Clock.objects.filter(
        referral=referral, kind=ClockKind.PARTNER_ANSWER, stopped_at=None
    ).exists()


# --- to a body -----------------------------------------------------------------------------------


def test_a_body_gets_the_very_text_that_the_person_agreed_to(made: makers.Made) -> None:
    chidi = desk_of(made)
    offered = chidi.page.root.one("select", id="ask_mechanism").all("option")[1]
    chidi.send(
        "/preview/",
        mechanism=offered.attrs["value"],
        purpose="answer",
        body="May we pass it on to them?",
        rendition=RENDITION,
    )
    chidi.send("/ask_consent/")
    consent = Consent.objects.get()
    amina = page_of(made)
    assert RENDITION in amina.page.words and consent.recipient.name in amina.page.words
    assert "we can’t call back what they have" in amina.page.words
    amina.send(f"/others/{consent.pk}/answer/", {"answer": "yes"}, knows_risk="1")

    chidi = desk_of(made)
    link = next(one for one in chidi.page.links() if one.endswith(".txt"))
    handed = chidi.client.get(link)
    assert handed.content.decode() == RENDITION
    assert handed.headers["Content-Disposition"].startswith("attachment")
    chidi.send("/send_referral/")
    assert chidi.page.status == 422 and "Say by which way" in chidi.words
    chidi.send("/send_referral/", way="letter")
    referral = Referral.objects.get()
    assert referral.state == ReferralState.SENT and referral.due_at is None
    amina.go("case/others/")
    assert "By letter" in amina.page.words and RENDITION in amina.page.words

    desk_of(made)
    chidi.send("/note_from_body/", said="step", body="An inspector went there.")
    assert "Noted." in " ".join(chidi.done) and "An inspector went there." in chidi.words
    amina.go("case/others/")
    assert "An inspector went there." in amina.page.words


def test_beside_a_referral_to_a_body_stands_a_proceeding(made: makers.Made) -> None:
    referral = passed_on(made, makers.a_mechanism())
    proceeding = Proceeding.objects.get(case_id=made.id)
    assert referral.proceeding == proceeding
    assert (proceeding.state, proceeding.mechanism_id) == ("filed", referral.mechanism_id)
    for said, state, stands in (
        ("acknowledgement", ReferralState.ACKNOWLEDGED, "filed"),
        ("step", ReferralState.IN_PROGRESS, "accepted"),
        ("answer", ReferralState.ANSWERED, "accepted"),
    ):
        note(made, referral, said)
        proceeding.refresh_from_db()
        assert (referral.state, proceeding.state) == (state, stands)
    with pytest.raises(lifecycle.MoveNotAllowed):
        note(made, referral, "step")
    assert passed_on(made, makers.a_mechanism()).proceeding == proceeding, "The one there is."


def test_no_date_of_ours_binds_a_body_and_the_end_of_the_case_takes_nothing_from_it(
    made: makers.Made, clock: time_machine.Traveller
) -> None:
    referral = passed_on(made, makers.a_mechanism())
    clock.move_to(made.at + 181 * DAY)
    tasks.sweep_clocks()
    tasks.expire_consents()
    referral.refresh_from_db()
    assert referral.state == ReferralState.SENT
    assert Consent.objects.get().state == ConsentState.EXPIRED
    lifecycle.withdraw(made.id, at=made.at + 182 * DAY, pressured="no")
    note(made, referral, "hand_back", "Not within our powers.")
    assert referral.state == ReferralState.DECLINED
    assert Proceeding.objects.get().state == "not_accepted"


def test_the_person_takes_it_back_and_is_told_what_that_means(made: makers.Made) -> None:
    referral = passed_on(made, makers.a_mechanism())
    amina = page_of(made)
    amina.send(f"/others/{referral.consent_id}/take-back/")
    referral.refresh_from_db()
    assert referral.state == ReferralState.REVOKED
    assert "What they have, they keep." in amina.page.words


def test_nobody_signs_in_for_a_body_and_no_partner_speaks_for_it(made: makers.Made) -> None:
    referral = passed_on(made, makers.a_mechanism())
    jona = Desk(people.JONA)
    assert referral.reference not in jona.go("/desk/supplier/").html
    assert jona.client.get(f"/desk/supplier/{referral.reference}/").status_code == 404
    with pytest.raises(lifecycle.ReferralNotFound):
        lifecycle.log_step(referral.pk, by=liaison(people.JONA), at=made.at, body="Me too.")
    for post in (people.BRAM, people.HANA, people.JONA):
        with pytest.raises(lifecycle.Refused):
            lifecycle.note_from_body(
                made.id, by=people.by(post), at=made.at, referral_id=referral.pk, said="step"
            )


def test_a_supplier_speaks_for_itself(made: makers.Made) -> None:
    referral = referred(made)
    with pytest.raises(lifecycle.ReferralNotFound):
        note(made, referral, "answer")


def test_one_recipient_and_no_way_of_its_own_for_a_body(made: makers.Made) -> None:
    body = makers.a_mechanism()
    with pytest.raises(lifecycle.StaysHere):
        asked_about_body(made, body, purpose="own_way")
    with pytest.raises(lifecycle.OneRecipient):
        lifecycle.preview_proposal(
            made.case,
            at=made.at,
            organisation_id=supplier_of(people.JONA).pk,
            mechanism_id=body.pk,
            scopes=["facts"],
            purpose="answer",
            rendition=RENDITION,
        )
    consent = asked_about_body(made, body)
    stamp = Stamp(people.by(people.CHIDI), "cheat", made.case.people_key_id, made.at)
    with pytest.raises(IntegrityError), transaction.atomic(), stamped(stamp):
        consent.organisation = supplier_of(people.JONA)
        consent.save()


# --- several at once -----------------------------------------------------------------------------


def test_each_referral_has_its_own_date_and_comes_back_alone(
    made: makers.Made, clock: time_machine.Traveller
) -> None:
    first = referred(made)
    later = makers.Made(made.id, made.key, made.at + 5 * DAY)
    second = referred(later, of=people.KEMI)
    body = passed_on(later, makers.a_mechanism())
    with pytest.raises(lifecycle.AnotherAwaited):
        asked(later, text="One more thing.")
    assert waits(first) and waits(second) and not waits(body)
    assert first.due_at < second.due_at

    clock.move_to(first.due_at + timedelta(minutes=1))
    for _ in range(2):
        tasks.sweep_clocks()
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == (ReferralState.RETURNED, ReferralState.SENT)
    assert not waits(first) and waits(second)
    lifecycle.answer_referral(second.pk, by=liaison(people.KEMI), at=first.due_at, body="It is so.")
    assert not waits(second)
    assert "Kemi" not in desk_of(made, people.JONA).words


def test_a_clock_from_before_clocks_knew_their_referral_brings_it_back(
    made: makers.Made, clock: time_machine.Traveller
) -> None:
    referral = referred(made)
    nameless = Clock.objects.get(referral=referral)
    stamp = Stamp(people.by(people.CHIDI), "earlier", made.case.people_key_id, made.at)
    with transaction.atomic(), stamped(stamp):
        nameless.referral = None
        nameless.save()
    clock.move_to(referral.due_at + timedelta(minutes=1))
    for _ in range(2):
        tasks.sweep_clocks()
    referral.refresh_from_db()
    nameless.refresh_from_db()
    assert referral.state == ReferralState.RETURNED
    assert nameless.stopped_at is not None


def test_the_desk_names_whose_answer_each_clock_waits_for(made: makers.Made) -> None:
    for post in (people.JONA, people.KEMI):
        referred(made, of=post)
    shown = Desk(people.CHIDI).open(made.id).words
    for post in (people.JONA, people.KEMI):
        assert f"Partner's answer · {post.organisation}" in shown


def test_news_from_one_does_not_take_the_question_about_another_away(made: makers.Made) -> None:
    referral = referred(made)
    kemi, body = asked(made, of=people.KEMI), asked_about_body(made, makers.a_mechanism())
    lifecycle.answer_referral(referral.pk, by=liaison(people.JONA), at=made.at, body="It is so.")
    assert made.case.waiting_for == "person"
    lifecycle.decline_consent(made.id, at=made.at, consent_id=kemi.pk)
    assert made.case.waiting_for == "person"
    lifecycle.decline_consent(made.id, at=made.at, consent_id=body.pk)
    assert made.case.waiting_for == "staff"


def test_a_question_that_is_not_open_any_more_is_not_waited_for(made: makers.Made) -> None:
    question = asked(made)
    assert made.case.waiting_for == "person"
    lifecycle.name_respondent_organisation(
        made.id,
        by=people.by(people.CHIDI),
        at=made.at,
        organisation_id=supplier_of(people.JONA).pk,
    )
    question.refresh_from_db()
    assert (made.case.waiting_for, question.state) == ("staff", ConsentState.WITHDRAWN)


def test_nothing_is_read_while_the_person_is_only_asked_or_has_only_agreed(
    made: makers.Made,
) -> None:
    consent = agreed(made)
    reference = Referral.objects.get().reference
    jona = Desk(people.JONA)
    assert reference not in jona.go("/desk/supplier/").html
    assert jona.client.get(f"/desk/supplier/{reference}/").status_code == 404
    sent(made, consent)
    assert jona.client.get(f"/desk/supplier/{reference}/").status_code == 200


# --- how long ------------------------------------------------------------------------------------


@pytest.mark.parametrize(("lasts", "days"), [("30", 30), ("90", 90), ("180", 180)])
def test_it_ends_on_the_day_that_the_person_chose(
    made: makers.Made, clock: time_machine.Traveller, lasts: str, days: int
) -> None:
    consent = asked(made)
    lifecycle.give_consent(
        made.id,
        at=made.at,
        consent_id=consent.pk,
        scopes=["facts"],
        knows_risk=True,
        lasts=lasts,
    )
    clock.move_to(made.at + days * DAY - timedelta(minutes=1))
    tasks.expire_consents()
    consent.refresh_from_db()
    assert consent.state == ConsentState.GIVEN
    clock.move_to(made.at + days * DAY)
    tasks.expire_consents()
    consent.refresh_from_db()
    assert consent.state == ConsentState.EXPIRED
    with pytest.raises(lifecycle.NoConsent):
        sent(made, consent)


def test_a_time_that_we_do_not_know_is_no_answer(made: makers.Made) -> None:
    consent = asked(made)
    with pytest.raises(lifecycle.UnknownCode):
        lifecycle.give_consent(
            made.id,
            at=made.at,
            consent_id=consent.pk,
            scopes=["facts"],
            knows_risk=True,
            lasts="for ever",
        )


@pytest.mark.parametrize(
    ("lasts", "after"), [("case", ReferralState.RETURNED), ("180", ReferralState.ANSWERED)]
)
def test_until_the_case_ends_means_until_then(lasts: str, after: str) -> None:
    made = makers.a_case(in_status=CaseStatus.SCREENING)
    consent = asked(made)
    lifecycle.give_consent(
        made.id,
        at=made.at,
        consent_id=consent.pk,
        scopes=["facts"],
        knows_risk=True,
        lasts=lasts,
    )
    referral = sent(made, consent)
    open_question = asked(made, of=people.KEMI)
    lifecycle.answer_referral(referral.pk, by=liaison(people.JONA), at=made.at, body="It is so.")
    makers.declined(makers.proposed_out_of_scope(made))
    referral.refresh_from_db()
    open_question.refresh_from_db()
    assert referral.state == after
    assert open_question.state == ConsentState.WITHDRAWN, "Nobody is asked after the end."
    reads = Desk(people.JONA).client.get(f"/desk/supplier/{referral.reference}/")
    assert (reads.status_code == 200) is (after == ReferralState.ANSWERED)
