"""The reference files of this application: the five forms of remedy, and playbooks."""

from __future__ import annotations

from pathlib import Path

from remedy.models import Playbook, RemedyKind
from stakeholders.reference_tables import Column, Loading, Table, bring, number, several

FOLDER = Path(__file__).parent / "reference"
REMEDY_KINDS = FOLDER / "remedy_kinds.csv"
PLAYBOOKS = FOLDER / "playbooks.csv"

REMEDY_KIND_TABLE = Table(
    model=RemedyKind,
    file=REMEDY_KINDS,
    columns=(
        Column("code", "code"),
        Column("position", "position", number),
        Column("source", "source"),
    ),
    translated=("name", "plain_question", "examples"),
)


PLAYBOOK_TABLE = Table(
    model=Playbook,
    file=PLAYBOOKS,
    columns=(
        Column("code", "code"),
        Column("harms", "harms", several),
        Column("remedies", "remedies", several),
        Column("levers", "levers", several),
        Column("source", "source"),
    ),
    translated=(
        "name",
        "triggers",
        "steps",
        "interim",
        "who_decides",
        "referrals",
        "communication",
        "learning",
    ),
)


def load(loading: Loading) -> None:
    """Load forms of remedy and playbooks; call it inside a transaction and a stamp."""
    bring(REMEDY_KIND_TABLE, loading)
    bring(PLAYBOOK_TABLE, loading)
