"""You can take back out what you sent in, and staff can send you files; what they send tells
nothing of where and by whom it was made."""

from pathlib import Path

import pytest
from django.test import Client, override_settings

from core.vault import ReadLog
from grievance.files import uploads
from grievance.models import Attachment, Message
from tests import haystack, makers, people
from tests.amina import Amina
from tests.desk import Desk
from tests.specimen_files import AUTHOR, DEVICE, paper, photo, place_in, sent

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(tmp_path: Path):
    with override_settings(MEDIA_ROOT=str(tmp_path / "media")):
        yield tmp_path / "media"


@pytest.fixture
def made() -> makers.Made:
    people.everyone()
    return makers.acknowledged(makers.a_case())


@pytest.fixture
def amina(made: makers.Made) -> Amina:
    amina = Amina()
    amina.come_back(made.key)
    return amina


def address_of(amina: Amina, name: str) -> str:
    """Where the link with the name of a file leads."""
    lists = amina.page.root.all("ul", class_="files")
    links = [link for one in lists for link in one.all("a") if link.text == name]
    assert len(links) == 1, f"There is no link for {name}."
    return links[0].attrs["href"]


def send_files(made: makers.Made, *files: object, verb: str = "write_to_person") -> Desk:
    """Chidi writes to the person, with files."""
    chidi = Desk(people.CHIDI)
    chidi.press(made.id, verb, body="Here is what we found.", files=list(files))
    return chidi


def test_what_you_sent_comes_back_as_you_sent_it(made: makers.Made, amina: Amina) -> None:
    picture = photo()
    amina.send("/case/write/", body="Look at this.", files=[sent("my <b>street.jpg", picture)])
    response = amina.client.get(address_of(amina, "my <b>street.jpg"))
    [file] = Attachment.objects.all()
    assert response.content == picture
    assert response["Content-Type"] == "image/jpeg"
    assert response["Content-Disposition"] == f'attachment; filename="file-{file.pk}.jpg"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "no-store" in response["Cache-Control"]
    [row] = ReadLog.objects.filter(place="grievance.Attachment.file")
    assert (row.actor_kind, row.actor_id, row.reason) == ("complainant", made.id, "own_case")


def test_what_staff_send_arrives_without_place_device_and_author(
    made: makers.Made, amina: Amina
) -> None:
    chidi = send_files(made, sent("plan.pdf", paper()), sent("hall.jpg", photo()))
    assert chidi.done == ["Your message was sent."]
    assert "sent to the person" in chidi.section("files")
    amina.go("case/open/")
    assert "Files from us" in amina.page.words and "Your files" not in amina.page.words
    assert "Here is what we found." in amina.page.words
    picture = amina.client.get(address_of(amina, "hall.jpg"))
    assert picture["Content-Type"] == "image/jpeg" and place_in(picture.content) == {}
    plan = amina.client.get(address_of(amina, "plan.pdf"))
    assert plan["Content-Type"] == "application/pdf" and plan.content.startswith(b"%PDF-")
    for telling in (DEVICE.encode(), AUTHOR.encode()):
        assert telling not in picture.content + plan.content
    assert ReadLog.objects.filter(place="grievance.Attachment.view").count() == 2


def test_a_question_can_carry_a_file_too(made: makers.Made, amina: Amina) -> None:
    send_files(made, sent("is it him.txt", b"a drawing in words"), verb="ask_person")
    amina.go("case/open/")
    assert amina.client.get(address_of(amina, "is it him.txt")).content == b"a drawing in words"


def test_what_we_do_not_take_is_not_sent_and_the_words_stay(made: makers.Made) -> None:
    html = b"<!doctype html><html><script>alert(1)</script></html>"
    chidi = send_files(made, sent("plan.pdf", html), sent("b.txt", b"fine"))
    assert chidi.page.status == 422
    assert "plan.pdf" in chidi.words and "We cannot take this kind of file." in chidi.words
    assert chidi.page.value("body") == "Here is what we found."
    assert not Attachment.objects.exists() and not Message.objects.exists()
    many = [sent(f"{n}.txt", b"x") for n in range(uploads.MOST_FILES + 1)]
    assert "You can add up to 5 files at once." in send_files(made, *many).words
    assert not Message.objects.exists()


def test_a_file_of_another_case_is_like_one_that_never_was(made: makers.Made, amina: Amina) -> None:
    send_files(made, sent("a.txt", b"for Amina alone"))
    amina.go("case/open/")
    href = address_of(amina, "a.txt")
    other = Amina()
    other.come_back(makers.a_case().key)
    assert other.client.get(href).status_code == 404
    assert other.client.get("/en/case/file/987654/").status_code == 404
    for stranger in (Client(), people.signed_in(people.CHIDI)):
        response = stranger.get(href)
        assert response.status_code == 302 and response["Location"].endswith("/case/?again")
    assert not ReadLog.objects.filter(place="grievance.Attachment.file").exists()


def test_an_erased_file_is_said_to_be_erased(made: makers.Made, amina: Amina, media: Path) -> None:
    amina.send("/case/write/", body="Look.", files=[sent("a.txt", b"words")])
    href = address_of(amina, "a.txt")
    for sealed in (path for path in media.rglob("*") if path.is_file()):
        sealed.unlink()
    page = amina.go(href)
    assert [one.sentence for one in page.problems] == ["This file was erased, or it is damaged."]


def test_nothing_of_what_staff_send_stands_in_clear(made: makers.Made) -> None:
    words = "the settlement of Zebulon Qu"
    send_files(made, sent("zebulon-list.txt", words.encode()))
    heaps = {**haystack.tables(), "files": haystack.in_files(), "redis": haystack.in_redis()}
    needles = [words, "zebulon-list"]
    assert {name: haystack.found(needles, heap) for name, heap in heaps.items()} == {
        name: [] for name in heaps
    }
    assert heaps["files"]
