"""Puts what a run found into tables, and into docs/reliability.md between its markers."""

import importlib.metadata
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

import django
import psycopg
import redis

from bench import machine
from tests.faults.house import House
from tests.faults.plan import Mood
from tests.faults.run import Outcome

BEGIN, END = "<!-- counted: begin -->", "<!-- counted: end -->"


def versions(house: House) -> dict[str, str]:
    """Say on what was run. Call while the services run."""
    running = house.scratch.running
    with psycopg.connect(house.scratch.administrator) as connection:
        row = connection.execute("SHOW server_version").fetchone()
    client = redis.Redis.from_url(running.redis())
    try:
        info = client.info("server")
    finally:
        client.close()
    return machine.description() | {
        "django": django.get_version(),
        "celery": importlib.metadata.version("celery"),
        "gunicorn": importlib.metadata.version("gunicorn"),
        "postgresql": str(row[0]).split()[0] if row else "?",
        "redis": str(info["redis_version"]),  # type: ignore[index]
    }


def markdown(found: Outcome, *, command: str, seed: int, about: Mapping[str, str]) -> str:
    """Return the whole report."""
    parts = [_made(command, seed, about), _verdict(found), _faults(found), _counts(found)]
    return "\n\n".join(parts)


def write(text: str, document: Path) -> None:
    """Put the report between the markers of the document. Raises ValueError without markers."""
    whole = document.read_text(encoding="utf-8")
    if BEGIN not in whole or END not in whole:
        raise ValueError(f"{document.name} has no markers for the counts.")
    before, after = whole.partition(BEGIN)[0], whole.partition(END)[2]
    document.write_text(f"{before}{BEGIN}\n{text}\n{END}{after}", encoding="utf-8")


def _made(command: str, seed: int, about: Mapping[str, str]) -> str:
    return (
        f"Made on {datetime.now(tz=UTC):%Y-%m-%d %H:%M} UTC by `{command}`, seed {seed}, on "
        f"{about['cores']} cores ({about['processor']}, {about['system']}), "
        f"Python {about['python']}, Django {about['django']}, Celery {about['celery']}, "
        f"gunicorn {about['gunicorn']}, PostgreSQL {about['postgresql']}, Redis {about['redis']}."
    )


def _verdict(found: Outcome) -> str:
    violations = found.verdict.violations
    if not violations:
        return "**Violations: 0.**"
    lines = "\n".join(f"- {one}" for one in violations[:50])
    return f"**Violations: {len(violations)}.**\n\n{lines}"


def _faults(found: Outcome) -> str:
    planned = found.plan.kills
    kills = [
        [target.value.replace("_", " "), str(times), str(found.blows[target])]
        for target, times in sorted(planned.items())
    ]
    kills += [["together", str(planned.total()), str(found.blows.total())]]
    moods = ", ".join(
        f"{mood.value.replace('_', ' ')} {times:,}"
        for mood, times in sorted(found.moods.items())
        if mood is not Mood.WELL
    )
    gone = _listed(found.ended_by_themselves.items()) or "none"
    days = ", ".join(str(day) for day in sorted(found.jumps))
    return (
        "### Faults\n\n"
        + _table(["killed with SIGKILL", "drawn", "done"], kills)
        + f"\n\nLetters that met the mail server in a bad mood: {moods or 'none'}. "
        f"Sweeps set forward by days: {days or 'none'}. "
        f"Processes that ended without being killed and were started again: {gone}. "
        f"A grievance whose person met a broken answer took {found.slower:.1f} times as long as "
        "one without (medians). After the last fault, what was due left by itself within "
        f"{found.quiet_share:.2f} of the time of load. The windows in which a kill excuses a "
        f"second letter cover {found.declared_share:.2f} of it."
    )


def _counts(found: Outcome) -> str:
    rows = [[name, f"{count:,}"] for name, count in sorted(found.verdict.counts.items())]
    rows += [[name, f"{count:,}"] for name, count in sorted(found.notes.items())]
    return "### Counts\n\n" + _table(["what", "how many"], rows)


def _listed(pairs: Iterable[tuple[str, int]]) -> str:
    return ", ".join(f"{name} {count}" for name, count in sorted(pairs))


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [list(head), ["---"] * len(head), *[list(row) for row in rows]]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)
