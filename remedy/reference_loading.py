"""The reference file of this application: the five forms of remedy in plain words."""

from __future__ import annotations

from pathlib import Path

from remedy.models import RemedyKind
from stakeholders.reference_tables import Column, Loading, Table, bring, number

REMEDY_KINDS = Path(__file__).parent / "reference" / "remedy_kinds.csv"

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


def load(loading: Loading) -> None:
    """Load the forms of remedy; call it inside a transaction and a stamp."""
    bring(REMEDY_KIND_TABLE, loading)
