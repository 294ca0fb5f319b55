"""Migrations run as the owner of the tables or not at all."""

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command, get_commands


def test_migrate_is_ours() -> None:
    assert get_commands()["migrate"] == "core"


def test_without_the_owners_url_it_says_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(settings.DATABASES, "owner")
    with pytest.raises(CommandError, match="DATABASE_OWNER_URL is not set"):
        call_command("migrate", skip_checks=False)
