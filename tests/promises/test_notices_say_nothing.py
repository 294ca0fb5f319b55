"""A notice says that there is something to read, in your language, and nothing else. It arrives
once, or it is seen that it did not."""

import logging
import re
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from celery.contrib.testing.worker import start_worker
from celery.signals import setup_logging
from django.conf import settings as house
from django.utils import timezone

from config.celery import app
from core import outbox
from core.ledger.history import Stamp, stamped
from core.outbox import MessageStatus, OutboxMessage, Recipient
from core.vault.reading import ReadLog
from grievance import lifecycle
from grievance.models import Clock
from grievance.notices import TO_PERSON, Notice
from grievance.notices.couriers import NoticeCourier
from grievance.notices.letters import letter
from tests import haystack, makers, people
from tests.postbox import Postbox, open_postbox, words
from tests.referral_makers import RENDITION, liaison, referred

pytestmark = pytest.mark.django_db(transaction=True)

ADDRESS = "goldammer.amina@verborgen.example"
CANARIES = {
    "narrative": "Kanarienvogel sang at the loading dock",
    "chain_note": "behind the Zeisig bridge",
    "remedy_note": "that Stieglitz hall be lit",
}
MESSAGE = "Pirol knows the second name"
LANGUAGES = [code for code, _name in house.LANGUAGES]


@pytest.fixture
def postbox(settings) -> Iterator[Postbox]:
    with open_postbox(settings) as box:
        yield box


def deliver(at: datetime) -> outbox.DeliveryReport:
    """Deliver as the worker does."""
    return outbox.deliver_due(courier=NoticeCourier(), at=at)


def sweep(until: datetime, *, made: makers.Made) -> None:
    """Let the beat look at the running clocks day by day."""
    at = made.at
    while at <= until:
        for clock in Clock.objects.filter(case_id=made.id, next_look_at__lte=at):
            lifecycle.look_at_clock(clock.pk, at=at)
        at += timedelta(hours=8)


def staff_who_read(language: str) -> None:
    for user in [*people.everyone().values(), people.the(people.JONA)]:
        with stamped(Stamp(people.by(people.IVO), "edit", uuid4(), people.HIRED)):
            user.language = language
            user.save(update_fields=["language"])


def queue_the_rest(made: makers.Made, language: str) -> None:
    """Queue the kinds of notice that the two cases above did not cause, as a verb would."""
    for notice in set(Notice) - set(OutboxMessage.objects.values_list("notice", flat=True)):
        to_person = notice in TO_PERSON
        recipient = Recipient(
            "complainant" if to_person else "staff",
            made.case.complainant.pk if to_person else people.the(people.BRAM).pk,
        )
        outbox.queue(
            notice=notice,
            recipient=recipient,
            language=language,
            about=str(made.id),
            dedupe_key=f"test:{notice}",
            at=made.at,
        )


def every_notice_happens(language: str) -> datetime:
    """Two cases go all their ways; return the moment after the last step."""
    staff_who_read(language)
    sent = makers.a_case(email=ADDRESS, language=language, **CANARIES)
    sweep(sent.at + timedelta(days=8), made=sent)
    made = makers.acknowledged(makers.Made(sent.id, sent.key, sent.at + timedelta(days=8)))
    bram, ewa, dana = people.by(people.BRAM), people.by(people.EWA), people.by(people.DANA)
    refused = makers.proposed_out_of_scope(made)
    lifecycle.reject_out_of_scope(made.id, by=ewa, at=refused.at, note=MESSAGE)
    taken = makers.taken_up(refused)
    lifecycle.ask_person(made.id, by=bram, at=taken.at, body=MESSAGE)
    lifecycle.write_back(made.id, at=taken.at, body=MESSAGE)
    lifecycle.write_to_person(made.id, by=bram, at=taken.at, body=MESSAGE)
    lifecycle.assign(made.id, by=dana, at=taken.at, handler_id=people.the(people.FARID).pk)
    lifecycle.withdraw(made.id, at=taken.at, pressured="no", reason=MESSAGE)
    closed = makers.a_case(in_status="closed", at=taken.at, email=ADDRESS, language=language)
    queue_the_rest(closed, language)
    given = makers.a_case(in_status="assessment", at=closed.at, email=ADDRESS, language=language)
    referral = referred(given)
    lifecycle.acknowledge_referral(referral.pk, by=liaison(people.JONA), at=given.at)
    chidi = people.by(people.CHIDI)
    lifecycle.return_referral(given.id, by=chidi, at=given.at, referral_id=referral.pk)
    return given.at


