"""What each database role may do: the promise behind "append-only".

| role      | history, append-only tables | other tables                   | new, unknown tables |
|-----------|-----------------------------|--------------------------------|---------------------|
| owner     | owns, migrates              | owns, migrates                 | owns                |
| app       | SELECT, INSERT              | SELECT, INSERT, UPDATE, DELETE | SELECT, INSERT      |
| retention | SELECT, UPDATE, DELETE      | SELECT, UPDATE, DELETE         | the same            |

The owner of a table can switch off any trigger, so a trigger under a single role promises nothing;
a privilege that the application's role never had does. `migrate` applies this after every run.
"""

from collections.abc import Callable, Iterable, Iterator
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


@dataclass(frozen=True, slots=True)
class _Schema:
    """What the owner's connection finds in the schema that it migrates."""

    name: str
    owned: bool
    user: str
    tables: frozenset[str]
    sequences: frozenset[str]
    roles: frozenset[str]


def apply(connection: BaseDatabaseWrapper) -> list[Finding]:
    """Set every privilege, in one transaction; run on the owner's connection. Idempotent.

    Returns what could not be set: an empty list means that the promise holds. With a single role
    nothing is changed, for the owner cannot be kept from its own tables.
    """
    roles = roles_of_settings()
    schema = _look_around(connection, roles)
    if schema.user == roles.app:
        return [_single_role(schema.user)]
    findings = [
        Finding("role_missing", f"The database has no role {name}.")
        for name in sorted({roles.app, roles.retention} - schema.roles)
    ]
    if not schema.owned:
        text = f"{schema.user} does not own the schema {schema.name}: its own rights are unset."
        findings.append(Finding("schema_not_owned", text))
    app = roles.app if roles.app in schema.roles else None
    retention = roles.retention if roles.retention in schema.roles else None
    if retention in (schema.user, app):
        text = "Retention has no database role of its own."
        findings.append(Finding("no_retention_role", text))
        retention = None
    if statements := list(_statements(connection.ops.quote_name, schema, app, retention)):
        with connection.cursor() as cursor:
            # Sent as one command: PostgreSQL runs it as one transaction, so the application that
            # is running meanwhile never sees the moment between revoking and granting.
            cursor.execute(";\n".join(statements))
    return findings


def _look_around(connection: BaseDatabaseWrapper, roles: Roles) -> _Schema:
    """Only what the owner owns counts: an extension's tables are not ours to grant."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT current_schema()::text, pg_has_role(n.nspowner, 'USAGE'), current_user::text,
                   array(SELECT c.relname::text FROM pg_class c
                          WHERE c.relnamespace = n.oid AND c.relkind IN ('r', 'p')
                            AND pg_has_role(c.relowner, 'USAGE')),
                   array(SELECT c.relname::text FROM pg_class c
                          WHERE c.relnamespace = n.oid AND c.relkind = 'S'
                            AND pg_has_role(c.relowner, 'USAGE')),
                   array(SELECT rolname::text FROM pg_roles WHERE rolname = ANY(%s))
              FROM pg_namespace n WHERE n.nspname = current_schema()
            """,
            [[roles.app, roles.retention]],
        )
        name, owned, user, tables, sequences, existing = cursor.fetchone()
    return _Schema(name, owned, user, frozenset(tables), frozenset(sequences), frozenset(existing))


def _single_role(name: str) -> Finding:
    return Finding(
        "single_role",
        f"{name} both owns the tables and serves the application: history could be altered.",
    )


def _statements(
    quote: Callable[[str], str], schema: _Schema, app: str | None, retention: str | None
) -> Iterator[str]:
    """Take everything away, then give each role what is its own, now and for tables to come."""

    def listed(names: Iterable[str]) -> str:
        return ", ".join(quote(name) for name in sorted(names))

    others = listed(role for role in (app, retention) if role)
    if not others:
        return
    tables, sequences = listed(schema.tables), listed(schema.sequences)
    read_only = listed(_READ_ONLY_TABLES & schema.tables)
    default = (
        f"ALTER DEFAULT PRIVILEGES FOR ROLE {quote(schema.user)} IN SCHEMA {quote(schema.name)}"
    )
    yield f"{default} REVOKE ALL ON TABLES FROM PUBLIC, {others}"
    yield f"{default} REVOKE ALL ON SEQUENCES FROM PUBLIC, {others}"
    if schema.owned:
        yield f"REVOKE ALL ON SCHEMA {quote(schema.name)} FROM PUBLIC, {others}"
        yield f"GRANT USAGE ON SCHEMA {quote(schema.name)} TO {others}"
    if tables:
        yield f"REVOKE ALL ON {tables} FROM PUBLIC, {others}"
    if sequences:
        yield f"REVOKE ALL ON SEQUENCE {sequences} FROM PUBLIC, {others}"
    if app:
        yield f"{default} GRANT SELECT, INSERT ON TABLES TO {quote(app)}"
        yield f"{default} GRANT USAGE ON SEQUENCES TO {quote(app)}"
        if tables:
            yield f"GRANT SELECT, INSERT ON {tables} TO {quote(app)}"
        if sequences:
            yield f"GRANT USAGE ON SEQUENCE {sequences} TO {quote(app)}"
        if everyday := listed(everyday_tables() & schema.tables):
            yield f"GRANT UPDATE, DELETE ON {everyday} TO {quote(app)}"
        if read_only:
            yield f"REVOKE INSERT ON {read_only} FROM {quote(app)}"
    if retention:
        yield f"{default} GRANT SELECT, UPDATE, DELETE ON TABLES TO {quote(retention)}"
        if tables:
            yield f"GRANT SELECT, UPDATE, DELETE ON {tables} TO {quote(retention)}"
        if read_only:
            yield f"REVOKE UPDATE, DELETE ON {read_only} FROM {quote(retention)}"


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
