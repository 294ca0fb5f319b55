"""Whoever was shown a key finds their grievance, and every notice leaves, whatever is killed.

A short form of the fault harness (`tests/faults`): a whole Redress of its own, under load, with
processes killed with SIGKILL on the way. The long form is `make faults`; what it found stands in
docs/reliability.md.
"""

import os
import re
import subprocess
import sys

from bench import machine
from config.local import processes
from config.local.places import CHECKOUT

SUBMISSIONS, KILLS = 24, 6
_KEPT = ("PATH", "HOME", "LANG", "TMPDIR", "VIRTUAL_ENV")


def begun(*words: str) -> "subprocess.Popen[str]":
    """Start the harness. Of the environment of these tests it gets nothing: it has services of
    its own, and kills them."""
    return subprocess.Popen(
        [sys.executable, "-m", "tests.faults", *words],
        cwd=CHECKOUT,
        env={name: os.environ[name] for name in _KEPT if name in os.environ},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def a_short_run() -> str:
    """What a short run printed. Raises AssertionError with its complaints where it has any."""
    amounts = ("--submissions", str(SUBMISSIONS), "--kills", str(KILLS))
    process = begun(*amounts, "--patience", "3", "--seed", "11")
    try:
        out, errors = process.communicate(timeout=540)
    except subprocess.TimeoutExpired:
        process.terminate()
        out, errors = process.communicate(timeout=60)
    assert process.returncode == 0, f"{errors[-6000:]}\n{out}"
    return out


def counted(told: str, what: str) -> int:
    """One line of the report's tables."""
    found = re.search(rf"^\| {re.escape(what)} \| ([0-9,]+) \|$", told, re.MULTILINE)
    assert found, f"The report does not tell of {what}."
    return int(found[1].replace(",", ""))


def test_nothing_is_lost_when_things_fail() -> None:
    """One test, because one run answers all of it, and a run is dear."""
    told = a_short_run()

    shown = counted(told, "receipts seen")
    assert shown == counted(told, "receipts seen, case there once and whole")
    assert shown >= SUBMISSIONS // 2, "Most people got through."

    queued = counted(told, "notices queued")
    assert queued == counted(told, "notices sent"), "Nobody waits for a notice for ever."
    assert queued >= counted(told, "notices owed by events") > 0
    assert counted(told, "letters taken by the mail server") >= queued

    killed = re.search(r"^\| together \| (\d+) \| (\d+) \|$", told, re.MULTILINE)
    assert killed is not None
    assert int(killed[1]) == KILLS
    assert int(killed[2]) >= KILLS - 2, "A sweep or a delivery may end before it is killed."
    assert counted(told, "broken answers that people met") > 0
    assert counted(told, "steps of clocks: escalate") > 0


def test_a_run_that_is_interrupted_leaves_no_process_behind() -> None:
    run = begun("--submissions", "5", "--kills", "0")
    assert processes.wait_until(lambda: len(machine.children(run.pid)) >= 3, seconds=60)
    started = list(machine.family(run.pid))
    run.terminate()
    run.communicate(timeout=60)
    assert run.returncode != 0
    gone = processes.wait_until(lambda: not any(map(processes.command_line, started)), seconds=20)
    assert gone, "PostgreSQL, Redis and what they had started."
