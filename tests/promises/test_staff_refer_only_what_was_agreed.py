"""At the desk: look at the text, ask the person, and send exactly what they agreed to."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from core.ledger.history import Stamp, stamped
from grievance import lifecycle
from grievance.models import (
    Consent,
    Referral,
    ReferralState,
)
from stakeholders.models import Organisation
from stakeholders.vocabulary import CaseStatus
from tests import makers, people
from tests.desk import Desk
from tests.referral_makers import (
    RENDITION,
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


def test_staff_look_ask_and_send(made: makers.Made) -> None:
    chidi = Desk(people.CHIDI)
    chidi.open(made.id)
    chidi.follow(next(link for link in chidi.page.links() if link.endswith("/referrals/")))
    chidi.send(
        "/preview/",
        organisation=str(supplier_of(people.JONA).pk),
        purpose="answer",
        body="May we ask them?",
        rendition=RENDITION,
    )
    assert "Nothing has gone yet." in chidi.words and not Consent.objects.exists()
    assert lifecycle.hash_of(RENDITION) in chidi.words
    chidi.send("/ask_consent/")
    consent = Consent.objects.get()
    assert "Nothing goes before they agree." in " ".join(chidi.done)
    assert "Send exactly this" not in chidi.words
    lifecycle.give_consent(
        made.id, at=made.at, consent_id=consent.pk, scopes=["facts"], knows_risk=True
    )
    chidi.go(f"case/{made.id}/referrals/")
    chidi.send("/send_referral/")
    referral = Referral.objects.get()
    assert referral.state == ReferralState.SENT
    assert referral.rendition_hash == lifecycle.hash_of(RENDITION)
    chidi.send("/return_referral/")
    referral.refresh_from_db()
    assert referral.state == ReferralState.RETURNED


def test_a_refusal_at_the_desk_keeps_what_was_typed(made: makers.Made) -> None:
    chidi = Desk(people.CHIDI)
    chidi.go(f"case/{made.id}/referrals/")
    chidi.send(
        "/preview/",
        organisation=str(supplier_of(people.JONA).pk),
        purpose="answer",
        body="May we?",
        rendition=f"Write to {ADDRESS}.",
    )
    assert chidi.page.status == 422
    assert any("Take it out." in line for line in chidi.refusals)
    assert chidi.page.value("rendition") == f"Write to {ADDRESS}."


def test_an_auditor_sees_that_it_went_and_reads_not_a_word(made: makers.Made) -> None:
    referral = referred(made)
    hana = Desk(people.HANA)
    page = hana.go(f"case/{made.id}/referrals/")
    assert referral.reference in page.words and referral.rendition_hash in page.words
    assert RENDITION not in page.html
    assert not [form for form in page.root.all("form") if "/referrals/" in form.attrs["action"]]


def test_only_organisations_that_can_answer_are_offered(made: makers.Made) -> None:
    stamp = Stamp(people.by(people.IVO), "edit_reference", made.case.people_key_id, made.at)
    with stamped(stamp):
        Organisation(name="Nobody Home Ltd").save()
    chidi = Desk(people.CHIDI)
    page = chidi.go(f"case/{made.id}/referrals/")
    form = page.form("/preview/")
    assert "Harbour Sorting Ltd" in form.text and "Nobody Home Ltd" not in form.text
