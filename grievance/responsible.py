"""Who is to hear of a case: the people of each level, without those who are away or kept away.

Somebody on leave is replaced by their substitute. Somebody with a conflict of interest, or of the
unit complained of, is never told, and nobody in their place (R007). A level in which nobody is
left passes to the next one at once: a gap in the staff never means silence.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

import structlog
from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet, Subquery

from grievance.models import Case, ConflictOfInterest
from stakeholders.models import Absence, Membership, User
from stakeholders.roles import ALONE, Permission, Role, permissions_of

log = structlog.get_logger(__name__)

LEVELS: Mapping[int, tuple[Role, ...]] = {
    0: (Role.INTAKE_OFFICER,),
    1: (Role.TEAM_LEAD,),
    2: (Role.HUMAN_RIGHTS_LEAD,),
    3: (Role.ETHICS_BOARD,),
}
"""Who is told at which level of an escalation. Level 0 is the handler, where there is one."""

SECOND_PEOPLE = (
    (Role.TEAM_LEAD, Role.REVIEWER),
    (Role.HUMAN_RIGHTS_LEAD,),
    (Role.ETHICS_BOARD,),
)
"""Who is asked to decide on a colleague's proposal; the next ones where the first have nobody."""

APPEAL_PEOPLE = ((Role.REVIEWER, Role.ETHICS_BOARD), (Role.HUMAN_RIGHTS_LEAD,))
"""The same for an appeal."""

OVERRIDE_PEOPLE = ((Role.HUMAN_RIGHTS_LEAD,), (Role.ETHICS_BOARD,))
"""The same for a duty of law that goes before the person's consent."""


@dataclass(frozen=True, slots=True)
class Post:
    """One role of one person; no team means the whole house."""

    role: Role
    team_id: int | None = None
    on_call: bool = False


@dataclass(frozen=True, slots=True)
class Colleague:
    """One active person of the house, as far as it matters for who hears of a case."""

    id: int
    posts: tuple[Post, ...]
    away_until: date | None = None
    substitute_id: int | None = None
    kept_away: bool = False
    name: str = ""

    def may(self, permission: Permission) -> bool:
        """Whether the roles of this person allow this."""
        return permission in permissions_of(post.role for post in self.posts)


@dataclass(frozen=True, slots=True)
class Hearers:
    """Who hears, and the level at which they stand; None where only administrators are left."""

    ids: tuple[int, ...]
    level: int | None


@dataclass(frozen=True)
class Roster:
    """Everybody who could hear of one case on one day. Pure: answers without the database."""

    people: Mapping[int, Colleague] = field(default_factory=dict)
    handler_id: int | None = None
    team_id: int | None = None

    def at_level(self, level: int) -> Hearers:
        """Return who hears at this level: upwards until somebody is there, then downwards.

        At last the administrators, who can give roles to others.
        """
        for other in (*range(level, max(LEVELS) + 1), *range(level - 1, -1, -1)):
            found = self.of_level(other)
            if found:
                return Hearers(found, other)
        return Hearers(self.administrators(), None)

    def of_level(self, level: int) -> tuple[int, ...]:
        """Return the people of this level alone; empty where it has nobody."""
        handler = self.handler
        if level == 0 and handler is not None:
            return self.present([handler])
        return self.with_roles(LEVELS[level])

    @property
    def handler(self) -> Colleague | None:
        """Whoever handles the case and still may."""
        found = self.people.get(self.handler_id) if self.handler_id is not None else None
        return found if found is not None and found.may(Permission.SCREEN) else None

    @property
    def empty_levels(self) -> list[int]:
        """The levels in which nobody can be told."""
        return [level for level in LEVELS if not self.of_level(level)]

    def with_roles(
        self, roles: Iterable[Role], *, needing: Permission | None = None
    ) -> tuple[int, ...]:
        """Return those with one of these roles in the case's team; in any team where none is.

        `needing` leaves out substitutes whose own roles do not allow what is asked.
        """
        wanted = frozenset(roles)
        holders = [one for one in self.people.values() if _has_post(one, wanted)]
        own = [one for one in holders if _has_post(one, wanted, self.team_id)]
        return self.present(own or holders, needing=needing)

    def first_with_roles(
        self,
        choices: Iterable[Iterable[Role]],
        *,
        needing: Permission,
        excluded: Iterable[int | None],
    ) -> tuple[int, ...]:
        """Return the people of the first of these groups that has anybody who is not excluded."""
        for roles in choices:
            found = set(self.with_roles(roles, needing=needing)) - set(excluded)
            if found:
                return tuple(sorted(found))
        return ()

    def on_call(self) -> tuple[int, ...]:
        """Return who hears of danger at once (R100).

        Those marked as on call for the team or the house; where none is there, the intake
        officers and the human-rights lead; then whoever stands next.
        """
        flagged = [
            one
            for one in self.people.values()
            if any(
                post.on_call and (self.team_id is None or post.team_id in (None, self.team_id))
                for post in one.posts
            )
        ]
        found = self.present(flagged)
        if not found:
            both = ((Role.INTAKE_OFFICER,), (Role.HUMAN_RIGHTS_LEAD,))
            found = tuple(sorted({pk for roles in both for pk in self.with_roles(roles)}))
        return found or self.at_level(0).ids

    def present(
        self, wanted: Iterable[Colleague], *, needing: Permission | None = None
    ) -> tuple[int, ...]:
        """Return these people's ids; of those who are away, their substitutes'."""
        found = (self.stand_in(one) for one in wanted)
        ids = {one.id for one in found if one is not None and (needing is None or one.may(needing))}
        return tuple(sorted(ids))

    def stand_in(self, wanted: Colleague) -> Colleague | None:
        """Return this person, or whoever stands in for them; None where nobody does."""
        seen: set[int] = set()
        one: Colleague | None = wanted
        while one is not None and one.id not in seen and not one.kept_away:
            if one.away_until is None:
                return one
            seen.add(one.id)
            one = self.people.get(one.substitute_id or 0)
        return None

    def administrators(self) -> tuple[int, ...]:
        """Return those who can give roles to others; even on leave, when none is at work."""
        holders = [one for one in self.people.values() if _has_post(one, {Role.ADMINISTRATOR})]
        told = self.present(holders)
        return told or tuple(sorted(one.id for one in holders if not one.kept_away))


