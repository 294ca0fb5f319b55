"""What a run knows at its end, as plain values: what was seen outside and what is stored."""

from dataclasses import dataclass, field
from typing import Any

from tests.faults.crowd import Person
from tests.faults.house import Blow
from tests.faults.mail import Taken
from tests.faults.staff import Press


@dataclass(slots=True)
class Seen:
    """What people, staff and the mail server saw. The database had no part in it."""

    people: list[Person] = field(default_factory=list)
    presses: list[Press] = field(default_factory=list)
    taken: list[Taken] = field(default_factory=list)
    blows: list[Blow] = field(default_factory=list)


@dataclass(slots=True)
class StoredCase:
    """One case with its words in clear, as its person would read them."""

    id: int
    status: str
    words: str
    chain_note: str
    remedy_note: str
    email: str
    said: list[str]
    """What the person wrote afterwards, oldest first."""
    running: list[str]
    """The kinds of the clocks that run."""
    clocks: int
    summed_up: bool
    """Whether the case's next due moment and level are those of its running clocks."""
    story_holds: bool
    """Whether each event leads on from the one before, up to the present status."""


@dataclass(slots=True)
class StoredEvent:
    """One event of a case."""

    id: str
    case: int
    verb: str
    data: dict[str, Any]
    step: int | None = None
    """For a step of a clock: how many of the clock's steps were done with it."""


@dataclass(slots=True)
class StoredNotice:
    """One row of the outbox, with the address and the words that its letter has."""

    id: int
    notice: str
    kind: str
    recipient: int
    about: str
    status: str
    attempts: int
    to: str
    text: str


@dataclass(slots=True)
class Stored:
    """What the database holds."""

    cases: list[StoredCase] = field(default_factory=list)
    opens: dict[int, int | None] = field(default_factory=dict)
    """The case that the key of a person (by number) opens."""
    events: list[StoredEvent] = field(default_factory=list)
    notices: list[StoredNotice] = field(default_factory=list)
    versions: dict[str, int] = field(default_factory=dict)
    """How many history rows bear this event's id."""
    unlike_last_version: list[str] = field(default_factory=list)
    """Rows that differ from the newest entry in their history."""
    overdue_looks: list[int] = field(default_factory=list)
    """Clocks at which nobody looked although the last sweep was later."""
    data_keys: int = 0


def stored_from(read: dict[str, Any]) -> Stored:
    """Read what `tests.faults.evidence` wrote."""
    return Stored(
        cases=[StoredCase(**one) for one in read["cases"]],
        opens={int(number): case for number, case in read["opens"].items()},
        events=[StoredEvent(**one) for one in read["events"]],
        notices=[StoredNotice(**one) for one in read["notices"]],
        versions=read["versions"],
        unlike_last_version=read["unlike_last_version"],
        overdue_looks=read["overdue_looks"],
        data_keys=read["data_keys"],
    )
