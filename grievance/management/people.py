"""People at work: sign-ins with their roles, made from the command line."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from core.actors import SYSTEM, Actor, ActorKind
from core.ledger.history import Stamp, stamped
from stakeholders.models import Membership, Organisation, Team, User
from stakeholders.roles import Role


class OrganisationMissing(Exception):
    """The supplier of a liaison is not on the list of organisations; the text names it."""


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
    organisation: str = ""
    """The name of the supplier for which a supplier liaison answers; nobody else has one."""
    language: str = "en"
    email: str = ""


def appoint(post: Post, *, verb: str, at: datetime) -> User:
    """Make the sign-in of a post, or complete it where it exists; return the person.

    Only what is missing is saved, so a second call leaves no trace in history. A new sign-in has
    no password, so nobody can use it yet. Raises TeamMissing, OrganisationMissing.
    """
    supplier = _supplier(post)
    with stamped(Stamp(SYSTEM, verb, uuid4(), at)):
        user = User.objects.filter(username=post.username).first()
        if user is None:
            user = User(
                username=post.username,
                first_name=post.first_name,
                last_name=post.last_name,
                email=post.email or f"{post.username}@example.org",
                language=post.language,
                is_staff=post.role != Role.SUPPLIER_LIAISON,
                date_joined=at,
            )
            user.set_unusable_password()
            user.save()
        for team in _teams(post.teams):
            if not Membership.objects.filter(user=user, team=team, role=post.role).exists():
                membership = Membership(user=user, team=team, role=post.role, organisation=supplier)
                membership.full_clean()
                membership.save()
    return user


def actor_of(user: User) -> Actor:
    """Return the actor that stands for this person in verbs."""
    return Actor(ActorKind.STAFF, user.pk)


def _supplier(post: Post) -> Organisation | None:
    """Return the liaison's supplier; None for everybody else."""
    if post.role != Role.SUPPLIER_LIAISON:
        return None
    found: Organisation | None = Organisation.objects.filter(name=post.organisation).first()
    if found is None:
        raise OrganisationMissing(post.organisation)
    return found


def _teams(codes: Iterable[str]) -> list[Team | None]:
    wanted = tuple(codes)
    known = {team.code: team for team in Team.objects.filter(code__in=wanted)}
    for code in wanted:
        if code not in known:
            raise TeamMissing(code)
    return [known[code] for code in wanted] or [None]
