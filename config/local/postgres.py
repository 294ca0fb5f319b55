"""The embedded PostgreSQL: makes a cluster, starts it, and gives it the three roles.

Order of a start: make the cluster if there is none, end what a killed start left behind, run the
server as a child, then make sure that the roles and the database exist.
"""

import os
import signal
import subprocess
from pathlib import Path
from typing import IO, Any

import psycopg
from psycopg import sql

from config.local import processes, programs
from config.local.places import Places

DATABASE = "redress"
OWNER, APP, RETENTION = "redress_owner", "redress_app", "redress_retention"
STOP_SIGNAL = signal.SIGINT  # "fast": ends sessions, writes everything down, and leaves
_PATIENCE = 60.0


class DidNotStart(Exception):
    """The server could not be started; the text says where its log is."""


def start(
    places: Places, secrets: dict[str, str], *, port: int, throwaway: bool, log: IO[Any]
) -> subprocess.Popen[bytes]:
    """Start the server on 127.0.0.1 and return it once it answers and has its roles.

    A throw-away cluster does not wait for the disk: it has nothing to lose.
    """
    binaries = programs.postgres(places)
    data = places.services / "postgres"
    if not (data / "PG_VERSION").exists():
        _make_cluster(binaries, data, places, secrets, throwaway=throwaway)
    _refuse_other_version(binaries, data)
    _end_orphan(data)
    options = {
        "listen_addresses": "127.0.0.1",
        "port": str(port),
        "unix_socket_directories": "",
        "max_connections": "100",
        "shared_buffers": "64MB",
        "timezone": "UTC",
        "log_min_messages": "warning",
        # Statements carry what people wrote into parameters: none of that goes to the log.
        "log_min_error_statement": "panic",
        "log_parameter_max_length_on_error": "0",
    }
    if throwaway:
        options |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
    settings = [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
    server = processes.spawn(
        [binaries / "postgres", "-D", data, *settings],
        env=_environment(),
        cwd=Path("/"),
        log=log,
        account=places.account,
        dies_with_us=STOP_SIGNAL,
    )
    answers = processes.wait_until(
        lambda: server.poll() is not None or _answers(port, secrets), seconds=_PATIENCE
    )
    if not answers or server.poll() is not None:
        processes.stop(server, number=STOP_SIGNAL, seconds=5)
        raise DidNotStart(f"PostgreSQL did not start. Its log is {places.logs / 'postgres.log'}.")
    _make_roles(port, secrets)
    return server


def url(role: str, *, secrets: dict[str, str], port: int, name: str = DATABASE) -> str:
    """Return the URL under which a role reaches a database of this cluster."""
    return f"postgresql://{role}:{secrets[f'password of {role}']}@127.0.0.1:{port}/{name}"


def _make_cluster(
    binaries: Path, data: Path, places: Places, secrets: dict[str, str], *, throwaway: bool
) -> None:
    """Run `initdb` into a directory that is the service account's alone."""
    part = data.with_name("postgres.new")  # a start killed half-way leaves no half a cluster
    subprocess.run(["/bin/rm", "-rf", str(part)], check=True)  # noqa: S603
    part.mkdir(mode=0o700)
    password_file = part.with_name("postgres.password")
    password_file.unlink(missing_ok=True)
    descriptor = os.open(password_file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets["password of postgres"])
    if places.account is not None:
        for path in (part, password_file):
            os.chown(path, places.account.uid, places.account.gid)
    command = [
        binaries / "initdb",
        *("--pgdata", part),
        *("--username", "postgres"),
        *("--pwfile", password_file),
        *("--auth", "scram-sha-256"),
        *("--encoding", "UTF8"),
        *_locale(binaries),
        *(("--no-sync",) if throwaway else ()),
    ]
    try:
        made = subprocess.run(  # noqa: S603
            [str(word) for word in command],
            env=_environment(),
            cwd="/",
            capture_output=True,
            text=True,
            check=False,
            **processes.as_account(places.account),
        )
    finally:
        password_file.unlink(missing_ok=True)
    if made.returncode:
        reason = made.stderr.strip().splitlines()[-1:] or [f"initdb ended with {made.returncode}"]
        raise DidNotStart(f"No database could be made in {data}: {reason[0]}.")
    part.rename(data)


def _locale(binaries: Path) -> tuple[str, ...]:
    """Fold case in every script: under the plain C locale 'É' and 'é' would stay different."""
    shown = subprocess.run(  # noqa: S603
        [str(binaries / "postgres"), "--version"], capture_output=True, text=True, check=True
    )
    major = int(shown.stdout.split()[-1].split(".")[0])
    if major >= 17:
        return ("--locale-provider", "builtin", "--locale", "C.UTF-8")
    return ("--locale", "C.UTF-8")


def _refuse_other_version(binaries: Path, data: Path) -> None:
    """Say clearly when the data were written by another major version."""
    shown = subprocess.run(  # noqa: S603
        [str(binaries / "postgres"), "--version"], capture_output=True, text=True, check=True
    )
    program = shown.stdout.split()[-1].split(".")[0]
    written = (data / "PG_VERSION").read_text().strip()
    if written != program:
        raise DidNotStart(
            f"The data in {data} were written by PostgreSQL {written}; this is {program}. "
            "They are demonstration data: remove that directory to start afresh."
        )


def _end_orphan(data: Path) -> None:
    """End a server that lost its parent, and drop a pid file whose process is somebody else's."""
    pid_file = data / "postmaster.pid"
    try:
        pid = int(pid_file.read_text().splitlines()[0])
    except (FileNotFoundError, ValueError, IndexError):
        return
    processes.end_orphan(pid, known_by=str(data), number=STOP_SIGNAL, seconds=15)
    pid_file.unlink(missing_ok=True)


def _environment() -> dict[str, str]:
    """Return a small environment: a user's PGDATA or LC_ALL must not reach in."""
    return {"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "LC_ALL": "C", "TZ": "UTC"}


def _answers(port: int, secrets: dict[str, str]) -> bool:
    """Say whether the server accepts us."""
    try:
        psycopg.connect(
            url("postgres", secrets=secrets, port=port, name="postgres"), connect_timeout=3
        ).close()
    except psycopg.OperationalError:
        return False
    return True


def _make_roles(port: int, secrets: dict[str, str]) -> None:
    """Create the three roles and the database, or set their passwords anew; safe to repeat."""
    with psycopg.connect(
        url("postgres", secrets=secrets, port=port, name="postgres"), autocommit=True
    ) as connection:
        for role in (OWNER, APP, RETENTION):
            known = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
            verb = sql.SQL("ALTER" if known.fetchone() else "CREATE")
            # The owner makes the scratch databases in which cases are walked.
            makes = sql.SQL("CREATEDB" if role == OWNER else "NOCREATEDB")
            connection.execute(
                sql.SQL("{} ROLE {} LOGIN NOSUPERUSER {} NOCREATEROLE PASSWORD {}").format(
                    verb, sql.Identifier(role), makes, sql.Literal(secrets[f"password of {role}"])
                )
            )
        known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE])
        if not known.fetchone():
            make_database(connection, DATABASE, template="template1")


def make_database(
    connection: psycopg.Connection[Any], name: str, *, template: str, owner: str = OWNER
) -> None:
    """Create a database of the owner role, copied from a template."""
    connection.execute(
        sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE {}").format(
            sql.Identifier(name), sql.Identifier(owner), sql.Identifier(template)
        )
    )
