"""What each database role may do: the promise behind "append-only".

| role      | history, append-only tables | other tables                   | new, unknown tables |
|-----------|-----------------------------|--------------------------------|---------------------|
| owner     | owns, migrates              | owns, migrates                 | owns                |
| app       | SELECT, INSERT              | SELECT, INSERT, UPDATE, DELETE | SELECT, INSERT      |
| retention | SELECT, UPDATE, DELETE      | SELECT, UPDATE, DELETE         | the same            |

The owner of a table can switch off any trigger, so a trigger under a single role promises nothing;
a privilege that the application's role never had does. `migrate` applies this after every run.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from simple_history.models import HistoricalChanges

from core.ledger.append_only import AppendOnly

_DEFAULT_ROLES = {
    "owner": "redress_owner",
    "default": "redress_app",
    "retention": "redress_retention",
}
_ALL = ("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER")
_READ_AND_INSERT = frozenset({"SELECT", "INSERT"})
_EVERYDAY = frozenset({"SELECT", "INSERT", "UPDATE", "DELETE"})
_RETENTION = frozenset({"SELECT", "UPDATE", "DELETE"})
_READ = frozenset({"SELECT"})
# Written by `migrate` alone, which runs as the owner.
_READ_ONLY_TABLES = frozenset({"django_migrations"})


@dataclass(frozen=True, slots=True)
class Roles:
    """The names of the three database roles."""

    owner: str
    app: str
    retention: str

    @property
    def separate(self) -> bool:
        """False when the application serves people as the owner of the tables."""
        return self.owner != self.app


@dataclass(frozen=True, slots=True)
class Finding:
    """Something about the privileges that somebody should know; `code` is stable."""

    code: str
    text: str


def roles_of_settings() -> Roles:
    """The role names from DATABASES; a process that lacks an alias assumes the usual name."""
    names = {
        alias: settings.DATABASES.get(alias, {}).get("USER") or usual
        for alias, usual in _DEFAULT_ROLES.items()
    }
    return Roles(owner=names["owner"], app=names["default"], retention=names["retention"])


def append_only_tables() -> frozenset[str]:
    """The tables whose rows are only ever inserted, by the models that are installed."""
    return frozenset(
        model._meta.db_table
        for model in _models()
        if issubclass(model, (AppendOnly, HistoricalChanges))
    )


def everyday_tables() -> frozenset[str]:
    """The tables that the application may change."""
    every = {model._meta.db_table for model in _models()}
    return frozenset(every - append_only_tables() - _READ_ONLY_TABLES)


def _models() -> Iterator[type[models.Model]]:
    for model in apps.get_models(include_auto_created=True):
        if model._meta.managed and not model._meta.proxy:
            yield model


def apply(connection: BaseDatabaseWrapper) -> list[Finding]:
    """Set every privilege, in one transaction; run on the owner's connection. Idempotent.

    Returns what could not be set: an empty list means that the promise holds. With a single role
    nothing is changed, for the owner cannot be kept from its own tables.
    """
    roles = roles_of_settings()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_user,"
            " array(SELECT rolname::text FROM pg_roles WHERE rolname = ANY(%s))",
            [[roles.app, roles.retention]],
        )
        owner, existing = cursor.fetchone()
        if owner == roles.app:
            return [_single_role(owner)]
        findings = [
            Finding("role_missing", f"The database has no role {name}.")
            for name in sorted({roles.app, roles.retention} - set(existing))
        ]
        app = roles.app if roles.app in existing else None
        retention = roles.retention if roles.retention in existing else None
        if retention in (owner, app):
            findings.append(
                Finding("no_retention_role", "Retention has no database role of its own.")
            )
            retention = None
        present = set(connection.introspection.table_names(cursor))
        statements = list(_statements(connection, owner, app, retention, present))
        if statements:
            # Sent as one command: PostgreSQL runs it as one transaction, so the application that
            # is running meanwhile never sees the moment between revoking and granting.
            cursor.execute(";\n".join(statements))
    return findings


def _single_role(name: str) -> Finding:
    return Finding(
        "single_role",
        f"{name} both owns the tables and serves the application: history could be altered.",
    )


def _statements(
    connection: BaseDatabaseWrapper,
    owner: str,
    app: str | None,
    retention: str | None,
    present: set[str],
) -> Iterator[str]:
    quote = connection.ops.quote_name
    others = [quote(role) for role in (app, retention) if role]
    if not others:
        return
    schema = quote(_schema(connection))
    grantees = ", ".join(others)
    yield f"REVOKE ALL ON SCHEMA {schema} FROM PUBLIC, {grantees}"
    yield f"GRANT USAGE ON SCHEMA {schema} TO {grantees}"
    yield f"REVOKE ALL ON ALL TABLES IN SCHEMA {schema} FROM PUBLIC, {grantees}"
    yield f"REVOKE ALL ON ALL SEQUENCES IN SCHEMA {schema} FROM PUBLIC, {grantees}"
    default = f"ALTER DEFAULT PRIVILEGES FOR ROLE {quote(owner)} IN SCHEMA {schema}"
    yield f"{default} REVOKE ALL ON TABLES FROM PUBLIC, {grantees}"
    yield f"{default} REVOKE ALL ON SEQUENCES FROM PUBLIC, {grantees}"
    if app:
        yield f"GRANT SELECT, INSERT ON ALL TABLES IN SCHEMA {schema} TO {quote(app)}"
        yield f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA {schema} TO {quote(app)}"
        yield f"{default} GRANT SELECT, INSERT ON TABLES TO {quote(app)}"
        yield f"{default} GRANT USAGE ON SEQUENCES TO {quote(app)}"
        if everyday := _names(connection, everyday_tables() & present):
            yield f"GRANT UPDATE, DELETE ON {everyday} TO {quote(app)}"
        if read_only := _names(connection, _READ_ONLY_TABLES & present):
            yield f"REVOKE INSERT ON {read_only} FROM {quote(app)}"
    if retention:
        rights = "SELECT, UPDATE, DELETE"
        yield f"GRANT {rights} ON ALL TABLES IN SCHEMA {schema} TO {quote(retention)}"
        yield f"{default} GRANT {rights} ON TABLES TO {quote(retention)}"
        if read_only := _names(connection, _READ_ONLY_TABLES & present):
            yield f"REVOKE UPDATE, DELETE ON {read_only} FROM {quote(retention)}"


def _names(connection: BaseDatabaseWrapper, tables: Iterable[str]) -> str:
    return ", ".join(connection.ops.quote_name(table) for table in sorted(tables))


def _schema(connection: BaseDatabaseWrapper) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_schema()")
        return str(cursor.fetchone()[0])


def deviations(connection: BaseDatabaseWrapper) -> list[Finding]:
    """Compare what the roles may do with what they should; any role's connection will do."""
    roles = roles_of_settings()
    findings = list(_role_findings(connection, roles))
    if findings and findings[0].code in ("single_role", "role_missing"):
        return findings
    everyday = everyday_tables()
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT c.relname::text, r.rolname::text,
                   array(SELECT p FROM unnest(%s::text[]) p
                         WHERE has_table_privilege(r.oid, c.oid, p))
              FROM pg_class c CROSS JOIN pg_roles r
             WHERE c.relkind IN ('r', 'p') AND c.relnamespace = current_schema()::regnamespace
               AND r.rolname = ANY(%s)
             ORDER BY 1, 2
            """,
            [list(_ALL), [roles.app, roles.retention]],
        )
        rows = cursor.fetchall()
    for table, role, granted in rows:
        wanted = _wanted(table, everyday, is_app=role == roles.app)
        findings += _differences(table, role, frozenset(granted), wanted)
    return findings


def _wanted(table: str, everyday: frozenset[str], *, is_app: bool) -> frozenset[str]:
    if table in _READ_ONLY_TABLES:
        return _READ
    if not is_app:
        return _RETENTION
    return _EVERYDAY if table in everyday else _READ_AND_INSERT


def _differences(
    table: str, role: str, granted: frozenset[str], wanted: frozenset[str]
) -> Iterator[Finding]:
    if extra := granted - wanted:
        yield Finding("too_much", f"{role} may {', '.join(sorted(extra))} on {table}.")
    if lacking := wanted - granted:
        yield Finding("too_little", f"{role} may not {', '.join(sorted(lacking))} on {table}.")


def _role_findings(connection: BaseDatabaseWrapper, roles: Roles) -> Iterator[Finding]:
    """What makes the table privileges worthless: ownership, superuser, membership, CREATE."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT r.rolname::text, r.rolsuper OR r.rolcreaterole OR r.rolbypassrls,
                   has_schema_privilege(r.oid, current_schema()::text, 'CREATE'),
                   EXISTS (SELECT FROM pg_class c
                            WHERE c.relnamespace = current_schema()::regnamespace
                              AND c.relkind IN ('r', 'p')
                              AND pg_has_role(r.oid, c.relowner, 'MEMBER'))
              FROM pg_roles r WHERE r.rolname = ANY(%s)
            """,
            [[roles.app, roles.retention]],
        )
        rows = {name: (powerful, creates, owns) for name, powerful, creates, owns in cursor}
    if rows.get(roles.app, (False, False, False))[2]:
        yield _single_role(roles.app)
        return
    for name in sorted({roles.app, roles.retention} - set(rows)):
        yield Finding("role_missing", f"The database has no role {name}.")
    for name, (powerful, creates, owns) in sorted(rows.items()):
        if powerful:
            yield Finding("too_powerful", f"{name} is a superuser or may make roles.")
        if creates:
            yield Finding("may_create", f"{name} may create tables.")
        if owns:
            yield Finding("owns_tables", f"{name} owns tables or belongs to a role that does.")
