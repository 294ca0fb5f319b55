"""Files that people send are kept sealed, and what we do not take is said in words while the text
and the other files stay."""

import io
import logging
import sys
import tempfile
from datetime import timedelta
from pathlib import Path

import pikepdf
import pytest
from django.test import override_settings
from django.utils import timezone

from core.vault.files import evidence_hash
from grievance import retention
from grievance.files import shelf, uploads
from grievance.models import Attachment, Draft, DraftFile, MediaType, Narrative
from tests import haystack, people
from tests.amina import Amina
from tests.desk import Desk
from tests.evidence import a_case_with, hand_out
from tests.makers import a_case
from tests.specimen_files import (
    AUTHOR,
    DEVICE,
    paper,
    photo,
    sent,
    sound,
)

pytestmark = pytest.mark.django_db

STORY = "They took our passports, and here is a picture of the list."
HTML = b"<!doctype html><html><script>alert(document.domain)</script></html>"


@pytest.fixture(autouse=True)
def media(tmp_path: Path):
    with override_settings(MEDIA_ROOT=str(tmp_path / "media")):
        yield tmp_path / "media"


@pytest.fixture
def amina() -> Amina:
    return Amina()


def files_listed(amina: Amina) -> list[str]:
    return [
        one.one("bdi").text
        for box in amina.page.root.all("ul", class_="files")
        for one in box.all("li")
    ]


# --- what is sent arrives, and nothing of it lies about -------------------------------------------


def test_a_photo_and_a_paper_come_with_the_first_question(amina: Amina) -> None:
    picture = photo()
    amina.begin()
    amina.answer(narrative=STORY, files=[sent("my street.jpg", picture), sent("a.pdf", paper())])
    assert amina.page.path.endswith("/raise/who/")
    key = amina.raise_a_grievance(what={"narrative": STORY})
    first, second = Attachment.objects.order_by("pk")
    assert (first.media_type, second.media_type) == (MediaType.JPEG, MediaType.PDF)
    assert first.size == len(picture)
    assert bytes(first.evidence_hash) == evidence_hash(picture, key_id=first.case.people_key_id)
    assert not DraftFile.objects.exists()
    amina.come_back(key)
    assert files_listed(amina) == ["my street.jpg", "a.pdf"]


def test_nothing_of_a_file_stands_in_clear_anywhere(
    amina: Amina, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    desk_of_the_system = tmp_path / "temporary"
    desk_of_the_system.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(desk_of_the_system))
    words = "the foreman's name is Zebulon Qu"
    text = f"{words} ".encode() * 100_000  # more than Django's own handler keeps in memory
    amina.begin()
    amina.answer(narrative=STORY, files=[sent("zebulon-list.txt", text), sent("p.jpg", photo())])
    heaps = {"draft": b"\n".join(haystack.tables().values())}
    amina.raise_a_grievance(what={"narrative": STORY})
    heaps |= haystack.tables()
    heaps["files"], heaps["redis"] = haystack.in_files(), haystack.in_redis()
    heaps["logs"] = caplog.text.encode()
    needles = [words, "zebulon-list", DEVICE, AUTHOR, STORY]
    assert {name: haystack.found(needles, heap) for name, heap in heaps.items()} == {
        name: [] for name in heaps
    }
    assert heaps["files"]
    assert list(desk_of_the_system.iterdir()) == []


def test_files_of_a_draft_wait_sealed_and_go_with_it(amina: Amina) -> None:
    amina.begin()
    amina.answer(narrative=STORY, files=[sent("p.jpg", photo())])
    assert DraftFile.objects.count() == 1
    amina.go("raise/delete/")
    amina.send("/raise/delete/")
    assert not DraftFile.objects.exists()
    amina.begin()
    amina.answer(narrative=STORY, files=[sent("p.jpg", photo())])
    Draft.objects.update(expires_at=timezone.now() - timedelta(minutes=1))
    retention.purge_expired(at=timezone.now())
    assert not DraftFile.objects.exists()


