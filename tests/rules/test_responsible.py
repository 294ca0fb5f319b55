"""Who hears of a case, worked out from who is there: no database, whole teams made up."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from grievance.responsible import APPEAL_PEOPLE, LEVELS, Colleague, Post, Roster
from stakeholders.roles import Permission, Role

UNTIL = date(2026, 3, 31)
STAFF = [role for role in Role if role not in (Role.AUDITOR, Role.SUPPLIER_LIAISON)]


@st.composite
def rosters(draw: st.DrawFn) -> Roster:
    count = draw(st.integers(0, 6))
    ids = st.integers(1, max(count, 1))
    posts = st.builds(
        Post, st.sampled_from(STAFF), st.sampled_from([None, 1, 2]), on_call=st.booleans()
    )
    people = {
        number: Colleague(
            id=number,
            posts=tuple(draw(st.lists(posts, min_size=1, max_size=2))),
            away_until=draw(st.sampled_from([None, UNTIL])),
            substitute_id=draw(st.none() | ids),
            kept_away=draw(st.booleans()),
        )
        for number in range(1, count + 1)
    }
    handler = draw(st.none() | ids)
    return Roster(people, handler_id=handler, team_id=draw(st.sampled_from([None, 1])))


@given(rosters(), st.sampled_from(sorted(LEVELS)))
def test_nobody_who_is_kept_away_is_ever_told(roster: Roster, level: int) -> None:
    told = {*roster.at_level(level).ids, *roster.on_call()}
    told |= set(
        roster.first_with_roles(APPEAL_PEOPLE, needing=Permission.DECIDE_APPEAL, excluded=())
    )
    assert not any(roster.people[pk].kept_away for pk in told)


@given(rosters(), st.sampled_from(sorted(LEVELS)))
def test_nobody_on_leave_is_told_but_the_last_administrators(roster: Roster, level: int) -> None:
    heard = roster.at_level(level)
    if heard.level is not None:
        assert all(roster.people[pk].away_until is None for pk in heard.ids)


@given(rosters(), st.sampled_from(sorted(LEVELS)))
def test_somebody_is_told_as_long_as_one_level_has_anybody(roster: Roster, level: int) -> None:
    heard = roster.at_level(level)
    assert bool(heard.ids) >= any(roster.of_level(one) for one in LEVELS)
    assert (heard.level is None) == (set(roster.empty_levels) == set(LEVELS))


@given(rosters(), st.sampled_from(sorted(LEVELS)))
def test_an_empty_level_passes_upwards_before_downwards(roster: Roster, level: int) -> None:
    heard = roster.at_level(level)
    there = [one for one in LEVELS if roster.of_level(one)]
    above = [one for one in there if one >= level]
    assert heard.level == (min(above) if above else max(there, default=None))


@given(rosters())
def test_whoever_decides_on_an_appeal_may_decide_and_took_no_part(roster: Roster) -> None:
    found = roster.first_with_roles(
        APPEAL_PEOPLE, needing=Permission.DECIDE_APPEAL, excluded=[1, None]
    )
    assert 1 not in found
    assert all(roster.people[pk].may(Permission.DECIDE_APPEAL) for pk in found)


def _of_team(number: int, role: Role, **changes: object) -> Colleague:
    return Colleague(id=number, posts=(Post(role, 1),), **changes)  # type: ignore[arg-type]


def test_a_substitutes_substitute_is_found_and_a_ring_of_absent_people_ends() -> None:
    ring = {
        1: _of_team(1, Role.CASE_HANDLER, away_until=UNTIL, substitute_id=2),
        2: _of_team(2, Role.CASE_HANDLER, away_until=UNTIL, substitute_id=3),
        3: _of_team(3, Role.CASE_HANDLER),
    }
    assert Roster(ring, handler_id=1, team_id=1).at_level(0).ids == (3,)
    ring[3] = _of_team(3, Role.CASE_HANDLER, away_until=UNTIL, substitute_id=1)
    assert Roster(ring, handler_id=1, team_id=1).at_level(0).ids == ()


def test_the_teams_own_lead_hears_before_the_lead_of_another_team() -> None:
    people = {
        1: _of_team(1, Role.TEAM_LEAD),
        2: Colleague(id=2, posts=(Post(Role.TEAM_LEAD, 2),)),
    }
    assert Roster(people, team_id=1).of_level(1) == (1,)
    assert Roster(people, team_id=3).of_level(1) == (1, 2)
