"""Makes .venv from uv.lock with nothing but Python: no pip, no uv, no compiler.

Runs before anything is installed, so it uses the standard library alone. When .venv is in step
with the lock it returns at once and asks no network. Mirrors are honoured: PIP_INDEX_URL (or
UV_DEFAULT_INDEX) in place of pypi.org, PIP_CERT for a company's own certificate.
"""

import hashlib
import importlib.util
import io
import os
import platform
import re
import shutil
import ssl
import stat
import subprocess
import sys
import urllib.error
import urllib.parse
import urllib.request
import zipfile
from pathlib import Path
from typing import Any

CHECKOUT = Path(__file__).resolve().parents[2]
VENV = CHECKOUT / ".venv"
STAMP = VENV / ".made-from"
TOOLS = CHECKOUT / ".redress" / "tools"
OLDEST = (3, 11)


def main() -> int:
    """Bring .venv in step with uv.lock; return 0, or 1 after saying what to do."""
    if sys.version_info < OLDEST:
        return _sorry(
            f"Redress needs Python {OLDEST[0]}.{OLDEST[1]} or newer; this is "
            f"{platform.python_version()}. Name another one: make PYTHON=python3.12 run"
        )
    wanted = _stamp()
    if STAMP.exists() and STAMP.read_text() == wanted and _works(VENV / "bin" / "python"):
        return 0
    try:
        _install(_find_uv() or _get_uv())
    except (OSError, urllib.error.URLError, LookupError, subprocess.CalledProcessError) as error:
        return _sorry(
            f"The Python packages could not be installed: {error}\n"
            "The first start needs a package index: https://pypi.org or the one in PIP_INDEX_URL."
        )
    STAMP.write_text(wanted)
    return 0


def _stamp() -> str:
    """Return a mark that changes with the lock, the project file and the Python used."""
    digest = hashlib.sha256()
    for name in ("uv.lock", "pyproject.toml"):
        digest.update((CHECKOUT / name).read_bytes())
    digest.update(sys.version.encode())
    # Scripts of a virtual environment name its place: a moved checkout needs a new one.
    digest.update(str(CHECKOUT).encode())
    return digest.hexdigest()


def _works(program: Path) -> bool:
    """Say whether a program of .venv can still be started."""
    try:
        return (
            subprocess.run([program, "--version"], capture_output=True, check=False).returncode == 0
        )
    except OSError:
        return False


def _find_uv() -> Path | None:
    """Return a uv that is here already."""
    for place in (TOOLS / "uv", VENV / "bin" / "uv"):
        if place.exists() and _works(place):
            return place
    found = shutil.which("uv")
    return Path(found) if found and _works(Path(found)) else None


def _get_uv() -> Path:
    """Fetch uv ourselves; where that fails let pip try, which knows its own certificates."""
    try:
        return _fetch_uv()
    except (OSError, LookupError):
        if importlib.util.find_spec("ensurepip") is None:
            raise
    place = TOOLS / "pip"
    subprocess.run([sys.executable, "-m", "venv", "--clear", place], check=True)
    subprocess.run([place / "bin" / "pip", "install", "--quiet", _uv_requirement()], check=True)
    return place / "bin" / "uv"


def _uv_requirement() -> str:
    return f"uv=={_locked_uv()['version']}"


def _locked_uv() -> dict[str, Any]:
    """Return what the lock says of uv."""
    import tomllib  # here: an older Python must reach the sentence about its age, not an error

    lock = tomllib.loads((CHECKOUT / "uv.lock").read_text(encoding="utf-8"))
    uv: dict[str, Any] = next(package for package in lock["package"] if package["name"] == "uv")
    return uv


def _fetch_uv() -> Path:
    """Fetch the wheel of uv that the lock names, check its hash, and take the program out."""
    url, digest = _wheel_of_uv()
    mirror = os.environ.get("PIP_INDEX_URL") or os.environ.get("UV_DEFAULT_INDEX")
    if mirror:
        url = _on_mirror(mirror, url.rpartition("/")[2])
    print("Fetching uv, which installs the Python packages …", flush=True)
    wheel = _read(url)
    if hashlib.sha256(wheel).hexdigest() != digest:
        raise LookupError(f"what {url} sends is not what uv.lock names")
    TOOLS.mkdir(parents=True, exist_ok=True)
    target = TOOLS / "uv"
    with zipfile.ZipFile(io.BytesIO(wheel)) as archive:
        name = next(name for name in archive.namelist() if name.endswith(".data/scripts/uv"))
        target.write_bytes(archive.read(name))
    target.chmod(target.stat().st_mode | stat.S_IXUSR | stat.S_IXGRP | stat.S_IXOTH)
    return target


