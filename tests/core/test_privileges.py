"""What the database roles may do: history is append-only by privilege, not by good manners."""

# ruff: noqa: S608  the names in these statements are our own tables

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import ProgrammingError, connection, connections, transaction
from django.test import override_settings

from core import vault
from core.actors import SYSTEM
from core.ledger import privileges
from core.ledger.history import stamped
from core.ledger.privileges import Roles
from core.vault import ReadLog, new_data_key, seal
from tests.core.conftest import AT, a_stamp, owner_connection
from tests.core.specimens import APPEND_ONLY, EVERYDAY, Entry, Specimen

as_owner = pytest.mark.django_db(databases=["default", "owner"])
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("roles", "specimen_tables")]
READ_LOG = ReadLog._meta.db_table


def attempt(statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.fixture
def some_rows(specimen: type[Specimen]) -> None:
    with stamped(a_stamp()):
        specimen.objects.create(name="one")
    Entry.objects.create(name="one")
    sealed = seal("words", key=new_data_key(purpose="people", at=AT), place="core.Specimen.words")
    vault.open(sealed, by=SYSTEM, reason="test", at=AT)


@pytest.mark.usefixtures("some_rows")
@pytest.mark.parametrize("table", [*APPEND_ONLY, READ_LOG])
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE {} SET id = id",
        "DELETE FROM {}",
        "TRUNCATE {}",
        "DROP TABLE {}",
        "ALTER TABLE {} DISABLE TRIGGER ALL",
        "SELECT * FROM {} FOR UPDATE",
    ],
)
def test_the_application_cannot_rewrite_evidence(table: str, statement: str) -> None:
    with pytest.raises(ProgrammingError):
        attempt(statement.format(table))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        assert cursor.fetchone()[0] == 1


@pytest.mark.usefixtures("some_rows")
def test_the_application_changes_its_everyday_tables() -> None:
    attempt(f"UPDATE {EVERYDAY} SET name = 'two'")
    attempt(f"DELETE FROM {EVERYDAY}")
    with pytest.raises(ProgrammingError):
        attempt(f"TRUNCATE {EVERYDAY}")


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE sneaked (id int)",
        "DELETE FROM django_migrations",
        "INSERT INTO django_migrations (app, name, applied) VALUES ('a', 'b', now())",
        "GRANT UPDATE ON {log} TO PUBLIC",
        "SET ROLE {owner}",
    ],
)
def test_the_application_cannot_give_itself_more(statement: str, roles: Roles) -> None:
    """A GRANT by somebody without grant option only warns, so it is checked by its effect."""
    try:
        attempt(statement.format(log=READ_LOG, owner=roles.owner))
    except ProgrammingError:
        return
    with pytest.raises(ProgrammingError):
        attempt(f"UPDATE {READ_LOG} SET reason = 'x'")


def test_retention_reads_changes_and_deletes_but_does_not_invent(roles: Roles) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT array(SELECT p FROM unnest(%s::text[]) p WHERE has_table_privilege(%s, %s, p))",
            [["SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE"], roles.retention, READ_LOG],
        )
        assert cursor.fetchone()[0] == ["SELECT", "UPDATE", "DELETE"]


def test_every_history_and_append_only_model_is_known() -> None:
    assert READ_LOG in privileges.append_only_tables()
    everyday = privileges.everyday_tables()
    assert {"core_datakey", "core_outboxmessage"} <= everyday
    assert not everyday & privileges.append_only_tables()
    assert "django_migrations" not in everyday


def deviations_beside_specimens() -> list[str]:
    """The specimens are no installed models: the one extra grant that they need counts not."""
    found = privileges.deviations(connection)
    return [finding.text for finding in found if not finding.text.endswith(f"{EVERYDAY}.")]


@as_owner
def test_after_applying_nothing_deviates_and_applying_again_changes_nothing() -> None:
    owner = owner_connection()
    try:
        assert privileges.apply(owner) == []
        assert deviations_beside_specimens() == []
        assert privileges.apply(owner) == []
        with owner.cursor() as cursor:
            cursor.execute(
                f'GRANT UPDATE, DELETE ON {EVERYDAY} TO "{privileges.roles_of_settings().app}"'
            )
    finally:
        owner.close()
    assert deviations_beside_specimens() == []


@as_owner
def test_a_deviation_is_reported_and_the_command_fails(
    roles: Roles, capsys: pytest.CaptureFixture[str]
) -> None:
    owner = owner_connection()
    try:
        with owner.cursor() as cursor:
            cursor.execute(f'GRANT DELETE ON {READ_LOG} TO "{roles.app}"')
        with pytest.raises(CommandError):
            call_command("check_privileges")
    finally:
        with owner.cursor() as cursor:
            cursor.execute(f'REVOKE DELETE ON {READ_LOG} FROM "{roles.app}"')
        owner.close()
    assert f"too_much: {roles.app} may DELETE on {READ_LOG}." in capsys.readouterr().out


@as_owner
def test_one_role_for_everything_is_said_aloud() -> None:
    alone = {**connections.databases}
    alone["default"] = {**alone["default"], "USER": privileges.roles_of_settings().owner}
    with override_settings():
        settings.DATABASES = alone
        owner = owner_connection()
        try:
            applied = privileges.apply(owner)
            reported = privileges.deviations(owner)
        finally:
            owner.close()
    assert [finding.code for finding in applied] == ["single_role"]
    assert [finding.code for finding in reported] == ["single_role"]
