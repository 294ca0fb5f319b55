"""The reference file of time limits: laws, and the portal's own values."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

from grievance.limits import Rule, rule_of
from grievance.models import TimeLimit
from stakeholders.reference_tables import (
    Column,
    Loading,
    RowError,
    Table,
    bring,
    number,
    optional_date,
    optional_number,
    read_rows,
    yes_or_no,
)

TIME_LIMITS = Path(__file__).parent.parent / "reference" / "time_limits.csv"

TIME_LIMIT_TABLE = Table(
    model=TimeLimit,
    file=TIME_LIMITS,
    columns=(
        Column("id", "code"),
        Column("regime", "regime"),
        Column("regime_label", "regime_label"),
        Column("provision", "provision"),
        Column("jurisdiction", "jurisdiction"),
        Column("clock_kind", "clock_kind"),
        Column("starts_on", "starts_on"),
        Column("value", "value", number),
        Column("unit", "unit"),
        Column("branch_condition", "branch_condition"),
        Column("extension_value", "extension_value", optional_number),
        Column("extension_unit", "extension_unit"),
        Column("extension_condition", "extension_condition"),
        Column("rest_day_rule", "rest_day_rule"),
        Column("who", "who"),
        Column("what", "what"),
        Column("certainty", "certainty"),
        Column("verify", "verify", yes_or_no),
        Column("source", "source"),
        Column("checked", "checked"),
        Column("notes", "notes"),
        Column("valid_from", "valid_from", optional_date),
    ),
)


def load(loading: Loading) -> None:
    """Load the time limits; call it inside a transaction and a stamp."""
    bring(TIME_LIMIT_TABLE, loading)


def rules_of_file(folder: Path | None = None) -> list[Rule]:
    """Read the rules from the file itself, without a database; `folder` may hold one of your own.

    Raises ReferenceRefused with everything that is wrong in the file.
    """
    loading = Loading(folder=folder)
    path = loading.path(TIME_LIMITS)
    rules = []
    for code, cells in read_rows(path, [c.name for c in TIME_LIMIT_TABLE.columns], (), loading):
        try:
            row = {c.field: c.read(cells[c.name]) for c in TIME_LIMIT_TABLE.columns}
            rules.append(rule_of(SimpleNamespace(**row)))
        except ValueError as error:
            loading.errors.append(RowError(path.name, code, "", str(error)))
    loading.refuse_on_errors()
    return rules
