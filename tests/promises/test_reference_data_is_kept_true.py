"""Reference data are the reviewed files', with their sources; staff's corrections stay theirs."""

from __future__ import annotations

import csv
import io
import shutil
import uuid
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from core.actors import Actor, ActorKind
from core.ledger.history import Stamp, stamped
from grievance.management.time_limits import TIME_LIMITS
from grievance.models import TimeLimit
from remedy.models import Playbook, RemedyKind
from remedy.reference_loading import PLAYBOOKS, REMEDY_KINDS
from stakeholders.models import DangerPair, Issue, Mechanism, Team
from stakeholders.reference_loading import (
    ADHERENTS,
    DANGERS,
    ISSUES,
    MECHANISM_TEXTS,
    MECHANISMS,
    TEAMS,
)
from stakeholders.vocabulary import Harm, RemedyForm

pytestmark = pytest.mark.django_db

AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
DANA = Actor(ActorKind.STAFF, 7)
TABLES = (Team, Issue, Mechanism, DangerPair, RemedyKind, Playbook, TimeLimit)


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _write(path: Path, rows: list[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


@pytest.fixture(autouse=True)
def _loaded(db: None) -> None:
    """Each test begins with the shipped files loaded, whatever the database came with."""
    _load()


def _own_file(folder: Path, shipped: Path, **changes: dict[str, str]) -> None:
    """A copy of a shipped file in which the rows named by code have other cells."""
    rows = _rows(shipped)
    key = next(iter(rows[0]))
    for row in rows:
        row.update(changes.get(row[key].replace("-", "_"), {}))
    _write(folder / shipped.name, rows)


def _load(*, folder: Path | None = None, overwrite: bool = False) -> str:
    said = io.StringIO()
    call_command("load_reference", folder=folder, overwrite=overwrite, stdout=said)
    return said.getvalue()


def _versions() -> dict[str, int]:
    return {table.__name__: table.history.count() for table in TABLES}


def _a_correction(**values: str) -> Mechanism:
    """Dana corrects the French contact point."""
    with stamped(Stamp(actor=DANA, verb="correct_entry", event_id=uuid.uuid4(), at=AT)):
        entry = Mechanism.objects.select_for_update().get(code="ncp-fr")
        for name, value in values.items():
            setattr(entry, name, value)
        entry.save()
    return entry


def test_every_row_of_the_files_is_there() -> None:
    for table, path in (
        (Team, TEAMS),
        (Issue, ISSUES),
        (Mechanism, MECHANISMS),
        (DangerPair, DANGERS),
        (RemedyKind, REMEDY_KINDS),
        (Playbook, PLAYBOOKS),
        (TimeLimit, TIME_LIMITS),
    ):
        rows = _rows(path)
        key = next(iter(rows[0]))
        assert set(table.objects.values_list("code", flat=True)) == {row[key] for row in rows}
    assert Mechanism.objects.count() == 521
    assert TimeLimit.objects.count() == 51


def test_every_entry_of_the_directory_says_where_it_comes_from_and_how_sure_it_is() -> None:
    entries = {entry.code: entry for entry in Mechanism.objects.all()}

    for row in _rows(MECHANISMS):
        entry = entries[row["id"]]
        assert entry.source == row["source"] != ""
        assert (entry.certainty, entry.coding, entry.checked) == (
            row["certainty"],
            row["coding"],
            row["checked"],
        )
        assert str(entry.checked_on or "") == row["checked_on"]
        assert "|".join(entry.powers) == row["powers"]
        assert "|".join(entry.themes) == row["themes"]


def test_a_second_load_saves_nothing_and_writes_no_history() -> None:
    before = _versions()

    said = _load()

    assert _versions() == before
    assert "bodies elsewhere: 0 created, 0 changed, 521 unchanged" in said
    assert "time limits: 0 created, 0 changed, 51 unchanged" in said


def test_a_changed_row_of_the_file_is_the_only_one_saved(tmp_path: Path) -> None:
    before = _versions()
    _own_file(tmp_path, MECHANISMS, ncp_fr={"url": "https://ncp.example.org/"})

    said = _load(folder=tmp_path)

    assert "bodies elsewhere: 0 created, 1 changed, 520 unchanged" in said
    assert _versions() == before | {"Mechanism": before["Mechanism"] + 1}
    newest = Mechanism.history.filter(code="ncp-fr").latest("history_id")
    assert (newest.url, newest.verb) == ("https://ncp.example.org/", "load_reference")
    assert newest.actor.kind == ActorKind.SYSTEM


def test_a_correction_by_staff_is_left_and_named() -> None:
    _a_correction(complaint_url="https://ncp.example.org/fr")

    said = _load()

    assert Mechanism.objects.get(code="ncp-fr").complaint_url == "https://ncp.example.org/fr"
    assert "left as staff changed them (--overwrite takes the file's): ncp-fr" in said


def test_a_correction_gives_way_only_when_the_operator_says_so() -> None:
    original = Mechanism.objects.get(code="ncp-fr").complaint_url
    _a_correction(complaint_url="https://ncp.example.org/fr")

    _load(overwrite=True)

    assert Mechanism.objects.get(code="ncp-fr").complaint_url == original
    versions = Mechanism.history.filter(code="ncp-fr", complaint_url__contains="ncp.example.org")
    assert [version.actor for version in versions] == [DANA]


def test_staff_may_retire_an_entry_and_the_file_does_not_bring_it_back() -> None:
    entry = _a_correction()
    with stamped(Stamp(actor=DANA, verb="retire_entry", event_id=uuid.uuid4(), at=AT)):
        entry.in_use = False
        entry.save()

    _load(overwrite=True)

    assert not Mechanism.objects.in_use().filter(code="ncp-fr").exists()


def test_an_error_names_file_row_and_column_and_nothing_is_loaded(tmp_path: Path) -> None:
    before = _versions()
    _own_file(
        tmp_path,
        MECHANISMS,
        ncp_fr={"url": "https://ncp.example.org/"},
        ncp_be={"kind": "sorcery", "country_iso2": "be"},
        ncp_at={"checked_on": "yesterday"},
        ncp_ch={"themes": "any|boredom"},
        ncp_de={"remedies_can_order": "compensation"},
    )
    _own_file(tmp_path, TIME_LIMITS, TL01={"value": "seven", "verify": "perhaps"})
    _own_file(tmp_path, ISSUES, retaliation={"default_team": "nobody"})

    with pytest.raises(CommandError) as refused:
        _load(folder=tmp_path)

    said = str(refused.value)
    assert "Nothing was loaded. 8 error(s):" in said
    for line in (
        "mechanisms.csv: ncp-be, kind: Value 'sorcery' is not a valid choice.",
        "mechanisms.csv: ncp-be, country_iso2: Write the country as two capital letters",
        "mechanisms.csv: ncp-at, checked_on: Write the date as year-month-day",
        "mechanisms.csv: ncp-ch, themes: Item 2 in the array did not validate",
        "mechanisms.csv: ncp-de, remedies_can_order: Only a body that decides can order a remedy.",
        "time_limits.csv: TL01, value: Write a whole number.",
        "time_limits.csv: TL01, verify: Write yes or no.",
        "issues.csv: retaliation, default_team: There is no team with the code nobody.",
    ):
        assert line in said
    assert _versions() == before
    assert Mechanism.objects.get(code="ncp-fr").url != "https://ncp.example.org/"


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"code,name_en\nintake,Intake\nintake,Again\n", "intake, code: The code is there twice."),
        (b"code,name_en\n,Nameless\n", "line 2, code: The row has no code."),
        (b"code,name_en\nintake\n", "intake, code: The row has too many or too few cells."),
        (b"code,name_en\nintake,a,b\n", "intake, code: The row has too many or too few cells."),
        (b"code,name_en,name_xx\nintake,a,b\n", "The column name_xx is not known."),
        (b"code\nintake\n", "The column name_en is missing."),
        (b"", "The column code is missing."),
        (b"code,name_en\nintake,\xff\xfe\n", "The file can't be read"),
        (
            b"code,name_en\nintake,a\x00b\n",
            "intake, code: The row has a character that can't be stored.",
        ),
        (b'code,name_en\nintake,"open\n', "The file can't be read"),
        (b"code,name_en\nIn take!,Intake\n", "In take!, code: "),
    ],
)
def test_a_broken_file_is_refused_in_words(tmp_path: Path, content: bytes, problem: str) -> None:
    (tmp_path / TEAMS.name).write_bytes(content)

    with pytest.raises(CommandError) as refused:
        _load(folder=tmp_path)

    assert problem in str(refused.value)
    assert Team.objects.get(code="intake").name_en == "Intake"


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="There is no folder"):
        _load(folder=tmp_path / "missing")


