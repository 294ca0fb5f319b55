"""One row under way: where it stands, when it is, and how a person does the next step."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from grievance.management.walking.cast import Cast
from grievance.management.walking.rows import Row
from stakeholders.roles import Role

NOW = timedelta(0)


class Going:
    """A row on its way. `step` names what was tried last, for the report."""

    def __init__(self, row: Row, cast: Cast, *, at: datetime) -> None:
        self.row = row
        self.cast = cast
        self.at = at
        self.step = ""
        self.case_id: int | None = None

    def staff(
        self, verb: Callable[..., None], role: Role, after: timedelta = NOW, **details: Any
    ) -> None:
        """Let the person in this role do a verb, `after` the last step. Raises what it raises."""
        self._move(verb, after)
        verb(self.case_id, by=self.cast.actor(role), at=self.at, **details)

    def person(self, verb: Callable[..., None], after: timedelta = NOW, **details: Any) -> None:
        """Let the person who raised the grievance do a verb, `after` the last step."""
        self._move(verb, after)
        verb(self.case_id, at=self.at, **details)

    def _move(self, verb: Callable[..., None], after: timedelta) -> None:
        self.step = verb.__name__
        self.at += after
