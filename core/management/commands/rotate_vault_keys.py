"""Wrap every data key under the primary key of the ring."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from core import vault
from core.vault.ring import current_ring


class Command(BaseCommand):
    """`manage.py rotate_vault_keys`: run it after putting a new version first in VAULT_KEYS."""

    help = "Re-wrap all data keys under the primary version and say which versions are still used."

    def handle(self, *args: Any, **options: Any) -> None:
        primary = current_ring().primary
        done = vault.rewrap_all(at=timezone.now())
        self.stdout.write(f"{done} data key(s) re-wrapped under version {primary}.")
        for version, count in vault.versions_in_use().items():
            self.stdout.write(f"Version {version} holds {count} data key(s).")
        self.stdout.write("A version that is not listed may be taken out of VAULT_KEYS.")
