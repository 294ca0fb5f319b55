"""How a story of the demonstration is written down."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from grievance.lifecycle import Account
from grievance.states import Verb
from remedy.money import Compensation
from stakeholders.roles import Role


@dataclass(frozen=True, kw_only=True)
class Step:
    """One thing that was done, so many days after the grievance was raised.

    `by` is empty for the person. `words` are the message, the explanation, the note or the title;
    `code` is the reason, the answer or the issue; `places` are entries of the directory. Steps of
    the remedy name the measure, element or leverage step by `which`, counted from 0 in the order
    of the story, a partner by its name (empty: the company itself), a due date by days from the
    step; `details` are what else the verb takes. They are made by `working`.
    """

    day: float
    verb: Verb
    by: Role | None = None
    words: str = ""
    code: str = ""
    places: tuple[str, ...] = ()
    which: int = 0
    partner: str = ""
    product: str = ""
    due: int = 0
    files: tuple[str, ...] = ()
    """Names of what comes with a message; drawn by `papers`."""
    details: Mapping[str, str | int | Compensation | Mapping[str, str]] = field(
        default_factory=dict
    )


@dataclass(frozen=True, kw_only=True)
class Story:
    """A grievance raised so long ago, and what came after."""

    ago: timedelta
    account: Account
    steps: tuple[Step, ...] = ()
    files: tuple[str, ...] = ()
    """Names of what came with the account; drawn by `papers`."""
    is_sample: bool = False
    """The sample is the case whose key is shown at each start."""
