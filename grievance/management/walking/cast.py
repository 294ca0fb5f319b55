"""The people who handle the walked cases. They exist in the scratch database only."""

from dataclasses import dataclass
from datetime import datetime

from core.actors import Actor
from grievance.management.people import Post, actor_of, appoint
from stakeholders.models import User
from stakeholders.roles import Role

_POSTS = (
    Post(username="ines", role=Role.INTAKE_OFFICER, first_name="Ines", last_name="Intake"),
    Post(username="hamid", role=Role.CASE_HANDLER, first_name="Hamid", last_name="Handler"),
    Post(username="lena", role=Role.TEAM_LEAD, first_name="Lena", last_name="Lead"),
    Post(username="rosa", role=Role.REVIEWER, first_name="Rosa", last_name="Reviewer"),
)


@dataclass(frozen=True)
class Cast:
    """Who does what on the way of a case."""

    people: dict[Role, User]

    def actor(self, role: Role) -> Actor:
        """Return the person in this role, as the actor of a verb."""
        return actor_of(self.people[role])

    def id_of(self, role: Role) -> int:
        """Return the account's id of the person in this role."""
        return int(self.people[role].pk)


def hire(*, at: datetime) -> Cast:
    """Make the cast. Nobody of it can sign in."""
    return Cast({post.role: appoint(post, verb="walk_cases", at=at) for post in _POSTS})
