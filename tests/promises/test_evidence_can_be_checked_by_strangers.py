"""Documents go to a court only with the person's yes, and whoever gets them can check them.

The bundle is unpacked and checked here as a stranger would: with `sha256sum -c`, and nothing of
ours. What identifies people stays out of everything that we write into it.
"""

import io
import json
import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest
import time_machine
from django.test import override_settings

from core.vault import ReadLog, destroy_data_key
from grievance import bundling, lifecycle
from grievance.files import shelf, uploads
from grievance.models import Attachment, BundleConsent, CaseEvent, ConsentState, Message
from stakeholders.models import Mechanism
from stakeholders.vocabulary import CaseStatus
from tests import makers, people
from tests.amina import Amina
from tests.desk import Desk
from tests.specimen_files import paper, photo

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
ADDRESS = "canary-amina@example.net"
FILE_NAME = "canary-name-of-the-photo.jpg"
TOLD = "They told me on Tuesday that I am dismissed."


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(datetime(2026, 3, 10, 9, 0, tzinfo=UTC), tick=False) as clock:
        yield clock


@pytest.fixture(autouse=True)
def media(tmp_path: Path) -> Iterator[Path]:
    with override_settings(MEDIA_ROOT=str(tmp_path / "media")):
        yield tmp_path / "media"


@pytest.fixture
def made() -> makers.Made:
    """A case with an address, a message, a photo and a paper."""
    people.everyone()
    made = makers.a_case(in_status=CaseStatus.ASSESSMENT, email=ADDRESS)
    files = [uploads.judge(FILE_NAME, photo()), uploads.judge("paper.pdf", paper())]
    lifecycle.write_back(made.id, at=made.at, body=TOLD, files=files)
    return made


def body() -> Mechanism:
    return makers.a_mechanism()


def asked(made: makers.Made) -> BundleConsent:
    desk = Desk(people.CHIDI)
    desk.open(made.id)
    desk.follow(next(link for link in desk.page.links() if link.endswith("/bundles/")))
    desk.send("/ask_bundle/", mechanism=str(body().pk), body="The court asks for it.")
    assert desk.page.status == 200, desk.refusals
    found: BundleConsent = BundleConsent.objects.get(case=made.id, state=ConsentState.ASKED)
    return found


def agreed(made: makers.Made) -> BundleConsent:
    consent = asked(made)
    amina = at_others(made)
    amina.send(f"/documents/{consent.pk}/answer/", {"answer": "yes"}, knows_risk="1")
    consent.refresh_from_db()
    return consent


def at_others(made: makers.Made) -> Amina:
    amina = Amina()
    amina.come_back(made.key)
    amina.go("case/others/")
    return amina


def files_of(made: makers.Made) -> list[Attachment]:
    return list(Attachment.objects.filter(case=made.id).order_by("pk"))


def everything(made: makers.Made, consent: BundleConsent) -> dict[str, str | list[str]]:
    """What a form sends in which everything is ticked."""
    return {
        "consent": str(consent.pk),
        "account": "on",
        "messages": [
            str(pk) for pk in Message.objects.filter(case=made.id).values_list("pk", flat=True)
        ],
        "documents": [str(one.pk) for one in files_of(made)],
        "language": "en",
    }


def press(made: makers.Made, values: dict[str, str | list[str]]) -> Desk:
    desk = Desk(people.CHIDI)
    desk.go(f"case/{made.id}/bundles/")
    desk.post(f"case/{made.id}/bundles/export_bundle/", values)
    return desk


def downloaded(made: makers.Made, values: dict[str, str | list[str]]):
    desk = Desk(people.CHIDI)
    desk.go(f"case/{made.id}/bundles/")
    token = desk.page.root.all("input", name="csrfmiddlewaretoken")[0].attrs["value"]
    return desk.client.post(
        f"/desk/case/{made.id}/bundles/export_bundle/", {"csrfmiddlewaretoken": token, **values}
    )


def unpacked(content: bytes, to: Path) -> Path:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        archive.extractall(to)
    return to


def checked(folder: Path) -> subprocess.CompletedProcess[str]:
    command = shutil.which("sha256sum")
    assert command is not None
    return subprocess.run(  # noqa: S603
        [command, "-c", "SHA256SUMS"], cwd=folder, capture_output=True, text=True, check=False
    )


# --- a stranger checks it ------------------------------------------------------------------------


def test_a_stranger_checks_the_bundle_with_one_command(made: makers.Made, tmp_path: Path) -> None:
    response = downloaded(made, everything(made, agreed(made)))
    assert response["Content-Type"] == "application/zip"
    assert response["Content-Disposition"] == 'attachment; filename="evidence.zip"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in response["Cache-Control"]
    folder = unpacked(response.content, tmp_path / "bundle")
    result = checked(folder)
    assert result.returncode == 0, result.stderr
    names = {path.name for path in folder.iterdir()}
    assert {line.split(": ")[0] for line in result.stdout.splitlines()} == names - {"SHA256SUMS"}
    assert "sha256sum -c SHA256SUMS" in (folder / "README.txt").read_text()
    assert body().name in (folder / "README.txt").read_text()