def _wheel_of_uv() -> tuple[str, str]:
    """Return address and SHA-256 of uv's wheel for this machine, as the lock has them."""
    wheels = _locked_uv()["wheels"]
    machine = {"amd64": "x86_64", "arm64": "aarch64"}.get(
        platform.machine().lower(), platform.machine().lower()
    )
    if sys.platform == "darwin":
        kinds = ["macosx_11_0_arm64" if machine == "aarch64" else "macosx_10_12_x86_64"]
    elif platform.libc_ver()[0] == "glibc":
        kinds = [f"manylinux2014_{machine}", f"manylinux_2_28_{machine}"]
    else:
        kinds = [f"musllinux_1_1_{machine}"]
    for kind in kinds:
        for wheel in wheels:
            if kind in wheel["url"]:
                return wheel["url"], wheel["hash"].removeprefix("sha256:")
    raise LookupError(f"there is no uv for {sys.platform} on {machine}; install uv yourself")


def _on_mirror(index: str, name: str) -> str:
    """Return where a mirror keeps a file, from the page of its simple index."""
    page_url = index.rstrip("/") + "/uv/"
    page = _read(page_url).decode("utf-8", errors="replace")
    for link in re.findall(r'href="([^"]+)"', page):
        address = link.split("#")[0].replace("&amp;", "&")
        if urllib.parse.unquote(address).endswith(name):
            return urllib.parse.urljoin(page_url, address)
    raise LookupError(f"{urllib.parse.urlsplit(index).hostname} has no {name}")


def _read(url: str) -> bytes:
    """Return what an address sends; certificates are checked."""
    authority = os.environ.get("PIP_CERT") or os.environ.get("SSL_CERT_FILE")
    context = ssl.create_default_context(cafile=authority if authority else None)
    with urllib.request.urlopen(url, timeout=120, context=context) as answer:  # noqa: S310
        body: bytes = answer.read()
        return body


def _install(uv: Path) -> None:
    """Let uv make .venv hold exactly what the lock names, with the Python that runs this."""
    env = {name: value for name, value in os.environ.items() if name != "VIRTUAL_ENV"}
    env["UV_PROJECT_ENVIRONMENT"] = str(VENV)
    if env.get("PIP_CERT"):
        env.setdefault("SSL_CERT_FILE", env["PIP_CERT"])
    print("Installing the Python packages that uv.lock names …", flush=True)
    # A company's proxy is known to the system's certificates, a bare machine has none: try both.
    try:
        _sync(uv, env | {"UV_SYSTEM_CERTS": "1"})
    except subprocess.CalledProcessError:
        _sync(uv, env)


def _sync(uv: Path, env: dict[str, str]) -> None:
    python = getattr(sys, "_base_executable", None) or sys.executable
    common = [
        str(uv),
        "--quiet",
        "--no-progress",
        "--no-python-downloads",
        "--directory",
        str(CHECKOUT),
    ]
    mirror = env.get("UV_DEFAULT_INDEX") or env.get("PIP_INDEX_URL")
    if not mirror:
        subprocess.run([*common, "sync", "--frozen", "--python", python], env=env, check=True)
        return
    # The lock names addresses of pypi.org; hashes hold on every mirror.
    export = [*common, "export", "--frozen", "--no-emit-project"]
    names = subprocess.run(export, env=env, check=True, stdout=subprocess.PIPE).stdout
    venv = [*common, "venv", "--allow-existing", "--python", python, str(VENV)]
    subprocess.run(venv, env=env, check=True)
    sync = [*common, "pip", "sync", "--require-hashes", "--default-index", mirror, "-"]
    target = ["--python", str(VENV / "bin" / "python")]
    subprocess.run([*sync, *target], env=env, input=names, check=True)


def _sorry(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
