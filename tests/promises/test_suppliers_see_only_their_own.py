"""A supplier reads the text that was sent to them while the person lets them, and nothing else.

Not whose case it is, not what the person wrote, not that anybody else was asked. What is not
theirs, what was taken back and what never was cannot be told apart.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.mail import EmailMessage
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from core.actors import Actor, ActorKind
from core.ledger.history import Stamp, stamped
from core.outbox import OutboxMessage
from core.vault.reading import ReadLog
from grievance import lifecycle, tasks
from grievance.models import CaseEvent, Referral, ReferralEntry, ReferralState
from stakeholders.models import Membership
from stakeholders.roles import Role
from stakeholders.vocabulary import CaseStatus
from tests import makers, people
from tests.amina import Amina
from tests.desk import Desk
from tests.referral_makers import RENDITION, liaison, referred

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
HOME = "/desk/supplier/"
ADDRESS = "goldammer.amina@verborgen.example"
CANARIES = {
    "narrative": "Kanarienvogel sang at the loading dock",
    "chain_note": "behind the Zeisig bridge",
    "remedy_note": "that Stieglitz hall be lit",
}
MESSAGE = "Pirol knows the second name"
TITLE = "Wiedehopf at the dock"


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(datetime(2026, 3, 10, 9, 0, tzinfo=UTC), tick=False) as clock:
        yield clock


@pytest.fixture
def made() -> makers.Made:
    people.everyone()
    made = makers.a_case(in_status=CaseStatus.ASSESSMENT, email=ADDRESS, **CANARIES)
    lifecycle.write_back(made.id, at=made.at, body=MESSAGE)
    lifecycle.name_case(made.id, by=people.by(people.CHIDI), at=made.at, title=TITLE)
    return made


@pytest.fixture
def referral(made: makers.Made) -> Referral:
    return referred(made)


def page_of(referral: Referral) -> str:
    return f"{HOME}{referral.reference}/"


def test_they_read_what_was_sent_and_nothing_else_of_the_case(
    made: makers.Made, referral: Referral, mailoutbox: list[EmailMessage]
) -> None:
    jona = Desk(people.JONA)
    seen = [jona.go(HOME).html, jona.go(page_of(referral)).html]
    assert RENDITION in seen[1] and referral.rendition_hash in seen[1]
    jona.send("/say/step/", body="We asked the shift lead.")
    seen.append(jona.page.html)
    jona.send("/say/answer/", body="The cameras are off since Monday.")
    seen.append(jona.page.html)
    tasks.deliver_notices()
    mine = [mail for mail in mailoutbox if "jona@example.org" in mail.to]
    assert mine, "They are told that there is something to read."
    seen += [f"{mail.subject} {mail.body} {mail.extra_headers}" for mail in mine]
    hidden = (
        *CANARIES.values(),
        MESSAGE,
        TITLE,
        ADDRESS,
        made.case.reference,
        f"/case/{made.id}",
        "chidi",
    )
    for text in seen:
        assert not [word for word in hidden if word.lower() in text.lower()]
    for mail in mine:
        assert RENDITION not in mail.body and referral.reference not in mail.body


def test_reading_it_is_kept_in_the_read_log(referral: Referral) -> None:
    Desk(people.JONA).go(page_of(referral))
    rows = ReadLog.objects.filter(actor_kind="liaison", reason="referral")
    assert {row.place for row in rows} == {"grievance.Referral.rendition"}
    assert {row.actor_id for row in rows} == {people.the(people.JONA).pk}


def test_what_is_not_theirs_answers_like_what_never_was(
    made: makers.Made, referral: Referral
) -> None:
    other = makers.a_case(in_status=CaseStatus.ASSESSMENT)
    kemis = referred(other, "For Kemi alone.", of=people.KEMI)
    jona = Desk(people.JONA)
    jona.go(page_of(referral))
    lifecycle.revoke_consent(made.id, at=made.at, consent_id=referral.consent_id)
    back = referral.reference
    answers = set()
    for reference in (kemis.reference, back, "S-00000-00000"):
        for response in (
            jona.client.get(f"{HOME}{reference}/"),
            _said(jona, reference, "answer"),
        ):
            assert response.status_code == 404
            answers.add(response.content.decode().replace(reference, "…"))
    assert len(answers) <= 2, "One answer to reading and one to saying, whichever it is."
    assert "For Kemi alone." not in "".join(answers)
    assert kemis.reference not in jona.go(HOME).html and back not in jona.page.html
    assert not ReferralEntry.objects.exists()


def _said(jona: Desk, reference: str, kind: str):
    token = jona.client.cookies["csrftoken"].value
    return jona.client.post(
        f"{HOME}{reference}/say/{kind}/", {"body": "Me too.", "csrfmiddlewaretoken": token}
    )


def test_behind_the_pages_the_answer_is_the_same(made: makers.Made, referral: Referral) -> None:
    kemi = liaison(people.KEMI)
    for verb in (
        lifecycle.acknowledge_referral,
        lifecycle.log_step,
        lifecycle.answer_referral,
        lifecycle.hand_back,
    ):
        for pk in (referral.pk, referral.pk + 1000):
            with pytest.raises(lifecycle.ReferralNotFound):
                verb(pk, by=kemi, at=made.at, body="Me too.")
        for by in (people.by(people.JONA), people.by(people.CHIDI)):
            with pytest.raises(lifecycle.NotPermitted):
                verb(referral.pk, by=by, at=made.at, body="Me too.")
        with pytest.raises(lifecycle.Refused):
            chidi = Actor(ActorKind.LIAISON, people.the(people.CHIDI).pk)
            verb(referral.pk, by=chidi, at=made.at, body="Me too.")


def test_a_liaison_does_nothing_to_the_case_itself(made: makers.Made, referral: Referral) -> None:
    jona = liaison(people.JONA)
    with pytest.raises(lifecycle.Refused):
        lifecycle.write_to_person(made.id, by=jona, at=made.at, body="Who are you?")
    with pytest.raises(lifecycle.Refused):
        lifecycle.name_case(made.id, by=people.by(people.JONA), at=made.at, title="Mine")
    lifecycle.answer_referral(referral.pk, by=jona, at=made.at, body="It is so.")
    assert made.case.status == CaseStatus.ASSESSMENT


def test_when_the_consent_runs_out_so_does_the_reading(
    referral: Referral, clock: time_machine.Traveller
) -> None:
    lifecycle.answer_referral(
        referral.pk, by=liaison(people.JONA), at=referral.sent_at, body="It is so."
    )
    jona = Desk(people.JONA)
    assert jona.go(page_of(referral)).status == 200
    clock.move_to(referral.consent.expires_at + timedelta(minutes=1))
    jona = Desk(people.JONA)
    assert jona.client.get(page_of(referral)).status_code == 404


def test_they_acknowledge_log_and_answer_and_the_person_reads_it(
    made: makers.Made, referral: Referral
) -> None:
    jona = Desk(people.JONA)
    jona.go(HOME)
    jona.follow(next(link for link in jona.page.links() if referral.reference in link))
    jona.send("/say/acknowledgement/", body="")
    assert "Noted: you have it." in jona.words
    jona.send("/say/step/", body="We asked the shift lead.")
    jona.send("/say/answer/", body="")
    assert jona.page.status == 422 and "Write something first." in jona.words
    jona.send("/say/answer/", body="The cameras are off since Monday.")
    assert "Your answer is sent." in jona.words
    referral.refresh_from_db()
    assert referral.state == ReferralState.ANSWERED
    left = [one.attrs["action"].split("/")[-2] for one in jona.page.root.all("form")]
    assert left == ["proposal", "help"], "Nothing is owed any more."

    amina = Amina()
    amina.come_back(made.key)
    amina.go("case/others/")
    assert "The cameras are off since Monday." in amina.page.words
    chidi = Desk(people.CHIDI)
    chidi.go(f"case/{made.id}/referrals/")
    assert "We asked the shift lead." in chidi.words
    history = chidi.go(f"case/{made.id}/history/")
    assert "The partner answered" in history.words and "cameras are off" not in history.html


def test_handed_back_it_is_gone_from_their_desk(made: makers.Made, referral: Referral) -> None:
    jona = Desk(people.JONA)
    jona.go(page_of(referral))
    jona.send("/say/hand_back/", body="It is not our site.")
    assert jona.page.path == HOME and "It is handed back." in jona.words
    assert jona.client.get(page_of(referral)).status_code == 404
    assert CaseEvent.objects.filter(case_id=made.id, verb="hand_back").exists()


def test_staff_have_no_business_on_their_pages_and_they_have_none_at_the_desk(
    made: makers.Made, referral: Referral
) -> None:
    for post in people.CAST.values():
        client = people.signed_in(post)
        assert client.get(HOME).status_code == 403
        assert client.get(page_of(referral)).status_code == 403
    jona = Desk(people.JONA)
    for address in ("queue/", f"case/{made.id}/", f"case/{made.id}/referrals/", "outbox/"):
        assert jona.go(address).path == HOME
    response = Client().get(page_of(referral))
    assert response.status_code == 302
    assert response.headers["Location"].startswith(reverse("account_login"))


def test_a_liaison_belongs_to_one_supplier_and_to_no_other_role() -> None:
    jona, chidi = people.the(people.JONA), people.the(people.CHIDI)
    organisation = Membership.objects.get(user=jona).organisation
    stamp = Stamp(
        people.by(people.IVO), "manage_people", makers.a_case().case.people_key_id, people.HIRED
    )
    for wrong in (
        Membership(user=chidi, role=Role.SUPPLIER_LIAISON),
        Membership(user=chidi, role=Role.CASE_HANDLER, organisation=organisation),
    ):
        with pytest.raises(IntegrityError), transaction.atomic(), stamped(stamp):
            wrong.save()


def test_who_has_left_reads_nothing_more(made: makers.Made, referral: Referral) -> None:
    jona = people.the(people.JONA)
    with stamped(Stamp(people.by(people.IVO), "left", made.case.people_key_id, made.at)):
        jona.is_active = False
        jona.save()
    with pytest.raises(lifecycle.Refused):
        lifecycle.answer_referral(
            referral.pk, by=liaison(people.JONA), at=made.at, body="Still here."
        )
    assert people.signed_in(people.JONA).get(HOME).status_code == 302


def test_both_sides_are_told_once(made: makers.Made, referral: Referral) -> None:
    asked = OutboxMessage.objects.filter(notice="partner_asked")
    assert [row.recipient_id for row in asked] == [people.the(people.JONA).pk]
    assert OutboxMessage.objects.filter(notice="referral_news").count() == 1


def test_the_list_costs_the_same_however_long_it_is(
    made: makers.Made, referral: Referral, django_assert_max_num_queries
) -> None:
    for _ in range(3):
        referred(makers.a_case(in_status=CaseStatus.ASSESSMENT))
    jona = people.signed_in(people.JONA)
    with django_assert_max_num_queries(8):
        assert jona.get(HOME).status_code == 200
    with django_assert_max_num_queries(12):
        assert jona.get(page_of(referral)).status_code == 200