def test_whoever_changes_a_byte_is_found_out(made: makers.Made, tmp_path: Path) -> None:
    response = downloaded(made, everything(made, agreed(made)))
    folder = unpacked(response.content, tmp_path / "bundle")
    picture = next(folder.glob("*.jpg"))
    picture.write_bytes(picture.read_bytes() + b"\0")
    result = checked(folder)
    assert result.returncode != 0
    assert f"{picture.name}: FAILED" in result.stdout


def test_the_documents_are_the_originals_and_the_manifest_tells_their_way(
    made: makers.Made, tmp_path: Path
) -> None:
    consent = agreed(made)
    downloaded(made, everything(made, consent))
    folder = unpacked(downloaded(made, everything(made, consent)).content, tmp_path / "bundle")
    manifest = json.loads((folder / "manifest.json").read_text())
    by_type = {one["media_type"]: one for one in manifest["documents"]}
    picture = by_type["image/jpeg"]
    assert (folder / picture["file"]).read_bytes() == photo()
    assert picture["sha256"] == sha256(photo()).hexdigest()
    assert picture["size"] == len(photo())
    assert re.fullmatch(r"document-\d\d\.jpg", picture["file"])
    assert picture["received_at"] == made.at.strftime("%Y-%m-%dT%H:%M:%SZ")
    assert picture["received_from"] == "person"
    assert [(one["what"], one["by"]) for one in picture["custody"]] == [
        ("received", "person"),
        ("put_into_bundle", "staff-1"),
        ("put_into_bundle", "staff-1"),
    ]
    said = next(one for one in manifest["documents"] if one["what"] == "message")
    assert (folder / said["file"]).read_text() == TOLD
    opened = [one for one in manifest["openings"] if one["what"] == "file"]
    assert [(one["by"], one["why"]) for one in opened] == [("staff-1", "evidence_bundle")] * 4


def test_what_we_write_into_it_names_nobody(made: makers.Made, tmp_path: Path) -> None:
    folder = unpacked(downloaded(made, everything(made, agreed(made))).content, tmp_path / "bundle")
    for name in ("manifest.json", "README.txt", "SHA256SUMS"):
        written = (folder / name).read_text()
        case = made.case
        for canary in (
            "canary",
            ADDRESS,
            FILE_NAME,
            TOLD,
            case.reference,
            made.key,
            str(case.people_key_id),
            str(case.record_key_id),
            "chidi",
            "Chidi",
        ):
            assert canary not in written


def test_the_note_speaks_the_language_that_was_chosen(made: makers.Made, tmp_path: Path) -> None:
    values = everything(made, agreed(made)) | {"language": "fr"}
    folder = unpacked(downloaded(made, values).content, tmp_path / "bundle")
    assert "sha256sum -c SHA256SUMS" in (folder / "README.txt").read_text()


# --- it is written down, and the person sees it --------------------------------------------------


def test_the_bundle_is_an_event_and_every_opening_is_logged(
    made: makers.Made, tmp_path: Path
) -> None:
    consent = agreed(made)
    folder = unpacked(downloaded(made, everything(made, consent)).content, tmp_path / "bundle")
    event = CaseEvent.objects.get(case=made.id, verb="export_bundle")
    assert event.reason_code == "evidence_bundle"
    assert event.actor_id == people.the(people.CHIDI).pk
    assert event.data["manifest"] == sha256((folder / "manifest.json").read_bytes()).hexdigest()
    assert event.data["file_ids"] == [one.pk for one in files_of(made)]
    rows = ReadLog.objects.filter(reason="evidence_bundle", data_key_id=made.case.people_key_id)
    opened: dict[str, int] = {}
    for row in rows:
        opened[row.place] = opened.get(row.place, 0) + row.values_opened
    assert opened == {
        "grievance.Narrative.text": 1,
        "grievance.Message.body": len(event.data["message_ids"]),
        "grievance.Attachment.file": 2,
    }
    desk = Desk(people.CHIDI)
    desk.go(f"case/{made.id}/bundles/")
    assert event.data["manifest"] in desk.words
    desk.open(made.id)
    assert "Evidence bundle made" in desk.words


def test_the_person_sees_for_whom_and_when(made: makers.Made) -> None:
    downloaded(made, everything(made, agreed(made)) | {"account": "", "messages": []})
    words = at_others(made).page.words
    assert f"we put 2 documents into a bundle for {body().name}" in words
    assert "10 March 2026" in words


# --- without a yes nothing goes ------------------------------------------------------------------


