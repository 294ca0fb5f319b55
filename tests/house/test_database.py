"""The tests meet what production has: PostgreSQL, three roles, and the application owns nothing."""

import os
from io import StringIO
from urllib.parse import urlsplit

import psycopg
import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from simple_history.utils import get_history_manager_for_model

from core.ledger import privileges
from core.ledger.tracked import TrackedQuerySet

ROLES = ("DATABASE_OWNER_URL", "DATABASE_URL", "DATABASE_RETENTION_URL")


def _role(variable: str) -> str:
    return urlsplit(os.environ[variable]).username or ""


def test_the_database_is_postgresql() -> None:
    assert connection.vendor == "postgresql"


@pytest.mark.django_db
def test_the_tests_speak_as_the_application() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        assert cursor.fetchone() == (_role("DATABASE_URL"),)


def test_the_three_roles_are_three(
    owner_connection: "psycopg.Connection[tuple[object, ...]]",
) -> None:
    names = [_role(variable) for variable in ROLES]
    rows = owner_connection.execute(
        "SELECT rolname, rolcanlogin, rolsuper OR rolcreaterole OR rolbypassrls"
        "  FROM pg_roles WHERE rolname = ANY(%s)",
        [names],
    ).fetchall()
    assert sorted(rows) == sorted((name, True, False) for name in names)


def test_every_table_belongs_to_the_owner(
    owner_connection: "psycopg.Connection[tuple[object, ...]]",
) -> None:
    owners = owner_connection.execute(
        "SELECT DISTINCT tableowner::text FROM pg_tables WHERE schemaname = 'public'"
    ).fetchall()
    assert owners == [(_role("DATABASE_OWNER_URL"),)]


def test_privileges_are_as_promised(
    owner_connection: "psycopg.Connection[tuple[object, ...]]",
) -> None:
    assert privileges.deviations(connection) == []


def test_the_application_makes_no_tables(
    app_connection: "psycopg.Connection[tuple[object, ...]]",
) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        app_connection.execute("CREATE TABLE mine (id int)")


def test_letters_fold_in_every_script(
    app_connection: "psycopg.Connection[tuple[object, ...]]",
) -> None:
    folded = app_connection.execute("SELECT 'É' ILIKE 'é', 'Ж' ILIKE 'ж'").fetchone()
    assert folded == (True, True)


@pytest.mark.django_db
def test_the_migrations_are_complete() -> None:
    told = StringIO()
    call_command("makemigrations", check_changes=True, dry_run=True, stdout=told, stderr=told)


@pytest.mark.django_db
def test_migrating_again_changes_nothing() -> None:
    told = StringIO()
    call_command("migrate", database="default", check_unapplied=True, stdout=told)
    assert "No planned migration operations" in told.getvalue() or told.getvalue() == ""


def test_no_tracked_model_can_be_written_past_its_history() -> None:
    tracked = [
        model
        for model in apps.get_models()
        if hasattr(model._meta, "simple_history_manager_attribute")
    ]
    open_doors = [
        f"{model._meta.label}.{manager.name}"
        for model in tracked
        for manager in model._meta.managers
        if manager is not get_history_manager_for_model(model)
        and not isinstance(manager.get_queryset(), TrackedQuerySet)
    ]
    assert tracked
    assert open_doors == []


@pytest.mark.django_db(transaction=True)
def test_what_a_test_commits_is_gone_afterwards_first() -> None:
    _commit_and_look()


@pytest.mark.django_db(transaction=True)
def test_what_a_test_commits_is_gone_afterwards_second() -> None:
    _commit_and_look()


def _commit_and_look() -> None:
    """Two tests run this in any order; the second would find what the first one left."""
    from django.contrib.sessions.models import Session
    from django.utils import timezone

    assert not Session.objects.exists()
    assert apps.get_model("stakeholders", "Mechanism")._default_manager.exists()
    Session.objects.create(session_key="left-behind", session_data="", expire_date=timezone.now())