def _has_post(one: Colleague, roles: Iterable[Role], team_id: int | None = None) -> bool:
    return any(
        post.role in roles and (team_id is None or post.team_id == team_id) for post in one.posts
    )


def day_of(at: datetime) -> date:
    """Return the day of the company's calendar in which this moment lies."""
    return at.astimezone(settings.REDRESS_CALENDAR_ZONE).date()


def roster(case: Case | None, *, at: datetime) -> Roster:
    """Return who could hear of this case at `at`; of the house as a whole without one.

    One statement, whatever the number of people.
    """
    away = Absence.objects.on(day_of(at)).filter(user=OuterRef("user"))
    tied = ConflictOfInterest.objects.filter(
        case_id=case.pk if case else 0, user=OuterRef("user"), lifted_at__isnull=True
    )
    rows = (
        Membership.objects.filter(user__is_active=True)
        .exclude(role__in=ALONE)
        .annotate(
            until=Subquery(away.values("last_day")[:1]),
            substitute=Subquery(away.values("substitute_id")[:1]),
            tied=Exists(tied),
        )
        .order_by("user_id", "pk")
        .select_related("user")
    )
    unit = case.respondent_team_id if case else None
    people: dict[int, Colleague] = {}
    for row in rows:
        before = people.get(row.user_id)
        people[row.user_id] = Colleague(
            id=row.user_id,
            posts=(
                *(before.posts if before else ()),
                Post(Role(row.role), row.team_id, row.on_call),
            ),
            away_until=row.until,
            substitute_id=row.substitute,
            kept_away=row.tied
            or (unit is not None and row.team_id == unit)
            or (before is not None and before.kept_away),
            name=str(row.user),
        )
    return Roster(
        people=people,
        handler_id=case.handler_id if case else None,
        team_id=case.team_id if case else None,
    )


def people_at(case: Case, level: int, *, at: datetime) -> list[int]:
    """Return the ids of the people who are to hear of this case at this level."""
    heard = roster(case, at=at).at_level(level)
    if heard.level is None:
        log.error("responsible.nobody_left", case=case.pk, level=level)
    return list(heard.ids)


def not_kept_away(users: QuerySet[User], case: Case) -> QuerySet[User]:
    """Leave out whoever has a conflict of interest or belongs to the unit complained of."""
    tied = ConflictOfInterest.objects.filter(case=case, lifted_at__isnull=True)
    left = users.exclude(pk__in=tied.values("user_id"))
    if case.respondent_team_id is None:
        return left
    unit = Membership.objects.filter(team_id=case.respondent_team_id)
    return left.exclude(pk__in=unit.values("user_id"))