def test_without_a_yes_there_is_nothing_to_press(made: makers.Made) -> None:
    consent = asked(made)
    desk = press(made, everything(made, consent))
    assert desk.page.status == 422
    assert "has not agreed" in desk.words
    amina = at_others(made)
    amina.send(f"/documents/{consent.pk}/answer/", {"answer": "no"})
    assert "You have said no" in amina.page.words
    assert press(made, everything(made, consent)).page.status == 422
    assert not CaseEvent.objects.filter(verb="export_bundle").exists()
    assert not ReadLog.objects.filter(reason="evidence_bundle").exists()


def test_a_yes_that_was_taken_back_stops_the_next_bundle(made: makers.Made) -> None:
    consent = agreed(made)
    assert downloaded(made, everything(made, consent)).status_code == 200
    amina = at_others(made)
    amina.send(f"/documents/{consent.pk}/take-back/")
    assert "no further documents go there" in amina.page.words
    assert press(made, everything(made, consent)).page.status == 422
    with pytest.raises(lifecycle.NoConsent):
        export(made, consent, account=True)


def test_a_yes_that_has_run_out_lets_nothing_go(
    made: makers.Made, clock: time_machine.Traveller
) -> None:
    consent = agreed(made)
    clock.shift(181 * DAY)
    assert press(made, everything(made, consent)).page.status == 422
    assert not CaseEvent.objects.filter(verb="export_bundle").exists()


def test_who_is_afraid_says_separately_that_this_one_may_know(made: makers.Made) -> None:
    consent = asked(made)
    amina = at_others(made)
    amina.send(f"/documents/{consent.pk}/answer/", {"answer": "yes"})
    assert "say that you know that they learn of it" in amina.page.words
    consent.refresh_from_db()
    assert consent.state == ConsentState.ASKED


def test_another_cases_consent_and_documents_do_not_help(made: makers.Made) -> None:
    other = makers.a_case(in_status=CaseStatus.ASSESSMENT)
    theirs = agreed(other)
    with pytest.raises(lifecycle.NoConsent):
        export(made, theirs, account=True)
    with pytest.raises(lifecycle.UnknownCode):
        export(other, theirs, files=[files_of(made)[0].pk])
    with pytest.raises(lifecycle.ConsentNotFound):
        lifecycle.revoke_bundle(made.id, at=made.at, consent_id=theirs.pk)


def test_nothing_chosen_makes_no_bundle(made: makers.Made) -> None:
    consent = agreed(made)
    desk = press(made, {"consent": str(consent.pk), "language": "en"})
    assert desk.page.status == 422
    assert "Choose at least one document." in desk.words


def test_a_file_that_is_not_the_one_received_makes_no_bundle(
    made: makers.Made, media: Path
) -> None:
    consent = agreed(made)
    file = files_of(made)[0]
    path = next(media.glob(f"sealed/*/{file.path}"))
    path.write_bytes(path.read_bytes()[:-1] + b"\0")
    desk = press(made, everything(made, consent))
    assert desk.page.status == 422
    assert "not the one any more that was received" in desk.words
    shelf.remove(file.path)
    with pytest.raises(lifecycle.DocumentUnfit):
        export(made, consent, files=[file.pk])
    assert not CaseEvent.objects.filter(verb="export_bundle").exists()
    assert not ReadLog.objects.filter(reason="evidence_bundle").exists()


def test_an_erased_case_makes_no_bundle(made: makers.Made) -> None:
    consent = agreed(made)
    destroy_data_key(made.case.people_key_id, at=made.at)
    with pytest.raises(lifecycle.DocumentUnfit):
        export(made, consent, account=True)
    desk = Desk(people.CHIDI)
    assert desk.go(f"case/{made.id}/bundles/").status == 200


def test_who_may_not_know_the_person_makes_none(made: makers.Made) -> None:
    consent = agreed(made)
    with pytest.raises(lifecycle.NotPermitted):
        export(made, consent, account=True, post=people.EWA)
    desk = Desk(people.EWA)
    desk.open(made.id)
    assert not [link for link in desk.page.links() if link.endswith("/bundles/")]


def test_after_the_end_documents_can_still_go_to_court() -> None:
    people.everyone()
    closed = makers.a_case(in_status=CaseStatus.CLOSED)
    consent = agreed(closed)
    assert (
        downloaded(closed, {"consent": str(consent.pk), "account": "on", "language": "en"})[
            "Content-Type"
        ]
        == "application/zip"
    )


def export(
    made: makers.Made,
    consent: BundleConsent,
    *,
    post: people.Post = people.CHIDI,
    account: bool = False,
    files: list[int] | None = None,
) -> bundling.Bundle:
    return lifecycle.export_bundle(
        made.id,
        by=people.by(post),
        at=datetime.now(UTC),
        consent_id=consent.pk,
        account=account,
        files=files or (),
    )