def _stands_in(text: str, said: str) -> bool:
    """Whether a text stands there as words of its own: "Ivo" is no part of "motivo"."""
    return re.search(rf"(?<!\w){re.escape(text)}(?!\w)", said, re.IGNORECASE) is not None


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_notice_tells_what_about_whom_or_from_where(postbox: Postbox, language: str) -> None:
    at = every_notice_happens(language)
    while deliver(at).sent:
        pass

    queued = OutboxMessage.objects.all()
    assert {row.notice for row in queued} == set(Notice), "Each kind of notice is sent."
    assert {row.status for row in queued} == {MessageStatus.SENT}
    assert len(postbox.letters) == queued.count()
    subject = letter(Notice.RECEIVED, language).subject
    forbidden = (
        *CANARIES.values(),
        MESSAGE,
        ADDRESS.partition("@")[0],
        makers.EXPLANATION,
        RENDITION,
        house.REDRESS_COMPANY_NAME,
        "redress",
        "grievance",
        "http",
        "www.",
        "kenya",
    )
    names = [user.first_name for user in people.everyone().values()]
    for one in postbox.letters:
        assert one["Subject"] == subject
        assert one["From"] == house.REDRESS_NOTICE_FROM
        assert one.get_content_type() == "text/plain", "No picture, no tracking, no link."
        said = words(one)
        assert not [text for text in forbidden if text.lower() in said.lower()]
        assert not [name for name in names if _stands_in(name, said)]
        assert not re.search(r"[\d٠-٩]|R-[0-9A-Z]{4}|://|@", said)
        told = f"{one['Subject']} {one['Message-ID']}"
        assert not [text for text in forbidden if text.lower() in told.lower()]
        assert not [name for name in names if _stands_in(name, told)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_notice_is_in_the_readers_language(postbox: Postbox, language: str) -> None:
    deliver(every_notice_happens(language))
    arrived = {words(one) for one in postbox.letters}

    texts = {" ".join(letter(notice, language).body.split()) for notice in Notice}
    assert arrived <= texts and len(texts) == len(Notice)
    if language != "en":
        assert [one for one in Notice if letter(one, language).body == letter(one, "en").body] == []
        assert letter(Notice.RECEIVED, language).subject != letter(Notice.RECEIVED, "en").subject
    if language == "ar":
        assert all(re.search("[\u0600-\u06ff]", text) for text in texts)


def test_the_person_and_the_staff_each_read_their_own_language(postbox: Postbox) -> None:
    staff_who_read("fr")
    made = makers.acknowledged(makers.a_case(email=ADDRESS, language="ar"))
    lifecycle.write_back(made.id, at=made.at, body=MESSAGE)
    deliver(made.at)

    assert words(postbox.to(ADDRESS)[0]) in letter(Notice.RECEIVED, "ar").body
    assert words(postbox.to("bram@example.org")[0]) in letter(Notice.PERSON_WROTE, "fr").body


def test_one_event_is_told_once_however_often_the_work_is_done(postbox: Postbox) -> None:
    people.everyone()
    made = makers.a_case(email=ADDRESS)
    for _ in range(3):
        sweep(made.at + timedelta(days=4), made=made)
        deliver(made.at + timedelta(days=4))
    late = letter(Notice.DELAYED, "en").body
    assert [words(one) + "\n" for one in postbox.to(ADDRESS)].count(late) == 1

    made = makers.acknowledged(makers.Made(made.id, made.key, made.at + timedelta(days=4)))
    deliver(made.at)
    deliver(made.at)
    assert [words(one) for one in postbox.to(ADDRESS)] == [
        letter(notice, "en").body.strip()
        for notice in (Notice.RECEIVED, Notice.DELAYED, Notice.ACKNOWLEDGED)
    ]


def test_who_asked_for_no_mail_gets_none(postbox: Postbox) -> None:
    made = makers.a_case(in_status="assessment")
    deliver(made.at)

    assert not OutboxMessage.objects.filter(notice__in=TO_PERSON).exists()
    assert {one["To"] for one in postbox.letters} <= {"bram@example.org", "chidi@example.org"}


def test_the_outbox_and_the_log_hold_no_address(
    postbox: Postbox, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    postbox.refusal = f"550 No such user {ADDRESS}"
    made = makers.a_case(email=ADDRESS)
    deliver(made.at)

    assert haystack.found([ADDRESS], haystack.tables()["core_outboxmessage"]) == []
    ours = "".join(str(vars(one)) for one in caplog.records if one.name != "mail.log")
    assert "outbox.given_up" in ours
    assert haystack.found([ADDRESS], ours.encode()) == []
    assert ReadLog.objects.filter(reason="send_notice", actor_kind="system").count() == 1


def test_a_notice_that_is_refused_for_now_is_tried_again_later(postbox: Postbox) -> None:
    made = makers.a_case(email=ADDRESS)
    postbox.refusal = "451 Come back later"
    assert deliver(made.at).retried == 1
    row = OutboxMessage.objects.get()
    assert (row.status, row.attempts) == (MessageStatus.QUEUED, 1)
    assert row.next_attempt_at > made.at

    postbox.refusal = ""
    assert deliver(made.at).sent == 0, "Not before its time."
    assert deliver(row.next_attempt_at).sent == 1
    assert len(postbox.letters) == 1


def test_a_notice_that_nobody_takes_is_given_up_where_somebody_sees_it(postbox: Postbox) -> None:
    made = makers.a_case(email=ADDRESS)
    postbox.refusal = "550 No such user"
    assert deliver(made.at).given_up == 1

    page = people.signed_in(people.IVO).get("/desk/outbox/")
    assert page.status_code == 200
    given_up = page.content.decode().partition('id="group-2"')[0]
    assert '<th scope="row">received</th>' in given_up and "Undeliverable" in given_up
    assert ADDRESS not in page.content.decode()


def test_a_server_that_stays_away_is_given_up_after_days_and_not_for_ever(settings) -> None:
    made = makers.a_case(email=ADDRESS)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = "127.0.0.1", 9, False
    at, tries = made.at, 0
    while OutboxMessage.objects.open().exists():
        at = OutboxMessage.objects.get().next_attempt_at
        deliver(at)
        tries += 1

    assert OutboxMessage.objects.given_up().count() == 1
    assert tries > 5 and at - made.at > timedelta(hours=12)


def test_one_bad_address_holds_up_nobody_else(postbox: Postbox) -> None:
    first = makers.a_case(email="ok@verborgen.example")
    with stamped(Stamp(people.by(people.IVO), "edit", uuid4(), people.HIRED)):
        bram = people.the(people.BRAM)
        bram.email = "no address at all"
        bram.save(update_fields=["email"])
    lifecycle.write_back(first.id, at=first.at, body=MESSAGE)
    deliver(first.at + timedelta(hours=1))

    assert len(postbox.to("ok@verborgen.example")) == 1


def test_a_colleague_who_left_is_not_told(postbox: Postbox) -> None:
    made = makers.acknowledged(makers.a_case())
    lifecycle.write_back(made.id, at=made.at, body=MESSAGE)
    with stamped(Stamp(people.by(people.IVO), "leave", uuid4(), made.at)):
        bram = people.the(people.BRAM)
        bram.is_active = False
        bram.save(update_fields=["is_active"])

    assert deliver(made.at).not_needed == 1
    assert not postbox.letters


@pytest.fixture
def logging_left_alone() -> Iterator[None]:
    """A worker in this process would set up the process's log and standard output anew."""

    def done(**_: object) -> None:
        return

    setup_logging.connect(done, weak=False)
    yield
    setup_logging.disconnect(done)


@pytest.mark.usefixtures("logging_left_alone")
def test_a_real_worker_on_the_real_queue_sends_it_at_once(postbox: Postbox, settings) -> None:
    settings.REDRESS_NUDGE = True
    settings.REDRESS_QUIET_HOURS = None  # whatever the hour at which the tests run
    with start_worker(app, pool="solo", perform_ping_check=False, shutdown_timeout=30):
        makers.a_case(email=ADDRESS, language="fr", at=timezone.now())
        deadline = time.monotonic() + 30
        while not postbox.letters and time.monotonic() < deadline:
            time.sleep(0.05)

    assert [words(one) for one in postbox.to(ADDRESS)] == [
        letter(Notice.RECEIVED, "fr").body.strip()
    ]
    assert OutboxMessage.objects.get().status == MessageStatus.SENT
