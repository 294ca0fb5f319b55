"""What goes wrong and when: drawn from a seed, so that a run can be repeated. Pure."""

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum


class Target(StrEnum):
    """What is killed with SIGKILL."""

    WORKER = "worker"
    WORKER_CHILD = "worker_child"
    BEAT = "beat"
    WEB_WORKER = "web_worker"
    WEB_MASTER = "web_master"
    REDIS = "redis"
    POSTGRES = "postgres"
    SWEEP = "sweep"
    DELIVERY = "delivery"


class Mood(StrEnum):
    """How the mail server answers."""

    WELL = "well"
    REFUSES_FOR_NOW = "refuses_for_now"
    REFUSES_FOR_GOOD = "refuses_for_good"
    STALLS = "stalls"
    HANGS_UP = "hangs_up"
    LOSES_THE_REPLY = "loses_the_reply"


BAD_MOODS = tuple(mood for mood in Mood if mood is not Mood.WELL)
# How often each is killed in comparison. Sweeps and deliveries are killed on occasions of their
# own, see `make`.
_WEIGHTS = {
    Target.WORKER: 20,
    Target.WORKER_CHILD: 15,
    Target.BEAT: 10,
    Target.WEB_WORKER: 15,
    Target.WEB_MASTER: 10,
    Target.REDIS: 15,
    Target.POSTGRES: 15,
}
_JUMPS = (1, 2, 3, 5, 8, 13, 21, 34)
"""Days by which the clock of a sweep is set forward."""
_FIRST_JUMPS = (5, 8, 13)
"""The first one is long enough for something to be late."""


@dataclass(frozen=True, slots=True)
class Kill:
    """End a process at once; start it again after `pause` seconds."""

    after: int
    target: Target
    pause: float


@dataclass(frozen=True, slots=True)
class BadMail:
    """The mail server gets into a bad mood, which lasts so long after the first letter met it."""

    after: int
    mood: Mood
    seconds: float


@dataclass(frozen=True, slots=True)
class Jump:
    """Sweep, in several processes at once, as if it were so many days later."""

    after: int
    days: int
    kill: bool
    """Whether one of the sweeping processes is killed on the way."""


Trouble = Kill | BadMail | Jump


@dataclass(frozen=True, slots=True)
class Plan:
    """`during`: in order, each with the number of grievances begun before it happens."""

    during: Sequence[Trouble]
    deliveries: int
    """Processes that are killed while they deliver, days later."""

    @property
    def kills(self) -> Counter[Target]:
        """How often each target is killed."""
        found = Counter(one.target for one in self.during if isinstance(one, Kill))
        found[Target.SWEEP] += sum(one.kill for one in self.during if isinstance(one, Jump))
        found[Target.DELIVERY] += self.deliveries
        return +found


def make(seed: int, *, submissions: int, kills: int) -> Plan:
    """Draw a plan with exactly so many kills over so many submissions.

    Every target is killed at least once where `kills` suffices. Bad mail and jumps come on top.
    """
    dice = random.Random(seed)  # noqa: S311  not a secret
    deliveries = sweeps = max(1, kills // 20) if kills >= len(Target) - 1 else 0
    targets = dice.sample(list(_WEIGHTS), len(_WEIGHTS))
    names, weights = list(_WEIGHTS), list(_WEIGHTS.values())
    targets += dice.choices(names, weights, k=max(0, kills - len(targets)))
    targets = targets[: kills - deliveries - sweeps]

    drawn: list[Trouble] = [Kill(0, each, dice.uniform(0.0, 1.2)) for each in targets]
    if kills:
        moods = dice.sample(BAD_MOODS, len(BAD_MOODS)) * (1 + kills // 25)
        drawn += [BadMail(0, mood, dice.uniform(1.0, 4.0)) for mood in moods]
        jumps = max(sweeps, 1 + kills // 12)
        drawn += [
            Jump(0, dice.choice(_JUMPS if number else _FIRST_JUMPS), number < sweeps)
            for number in range(jumps)
        ]
    dice.shuffle(drawn)
    # Not in the first tenth: there must be something to lose. Then one in each slice, so that
    # what is killed had time to do something since the last time.
    first = submissions / 10
    slice_ = (submissions - first) / max(1, len(drawn))
    during = [
        replace(each, after=int(first + (number + dice.random()) * slice_))
        for number, each in enumerate(drawn)
    ]
    return Plan(during, deliveries)
