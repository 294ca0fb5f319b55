"""What an operator deploys: the compose file, the image, the secrets, the checks of the house."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from config.local.places import CHECKOUT

COMPOSE = CHECKOUT / "docker-compose.yml"


@pytest.fixture(scope="module")
def compose() -> dict[str, dict[str, dict[str, object]]]:
    read: dict[str, dict[str, dict[str, object]]] = YAML(typ="safe").load(COMPOSE)
    return read


def test_the_compose_file_follows_its_schema() -> None:
    ran = subprocess.run(
        [Path(sys.executable).parent / "check-jsonschema", "--builtin-schema"]
        + ["vendor.compose-spec", COMPOSE],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout


def test_every_lasting_service_says_whether_it_is_well(
    compose: dict[str, dict[str, dict[str, object]]],
) -> None:
    without = [
        name for name, service in compose["services"].items() if not service.get("healthcheck")
    ]
    assert without == ["migrate"]
    assert set(compose["services"]) == {"web", "worker", "beat", "migrate", "postgres", "redis"}


def test_no_secret_stands_in_the_compose_file(
    compose: dict[str, dict[str, dict[str, object]]],
) -> None:
    words = ("PASSWORD", "SECRET", "KEY", "PEPPER", "_URL")
    for service in compose["services"].values():
        environment = service.get("environment", {})
        assert isinstance(environment, dict)
        named = [n for n in environment if any(word in n for word in words)]
        assert [n for n in named if not n.endswith("_FILE")] == []
    assert all(set(secret) == {"file"} for secret in compose["secrets"].values())


def test_only_the_migration_may_own_the_tables(
    compose: dict[str, dict[str, dict[str, object]]],
) -> None:
    holders = [
        name
        for name, service in compose["services"].items()
        if "database_owner_url" in list(service.get("secrets", []))  # type: ignore[call-overload]
    ]
    assert holders == ["migrate"]


def test_the_secrets_are_made_once_and_fit_the_compose_file(
    tmp_path: Path, compose: dict[str, dict[str, dict[str, object]]]
) -> None:
    target = tmp_path / "secrets"
    script = [sys.executable, str(CHECKOUT / "config" / "make_secrets.py"), str(target)]
    subprocess.run(script, check=True, capture_output=True)
    first = {file.name: file.read_text() for file in target.iterdir()}
    subprocess.run(script, check=True, capture_output=True)

    assert {file.name: file.read_text() for file in target.iterdir()} == first
    assert set(first) == set(compose["secrets"])
    assert stat.S_IMODE(target.stat().st_mode) == 0o700


def test_production_starts_with_those_secrets_and_not_without(tmp_path: Path) -> None:
    target = tmp_path / "secrets"
    subprocess.run(
        [sys.executable, str(CHECKOUT / "config" / "make_secrets.py"), str(target)],
        check=True,
        capture_output=True,
    )
    given = {
        "PATH": os.environ["PATH"],
        "REDRESS_COMPANY_NAME": "Example Tools",
        "REDRESS_NOTICE_FROM": "messages@example.com",
        "ALLOWED_HOSTS": "grievances.example.com",
    }
    names = ("DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL", "SECRET_KEY")
    names += ("VAULT_KEYS", "ACCESS_KEY_PEPPERS", "BLIND_INDEX_KEY")
    files = {f"{name}_FILE": str(target / name.lower()) for name in names}

    assert _starts(given | files).returncode == 0
    assert "VAULT_KEYS is not set" in _starts(given | {"SECRET_KEY": "x"}).stderr
    refused = _starts(given | files | {"REDRESS_DEMO_KEYS": "yes"})
    assert "refuses" in refused.stderr
    assert refused.returncode != 0


def _starts(environment: dict[str, str]) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-c", "import config.settings"],
        cwd=CHECKOUT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_house_proves_itself() -> None:
    script = (CHECKOUT / ".ci" / "run").read_text()
    assert os.access(CHECKOUT / ".ci" / "run", os.X_OK)
    assert "set -euo pipefail" in script
    assert (
        script.index("REQUIRE_BROWSER=1") < script.index("make check") < script.index("make test")
    )
