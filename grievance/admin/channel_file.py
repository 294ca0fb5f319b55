"""A CSV file of matters from another channel: read, and checked row by row before anything opens.

Columns: channel, reference, language, country, who_was_harmed, email, narrative. A reference is
needed in each row, so that the same file brought in twice opens nothing twice.
"""

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from core.actors import Actor
from core.refusals import Refused
from grievance import lifecycle
from grievance.countries import country_names
from grievance.lifecycle import Account, Entered, text_of
from grievance.models import Case, Channel, ContactChannel, WhoWasHarmed
from stakeholders.models import User
from stakeholders.vocabulary import Answer, ValueChainStage

MOST_BYTES = 512 * 1024
MOST_ROWS = 100
COLUMNS = (
    "channel",
    "reference",
    "language",
    "country",
    "who_was_harmed",
    "email",
    "narrative",
)


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong in one cell; line 0 is the file as a whole."""

    line: int
    column: str
    sentence: str


@dataclass(frozen=True, slots=True, repr=False)
class Row:
    """One matter that would open a case, and cases that may be the same."""

    line: int
    account: Account
    entered: Entered
    alike: list[Case]


@dataclass(slots=True, repr=False)
class Trial:
    """What a file would do."""

    rows: list[Row] = field(default_factory=list)
    there_already: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def try_out(content: bytes, *, user: User, by: Actor) -> Trial:
    """Check each row of a file; nothing is opened. `user` sees only cases that they may see."""
    trial = Trial()
    table = _table(content, trial)
    seen: set[bytes] = set()
    for line, values in enumerate(table, start=2):
        _row(trial, line, values, user=user, by=by, seen=seen)
    return trial


def account_of(values: Mapping[str, str]) -> Account:
    """Return what the verb takes, from the columns of a row or the fields of the form."""
    email = values["email"].strip()
    return Account(
        narrative=values["narrative"],
        who_was_harmed=values["who_was_harmed"] or WhoWasHarmed.UNKNOWN,
        value_chain_stage=ValueChainStage.UNKNOWN,
        country=values["country"],
        contact_channel=ContactChannel.EMAIL if email else ContactChannel.PORTAL_ONLY,
        email=email,
        fears_retaliation=Answer.UNKNOWN,
        employer_may_know=Answer.UNKNOWN,
        language=values["language"],
    )


def _table(content: bytes, trial: Trial) -> list[dict[str, str]]:
    try:
        reader = csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True)
        if tuple(reader.fieldnames or ()) != COLUMNS:
            columns = ", ".join(COLUMNS)
            told = _("The first row has to name these columns: %(columns)s.")
            trial.problems.append(Problem(0, "", told % {"columns": columns}))
            return []
        table = list(reader)
    except (UnicodeDecodeError, csv.Error):
        trial.problems.append(Problem(0, "", _("This is no CSV file in UTF-8.")))
        return []
    if len(table) > MOST_ROWS:
        trial.problems.append(Problem(0, "", _("The file is too large.")))
        return []
    return [{name: row.get(name) or "" for name in COLUMNS} for row in table]


def _row(
    trial: Trial, line: int, values: dict[str, str], *, user: User, by: Actor, seen: set[bytes]
) -> None:
    wrong = _wrong(values)
    entered = Entered(by=by, channel=values["channel"], reference=values["reference"])
    index = entered.index
    if index is None:
        wrong["reference"] = _("Write something first.")
    elif index in seen:
        wrong["reference"] = _("This reference stands in the file twice.")
    else:
        seen.add(index)
    if wrong:
        trial.problems += [Problem(line, column, text) for column, text in wrong.items()]
    elif lifecycle.arrived(entered):
        trial.there_already.append(entered.reference)
    else:
        alike = lifecycle.alike(user, entered=entered, email=values["email"])
        trial.rows.append(Row(line, account_of(values), entered, alike))


def _wrong(values: Mapping[str, str]) -> dict[str, str]:
    """Return what is wrong by column."""
    known = {
        "channel": set(Channel.values),
        "language": set(dict(settings.LANGUAGES)),
        "country": {"", *country_names("en")},
        "who_was_harmed": {"", *WhoWasHarmed.values},
    }
    wrong = {
        column: _("This is none of the codes that can stand here.")
        for column, codes in known.items()
        if values[column] not in codes
    }
    try:
        text_of(values["narrative"])
    except Refused as refused:
        wrong["narrative"] = str(refused.sentence)
    try:
        if values["email"].strip():
            validate_email(values["email"].strip())
    except ValidationError as error:
        wrong["email"] = error.messages[0]
    return wrong
