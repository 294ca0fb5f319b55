"""What one run found, and the ratios that follow from it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median

from bench.latency import Times
from bench.load import Slot
from bench.weights import Weight

FLOOR = "floor"


@dataclass(slots=True)
class Results:
    """Everything that a run measured. Sizes are numbers of cases."""

    machine: Mapping[str, str]
    command: str
    made_on: str
    load_before: float
    load_after: float = 0.0
    sizes: Sequence[int] = ()
    filled_in: Mapping[int, float] = field(default_factory=dict)
    open_cases: Mapping[int, int] = field(default_factory=dict)
    rounds: list[dict[str, Slot]] = field(default_factory=list)
    queue: Mapping[str, Times] = field(default_factory=dict)
    queue_processor: Mapping[str, float] = field(default_factory=dict)
    case_pages: Mapping[str, Times] = field(default_factory=dict)
    case_processor: Mapping[str, float] = field(default_factory=dict)
    floor_detail: Times | None = None
    weights: Mapping[str, Sequence[Weight]] = field(default_factory=dict)
    statements: Mapping[int, Mapping[str, Mapping[str, int]]] = field(default_factory=dict)
    plan: Sequence[str] = ()
    workers: Sequence[Mapping[str, float]] = ()
    requests_before_memory: int = 0


@dataclass(frozen=True, slots=True)
class Spread:
    """A ratio of several rounds: the middle one, the smallest and the largest."""

    middle: float
    least: float
    most: float

    @classmethod
    def of(cls, values: Sequence[float]) -> "Spread":
        """Sum up one value a round."""
        return cls(median(values), min(values), max(values))


@dataclass(frozen=True, slots=True)
class Intake:
    """The intake at one size against the floor of the same rounds. One: as fast as the floor."""

    requests: Spread
    submissions: Spread
    processor: float
    """Processor time of web server and database for a request of the floor, by that of ours."""


def intake_against_floor(rounds: Sequence[Mapping[str, Slot]], name: str) -> Intake:
    """Compare one target with the floor, round by round."""
    pairs = [(each[name], each[FLOOR]) for each in rounds]
    return Intake(
        Spread.of([ours.request_rate / floor.request_rate for ours, floor in pairs]),
        Spread.of([ours.rate / floor.rate for ours, floor in pairs]),
        per_request([floor for _ours, floor in pairs])
        / per_request([ours for ours, _floor in pairs]),
    )


def per_request(slots: Sequence[Slot]) -> float:
    """Return processor milliseconds of web server and database for one request."""
    used = sum(slot.web + slot.database for slot in slots)
    return 1000 * used / sum(slot.requests for slot in slots)


def share(slots: Sequence[Slot], part: str) -> float:
    """Return which share of the processor time "web", "database" or "client" used."""
    whole = sum(slot.web + slot.database + slot.client for slot in slots)
    return sum(getattr(slot, part) for slot in slots) / whole


def total(rounds: Sequence[Mapping[str, Slot]], name: str) -> list[Slot]:
    """Return all slots of one target."""
    return [each[name] for each in rounds]
