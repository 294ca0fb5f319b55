"""The published procedure: its stages, and the time limits that the clocks really run on.

A sentence about time appears only when its limit is in the data. No number is written here.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from grievance import limits
from grievance.reading import published_limits
from grievance.templatetags.words import digits
from stakeholders.vocabulary import ClockKind, TimeUnit

Words: TypeAlias = str | Promise


@dataclass(frozen=True, slots=True)
class Limit:
    """A sentence about one kind of limit; `and_longest` is used where a longer one exists too."""

    kind: ClockKind
    words: Words
    and_longest: Words = ""
    has_time: bool = True
    """False for a promise whose date is agreed case by case, and not set by a limit."""


@dataclass(frozen=True, slots=True)
class Times:
    """One kind of limit in words: the usual time and the longest that the data allow."""

    usual: str
    longest: str

    def __str__(self) -> str:
        return self.usual


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage of a case as the public reads it, with sentences for the limits that apply."""

    name: Words
    what: Words
    limits: tuple[Limit, ...] = ()


STAGES: tuple[Stage, ...] = (
    Stage(
        _("Received"),
        _(
            "You get your key at once. What you wrote is sealed; only the staff who answer "
            "grievances open it."
        ),
        (
            Limit(
                ClockKind.ACKNOWLEDGE,
                _("A person answers you within %(time)s."),
                _("A person answers you within %(time)s, and never later than %(longest)s."),
            ),
            Limit(
                ClockKind.URGENT_TRIAGE,
                _("If it is urgent, a person looks at it within %(time)s."),
                _(
                    "If it is urgent, a person looks at it within %(longest)s; if a life is in "
                    "danger, within %(time)s."
                ),
            ),
        ),
    ),
    Stage(
        _("First look"),
        _(
            "We see whether we can look into it, whether you are safe and whether it is urgent. "
            "If it is out of scope, two people must agree, and we give you the reasons and other "
            "places to turn."
        ),
        (
            Limit(
                ClockKind.SCOPE_DECISION,
                _("You hear whether we look into it within %(time)s after our first answer."),
            ),
            Limit(
                ClockKind.INTERIM_MEASURE,
                _("If harmful content must come down at once, we decide within %(time)s."),
                _(
                    "If harmful content must come down at once, we decide within %(time)s, and "
                    "never later than %(longest)s."
                ),
            ),
            Limit(
                ClockKind.INTERIM_REVIEW,
                _("We look again at every such step after %(time)s at the latest."),
            ),
        ),
    ),
    Stage(
        _("Finding out"),
        _(
            "We find out what happened, how bad it is and what the company has to do with it. You "
            "need no proof: finding it is our work. We talk with you."
        ),
        (
            Limit(
                ClockKind.ASSESSMENT_PLAN,
                _("We tell you how we go about it within %(time)s after our first answer."),
            ),
            Limit(
                ClockKind.NEXUS_REVIEW,
                _("While something is still unknown, we look again within %(time)s."),
            ),
            Limit(
                ClockKind.PROGRESS_UPDATE, _("You hear from us every %(time)s, even without news.")
            ),
            Limit(
                ClockKind.FEEDBACK,
                _(
                    "Where a law asks for it, you hear what we do and why within %(time)s after "
                    "our first answer, or after the time for it has run out."
                ),
            ),
            Limit(
                ClockKind.STATE_RESPONSE,
                _("If the State should act too, we say within %(time)s what we do to help it."),
            ),
            Limit(
                ClockKind.PARTNER_ANSWER,
                _(
                    "If someone else should answer and does not, the case comes back to us after "
                    "%(time)s."
                ),
            ),
        ),
    ),
    Stage(
        _("Putting it right"),
        _("We make you an offer. You can agree, ask for something else, or say no."),
        (
            Limit(ClockKind.REMEDY_OFFER, _("You get an offer within %(time)s after our finding.")),
            Limit(ClockKind.OFFER_REFLECTION, _("You have at least %(time)s to think about it.")),
        ),
    ),
    Stage(
        _("Carrying it out"),
        _("We do what was agreed and show it. You tell us whether it really came."),
        (
            Limit(
                ClockKind.MEASURE_DUE,
                _("Each part has a date of its own. It stands in the offer."),
                has_time=False,
            ),
            Limit(
                ClockKind.MONITORING_CHECK,
                _("We check first after %(time)s, and again later."),
            ),
            Limit(
                ClockKind.CHANGE_DUE,
                _("What we change against repetition has a date too. We look at it for a year."),
                has_time=False,
            ),
            Limit(
                ClockKind.LASTING_QUESTION,
                _("Each time we ask you if it lasts."),
                has_time=False,
            ),
        ),
    ),
    Stage(
        _("Closed"),
        _(
            "We give our reasons and ask you whether it was put right. Your answer stands beside "
            "ours. A case is never closed by a machine or because time ran out."
        ),
        (
            Limit(ClockKind.VERDICT_AFTER_CLOSE, _("We ask you within %(time)s.")),
            Limit(ClockKind.VERDICT_LATER, _("We ask you again after %(time)s.")),
            Limit(
                ClockKind.COLLECTIVE_VERDICT,
                _("If many were harmed together, we ask those who speak for them within %(time)s."),
            ),
            Limit(
                ClockKind.APPEAL_WINDOW, _("You have at least %(time)s to ask for a second look.")
            ),
        ),
    ),
    Stage(
        _("Second look"),
        _("If you disagree, other people look at your case again."),
        (Limit(ClockKind.APPEAL_DECISION, _("They decide within %(time)s.")),),
    ),
)
RETALIATION = Limit(
    ClockKind.RETALIATION_ACTION,
    _("If someone punishes you for coming to us, tell us. We act within %(time)s."),
)


