"""Each page costs the database the same number of statements, however many rows it shows: those of
the person, of the desk, of a supplier, and the public directory."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext

from core.ledger.history import Stamp, stamped
from grievance import lifecycle
from grievance.files import uploads
from grievance.models import Referral
from stakeholders.models import Mechanism, Membership, Product, Team, User
from stakeholders.roles import Role
from stakeholders.vocabulary import CaseStatus
from tests import makers, people
from tests.amina import Amina
from tests.desk import Desk
from tests.referral_makers import liaison, referred
from tests.remedy_desk import NOW
from tests.remedy_makers import an_organisation, assess, offer_one

pytestmark = pytest.mark.django_db

ADDRESS = "amina@verborgen.example"
MARKS = ("SAVEPOINT", "RELEASE SAVEPOINT", "ROLLBACK TO SAVEPOINT")
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def stage(tmp_path: Path):
    people.everyone()
    with (
        override_settings(MEDIA_ROOT=str(tmp_path / "media")),
        time_machine.travel(NOW + DAY, tick=False),
    ):
        yield


def price(page: Callable[[], Any]) -> int:
    """How many statements a page costs that was asked for once before."""
    assert page().status_code == 200
    with CaptureQueriesContext(connection) as asked:
        assert page().status_code == 200
    return sum(not one["sql"].startswith(MARKS) for one in asked)


def stays(pages: dict[str, Callable[[], Any]], grow: Callable[[], None]) -> None:
    """Let it grow twice: to some rows, then to many. Assert that no page costs more for it."""
    grow()
    few = {name: price(page) for name, page in pages.items()}
    for _ in range(3):
        grow()
    cache.clear()
    many = {name: price(page) for name, page in pages.items()}
    assert many == few


def at_the_desk(post: people.Post, address: str) -> Callable[[], Any]:
    """The page as this member of the cast gets it."""
    client = Desk(post).client
    return lambda: client.get(address if address.startswith("/") else f"/desk/{address}")


def for_the_person(key: str, *addresses: str) -> dict[str, Callable[[], Any]]:
    """Pages of the person's own case, in English."""
    amina = Amina()
    amina.come_back(key)
    return {one: lambda one=one: amina.client.get(f"/en/{one}") for one in addresses}


def test_the_case_with_its_messages_files_and_answers() -> None:
    made = makers.a_case(in_status=CaseStatus.ASSESSMENT, email=ADDRESS)
    assess("yes", "no", "no", "no", "no", case_id=made.id, at=made.at)
    lifecycle.plan_remedy(made.id, by=people.by(people.CHIDI), at=made.at)
    element = made.case.remediation.elements.get()

    def grow() -> None:
        chidi, files = people.by(people.CHIDI), [uploads.judge("a.txt", b"words")] * 2
        lifecycle.write_back(made.id, at=NOW, body="More.", files=files)
        lifecycle.ask_person(made.id, by=chidi, at=NOW, body="When?", files=files)
        for form in ("satisfaction", "restitution"):
            lifecycle.add_measure(
                made.id,
                by=chidi,
                at=NOW,
                element_id=element.pk,
                form=form,
                description="A measure.",
                responsible_id=an_organisation().pk,
                mode="provider",
                due_on=(NOW + 30 * DAY).date(),
            )
        offer_one(made.id, at=NOW)
        for measure in made.case.remediation.measures.filter(state="offered")[:1]:
            lifecycle.answer_measure(
                made.id, at=NOW, measure_id=measure.pk, answer="counter", words="Something else."
            )

    stays(
        {
            **for_the_person(made.key, "case/open/"),
            "case": at_the_desk(people.CHIDI, f"case/{made.id}/"),
            "remedy": at_the_desk(people.CHIDI, f"case/{made.id}/remedy/"),
            "history": at_the_desk(people.HANA, f"case/{made.id}/history/"),
            "read log of the case": at_the_desk(people.HANA, f"case/{made.id}/read-log/"),
            "read log": at_the_desk(people.HANA, "read-log/"),
            "outbox": at_the_desk(people.IVO, "outbox/"),
        },
        grow,
    )