# --- what we do not take ---------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("holiday.jpg", HTML),
        ("holiday.jpg", b"MZ" + b"\0" * 400),
        ("notes.txt", HTML),
        ("notes.txt", b"words \0 and more"),
        ("notes.txt", b"\xff\xfe\xfa not text"),
        ("drawing.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
        ("picture.gif", b"GIF89a/*" + HTML + b"*/=1;"),
        ("picture.png", b"\x89PNG\r\n\x1a\n" + HTML),
        ("paper.pdf", HTML + b"%PDF-1.7"),
        ("paper.pdf", b"%PDF-1.7 " + HTML),
        ("photo.jpg", photo()[:700]),
        ("archive.zip", b"PK\x03\x04" + b"\0" * 300),
    ],
)
def test_a_wrong_kind_is_refused_in_a_sentence_and_the_rest_stays(
    amina: Amina, name: str, content: bytes
) -> None:
    amina.begin()
    amina.answer(narrative=STORY, files=[sent("good.jpg", photo()), sent(name, content)])
    assert amina.page.path.endswith("/raise/what/")
    assert name in amina.page.beside("files")
    assert [problem.target for problem in amina.page.problems] == ["files"]
    assert amina.page.value("narrative") == STORY
    assert files_listed(amina) == ["good.jpg"]
    amina.answer()
    assert amina.page.path.endswith("/raise/who/")


def test_a_wrong_ending_or_declared_type_does_not_matter(amina: Amina) -> None:
    amina.begin()
    amina.answer(narrative=STORY, files=[sent("evil.exe", photo("PNG"), "text/html")])
    amina.raise_a_grievance(what={"narrative": STORY})
    assert Attachment.objects.get().media_type == MediaType.PNG


def test_too_large_is_refused_kindly(amina: Amina) -> None:
    amina.begin()
    large = b"word " * (uploads.LARGEST_FILE // 5 + 1)
    amina.answer(narrative=STORY, files=[sent("large.txt", large), sent("good.jpg", photo())])
    assert "10 MB" in amina.page.beside("files")
    assert files_listed(amina) == ["good.jpg"]
    assert amina.page.value("narrative") == STORY


def test_too_much_together_is_refused_kindly(amina: Amina) -> None:
    amina.begin()
    nine = b"word " * (9 * uploads.MEGABYTE // 5)
    amina.answer(narrative=STORY, files=[sent(f"{n}.txt", nine) for n in range(3)])
    assert "25 MB" in amina.page.beside("files")
    assert files_listed(amina) == ["0.txt", "1.txt"]
    amina.answer(files=[sent("3.txt", nine)])
    assert "25 MB" in amina.page.beside("files")
    assert files_listed(amina) == ["0.txt", "1.txt"]


def test_too_many_are_refused_kindly(amina: Amina) -> None:
    amina.begin()
    amina.answer(narrative=STORY, files=[sent(f"{n}.txt", b"word") for n in range(7)])
    assert "5 files" in amina.page.beside("files")
    amina.answer(files=[sent(f"{n}.txt", b"word") for n in range(5)])
    amina.begin()
    amina.answer(files=[sent("6.txt", b"word")])
    assert "5 files" in amina.page.beside("files")
    assert len(files_listed(amina)) == 5


def test_a_picture_that_would_unfold_without_end_is_refused() -> None:
    import struct
    import zlib

    def chunk(name: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        )

    header = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    bomb = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 99))
    with pytest.raises(uploads.FileDoesNotOpen):
        uploads.judge("bomb.png", bomb)


def test_a_locked_paper_is_refused() -> None:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(paper())) as pdf:
        pdf.save(out, encryption=pikepdf.Encryption(user="secret", owner="secret"))
    with pytest.raises(uploads.FileDoesNotOpen):
        uploads.judge("locked.pdf", out.getvalue())


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("a\0b.jpg", "ab.jpg"),
        ("../../etc/passwd", "passwd"),
        ("C:\\photos\\me.jpg", "me.jpg"),
        ("picture\N{RIGHT-TO-LEFT OVERRIDE}gpj.exe", "picturegpj.exe"),
        ("two\r\nlines: x.jpg", "two lines: x.jpg"),
        ("", "–"),
        ("\ud800.jpg", "\N{REPLACEMENT CHARACTER}.jpg"),
    ],
)
def test_odd_names_become_plain_ones(name: str, kept: str) -> None:
    assert uploads.name_to_keep(name) == kept


