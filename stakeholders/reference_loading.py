"""The reference files of this application: teams, the issue library, and the directory."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from modeltranslation.settings import AVAILABLE_LANGUAGES, DEFAULT_LANGUAGE
from modeltranslation.utils import build_localized_fieldname

from stakeholders.models import DangerPair, Issue, Mechanism, Team
from stakeholders.reference_tables import (
    YES_AND_NO,
    Column,
    Loading,
    RowError,
    Table,
    bring,
    optional_date,
    read_rows,
    several,
    yes_or_no,
)

FOLDER = Path(__file__).parent / "reference"
TEAMS = FOLDER / "teams.csv"
ISSUES = FOLDER / "issues.csv"
MECHANISMS = FOLDER / "mechanisms.csv"
MECHANISM_TEXTS = FOLDER / "mechanism_texts.csv"
DANGERS = FOLDER / "danger_pairs.csv"
ADHERENTS = FOLDER / "ncp_adherents.csv"

TEAM_TABLE = Table(model=Team, file=TEAMS, columns=(Column("code", "code"),), translated=("name",))

MECHANISM_COLUMNS = (
    Column("id", "code"),
    Column("kind", "kind"),
    Column("family", "family"),
    Column("name_en", "name_en"),
    Column("name_local", "name_local"),
    Column("country_iso2", "country"),
    Column("scope", "scope"),
    Column("url", "url"),
    Column("complaint_url", "complaint_url"),
    Column("powers", "powers", several),
    Column("remedies_can_order", "remedies_can_order", several),
    Column("remedies_by_agreement", "remedies_by_agreement", several),
    Column("who_may_file", "who_may_file", several),
    Column("individual_complaints", "individual_complaints"),
    Column("themes", "themes", several),
    Column("languages", "languages", several),
    Column("languages_basis", "languages_basis"),
    Column("cost", "cost"),
    # The file's texts are English; other languages come from mechanism_texts.csv.
    Column("danger_note", "danger_note_en"),
    Column("notes", "notes_en"),
    Column("certainty", "certainty"),
    Column("coding", "coding"),
    Column("source", "source"),
    Column("checked", "checked"),
    Column("region", "region"),
    Column("respondents", "respondents", several),
    Column("checked_on", "checked_on", optional_date),
    Column("nhri_roles", "nhri_roles", several, may_lack=True),
)
DANGER_TABLE = Table(
    model=DangerPair,
    file=DANGERS,
    columns=(
        Column("code", "code"),
        Column("country_iso2", "country"),
        Column("flag", "flag"),
        Column("harm", "harm"),
        Column("kinds", "kinds", several),
        Column("dangerous", "dangerous", yes_or_no),
        Column("source", "source"),
        Column("certainty", "certainty"),
        Column("checked", "checked"),
        Column("checked_on", "checked_on", optional_date),
    ),
)
TRANSLATED_TEXTS = ("danger_note", "notes")

ADHERENT_COLUMNS = (
    "country_iso2",
    "country",
    "oecd_member",
    "has_ncp",
    "certainty",
    "source",
    "checked",
    "ncp_mechanism_id",
)


def load(loading: Loading) -> None:
    """Load all files of this application; call it inside a transaction and a stamp."""
    bring(TEAM_TABLE, loading)
    bring(_issue_table(), loading)
    bring(_mechanism_table(loading), loading)
    bring(DANGER_TABLE, loading)
    _check_adherents(loading)


def _issue_table() -> Table:
    """The issue library; teams must be there first."""
    teams = {team.code: team for team in Team.objects.all()}

    def team(code: str) -> Team | None:
        if code and code not in teams:
            raise ValueError(f"There is no team with the code {code}.")
        return teams.get(code)

    return Table(
        model=Issue,
        file=ISSUES,
        columns=(
            Column("code", "code"),
            Column("harm", "harm"),
            Column("default_team", "default_team", team),
        ),
        translated=("name", "definition"),
    )


def _mechanism_table(loading: Loading) -> Table:
    """The directory; its recurring texts get their translations from a file of their own."""
    translations = _translations(loading)

    def with_translations(values: dict[str, Any]) -> dict[str, Any]:
        for name in TRANSLATED_TEXTS:
            values |= translations(name, values[f"{name}_en"])
        return values

    return Table(
        model=Mechanism, file=MECHANISMS, columns=MECHANISM_COLUMNS, completed=with_translations
    )


def directory_table(loading: Loading) -> Table:
    """The directory as staff bring it in: what they translated stays while the English does.

    A text whose English changed gets the translations that we know, or none: a warning in another
    language must not say what is no longer so.
    """
    translations = _translations(loading)
    texts = [f"{name}_en" for name in TRANSLATED_TEXTS]
    present = {row["code"]: row for row in Mechanism.objects.values("code", *texts)}

    def with_translations(values: dict[str, Any]) -> dict[str, Any]:
        old = present.get(values["code"], {})
        for name in TRANSLATED_TEXTS:
            english = values[f"{name}_en"]
            if old.get(f"{name}_en") != english:
                values |= translations(name, english)
        return values

    return Table(
        model=Mechanism, file=MECHANISMS, columns=MECHANISM_COLUMNS, completed=with_translations
    )


def _translations(loading: Loading) -> Callable[[str, str], dict[str, str | None]]:
    """Return a function: the other languages' columns of a text, by its name and its English."""
    languages = [code for code in AVAILABLE_LANGUAGES if code != DEFAULT_LANGUAGE]
    columns = {code: build_localized_fieldname("text", code) for code in languages}
    texts = dict(read_rows(loading.path(MECHANISM_TEXTS), ["text_en"], columns.values(), loading))

    def of(name: str, english: str) -> dict[str, str | None]:
        known = texts.get(english, {})
        return {
            build_localized_fieldname(name, code): known.get(column) or None
            for code, column in columns.items()
        }

    return of


def _check_adherents(loading: Loading) -> None:
    """Each State that adheres to the OECD Guidelines has its contact point in the directory.

    The list is no table: it exists to catch a directory that has lost one.
    """
    path = loading.path(ADHERENTS)
    countries = dict(Mechanism.objects.values_list("code", "country"))
    for country, row in read_rows(path, ADHERENT_COLUMNS, (), loading):
        if not YES_AND_NO.get(row["has_ncp"]):
            continue
        code = row["ncp_mechanism_id"]
        if countries.get(code) != country:
            message = f"The directory has no contact point {code} of this country."
            loading.errors.append(RowError(path.name, country, "ncp_mechanism_id", message))
