"""Who may do what: the table, and what no mix of roles may open."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations

import pytest
from django.contrib.auth.models import AnonymousUser

from stakeholders.models import User
from stakeholders.roles import ALONE, PERMISSIONS, Permission, Role, can, permissions_of, roles_of

READING = {Permission.READ_ACCOUNT, Permission.READ_IDENTITY}
LOOKING = {Permission.SEE_QUEUE, Permission.SEE_HISTORY, Permission.SEE_READ_LOG}


class _Held:
    """Stands for the memberships of a person and counts how often they are read."""

    def __init__(self, *roles: Role) -> None:
        self.roles = roles
        self.reads = 0

    def values_list(self, *_names: str, flat: bool) -> Iterable[str]:
        assert flat
        self.reads += 1
        return [role.value for role in self.roles]


def _a_person(monkeypatch: pytest.MonkeyPatch, *roles: Role, active: bool = True) -> User:
    monkeypatch.setattr(User, "memberships", _Held(*roles))
    return User(username="bram", is_active=active)


def test_every_role_has_its_line() -> None:
    assert set(PERMISSIONS) == set(Role)


def test_every_permission_is_held_by_somebody() -> None:
    assert frozenset().union(*PERMISSIONS.values()) == set(Permission)


def test_an_auditor_only_looks_and_reads_nobodys_words() -> None:
    assert PERMISSIONS[Role.AUDITOR] == LOOKING


@pytest.mark.parametrize("other", sorted(set(Role) - ALONE))
def test_no_second_role_lets_an_auditor_write_or_read(other: Role) -> None:
    assert permissions_of({Role.AUDITOR, other}) == LOOKING


@pytest.mark.parametrize("other", sorted(set(Role) - ALONE))
def test_no_second_role_lets_a_supplier_liaison_in(other: Role) -> None:
    assert permissions_of({Role.SUPPLIER_LIAISON, other}) == frozenset()


def test_an_administrator_reads_no_account() -> None:
    assert not PERMISSIONS[Role.ADMINISTRATOR] & READING
    assert Permission.SEE_QUEUE not in PERMISSIONS[Role.ADMINISTRATOR]


def test_only_those_who_work_on_a_case_may_open_an_identity() -> None:
    holders = {role for role, held in PERMISSIONS.items() if Permission.READ_IDENTITY in held}
    assert holders == {Role.CASE_HANDLER, Role.TEAM_LEAD, Role.HUMAN_RIGHTS_LEAD}


def test_those_who_answer_first_do_not_confirm_refusals() -> None:
    for role in (Role.INTAKE_OFFICER, Role.CASE_HANDLER):
        assert Permission.PROPOSE_REFUSAL in PERMISSIONS[role]
        assert Permission.CONFIRM_REFUSAL not in PERMISSIONS[role]


@pytest.mark.parametrize("pair", list(combinations(sorted(set(Role) - ALONE), 2)), ids="+".join)
def test_roles_that_may_be_joined_add_up(pair: tuple[Role, Role]) -> None:
    assert permissions_of(pair) == PERMISSIONS[pair[0]] | PERMISSIONS[pair[1]]


def test_without_a_role_nothing_is_allowed() -> None:
    assert permissions_of(()) == frozenset()


def test_somebody_who_has_not_signed_in_holds_no_role() -> None:
    assert roles_of(AnonymousUser()) == frozenset()


def test_somebody_who_left_holds_no_role(monkeypatch: pytest.MonkeyPatch) -> None:
    left = _a_person(monkeypatch, Role.HUMAN_RIGHTS_LEAD, active=False)
    assert not can(left, Permission.SEE_QUEUE)


def test_a_superuser_has_no_short_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    person = _a_person(monkeypatch)
    person.is_superuser = True
    assert not any(can(person, permission) for permission in Permission)


def test_roles_are_read_once_for_a_person(monkeypatch: pytest.MonkeyPatch) -> None:
    person = _a_person(monkeypatch, Role.CASE_HANDLER, Role.REVIEWER)

    assert can(person, Permission.CONFIRM_REFUSAL)
    assert can(person, Permission.READ_IDENTITY)
    assert not can(person, Permission.MANAGE_PEOPLE)
    assert person.memberships.reads == 1  # type: ignore[attr-defined]