def test_a_file_of_the_operators_own_may_come_from_a_spreadsheet(tmp_path: Path) -> None:
    shutil.copy(TEAMS, tmp_path)
    (tmp_path / TEAMS.name).write_text(
        "code,name_en,name_es\r\nintake,First answer,Primera respuesta\r\n",
        encoding="utf-8-sig",
        newline="",
    )

    said = _load(folder=tmp_path)

    intake = Team.objects.get(code="intake")
    assert (intake.name_en, intake.name_es, intake.name_fr) == (
        "First answer",
        "Primera respuesta",
        "Accueil",
    )
    assert "not in the file, left: ai_decisions, environment_land" in said


def test_a_state_that_lost_its_contact_point_is_noticed(tmp_path: Path) -> None:
    rows = _rows(ADHERENTS)
    next(row for row in rows if row["country_iso2"] == "FR")["ncp_mechanism_id"] = "ncp-gone"
    _write(tmp_path / ADHERENTS.name, rows)

    with pytest.raises(CommandError, match="The directory has no contact point ncp-gone"):
        _load(folder=tmp_path)


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_people_read_what_could_put_things_right_in_their_language(language: str) -> None:
    with translation.override(language):
        kinds = list(RemedyKind.objects.all())

    assert [kind.code for kind in kinds] == list(RemedyForm)
    for name in ("name", "plain_question", "examples"):
        own = [getattr(kind, f"{name}_{language}") for kind in kinds]
        assert all(own)
        assert len(set(own)) == len(own)


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_teams_and_issues_have_their_names_in_each_language(language: str) -> None:
    assert {issue.harm for issue in Issue.objects.all()} == set(Harm)
    for row in (*Team.objects.all(), *Issue.objects.all()):
        assert getattr(row, f"name_{language}")
    for issue in Issue.objects.all():
        assert getattr(issue, f"definition_{language}")
        assert issue.default_team is not None


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_a_warning_of_danger_is_read_in_the_persons_language(language: str) -> None:
    texts = {row["text_en"]: row[f"text_{language}"] for row in _rows(MECHANISM_TEXTS)}
    warned = Mechanism.objects.exclude(danger_note_en="")

    assert warned.count() == 27
    with translation.override(language):
        for entry in warned:
            assert entry.danger_note == texts[entry.danger_note_en] != entry.danger_note_en
            assert entry.name  # no name in this language: the official one


def test_only_a_source_that_somebody_read_can_call_a_route_safe(tmp_path: Path) -> None:
    code = _rows(DANGERS)[0]["code"]
    recalled = {"dangerous": "no"}
    _own_file(tmp_path, DANGERS, **{code.replace("-", "_"): recalled})
    with pytest.raises(CommandError, match="danger_is_denied_by_a_source"):
        _load(folder=tmp_path)
    read = {
        **recalled,
        "certainty": "sourced",
        "checked": "stored_copy",
        "checked_on": "2026-07-01",
    }
    _own_file(tmp_path, DANGERS, **{code.replace("-", "_"): read})
    _load(folder=tmp_path)
    assert not DangerPair.objects.get(code=code).dangerous


def test_an_older_file_without_the_roles_of_institutions_is_taken(tmp_path: Path) -> None:
    rows = _rows(MECHANISMS)
    for row in rows:
        del row["nhri_roles"]
    _write(tmp_path / MECHANISMS.name, rows)
    assert "bodies elsewhere: 0 created, 0 changed, 521 unchanged" in _load(folder=tmp_path)
    assert "direct" in Mechanism.objects.get(code="nhri-ke").nhri_roles
