"""A canary sits in everything that a case holds, and a supplier's liaison reaches none of them.

Jona signs in, follows every link, presses every button, guesses every address of the desk, and
reads every mail. Logs, tasks, Redis, files and every row of the database are searched besides.
Who the person is stands only in the text that the person agreed to.
"""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from celery.signals import before_task_publish
from django.core.mail import EmailMessage
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone

from grievance import lifecycle, tasks
from grievance.files.uploads import Upload
from grievance.models import Attachment, MediaType, Referral
from stakeholders.vocabulary import CaseStatus
from tests import haystack, makers, people
from tests.crawling import Crawl
from tests.referral_makers import agreed, liaison, referred
from tests.specimen_files import photo, sent

pytestmark = pytest.mark.django_db(transaction=True)
HOME = "/desk/supplier/"
NAME, MAIL = "Goldammer Amina", "goldammer.amina@verborgen.example"
SEALED = {
    "narrative": "Kanarienvogel sang at the loading dock",
    "place": "behind the Zeisig bridge",
    "wish": "that Stieglitz hall be lit",
    "mail": MAIL,
    "message": f"Pirol knows the second name, says {NAME}",
    "file name": "Rotkehlchen-am-Tor.txt",
    "file": "Wiedehopf wrote this line into the paper",
    "staff message": "Dompfaff asks you when it was",
    "title": "Gimpel at the dock",
    "staff note": "Girlitz should look at it first",
    "other rendition": "Eichelhaeher was filmed on your own site",
    "other answer": "Nachtigall has taken the cameras down",
}
PLAIN = "Workers at one of your sites say that cameras score them. Is that so?"


@dataclass(frozen=True)
class World:
    """Two cases with Jona's supplier, one of them with another supplier besides."""

    made: makers.Made
    facts: Referral
    identity: Referral
    others: Referral
    file: Attachment


@pytest.fixture(autouse=True)
def media(tmp_path: Path, settings: Any) -> Iterator[None]:
    settings.REDRESS_NUDGE, settings.REDRESS_QUIET_HOURS = True, None
    with override_settings(MEDIA_ROOT=str(tmp_path / "media")):
        yield


@pytest.fixture
def published() -> Iterator[list[str]]:
    """What is handed to workers, arguments and headers."""
    heap: list[str] = []

    def note(body: Any = None, headers: Any = None, **_more: Any) -> None:
        heap.append(f"{body} {headers}")

    before_task_publish.connect(note)
    yield heap
    before_task_publish.disconnect(note)


@pytest.fixture
def world() -> World:
    people.everyone()
    people.the(people.JONA, password=people.PASSWORD)
    # Four days ago, so that what is told of it is due by now.
    then = timezone.now() - timedelta(days=4)
    chidi = people.by(people.CHIDI)
    made = makers.a_case(
        in_status=CaseStatus.ASSESSMENT,
        at=then,
        email=MAIL,
        narrative=SEALED["narrative"],
        chain_note=SEALED["place"],
        remedy_note=SEALED["wish"],
    )
    evidence = Upload(SEALED["file name"], SEALED["file"].encode(), MediaType.TEXT)
    lifecycle.write_back(made.id, at=made.at, body=SEALED["message"], files=[evidence])
    lifecycle.write_to_person(made.id, by=chidi, at=made.at, body=SEALED["staff message"])
    lifecycle.name_case(made.id, by=chidi, at=made.at, title=SEALED["title"])
    lifecycle.ask_interim(
        made.id, by=chidi, at=made.at, kind="stop_practice", request=SEALED["staff note"]
    )
    # With more words around it: the fingerprint of a whole text is kept, and tells nothing of it.
    others = referred(made, f"{SEALED['other rendition']}. Is it so?", of=people.KEMI)
    lifecycle.answer_referral(
        others.pk, by=liaison(people.KEMI), at=made.at, body=SEALED["other answer"]
    )
    facts = referred(made, PLAIN)
    known = makers.a_case(in_status=CaseStatus.ASSESSMENT, at=then, email=f"second.{MAIL}")
    agreed(known, "facts", "identity", text=f"{NAME}, {MAIL}, asks you for the pictures.")
    identity = Referral.objects.get(case_id=known.id)
    lifecycle.send_referral(known.id, by=chidi, at=known.at, referral_id=identity.pk)
    return World(made, facts, identity, others, Attachment.objects.get(case_id=made.id))


