"""One run: load, faults, quiet, the days after, and the count."""

import json
import random
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import psycopg

from config.local import processes
from tests.faults import counting, desk, facts
from tests.faults.crowd import Crowd
from tests.faults.gate import Gate
from tests.faults.house import House
from tests.faults.mail import MailServer
from tests.faults.plan import BadMail, Jump, Kill, Mood, Plan, Target, Trouble
from tests.faults.staff import Staff

VISITORS = 4
STAFF = ["bram", "chidi"]
_LATER = "tests.faults.later"
_LONGEST_MOOD = 15.0
"""Seconds that the mail server waits for a letter to be unkind to."""
_SLOW_START = 30.0
"""Seconds that a process may take until it sends its first letter."""
_STALLED = 300.0
"""Seconds without anybody coming in, after which the run itself is broken."""


class RunFailed(Exception):
    """The harness could not go on; the text says why."""


@dataclass(slots=True)
class Outcome:
    """What a run found."""

    plan: Plan
    verdict: counting.Verdict
    blows: Counter[Target]
    moods: Counter[Mood]
    jumps: list[int]
    ended_by_themselves: Counter[str]
    slower: float = 0.0
    """How much longer a grievance took whose person met a broken answer: a ratio of medians."""
    quiet_share: float = 0.0
    """Time until the present notices had left by themselves, as a share of the time of load."""
    declared_share: float = 0.0
    """Time in which a letter may be taken twice because of a kill, as the same share."""
    notes: Counter[str] = field(default_factory=Counter)


