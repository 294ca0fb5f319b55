"""Copies of your files go to somebody outside only if you agree to that apart from the text.

Staff choose them, you see which, and what goes is the copy without what a file tells besides. The
fingerprint covers the text and the copies; without your yes the text goes alone.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest
import time_machine
from django.test import Client, override_settings

from core.vault.reading import ReadLog
from grievance import lifecycle
from grievance.files.uploads import Upload
from grievance.models import Attachment, Consent, MediaType, Referral
from stakeholders.vocabulary import CaseStatus
from tests import makers, people
from tests.amina import Amina
from tests.desk import Desk
from tests.referral_makers import RENDITION, supplier_of
from tests.specimen_files import AUTHOR, DEVICE, photo, place_in, sound

pytestmark = pytest.mark.django_db
HOME = "/desk/supplier/"


@pytest.fixture(autouse=True)
def clock(tmp_path: Path) -> Iterator[time_machine.Traveller]:
    with (
        override_settings(MEDIA_ROOT=str(tmp_path / "media")),
        time_machine.travel(datetime(2026, 3, 10, 9, 0, tzinfo=UTC), tick=False) as clock,
    ):
        yield clock


@pytest.fixture
def made() -> makers.Made:
    people.everyone()
    made = makers.a_case(in_status=CaseStatus.ASSESSMENT)
    files = [
        Upload("Amina-and-me.jpg", photo(), MediaType.JPEG),
        Upload("the-gate.jpg", photo(size=(64, 64)), MediaType.JPEG),
        Upload("what-he-said.wav", sound(), MediaType.WAV),
    ]
    lifecycle.write_back(made.id, at=made.at, body="Look at these.", files=files)
    return made


def asked(made: makers.Made) -> tuple[Referral, Attachment]:
    """Chidi chooses one of the copies, looks at what would go, and asks the person."""
    desk = Desk(people.CHIDI)
    desk.go(f"case/{made.id}/referrals/")
    boxes = desk.page.root.all("input", name="files")
    chosen, _other, voice = Attachment.objects.order_by("pk")
    assert str(voice.pk) not in [box.attrs["value"] for box in boxes], "There is no copy of it."
    desk.send(
        "/preview/",
        organisation=str(supplier_of(people.JONA).pk),
        purpose="answer",
        files=str(chosen.pk),
        body="May we ask them, with this picture?",
        rendition=RENDITION,
    )
    assert f"file-{chosen.pk}.jpg" in desk.words
    desk.send("/ask_consent/")
    assert desk.refusals == []
    return Referral.objects.get(), chosen


def answered(made: makers.Made, *scopes: str) -> Amina:
    amina = Amina()
    amina.come_back(made.key)
    amina.go("case/others/")
    assert "Amina-and-me.jpg" in amina.page.words and "the-gate.jpg" not in amina.page.words
    consent = Consent.objects.get()
    said = {"scopes": list(scopes), "knows_risk": "1"}
    amina.send(f"/others/{consent.pk}/answer/", {"answer": "yes"}, **said)
    assert "You have agreed." in amina.page.words
    return amina


def test_with_your_yes_the_supplier_has_the_copy_and_nothing_more(made: makers.Made) -> None:
    referral, chosen = asked(made)
    amina = answered(made, "attachments")
    lifecycle.send_referral(
        made.id, by=people.by(people.CHIDI), at=made.at, referral_id=referral.pk
    )
    jona = Desk(people.JONA)
    page = jona.go(f"{HOME}{referral.reference}/")
    assert f"file-{chosen.pk}.jpg" in page.words and "Amina-and-me" not in page.html
    answer = jona.client.get(f"{HOME}{referral.reference}/file/{chosen.pk}/")
    assert place_in(answer.content) == {}
    assert DEVICE.encode() not in answer.content and AUTHOR.encode() not in answer.content
    copy = sha256(answer.content).hexdigest()
    referral.refresh_from_db()
    assert referral.rendition_hash == sha256(f"{RENDITION}\n{copy}".encode()).hexdigest()
    assert copy in page.words, "Whoever holds text and copy can prove both."
    assert ReadLog.objects.filter(actor_kind="liaison", reason="referral").exists()
    others = Attachment.objects.exclude(pk=chosen.pk).values_list("pk", flat=True)
    for pk in others:
        assert jona.client.get(f"{HOME}{referral.reference}/file/{pk}/").status_code == 404
    kemi = Client()
    kemi.force_login(people.the(people.KEMI))
    assert kemi.get(f"{HOME}{referral.reference}/file/{chosen.pk}/").status_code == 404
    assert "Amina-and-me.jpg" in amina.go("case/others/").words
    lifecycle.revoke_consent(made.id, at=made.at, consent_id=Consent.objects.get().pk)
    assert jona.client.get(f"{HOME}{referral.reference}/file/{chosen.pk}/").status_code == 404


def test_a_yes_to_the_text_alone_leaves_the_files_with_us(made: makers.Made) -> None:
    referral, chosen = asked(made)
    answered(made)
    lifecycle.send_referral(
        made.id, by=people.by(people.CHIDI), at=made.at, referral_id=referral.pk
    )
    jona = Desk(people.JONA)
    page = jona.go(f"{HOME}{referral.reference}/")
    assert RENDITION in page.words and f"file-{chosen.pk}" not in page.html
    assert jona.client.get(f"{HOME}{referral.reference}/file/{chosen.pk}/").status_code == 404
    referral.refresh_from_db()
    assert referral.rendition_hash == sha256(RENDITION.encode()).hexdigest()


def test_only_copies_of_this_case_can_be_chosen_and_none_slips_in_after_the_look(
    made: makers.Made,
) -> None:
    voice = Attachment.objects.get(media_type="audio/wav")
    picture = Attachment.objects.earliest("pk")
    asking = {
        "by": people.by(people.CHIDI),
        "at": made.at,
        "organisation_id": supplier_of(people.JONA).pk,
        "scopes": ["facts"],
        "purpose": "answer",
        "body": "May we ask them?",
        "rendition": RENDITION,
        "previewed": lifecycle.hash_of(RENDITION),
    }
    for files in ([voice.pk], [picture.pk, 0]):
        with pytest.raises(lifecycle.CopyUnfit):
            lifecycle.ask_consent(made.id, **asking, file_ids=files)
    with pytest.raises(lifecycle.NotAsPreviewed):
        lifecycle.ask_consent(made.id, **asking, file_ids=[picture.pk])
    assert not Consent.objects.exists()
