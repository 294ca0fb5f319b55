"""Documents go to a court only with the person's yes, and whoever gets them can check them.

The bundle is unpacked and checked here as a stranger would: with `sha256sum -c`, and nothing of
ours. What identifies people stays out of everything that we write into it.
"""

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest
import time_machine
from django.test import override_settings

from core.vault import ReadLog
from grievance import lifecycle
from grievance.files import uploads
from grievance.models import CaseEvent, ConsentState, Message
from tests import makers, people
from tests.desk import Desk
from tests.evidence_makers import (
    ADDRESS,
    FILE_NAME,
    TOLD,
    a_case_with_documents,
    agreed,
    asked,
    at_others,
    body,
    checked,
    downloaded,
    everything,
    export,
    files_of,
    press,
    said_yes,
    unpacked,
)
from tests.specimen_files import photo, sound

pytestmark = pytest.mark.django_db


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
    return a_case_with_documents()


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
    opened = [(one["what"], one["by"], one["why"]) for one in picture["openings"]]
    assert opened == [("file", "staff-1", "evidence_bundle")] * 2, "Of this one file, no other."
    assert "file" not in {one["what"] for one in manifest["openings"]}
    assert {"account", "message"} <= {one["what"] for one in manifest["openings"]}


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
    downloaded(made, everything(made, agreed(made)) | {"account": [], "messages": []})
    words = at_others(made).page.words
    assert f"we put 2 documents into a bundle for {body().name}" in words
    assert "10 March 2026" in words


# --- the person sees what would go, and leaves out what they like --------------------------------


def test_the_person_sees_each_document_before_they_agree(made: makers.Made) -> None:
    consent = asked(made)
    card = at_others(made).page.root.one("section", id=f"bundle-{consent.pk}").text
    picture, paper_file = files_of(made)
    assert "So that they look into it and answer." in card
    for told in ("What you told us", "Your message", "5 March 2026"):
        assert told in card, told
    assert f"file-{picture.pk}.jpg · Picture (JPEG)" in card
    assert f"file-{paper_file.pk}.pdf · Document (PDF)" in card
    assert FILE_NAME not in card and TOLD not in card, "It is read over a shoulder."


def test_what_the_person_leaves_out_never_goes(made: makers.Made, tmp_path: Path) -> None:
    consent = asked(made)
    picture, paper_file = files_of(made)
    said_yes(made, consent, account="1", files=[str(picture.pk)], as_received="1")
    assert (consent.account, consent.messages, consent.files) == (True, [], [picture.pk])
    desk = Desk(people.CHIDI)
    desk.go(f"case/{made.id}/bundles/")
    assert "2 documents" in desk.section("asked")
    offered = desk.section("choose")
    assert "paper.pdf" not in offered and FILE_NAME in offered
    assert press(made, everything(made, consent)).page.status == 422
    with pytest.raises(lifecycle.NotLeftIn):
        export(made, consent, files=[paper_file.pk])
    values = {"consent": str(consent.pk), "language": "en", "documents": [str(picture.pk)]}
    folder = unpacked(downloaded(made, values).content, tmp_path / "bundle")
    assert [path.suffix for path in folder.glob("document-*")] == [".jpg"]


def test_without_a_word_on_names_only_copies_go(made: makers.Made, tmp_path: Path) -> None:
    files = [uploads.judge("memo.mp3", sound())]
    lifecycle.write_back(made.id, at=made.at, body="It is all on the tape.", files=files)
    consent = asked(made)
    picture, _paper, tape = files_of(made)
    refused = said_yes(made, consent, files=[str(picture.pk), str(tape.pk)])
    assert "can only go as it was received" in refused.page.words
    assert consent.state == ConsentState.ASKED
    card = refused.page.root.one("section", id=f"bundle-{consent.pk}")
    ticked = {
        one.attrs["name"] for one in card.all("input", type="checkbox") if "checked" in one.attrs
    }
    assert ticked == {"files"}, "What was ticked stays ticked."
    said_yes(made, consent, files=[str(picture.pk)])
    values = {"consent": str(consent.pk), "language": "en", "documents": [str(picture.pk)]}
    folder = unpacked(downloaded(made, values).content, tmp_path / "bundle")
    manifest = json.loads((folder / "manifest.json").read_text())
    assert [one["what"] for one in manifest["documents"]] == ["copy_of_file"]
    assert next(folder.glob("*.jpg")).read_bytes() != photo()


def test_an_answer_for_more_than_was_asked_is_refused(made: makers.Made) -> None:
    consent = asked(made)
    lifecycle.write_back(made.id, at=datetime.now(UTC), body="Later.", files=())
    later = Message.objects.filter(case=made.id).latest("pk")
    said_yes(made, consent, messages=[str(later.pk)])
    said_yes(made, consent)
    assert consent.state == ConsentState.ASKED, "Nothing left in is no yes."


def test_for_more_documents_the_person_is_asked_again(made: makers.Made) -> None:
    first = agreed(made)
    assert asked(made).pk != first.pk, "What they agreed to stands meanwhile."
    assert downloaded(made, everything(made, first)).status_code == 200
