"""What processes cost, read from /proc: processor seconds and memory. Linux only."""

import os
import platform
import re
from collections.abc import Iterator
from pathlib import Path

_TICK = os.sysconf("SC_CLK_TCK")


def family(pid: int) -> Iterator[int]:
    """Yield a process and everything that descends from it."""
    yield pid
    for child in children(pid):
        yield from family(child)


def children(pid: int) -> list[int]:
    """Return the processes started by any thread of this one."""
    found: list[int] = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            found += [int(word) for word in task.read_text().split()]
        except OSError:
            continue
    return found


def processor_seconds(pid: int) -> float:
    """Return what a process and its descendants have used, those that ended included."""
    return sum(_used(each, with_ended=True) for each in family(pid))


def _used(pid: int, *, with_ended: bool) -> float:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return sum(int(each) for each in fields[11 : 15 if with_ended else 13]) / _TICK


def memory(pid: int) -> dict[str, float]:
    """Return Rss, Pss and Private of a process in megabytes (10^6 bytes)."""
    text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    sizes = {name: int(kilo) * 1024 / 1e6 for name, kilo in _SIZE.findall(text)}
    return {
        "rss": sizes["Rss"],
        "pss": sizes["Pss"],
        "private": sizes["Private_Clean"] + sizes["Private_Dirty"],
    }


_SIZE = re.compile(r"^(\w+):\s+(\d+) kB$", re.MULTILINE)


def load_average() -> float:
    """Return how many processes wanted to run during the last minute."""
    return os.getloadavg()[0]


def description() -> dict[str, str]:
    """Say on what was measured."""
    model = re.search(r"^model name\s*:\s*(.+)$", Path("/proc/cpuinfo").read_text(), re.MULTILINE)
    return {
        "processor": model[1].strip() if model else platform.machine(),
        "cores": str(len(os.sched_getaffinity(0))),
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
    }