@dataclass(frozen=True, slots=True)
class TimedStage:
    """A stage with its limits put into sentences."""

    name: Words
    what: Words
    sentences: list[str]


def in_words(value: int, unit: str) -> str:
    """Write a length of time in the language of the page."""
    return digits(limits.in_words(value, TimeUnit(unit)))


# Only to tell which of two limits is shorter; no date is ever computed from these.
_HOURS = {
    TimeUnit.MINUTES: 1 / 60,
    TimeUnit.HOURS: 1,
    TimeUnit.DAYS: 24,
    TimeUnit.WORKING_DAYS: 34,
    TimeUnit.WEEKS: 168,
    TimeUnit.MONTHS: 730,
    TimeUnit.YEARS: 8766,
}


def times(*, at: datetime) -> dict[str, Times]:
    """Return {kind of clock: its times in words} from the limits published at `at`."""
    found: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
    longest: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
    for limit in published_limits(at=at):
        found[limit.clock_kind].append((limit.value, limit.unit))
        if limit.longest:
            longest[limit.clock_kind].append((limit.longest, limit.longest_unit))
    return {
        kind: Times(
            usual=in_words(*min(lengths, key=_hours)),
            longest=in_words(*max(lengths + longest[kind], key=_hours)),
        )
        for kind, lengths in found.items()
    }


def timed_stages(known: dict[str, Times]) -> list[TimedStage]:
    """Return the stages, each with the sentences whose limit is known."""
    return [
        TimedStage(
            stage.name,
            stage.what,
            [
                sentence(limit, known[limit.kind]) if limit.has_time else str(limit.words)
                for limit in stage.limits
                if limit.kind in known or not limit.has_time
            ],
        )
        for stage in STAGES
    ]


def sentence(limit: Limit, known: Times) -> str:
    """Put the times of one limit into its sentence."""
    words = limit.and_longest if known.longest != known.usual else ""
    return str(words or limit.words) % {"time": known.usual, "longest": known.longest}


def _hours(length: tuple[int, str]) -> float:
    return length[0] * _HOURS[TimeUnit(length[1])]
