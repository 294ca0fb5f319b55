"""Tables for the specimens, made as the owner; and a stamp to write them with."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from pytest_django import DjangoDbBlocker

from core.actors import Actor, ActorKind
from core.ledger.history import Stamp
from core.ledger.privileges import Roles, apply, roles_of_settings
from tests.core import specimens

AT = datetime(2026, 11, 3, 9, 0, tzinfo=UTC)


def owner_connection() -> BaseDatabaseWrapper:
    """A new connection as the owner, whatever the test allows, for set-up alone."""
    alias = "owner" if "owner" in connections.databases else DEFAULT_DB_ALIAS
    settings = {**connections[alias].settings_dict}
    settings["NAME"] = connections[DEFAULT_DB_ALIAS].settings_dict["NAME"]
    connection = connections.create_connection(alias)
    connection.settings_dict = settings
    return connection


@pytest.fixture(scope="package")
def specimen_tables(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The tables of the specimens. Those that are append-only get no grant of their own: they
    must be protected by the default privileges, as a table that somebody forgot. They are gone
    with the last test of this package: other tests look at the privileges of the whole database."""
    with django_db_blocker.unblock():
        owner = owner_connection()
        apply(owner)
        with owner.schema_editor() as editor:
            for model in specimens.MODELS:
                editor.create_model(model)
        roles = roles_of_settings()
        if roles.separate:
            with owner.cursor() as cursor:
                cursor.execute(f'GRANT UPDATE, DELETE ON {specimens.EVERYDAY} TO "{roles.app}"')
        owner.close()
    yield
    with django_db_blocker.unblock():
        owner = owner_connection()
        with owner.cursor() as cursor:
            for model in specimens.MODELS:
                cursor.execute(f"DROP TABLE {model._meta.db_table} CASCADE")
        owner.close()


@pytest.fixture
def specimen(db: None, specimen_tables: None) -> type[specimens.Specimen]:
    return specimens.Specimen


@pytest.fixture
def roles() -> Roles:
    """The three roles; the test is skipped where the database has only one."""
    found = roles_of_settings()
    if not found.separate:
        pytest.skip("This database has one role only.")
    return found


def a_stamp(**changes: Any) -> Stamp:
    values = {
        "actor": Actor(ActorKind.STAFF, 12),
        "verb": "describe",
        "event_id": uuid4(),
        "at": AT,
        "reason_code": "as_told",
    }
    return Stamp(**{**values, **changes})