def test_consents_and_referrals() -> None:
    made = makers.a_case(in_status=CaseStatus.ASSESSMENT)
    first = referred(makers.a_case(in_status=CaseStatus.ASSESSMENT))
    jona = liaison(people.JONA)

    def grow() -> None:
        lifecycle.log_step(first.pk, by=jona, at=NOW, body="We asked again.")
        for _ in range(2):
            referred(makers.a_case(in_status=CaseStatus.ASSESSMENT))
        # One at a time is open with a supplier, so each comes back before the next one goes.
        for _ in range(2):
            more = referred(made, of=people.KEMI)
            lifecycle.log_step(more.pk, by=liaison(people.KEMI), at=NOW, body="We look.")
            lifecycle.hand_back(more.pk, by=liaison(people.KEMI), at=NOW, body="Not ours.")
            lifecycle.revoke_consent(made.id, at=NOW, consent_id=more.consent_id)

    home = "/desk/supplier/"
    stays(
        {
            **for_the_person(made.key, "case/open/", "case/others/"),
            "referrals": at_the_desk(people.CHIDI, f"case/{made.id}/referrals/"),
            "history": at_the_desk(people.HANA, f"case/{made.id}/history/"),
            "supplier's list": at_the_desk(people.JONA, home),
            "supplier's page": at_the_desk(people.JONA, f"{home}{first.reference}/"),
        },
        grow,
    )
    assert Referral.objects.count() > 10


def test_the_list_of_cases_and_of_what_was_late() -> None:
    def grow() -> None:
        for _ in range(3):
            made = makers.a_case(in_status=CaseStatus.ASSESSMENT, email=ADDRESS)
            lifecycle.name_case(made.id, by=people.by(people.BRAM), at=NOW, title="A title")

    stays(
        {
            "queue": at_the_desk(people.CHIDI, "queue/"),
            "queue, late": at_the_desk(people.CHIDI, "queue/?late=on"),
            "outbox": at_the_desk(people.IVO, "outbox/"),
            "read log": at_the_desk(people.HANA, "read-log/"),
        },
        grow,
    )


TABLES = (
    "stakeholders/issue/",
    "stakeholders/mechanism/",
    "stakeholders/membership/",
    "stakeholders/organisation/",
    "stakeholders/product/",
    "stakeholders/team/",
    "stakeholders/user/",
)


def test_tables_their_rows_and_the_history_of_a_row() -> None:
    team, body = Team.objects.order_by("pk").first(), Mechanism.objects.order_by("pk").first()
    assert team is not None and body is not None

    def grow() -> None:
        number = uuid4().hex[:8]
        an_organisation(f"Works {number}")
        with stamped(Stamp(people.by(people.IVO), "edit_reference", uuid4(), NOW)):
            Product(name=f"Product {number}").save()
            user = User(username=number, email=f"{number}@example.org", date_joined=NOW)
            user.save()
            Membership(user=user, role=Role.CASE_HANDLER, team=team).save()
            team.save()

    pages = {one: at_the_desk(people.IVO, one) for one in TABLES}
    pages |= {
        "history of a team": at_the_desk(people.IVO, f"stakeholders/team/{team.pk}/history/"),
        "one body": at_the_desk(people.IVO, f"stakeholders/mechanism/{body.pk}/change/"),
        "tables": at_the_desk(people.IVO, "tables/"),
        "person": at_the_desk(
            people.IVO, f"stakeholders/user/{people.the(people.CHIDI).pk}/change/"
        ),
    }
    stays(pages, grow)


def test_the_public_directory() -> None:
    def grow() -> None:
        body = Mechanism.objects.in_use().open_to_individuals().filter(country="KE").first()
        assert body is not None
        with stamped(Stamp(people.by(people.IVO), "edit_reference", uuid4(), NOW)):
            body.pk, body.code = None, f"more-{uuid4().hex[:8]}"
            body.save(force_insert=True)

    pages = {one: lambda one=one: Amina().client.get(one) for one in ("/en/help/?country=KE",)}
    stays(pages, grow)