class Run:
    """Everything that happens between opening the house and closing it."""

    def __init__(
        self, house: House, mail: MailServer, plan: Plan, *, submissions: int, seed: int
    ) -> None:
        self._house, self._mail, self._plan, self._seed = house, mail, plan, seed
        self._dice = random.Random(f"{seed} strikes")  # noqa: S311
        self._submissions = submissions
        slack = max(VISITORS, submissions // max(1, len(plan.during)))
        self._gate = Gate(slack)
        self._crowd = Crowd(
            port=house.port, submissions=submissions, seed=seed, gate=self._gate, threads=VISITORS
        )
        self._staff = Staff(port=house.port, usernames=STAFF, seed=seed)
        self._sweeps: list[subprocess.Popen[bytes]] = []
        self._mood: BadMail | None = None
        self._mood_ends = 0.0
        self._last_sweep = datetime.now(tz=UTC)
        self._violations: list[str] = []
        self._notes: Counter[str] = Counter()

    def go(self, *, patience: float) -> Outcome:
        """Do everything. `patience`: seconds that the portal gets to settle by itself."""
        begun = time.monotonic()
        self._load()
        loaded = time.monotonic() - begun
        _say("Quiet: everything runs, nothing is broken …")
        waited = self._quiet(patience)
        _say("The days after …")
        self._days_after()
        _say("Counting …")
        verdict = self._count()
        return Outcome(
            plan=self._plan,
            verdict=verdict,
            blows=Counter(blow.target for blow in self._house.blows),
            moods=self._mail.answers,
            jumps=[one.days for one in self._plan.during if isinstance(one, Jump)],
            ended_by_themselves=self._house.ended_by_themselves,
            slower=self._slower(),
            quiet_share=waited / loaded,
            declared_share=counting.declared_seconds(self._seen()) / loaded,
            notes=self._notes,
        )

    # --- load and faults -----------------------------------------------------------------------

    def _load(self) -> None:
        self._staff.come()
        self._crowd.come()
        try:
            for number, trouble in enumerate(self._plan.during, start=1):
                self._gate.open_to(trouble.after)
                self._wait_for(trouble.after)
                _say(f"{number}/{len(self._plan.during)} at {self._gate.begun}: {trouble}")
                self._do(trouble)
            self._gate.open_to(self._submissions)
            while self._crowd.is_there:
                self._tick()
        finally:
            self._gate.shut()
        self._staff.go_home()
        self._refuse_failures()

    def _wait_for(self, number: int) -> None:
        """Wait until so many people have come in."""
        last, since = self._gate.begun, time.monotonic()
        while self._gate.begun < number and self._crowd.is_there:
            self._tick()
            if self._gate.begun > last:
                last, since = self._gate.begun, time.monotonic()
            if time.monotonic() - since > _STALLED:
                raise RunFailed(f"Nobody came in for a long time.\n{self._house.last_words('web')}")

    def _tick(self) -> None:
        """Look after what runs."""
        time.sleep(0.05)
        self._house.revive()
        self._look_after_the_mood()
        self._refuse_failures()

    def _look_after_the_mood(self) -> None:
        """End a bad mood some seconds after a letter met it, or when none came."""
        if self._mood and self._mail.met:
            self._mood_ends = min(self._mood_ends, time.monotonic() + self._mood.seconds)
            self._mail.met = False
        if self._mood and time.monotonic() > self._mood_ends:
            self._mail.mood, self._mood = Mood.WELL, None

    def _refuse_failures(self) -> None:
        for failure in (*self._crowd.failures, *self._staff.failures):
            raise RunFailed("A client of the harness broke.") from failure

    def _do(self, trouble: Trouble) -> None:
        if isinstance(trouble, BadMail):
            while self._mood:
                self._tick()
            self._mail.met = False
            self._mail.mood, self._mood = trouble.mood, trouble
            self._mood_ends = time.monotonic() + _LONGEST_MOOD
        elif isinstance(trouble, Jump):
            self._jump(trouble)
        elif isinstance(trouble, Kill) and self._house.kill(trouble.target, self._dice):
            time.sleep(trouble.pause)
            self._house.start_again(trouble.target)

    def _jump(self, jump: Jump) -> None:
        self._end_sweeps()
        at = datetime.now(tz=UTC) + timedelta(days=jump.days)
        self._last_sweep = max(self._last_sweep, at)
        self._sweeps = [self._at(at, "sweep") for _ in range(2)]
        if jump.kill:
            # It needs a moment to begin; what it has done by then differs from run to run.
            time.sleep(self._dice.uniform(1.5, 3.0))
            self._house.kill_process(self._sweeps[0], Target.SWEEP)

    def _end_sweeps(self) -> None:
        """Wait for sweeps under way. One that met a killed database is made up for later."""
        while any(process.poll() is None for process in self._sweeps):
            self._tick()
        self._notes["sweeps"] += len(self._sweeps)
        self._notes["sweeps cut short"] += sum(bool(one.returncode) for one in self._sweeps)
        self._sweeps = []

    def _at(self, at: datetime, what: str) -> "subprocess.Popen[bytes]":
        return self._house.begin(_LATER, what, "--at", at.isoformat())

    # --- quiet ---------------------------------------------------------------------------------

    def _quiet(self, patience: float) -> float:
        """Let everything settle by itself; return how long that took."""
        self._mail.mood, self._mood = Mood.WELL, None
        self._house.revive()
        self._house.wait_until_ready()
        self._end_sweeps()
        self._last_sweep = max(self._last_sweep, datetime.now(tz=UTC))
        last = [self._at(self._last_sweep, "sweep") for _ in range(2)]
        if any(process.wait() for process in last):
            self._violations.append("A sweep failed although everything ran.")
        if self._ask(
            "SELECT count(*) FROM grievance_clock WHERE next_look_at <= %s", self._last_sweep
        ):
            # What one of the two held while the other came by is left to the next one.
            self._house.run(_LATER, "sweep", "--at", self._last_sweep.isoformat())
        begun = time.monotonic()
        while (left := self._due_now()) and time.monotonic() - begun < patience:
            self._tick()
        self._notes["notices that worker and beat left behind"] = left
        self._notes["claims of dead workers at the end"] = self._ask(
            "SELECT count(*) FROM core_outboxmessage WHERE status = 'sending'"
        )
        if left and patience > 60:
            self._violations.append(f"Worker and beat left {left} due notices behind.")
        return time.monotonic() - begun

    def _due_now(self) -> int:
        """How many notices could leave now.

        Not those behind the claim of a dead worker: it holds its recipient's turn until it is
        taken for abandoned, ten minutes later. They leave in the days after.
        """
        return self._ask(
            "SELECT count(*) FROM core_outboxmessage AS one "
            "WHERE status = 'queued' AND next_attempt_at <= now() AND NOT EXISTS ("
            "SELECT FROM core_outboxmessage AS other WHERE other.status = 'sending' "
            "AND other.recipient_kind = one.recipient_kind "
            "AND other.recipient_id = one.recipient_id)"
        )

    def _ask(self, question: str, *values: datetime) -> int:
        url = self._house.scratch.running.database("postgres")
        with psycopg.connect(url) as connection:
            row = connection.execute(question, values).fetchone()  # type: ignore[arg-type]
        return int(row[0]) if row else 0

    # --- the days after ------------------------------------------------------------------------

    def _days_after(self) -> None:
        """Deliver what waits for later, first with kills, then until nothing is left.

        The worker is ended before: for a process whose clock is days ahead its claims would look
        abandoned.
        """
        self._house.stop("beat", "worker")
        at = max(self._last_sweep, datetime.now(tz=UTC)) + timedelta(minutes=15)
        for done in range(0, self._plan.deliveries, 2):
            self._deliver_and_kill(at, min(2, self._plan.deliveries - done))
            # By then the claims of those that were killed are taken for abandoned.
            at += timedelta(minutes=15)
        self._look_at_the_given_up()
        self._house.run(_LATER, "deliver_all", "--at", at.isoformat())

    def _deliver_and_kill(self, at: datetime, kills: int) -> None:
        """Deliver in two processes at once and kill one of them at work, or both."""
        before = len(self._mail.taken)
        both = [self._at(at, "deliver") for _ in range(2)]

        def at_work_or_done() -> bool:
            begun = len(self._mail.taken) > before
            return begun or all(process.poll() is not None for process in both)

        processes.wait_until(at_work_or_done, seconds=_SLOW_START, pause=0.01)
        for process in both[:kills]:
            time.sleep(self._dice.uniform(0.0, 0.4))
            self._house.kill_process(process, Target.DELIVERY)
        for process in both:
            process.wait()

    def _look_at_the_given_up(self) -> None:
        """See at the desk what was given up; then do what an operator does about it."""
        given_up = self._ask("SELECT count(*) FROM core_outboxmessage WHERE status = 'given_up'")
        self._notes["given up while the mail server refused for good"] = given_up
        if not given_up:
            return
        if not desk.shows_given_up(self._house.port, given_up):
            self._violations.append(f"The desk does not show the {given_up} notices given up.")
        desk.sends_again(self._house.port)

    # --- the count -----------------------------------------------------------------------------

    def _count(self) -> counting.Verdict:
        directory = self._house.where.private
        keys = {who.number: who.key for who in self._crowd.people if who.key}
        (directory / "keys.json").write_text(json.dumps(keys), encoding="utf-8")
        self._house.run(
            "tests.faults.evidence",
            *("--keys", str(directory / "keys.json")),
            *("--last-sweep", self._last_sweep.isoformat()),
            *("--out", str(directory / "stored.json")),
        )
        stored = facts.stored_from(json.loads((directory / "stored.json").read_text("utf-8")))
        verdict = counting.judge(self._seen(), stored)
        verdict.counts["broken answers that staff met"] = self._staff.breaks
        verdict.violations += self._violations
        return verdict

    def _seen(self) -> facts.Seen:
        return facts.Seen(
            self._crowd.people, self._staff.presses, self._mail.taken, self._house.blows
        )

    def _slower(self) -> float:
        """Median time to a receipt with broken answers on the way, against without."""
        times: dict[bool, list[float]] = {True: [0.0], False: [0.0]}
        for who in self._crowd.people:
            if who.key:
                times[bool(who.breaks)].append(who.seen - who.begun)
        with_, without = (sorted(times[each])[len(times[each]) // 2] for each in (True, False))
        return with_ / without if without else 0.0


def _say(sentence: str) -> None:
    print(f"{datetime.now(tz=UTC):%H:%M:%S} {sentence}", file=sys.stderr, flush=True)