def test_sound_is_stored_as_received(amina: Amina) -> None:
    assert uploads.judge("a.wav", sound()).media_type == MediaType.WAV
    case = a_case_with(uploads.judge("a.wav", sound()))
    [file] = case.attachments.all()
    assert file.view_path == ""
    response = hand_out(Desk(people.BRAM), file, "original")
    assert (response.content, response["Content-Type"]) == (sound(), "audio/wav")


# --- nothing that arrived is lost ---------------------------------------------------------


def test_a_file_stays_when_another_field_is_wrong(amina: Amina) -> None:
    amina.begin()
    amina.answer(narrative="", files=[sent("good.jpg", photo())])
    assert [problem.target for problem in amina.page.problems] == ["narrative"]
    assert files_listed(amina) == ["good.jpg"]


def test_a_file_can_be_taken_back_and_the_text_stays(amina: Amina) -> None:
    amina.begin()
    amina.answer(narrative="", files=[sent("one.jpg", photo()), sent("two.jpg", photo())])
    [first, _second] = [
        one.attrs["value"]
        for one in amina.page.root.all("button")
        if one.attrs.get("value", "").startswith("remove-")
    ]
    amina.send(press={"go": first}, narrative=STORY)
    assert files_listed(amina) == ["two.jpg"]
    assert amina.page.value("narrative") == STORY
    assert DraftFile.objects.count() == 1


def test_an_expired_form_keeps_the_text_and_says_that_files_must_be_chosen_again(
    amina: Amina,
) -> None:
    amina.begin()
    amina.client.cookies.clear()
    amina.answer(narrative=STORY, files=[sent("one.jpg", photo())])
    assert amina.page.status == 403
    assert amina.page.value("narrative") == STORY
    assert "choose them again" in amina.page.words


def test_what_fails_leaves_no_file_behind(media: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_args: object, **_named: object) -> None:
        raise RuntimeError

    # The package has a function of the same name.
    monkeypatch.setattr(sys.modules["grievance.lifecycle.submit"], "record", fail)
    with pytest.raises(RuntimeError):
        a_case_with(uploads.judge("a.jpg", photo()))
    assert not Narrative.objects.exists()
    assert [path for path in media.rglob("*") if path.is_file()] == []


def test_what_a_crash_leaves_behind_is_swept_and_evidence_is_not(media: Path) -> None:
    case = a_case_with(uploads.judge("a.jpg", photo()))
    orphan = shelf.Shelf()
    orphan.put(shelf.new_name(), b"left behind")
    now = timezone.now()
    assert retention.sweep_shelf(at=now) == 0
    assert retention.sweep_shelf(at=now + timedelta(days=2)) == 1
    [file] = case.attachments.all()
    assert shelf.take(file.path) and shelf.take(file.view_path)


# --- files with messages ---------------------------------------------------------


def test_files_come_with_a_message_and_also_without_words(amina: Amina) -> None:
    made = a_case()
    amina.come_back(made.key)
    amina.send("/case/write/", body="Here it is.", files=[sent("list.pdf", paper())])
    assert files_listed(amina) == ["list.pdf"]
    amina.send("/case/write/", body="", files=[sent("more.jpg", photo())])
    assert files_listed(amina) == ["list.pdf", "more.jpg"]
    assert [file.message.case_id for file in Attachment.objects.all()] == [made.id, made.id]
    amina.send("/case/write/", body="")
    assert amina.page.beside("body")


def test_a_refused_file_leaves_the_message_on_the_page(amina: Amina) -> None:
    made = a_case()
    amina.come_back(made.key)
    amina.send(
        "/case/write/", body="Here it is.", files=[sent("good.jpg", photo()), sent("x.jpg", HTML)]
    )
    assert "x.jpg" in amina.page.beside("files")
    assert "choose them again" in amina.page.words
    assert amina.page.value("body") == "Here it is."
    assert not Attachment.objects.exists()


def test_a_visit_that_ran_out_keeps_the_message(amina: Amina) -> None:
    made = a_case()
    amina.come_back(made.key)
    del amina.client.cookies["case"]
    amina.send("/case/write/", body="Here it is.", files=[sent("good.jpg", photo())])
    assert amina.page.value("body") == "Here it is."
    assert "Files cannot wait here" in amina.page.words
