"""Staff take the directory away as a file and bring it in: tried first, all rows or none."""

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command

from stakeholders.models import Mechanism
from stakeholders.reference_loading import MECHANISMS
from tests import people
from tests.desk import Desk
from tests.page import Page

pytestmark = pytest.mark.django_db
LIST = "stakeholders/mechanism/"
IMPORT = f"{LIST}file/"
EXPORT = f"{LIST}file/csv/"
Rows = list[dict[str, str]]


@pytest.fixture(autouse=True)
def _loaded(db: None) -> None:
    call_command("load_reference", overwrite=True, verbosity=0)


@pytest.fixture
def desk() -> Desk:
    return Desk(people.CAST["ivo"])


def taken_away(desk: Desk) -> Rows:
    response = desk.client.get(f"/desk/{EXPORT}")
    assert response.status_code == 200
    assert "attachment" in response.headers["Content-Disposition"]
    return list(csv.DictReader(io.StringIO(response.content.decode())))


def row(rows: Rows, code: str) -> dict[str, str]:
    return next(one for one in rows if one["id"] == code)


def as_file(rows: Rows) -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def tried(desk: Desk, content: bytes, reason: str = "new_facts") -> Page:
    desk.go(IMPORT)
    upload = SimpleUploadedFile("mechanisms.csv", content, "text/csv")
    return desk.post(IMPORT, {"file": upload, "edit_reason": reason})  # type: ignore[dict-item]


def press(desk: Desk) -> Page:
    """Press "Do this": the only form of the page that holds a plan."""
    plan = desk.page.root.one("input", name="plan").attrs["value"]
    return desk.post(IMPORT, {"plan": plan})


def problems(page: Page) -> list[list[str]]:
    table = page.root.all("table")
    return [[cell.text for cell in line.all("th", "td")] for line in table[0].all("tr")[1:]]


def test_what_is_taken_away_is_the_reviewed_file_and_comes_back_unchanged(desk: Desk) -> None:
    rows = taken_away(desk)
    with MECHANISMS.open(encoding="utf-8", newline="") as file:
        shipped = list(csv.DictReader(file))
    assert sorted(rows, key=lambda one: one["id"]) == sorted(shipped, key=lambda one: one["id"])

    page = tried(desk, as_file(rows))
    assert page.status == 200
    assert not page.root.all("input", name="plan"), "There is nothing to do."


def test_the_list_of_bodies_leads_to_the_file(desk: Desk) -> None:
    page = desk.go(LIST)
    assert [a for a in page.root.all("a") if a.attrs.get("href", "").endswith(IMPORT)]


def test_a_trial_changes_nothing_and_the_second_press_does_what_it_said(desk: Desk) -> None:
    rows = taken_away(desk)
    row(rows, "dpa-ke")["checked_on"] = "2026-10-01"
    rows.append(row(rows, "dpa-ke") | {"id": "dpa-ke-second", "name_en": "Another office"})
    before = Mechanism.history.count()

    page = tried(desk, as_file(rows))

    assert "dpa-ke, checked_on" in page.words and "dpa-ke-second" in page.words
    assert Mechanism.history.count() == before
    assert not Mechanism.objects.filter(code="dpa-ke-second").exists()

    page = press(desk)
    assert "This was done." in page.words
    assert str(Mechanism.objects.get(code="dpa-ke").checked_on) == "2026-10-01"
    assert Mechanism.objects.get(code="dpa-ke-second").name == "Another office"
    written = Mechanism.history.order_by("-history_id")[: Mechanism.history.count() - before]
    assert {(one.code, one.verb, one.reason_code) for one in written} == {
        ("dpa-ke", "edit_reference", "new_facts"),
        ("dpa-ke-second", "edit_reference", "new_facts"),
    }
    assert len({one.event_id for one in written}) == 1
    assert {one.actor_id for one in written} == {people.the(people.CAST["ivo"]).pk}


def test_errors_come_with_row_and_column_and_keep_everything_out(desk: Desk) -> None:
    rows = taken_away(desk)
    for number, (column, value) in enumerate(
        [("kind", "sorcery"), ("checked_on", "soon"), ("themes", "any|nothing")], start=3
    ):
        rows[number - 2][column] = value
    rows[20]["name_en"] = "A better name"
    before = Mechanism.history.count()

    page = tried(desk, as_file(rows))

    assert page.status == 422
    found = [(line, code, column) for line, code, column, _sentence in problems(page)]
    assert found == [
        ("3", rows[1]["id"], "kind"),
        ("4", rows[2]["id"], "checked_on"),
        ("5", rows[3]["id"], "themes"),
    ]
    assert all(sentence.endswith(".") for *_place, sentence in problems(page))
    assert not page.root.all("input", name="plan")
    assert Mechanism.history.count() == before


@pytest.mark.parametrize(
    "content",
    [b"", b"\xff\xfe\x00", b"a,b\n1,2\n", b'id,kind\n"x', b"id\n\x00\n"],
)
def test_a_file_that_is_none_is_refused_in_words(desk: Desk, content: bytes) -> None:
    page = tried(desk, content)
    assert page.status == 422
    assert "This was not done." in page.words or "The file has errors." in page.words


def test_rows_that_the_file_lacks_are_left(desk: Desk) -> None:
    rows = [row(taken_away(desk), "dpa-ke") | {"cost": "fee"}]
    total = Mechanism.objects.count()

    tried(desk, as_file(rows))
    press(desk)

    assert Mechanism.objects.count() == total
    assert Mechanism.objects.get(code="dpa-ke").cost == "fee"


def test_when_the_directory_changed_meanwhile_the_trial_is_shown_again(desk: Desk) -> None:
    rows = taken_away(desk)
    row(rows, "dpa-ke")["cost"] = "fee"
    tried(desk, as_file([row(rows, "dpa-ke")]))
    plan = desk.page.root.one("input", name="plan").attrs["value"]

    row(rows, "dpa-ke")["name_en"] = "Renamed by a colleague"
    tried(desk, as_file([row(rows, "dpa-ke") | {"cost": "free"}]))
    press(desk)
    page = desk.post(IMPORT, {"plan": plan})

    assert page.status == 422
    assert "The directory has changed since the trial." in page.words
    assert Mechanism.objects.get(code="dpa-ke").cost == "free"


def test_a_plan_of_somebody_else_or_of_nobody_does_nothing(desk: Desk) -> None:
    rows = [row(taken_away(desk), "dpa-ke") | {"cost": "fee"}]
    tried(desk, as_file(rows))
    plan = desk.page.root.one("input", name="plan").attrs["value"]
    farid = Desk(people.CAST["farid"])
    farid.go(IMPORT)

    for sent in (plan, plan[:-3], "nothing"):
        assert "This trial is too old." in farid.post(IMPORT, {"plan": sent}).words
    assert Mechanism.objects.get(code="dpa-ke").cost == "free"


def test_a_warning_whose_english_changed_keeps_no_old_translation(desk: Desk) -> None:
    rows = taken_away(desk)
    code = "generic-police-prosecutor"
    french = Mechanism.objects.get(code=code).danger_note_fr
    assert french
    tried(desk, as_file([row(rows, code) | {"notes": "Only the notes are new."}]))
    press(desk)
    assert Mechanism.objects.get(code=code).danger_note_fr == french

    tried(desk, as_file([row(rows, code) | {"danger_note": "Something new."}]))
    press(desk)
    new = Mechanism.objects.get(code=code)
    assert new.danger_note_en == "Something new."
    assert not new.danger_note_fr
