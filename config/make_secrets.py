"""Makes the secret files of a deployment, each readable by its owner alone; needs only Python.

Files that exist stay as they are: a lost key of the vault means lost accounts, so it is never
written over. Usage: python3 config/make_secrets.py secrets
"""

import os
import secrets
import sys
from pathlib import Path


def main(directory: Path) -> int:
    """Write every missing secret into the directory; return 0."""
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    made = {}
    for name in ("postgres", "owner", "app", "retention", "redis"):
        made[name] = _keep(directory / f"{name}_password", secrets.token_urlsafe(32))
    for name, role in (("", "app"), ("owner_", "owner"), ("retention_", "retention")):
        url = f"postgresql://redress_{role}:{made[role]}@postgres:5432/redress"
        _keep(directory / f"database_{name}url", url)
    _keep(directory / "redis_url", f"redis://:{made['redis']}@redis:6379/0")
    _keep(directory / "secret_key", secrets.token_urlsafe(64))
    _keep(directory / "vault_keys", f"1:{secrets.token_hex(32)}")
    _keep(directory / "access_key_peppers", f"1:{secrets.token_hex(32)}")
    _keep(directory / "blind_index_key", secrets.token_hex(32))
    _keep(directory / "email_password", "")
    print(f"The secrets are in {directory}. Keep a copy of vault_keys where no backup of the")
    print("database goes: who has both can read everything, who lost it can read nothing.")
    return 0


def _keep(path: Path, new: str) -> str:
    """Return what the file holds; write it first if there is none."""
    if path.exists():
        return path.read_text(encoding="utf-8")
    # 0444: compose hands the file to processes of other accounts; the directory is closed to all.
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o444)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(new)
    return new


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("Usage: python3 config/make_secrets.py DIRECTORY")
    sys.exit(main(Path(sys.argv[1])))
