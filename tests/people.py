"""The cast of the promise tests: who complains, who works at the desk, who checks.

Amina complains; she has no account (`tests.amina` walks the public pages as she would). The
others sign in. Each is made on first call, through stamped saves as in real life, and found again
afterwards.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import uuid4

from django.test import Client

from core.actors import SYSTEM, Actor, ActorKind
from core.ledger.history import Stamp, stamped
from stakeholders.models import Membership, Organisation, User
from stakeholders.roles import Role
from stakeholders.vocabulary import RelationshipType

HIRED = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)
PASSWORD = "a long sentence that only they know 7"


@dataclass(frozen=True)
class Post:
    """One member of the cast, with a role that holds for the whole house."""

    username: str
    role: Role
    first_name: str
    last_name: str
    language: str = "en"
    organisation: str = ""
    """The supplier for which a liaison answers."""


BRAM = Post("bram", Role.INTAKE_OFFICER, "Bram", "de Wit")
CHIDI = Post("chidi", Role.CASE_HANDLER, "Chidi", "Okeke")
DANA = Post("dana", Role.TEAM_LEAD, "Dana", "Levi")
EWA = Post("ewa", Role.REVIEWER, "Ewa", "Nowak")
FARID = Post("farid", Role.HUMAN_RIGHTS_LEAD, "Farid", "Haddad")
GRACE = Post("grace", Role.ETHICS_BOARD, "Grace", "Wanjiru")
HANA = Post("hana", Role.AUDITOR, "Hana", "Sato")
IVO = Post("ivo", Role.ADMINISTRATOR, "Ivo", "Marin")
JONA = Post("jona", Role.SUPPLIER_LIAISON, "Jona", "Brandt", organisation="Harbour Sorting Ltd")
KEMI = Post("kemi", Role.SUPPLIER_LIAISON, "Kemi", "Ade", organisation="Other Sorting Ltd")
"""They answer for two suppliers and are not part of the house, nor of its cast."""

CAST: Mapping[str, Post] = {
    post.username: post for post in (BRAM, CHIDI, DANA, EWA, FARID, GRACE, HANA, IVO)
}


def the(post: Post, *, password: str | None = None, at: datetime = HIRED) -> User:
    """Return the account of this member of the cast; made where it is not there yet.

    Without a password they can't sign in by form, but `signed_in` works.
    """
    found: User | None = User.objects.filter(username=post.username).first()
    return found or _hire(post, password, at)


def by(post: Post) -> Actor:
    """Return this member of the cast as the actor of a verb."""
    return Actor(ActorKind.STAFF, the(post).pk)


def everyone() -> dict[str, User]:
    """Make the whole cast; return it by user name."""
    return {name: the(post) for name, post in CAST.items()}


def signed_in(post: Post) -> Client:
    """Return a client with this person's session, past the sign-in form and its second step."""
    client = Client()
    client.force_login(the(post))
    return client


def _supplier(post: Post) -> Organisation | None:
    if not post.organisation:
        return None
    found: Organisation | None = Organisation.objects.filter(name=post.organisation).first()
    if found is None:
        found = Organisation(
            name=post.organisation, relationship=RelationshipType.SUPPLIER_TIER1, country="KE"
        )
        found.save()
    return found


def _hire(post: Post, password: str | None, at: datetime) -> User:
    with stamped(Stamp(SYSTEM, "hire", uuid4(), at)):
        user = User(
            username=post.username,
            first_name=post.first_name,
            last_name=post.last_name,
            email=f"{post.username}@example.org",
            language=post.language,
            is_staff=post.role != Role.SUPPLIER_LIAISON,
            date_joined=at,
        )
        user.set_password(password)
        user.save()
        membership = Membership(user=user, role=post.role, organisation=_supplier(post))
        membership.full_clean()
        membership.save()
    return user
