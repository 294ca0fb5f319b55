"""People at work: sign-ins with their roles, made from the command line."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from core.actors import SYSTEM, Actor, ActorKind
from core.ledger.history import Stamp, stamped
from stakeholders.models import Membership, Team, User
from stakeholders.roles import Role


class TeamMissing(Exception):
    """A team of the reference data is not there; the text names its code."""


@dataclass(frozen=True, kw_only=True)
class Post:
    """One person at work: who, in which role, in which teams (codes; none: the whole house)."""

    username: str
    role: Role
    first_name: str
    last_name: str
    teams: tuple[str, ...] = ()
    language: str = "en"
    email: str = ""


def appoint(post: Post, *, verb: str, at: datetime) -> User:
    """Make the sign-in of a post, or complete it where it exists; return the person.

    Only what is missing is saved, so a second call leaves no trace in history. A new sign-in has
    no password, so nobody can use it yet. Raises TeamMissing.
    """
    with stamped(Stamp(SYSTEM, verb, uuid4(), at)):
        user = User.objects.filter(username=post.username).first()
        if user is None:
            user = User(
                username=post.username,
                first_name=post.first_name,
                last_name=post.last_name,
                email=post.email or f"{post.username}@example.org",
                language=post.language,
                is_staff=True,
                date_joined=at,
            )
            user.set_unusable_password()
            user.save()
        for team in _teams(post.teams):
            if not Membership.objects.filter(user=user, team=team, role=post.role).exists():
                membership = Membership(user=user, team=team, role=post.role)
                membership.full_clean()
                membership.save()
    return user


def actor_of(user: User) -> Actor:
    """Return the actor that stands for this person in verbs."""
    return Actor(ActorKind.STAFF, user.pk)


def _teams(codes: Iterable[str]) -> list[Team | None]:
    wanted = tuple(codes)
    known = {team.code: team for team in Team.objects.filter(code__in=wanted)}
    for code in wanted:
        if code not in known:
            raise TeamMissing(code)
    return [known[code] for code in wanted] or [None]