def jona_signs_in() -> Client:
    client = Client()
    said = {"login": people.JONA.username, "password": people.PASSWORD}
    answer = client.post(reverse("account_login"), said, follow=True)
    assert answer.redirect_chain[-1][0] == HOME
    return client


def everything_jona_can_do(world: World) -> Crawl:
    crawl = Crawl(jona_signs_in())
    for one in (world.facts, world.identity):
        step = f"{HOME}{one.reference}/say/step/"
        assert crawl.press(step, {"body": "Done.", "files": sent("ours.jpg", photo())}).url
    crawl.walk(HOME)
    for reference in (world.others.reference, "S-00000-00000"):
        fill = {
            "reference": reference,
            "pk": str(world.made.id),
            "object_id": str(world.made.id),
            "file_pk": str(world.file.pk),
            "file_id": str(world.file.pk),
            "kind": "step",
            "verb": "ask_person",
        }
        crawl.by_hand(fill, HOME if reference.startswith("S-0") else "/desk/")
    crawl.client.handler.enforce_csrf_checks = True
    for forged in (f"{HOME}{world.facts.reference}/say/step/", reverse("mfa_activate_totp")):
        crawl.press(forged, {"body": "Sent from elsewhere.", "code": "000000"})
    crawl.client.handler.enforce_csrf_checks = False
    crawl.press(f"{HOME}{world.facts.reference}/say/hand_back/", {"body": "Not ours."})
    crawl.walk(f"{HOME}{world.facts.reference}/?again")
    return crawl


def test_whatever_a_liaison_opens_presses_guesses_or_is_sent_holds_no_canary(
    published: list[str],
    world: World,
    mailoutbox: list[EmailMessage],
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    caplog.set_level(logging.DEBUG)
    crawl = everything_jona_can_do(world)
    tasks.deliver_notices()

    assert {200, 302, 403, 404, 405, 422} <= crawl.statuses, "The walk saw refusals too."
    assert crawl.holding(PLAIN), "The walk reads what is theirs."
    hidden = [
        *(words for name, words in SEALED.items() if name != "mail"),
        world.made.case.reference,
        world.others.reference,
        people.KEMI.organisation,
        people.CHIDI.last_name,
    ]
    by_hand = {name for name in crawl.heap if name.endswith("by hand")}
    for words in hidden:
        guessed = by_hand if words == world.others.reference else set()
        assert crawl.holding(words) - guessed == set(), "Only the address that was guessed is told."
    own = f"{HOME}{world.identity.reference}/"
    for words in (NAME, MAIL):
        assert crawl.holding(words)
        assert all(own in name for name in crawl.holding(words)), "Agreed for this one alone."

    mine = [mail for mail in mailoutbox if "jona@example.org" in mail.to]
    assert mine, "Jona is told that there is something to read."
    letters = "\n".join(f"{mail.message()}" for mail in mine).encode()
    logged = caplog.text + "".join(map(str, (vars(one) for one in caplog.records)))
    written = (logged + "".join(capfd.readouterr()) + "\n".join(published)).encode()
    assert published and b"case.log_step" in written
    heaps = {
        "mails": letters,
        "logs and tasks": written,
        "Redis": haystack.in_redis(),
        "files": haystack.in_files(),
        **haystack.tables(),
    }
    secrets = (*SEALED.values(), NAME)
    found = [(name, *hit) for name, heap in heaps.items() for hit in haystack.found(secrets, heap)]
    assert found == []


def test_neither_history_nor_events_nor_the_read_log_open_to_a_liaison(world: World) -> None:
    """What a supplier's own acts leave behind is for the house: they reach no row of it."""
    crawl = Crawl(jona_signs_in())
    case = world.made.id
    for address in (
        f"case/{case}/history/",
        f"case/{case}/read-log/",
        "read-log/",
        "outbox/",
        "stakeholders/mechanism/file/csv/",
        f"stakeholders/organisation/{world.facts.organisation_id}/history/",
    ):
        answer = crawl.client.get(f"/desk/{address}", follow=True)
        assert answer.redirect_chain[-1][0] == HOME, address
