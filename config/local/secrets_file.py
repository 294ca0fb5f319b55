"""Passwords and keys of a local Redress, made up once and kept beside its data.

They protect nothing from whoever can read that directory, which is why settings in production
refuse them: this file is for trying Redress out.
"""

import base64
import json
import os
import secrets
from pathlib import Path

_ROLES = ("postgres", "redress_owner", "redress_app", "redress_retention")


def load_or_make(directory: Path) -> dict[str, str]:
    """Return the secrets of this place, made up at the first call, for their owner's eyes only."""
    path = directory / "secrets.json"
    if path.exists():
        known: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
        return known
    made = make()
    part = directory / f".secrets.{os.getpid()}"
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(made, file, indent=1)
    try:
        os.link(part, path)  # the first of two simultaneous starts wins; both then read the same
    except FileExistsError:
        return load_or_make(directory)
    finally:
        part.unlink()
    return made


def make() -> dict[str, str]:
    """Return new random secrets under their names in the environment."""
    passwords = {f"password of {role}": secrets.token_urlsafe(24) for role in _ROLES}
    return passwords | {
        "password of redis": secrets.token_urlsafe(24),
        "SECRET_KEY": secrets.token_urlsafe(48),
        "VAULT_KEYS": f"1:{_key()}",
        "ACCESS_KEY_PEPPERS": f"1:{_key()}",
        "BLIND_INDEX_KEY": _key(),
    }


def _key() -> str:
    return base64.b64encode(secrets.token_bytes(32)).decode()
