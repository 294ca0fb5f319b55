"""Who does something, as a plain kind and id.

Evidence must outlive accounts: history rows, events and the read log hold these two values and
never a foreign key, so that nothing about a person's account can change or block a past entry.
"""

from dataclasses import dataclass
from enum import StrEnum


class ActorKind(StrEnum):
    """The kinds of actor; the values are stored and exported."""

    COMPLAINANT = "complainant"
    STAFF = "staff"
    LIAISON = "liaison"
    AUDITOR = "auditor"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Actor:
    """One actor. `id` is the primary key of the account, or of the record that a key opens for
    somebody without an account; None for the system itself."""

    kind: ActorKind
    id: int | None = None

    def __str__(self) -> str:
        return self.kind.value if self.id is None else f"{self.kind.value} {self.id}"


SYSTEM = Actor(ActorKind.SYSTEM)
