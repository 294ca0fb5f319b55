"""One case, its whole life, in real browsers: the person in Spanish on a telephone without script,
four people at the desk, the supplier and the auditor take turns, through pages alone. A real worker
sends the mails."""

import re
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import timedelta
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from celery.contrib.testing.worker import start_worker
from celery.signals import setup_logging
from django.test import override_settings
from django.utils import timezone

from config.celery import app
from config.local.walkthrough import words
from config.local.walkthrough.desk import Desk
from config.local.walkthrough.others import Auditor, Supplier
from config.local.walkthrough.person import Person
from config.local.walkthrough.story import STOPS, Cast, play
from core import outbox
from core.outbox import OutboxMessage
from core.vault import ReadLog
from grievance.models import Case, CaseEvent
from grievance.notices import Notice
from grievance.notices.couriers import NoticeCourier
from grievance.notices.letters import letter
from tests import people
from tests.browser import NARROW, Watch, a_context, too_wide
from tests.postbox import Postbox, open_postbox
from tests.postbox import words as text_of
from tests.remedy_makers import an_organisation
from tests.signed_in import signed_in_page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SCREEN = {"width": 1300, "height": 900}
SEALED = (
    words.NARRATIVE,
    words.ACKNOWLEDGED,
    words.TITLE,
    words.ELEMENT,
    words.NEXUS_NOTE,
    words.ASK,
    words.RENDITION,
    words.ANSWER,
    words.PAY,
    words.COUNTER,
    words.ENDED,
    words.ADDRESS,
    words.FILE_NAME,
    str(words.VERDICT["words"]),
)
"""What nobody may read who is not of the case: neither in a mail nor as the auditor."""


@pytest.fixture
def postbox(settings, tmp_path) -> Iterator[Postbox]:
    settings.REDRESS_NUDGE, settings.REDRESS_QUIET_HOURS = True, None
    with override_settings(MEDIA_ROOT=str(tmp_path / "media")), open_postbox(settings) as box:
        yield box


@pytest.fixture
def worker(postbox: Postbox) -> Iterator[None]:
    """A worker in this process, which leaves the process's log alone."""

    def done(**_: object) -> None:
        return

    setup_logging.connect(done, weak=False)
    with start_worker(app, pool="solo", perform_ping_check=False, shutdown_timeout=30):
        yield
    setup_logging.disconnect(done)


@pytest.mark.usefixtures("worker")
def test_the_person_the_desk_the_supplier_and_the_auditor_take_turns(
    chromium, live_server, postbox: Postbox
) -> None:
    for post in people.CAST.values():
        people.the(replace(post, language="es"))
    an_organisation("Own works")
    watch = Watch(urlsplit(live_server.url).netloc)
    wide: dict[str, list[str]] = {}
    languages: set[str | None] = set()

    def look(name: str, page: Any) -> None:
        wide[name] = too_wide(page)
        languages.add(page.locator("html").get_attribute("lang"))

    with ExitStack() as open_windows:

        def window(**wanted: Any) -> Any:
            return open_windows.enter_context(
                a_context(chromium, locale="es-ES", java_script_enabled=False, **wanted)
            )

        def seat(post: people.Post) -> Any:
            return watch.over(signed_in_page(window(viewport=SCREEN), live_server.url, post))

        phone = watch.over(window(viewport=NARROW).new_page())
        auditor = seat(people.HANA)
        cast = Cast(
            person=Person(phone, f"{live_server.url}/es/"),
            intake=Desk(seat(people.BRAM), live_server.url),
            handler=Desk(seat(people.CHIDI), live_server.url),
            lead=Desk(seat(people.DANA), live_server.url),
            supplier=Supplier(seat(people.JONA), live_server.url),
            auditor=Auditor(auditor, live_server.url),
            handler_name=f"{people.CHIDI.first_name} {people.CHIDI.last_name}",
            partner=people.JONA.organisation,
            company="Own works",
        )
        address = play(cast, look)
        person_sees(phone)
        auditor_sees_no_words(cast.auditor, urljoin(live_server.url, address))

    assert tuple(wide) == STOPS and languages == {"es"}
    assert {name: faults for name, faults in wide.items() if faults} == {}
    assert watch.complaints == []
    it_ended_well()
    the_mails_say_nothing(postbox)


def person_sees(phone: Any) -> None:
    """The whole way stands on the person's own page, in Spanish, with their files and ours."""
    assert phone.locator("html").get_attribute("lang") == "es"
    page = phone.inner_text("main")
    for text in (words.ENDED, str(words.VERDICT["words"]), words.FILE_NAME, words.LETTER_NAME):
        assert text in page


def auditor_sees_no_words(auditor: Auditor, case: str) -> None:
    """Codes, times, who read what: yes. Words, buttons, a way to send anything: no."""
    for below in ("", "history/", "remedy/", "referrals/", "read-log/"):
        auditor.look_at(case, below)
        html = auditor.page.content()
        assert auditor.page.locator("h1").count(), below
        assert [text for text in SEALED if text in html] == [], below
        forms = auditor.page.locator("main form[method=post]")
        assert forms.count() == 0, below
    token = next(
        one["value"] for one in auditor.page.context.cookies() if one["name"] == "csrftoken"
    )
    for verb in ("reopen", "write_to_person"):
        answer = auditor.page.request.post(
            urljoin(case, f"do/{verb}/"),
            form={"csrfmiddlewaretoken": token, "body": "x"},
            headers={"Referer": case},
        )
        assert answer.status == 403
    assert not ReadLog.objects.filter(actor_kind="auditor").exists()


def it_ended_well() -> None:
    """The end is what everybody agreed on, and each turn of each user is in the story."""
    case = Case.objects.get()
    assert (case.status, case.company_outcome, case.person_verdict, case.language) == (
        "closed",
        "remedied_full",
        "yes",
        "es",
    )
    told = CaseEvent.objects.filter(case=case)
    assert {"staff", "complainant", "liaison"} <= set(told.values_list("actor_kind", flat=True))
    at_the_desk = told.filter(actor_kind="staff").values_list("actor_id", flat=True)
    assert len(set(at_the_desk)) == 3, "Intake, handler and lead each did their part."


def the_mails_say_nothing(postbox: Postbox) -> None:
    """Everything has left; the person's mails are in Spanish and tell no more."""
    assert postbox.letters, "The worker sends while the case goes on."
    # What failed for now on a busy machine goes at its next attempt.
    at = timezone.now()
    for _hour in range(36):
        outbox.deliver_due(courier=NoticeCourier(), at=at)
        at += timedelta(hours=1)
    assert not OutboxMessage.objects.open().exists()
    mine = [text_of(one) for one in postbox.to(words.ADDRESS)]
    assert len(mine) >= 8
    everything = "\n".join(text_of(one) for one in postbox.letters)
    assert [text for text in SEALED if text in everything] == []
    assert not re.search(r"\d|://|@", "".join(mine))
    assert set(mine) <= {" ".join(letter(notice, "es").body.split()) for notice in Notice}
