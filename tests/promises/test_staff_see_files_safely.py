"""Staff look at copies that do not tell where, with what and by whom they were made; originals stay
as they were received, and every opening is for a reason, for those who may, and written down."""

import io
from pathlib import Path

import pikepdf
import pytest
from django.test import override_settings
from django.utils import timezone

from core.vault import ReadLog, destroy_data_key
from grievance.files import shelf, uploads, viewing
from grievance.models import MediaType
from tests import people
from tests.desk import Desk
from tests.evidence import a_case_with, hand_out
from tests.makers import a_case
from tests.specimen_files import AUTHOR, DEVICE, HIDDEN, SCRIPT, paper, photo, place_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(tmp_path: Path):
    with override_settings(MEDIA_ROOT=str(tmp_path / "media")):
        yield tmp_path / "media"


def test_the_copy_does_not_tell_where_a_picture_was_taken() -> None:
    for kind, media_type in (
        ("JPEG", MediaType.JPEG),
        ("PNG", MediaType.PNG),
        ("WEBP", MediaType.WEBP),
    ):
        picture = photo(kind)
        assert place_in(picture)
        case = a_case_with(uploads.judge("p", picture))
        [file] = case.attachments.all()
        assert file.media_type == media_type
        response = hand_out(Desk(people.BRAM), file, "copy")
        assert place_in(response.content) == {}
        assert viewing.Image.open(io.BytesIO(response.content)).size == (320, 200)
        for telling in (DEVICE, AUTHOR, "Exif", "GPS"):
            assert telling.encode() not in response.content


def test_the_copy_of_a_paper_tells_nothing_and_does_nothing() -> None:
    original = paper()
    assert place_in(_picture_inside(original))
    case = a_case_with(uploads.judge("p.pdf", original))
    [file] = case.attachments.all()
    copy = hand_out(Desk(people.BRAM), file, "copy").content
    assert place_in(_picture_inside(copy)) == {}
    with pikepdf.open(io.BytesIO(copy)) as pdf:
        assert len(pdf.pages) == 1
        assert not pdf.attachments
        assert "/Info" not in pdf.trailer
        for key in ("/Metadata", "/OpenAction", "/AA"):
            assert key not in pdf.Root
        assert "/JavaScript" not in pdf.Root.get("/Names", {})
        assert "/A" not in pdf.pages[0].Annots[0]
        plain = io.BytesIO()
        pdf.save(plain, stream_decode_level=pikepdf.StreamDecodeLevel.all, compress_streams=False)
    for telling in (AUTHOR.encode(), HIDDEN, SCRIPT.encode(), b"calc.exe", DEVICE.encode()):
        assert telling in original or telling in (HIDDEN, AUTHOR.encode(), SCRIPT.encode())
        assert telling not in plain.getvalue()


def _picture_inside(pdf_bytes: bytes) -> bytes:
    with pikepdf.open(io.BytesIO(pdf_bytes)) as pdf:
        return bytes(pdf.pages[0].Resources.XObject.Im0.read_raw_bytes())


def test_the_original_is_as_it_was_received_and_comes_with_safe_headers() -> None:
    picture = photo()
    [file] = a_case_with(uploads.judge("Amina's <b>street</b>.jpg", picture)).attachments.all()
    response = hand_out(Desk(people.CHIDI), file, "original")
    assert response.content == picture
    assert response["Content-Type"] == "image/jpeg"
    assert response["Content-Disposition"] == f'attachment; filename="file-{file.pk}.jpg"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert "no-store" in response["Cache-Control"]


def test_every_opening_is_in_the_read_log() -> None:
    [file] = a_case_with(uploads.judge("a.jpg", photo())).attachments.all()
    desk = Desk(people.CHIDI)
    hand_out(desk, file, "copy")
    hand_out(desk, file, "original")
    rows = ReadLog.objects.filter(
        place__in=["grievance.Attachment.view", "grievance.Attachment.file"]
    )
    assert [
        (row.place.rpartition(".")[2], row.reason, row.actor_id) for row in rows.order_by("pk")
    ] == [
        ("view", "to_screen", people.the(people.CHIDI).pk),
        ("file", "to_screen", people.the(people.CHIDI).pk),
    ]


def test_who_may_not_know_the_person_gets_the_copy_only() -> None:
    [file] = a_case_with(uploads.judge("a.jpg", photo())).attachments.all()
    desk = Desk(people.BRAM)
    assert hand_out(desk, file, "copy").status_code == 200
    assert hand_out(desk, file, "original").status_code == 403
    desk.open(file.case_id)
    assert not desk.page.root.all("button", name="original")


def test_an_auditor_sees_that_there_is_a_file_and_cannot_open_it() -> None:
    [file] = a_case_with(uploads.judge("passport of amina.jpg", photo())).attachments.all()
    hana = Desk(people.HANA)
    hana.open(file.case_id)
    assert "Picture (JPEG)" in hana.section("files")
    assert "passport" not in hana.page.html
    assert hand_out(hana, file, "copy").status_code == 403
    assert hand_out(hana, file, "original").status_code == 403
    assert not ReadLog.objects.filter(actor_kind="auditor").exists()


def test_a_file_of_another_case_answers_like_one_that_does_not_exist() -> None:
    [file] = a_case_with(uploads.judge("a.jpg", photo())).attachments.all()
    other = a_case()
    assert hand_out(Desk(people.CHIDI), file, "copy", case_id=other.id).status_code == 404


def test_files_cannot_be_exchanged_on_the_disk(media: Path) -> None:
    case = a_case_with(uploads.judge("a.txt", b"first"), uploads.judge("b.txt", b"second"))
    first, second = case.attachments.order_by("pk")
    sealed = shelf.take(second.path)
    (media / "sealed" / first.path[:2] / first.path).write_bytes(sealed)
    assert hand_out(Desk(people.CHIDI), first, "original").status_code == 302


def test_erased_keys_erase_files_too() -> None:
    case = a_case_with(uploads.judge("a.txt", b"first"))
    [file] = case.attachments.all()
    destroy_data_key(case.people_key_id, timezone.now())
    desk = Desk(people.CHIDI)
    assert hand_out(desk, file, "original").status_code == 302
    assert "erased" in " ".join(desk.open(case.pk) and desk.done)
