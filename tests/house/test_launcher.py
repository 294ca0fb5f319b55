"""The embedded services: started for whoever needs them, shared, gone with their last user."""

import os
import signal
import stat
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
import redis

from config.local import places, processes, secrets_file, services
from config.local.commands import _NO_SERVICES
from config.local.keeper import places_from, places_to
from config.local.places import CHECKOUT, Places


@pytest.fixture
def where() -> Iterator[Places]:
    made = places.throw_away()
    yield made
    processes.wait_until(lambda: not _processes_of(made), seconds=20)
    places.remove(made)


def _processes_of(where: Places) -> list[str]:
    """Return the command lines that name these places; every service and keeper does."""
    lines = [processes.command_line(pid) for pid in _pids()]
    return [line for line in lines if str(where.services) in line]


def _pids() -> list[int]:
    if not Path("/proc/self").exists():
        pytest.skip("This test looks into /proc.")
    return [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit()]


def _user_of(where: Places) -> "subprocess.Popen[str]":
    """Start another process that uses the services until it is killed; it prints a line first."""
    script = textwrap.dedent(
        """
        import sys, time
        from config.local import services
        from config.local.keeper import places_from
        with services.hold(places_from(sys.argv[1]), throwaway=True) as running:
            print(running.ports["postgres"], flush=True)
            time.sleep(120)
        """
    )
    return subprocess.Popen(
        [sys.executable, "-c", script, places_to(where)],
        cwd=CHECKOUT,
        stdout=subprocess.PIPE,
        text=True,
    )


def test_the_services_are_shared_and_stop_with_their_last_user(where: Places) -> None:
    with services.hold(where, throwaway=True) as first:
        with services.hold(where, throwaway=True) as second:
            assert second.ports == first.ports
        with psycopg.connect(first.database("redress_app")) as connection:
            assert connection.info.server_version >= 160000
        assert redis.Redis.from_url(first.redis(7)).ping()
    assert processes.wait_until(lambda: not _processes_of(where), seconds=10)


def test_postgresql_never_runs_as_root(where: Places) -> None:
    with services.hold(where, wanted=["postgres"], throwaway=True):
        owner = (where.services / "postgres").stat()
        assert owner.st_uid != 0
        assert stat.S_IMODE(owner.st_mode) == 0o700


def test_only_this_machine_and_only_with_a_password(where: Places) -> None:
    with services.hold(where, throwaway=True) as running:
        with pytest.raises(psycopg.OperationalError, match="password"):
            psycopg.connect(
                host="127.0.0.1", port=running.ports["postgres"], user="redress_app",
                dbname="redress", password="a guess",
            )  # fmt: skip
        with pytest.raises(redis.AuthenticationError):
            redis.Redis(port=running.ports["redis"]).ping()
        with psycopg.connect(running.database("postgres")) as connection:
            assert connection.execute("SHOW listen_addresses").fetchone() == ("127.0.0.1",)
    told = "".join(file.read_text(errors="replace") for file in where.logs.iterdir())
    assert not [word for word in running.secrets.values() if word in told]


def test_the_secrets_are_for_their_owner_alone(tmp_path: Path) -> None:
    made = secrets_file.load_or_make(tmp_path)
    assert stat.S_IMODE((tmp_path / "secrets.json").stat().st_mode) == 0o600
    assert secrets_file.load_or_make(tmp_path) == made
    assert secrets_file.make() != made


def test_a_killed_user_leaves_nothing_behind(where: Places) -> None:
    user = _user_of(where)
    assert user.stdout is not None and user.stdout.readline().strip().isdigit()
    assert _processes_of(where)
    user.kill()
    user.communicate()
    assert processes.wait_until(lambda: not _processes_of(where), seconds=20)


@pytest.mark.skipif(sys.platform != "linux", reason="Only Linux tells a child of its parent's end.")
def test_a_killed_keeper_takes_its_service_along_and_another_start_works(where: Places) -> None:
    with services.hold(where, throwaway=True):
        keepers = [pid for pid in _pids() if "config.local.keeper" in processes.command_line(pid)]
        ours = [pid for pid in keepers if str(where.private) in processes.command_line(pid)]
        assert len(ours) == 2
        for pid in ours:
            os.kill(pid, signal.SIGKILL)
        assert processes.wait_until(lambda: not _processes_of(where), seconds=20)
    with services.hold(where, throwaway=True) as running:
        psycopg.connect(running.database("redress_owner")).close()


def test_a_pid_file_of_somebody_elses_process_stops_nothing(where: Places) -> None:
    with services.hold(where, wanted=["postgres"], throwaway=True):
        pass
    stale = where.services / "postgres" / "postmaster.pid"
    stale.write_text(f"{os.getpid()}\n{where.services / 'postgres'}\n0\n0\n\n127.0.0.1\n0 0\n")
    with services.hold(where, wanted=["postgres"], throwaway=True) as running:
        psycopg.connect(running.database("redress_app")).close()


def test_data_of_another_version_are_named_and_kept(where: Places) -> None:
    with services.hold(where, wanted=["postgres"], throwaway=True):
        pass
    (where.services / "postgres" / "PG_VERSION").write_text("9\n")
    with (
        pytest.raises(services.ServiceFailed, match="written by PostgreSQL 9"),
        services.hold(where, wanted=["postgres"], throwaway=True),
    ):
        pass


def test_places_survive_the_way_to_the_keeper(where: Places) -> None:
    assert places_from(places_to(where)) == where


@pytest.mark.skipif(os.geteuid() != 0, reason="Only root must hand the services to somebody else.")
def test_a_closed_checkout_is_noticed(tmp_path: Path) -> None:
    account = places.lasting().account
    assert account is not None
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    assert not places.can_enter(account, closed)
    assert places.can_enter(account, Path("/"))


def test_commands_without_a_database_start_nothing() -> None:
    assert {"makemigrations", "help", "collectstatic"} <= _NO_SERVICES
    environment = {"PATH": os.environ["PATH"]}
    ran = subprocess.run(
        [sys.executable, "manage.py", "makemigrations", "--help"],
        cwd=CHECKOUT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0
    assert "usage: manage.py makemigrations" in ran.stdout
