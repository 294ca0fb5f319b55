"""The steps of a playbook, written by staff one to a line. Pure.

A line is a number of hours, a colon and what is to be done: `4: Preserve the evidence.` Hours
count from the moment at which the playbook is applied to a case.
"""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from core.refusals import Refused

LONGEST_HOURS = 24 * 366
LONGEST_STEP = 200
FIRST_DAY = 24


class StepsUnclear(Refused):
    sentence = _(
        "Write one step to a line: hours, a colon, and what is done, such as “4: Preserve the "
        "evidence.”"
    )


class NothingOnTheFirstDay(Refused):
    sentence = _("At least one step has to come within 24 hours.")


@dataclass(frozen=True, slots=True)
class Step:
    """What is to be done, and within how many hours."""

    hours: int
    what: str


def steps_of(text: str) -> list[Step]:
    """Return the steps that are written in `text`. Raises StepsUnclear, also for none at all."""
    steps = [_step(line) for line in text.splitlines() if line.strip()]
    if not steps:
        raise StepsUnclear
    return steps


def check_steps(text: str) -> None:
    """Raise StepsUnclear, or NothingOnTheFirstDay where no step comes within 24 hours (R078)."""
    if all(step.hours > FIRST_DAY for step in steps_of(text)):
        raise NothingOnTheFirstDay


def _step(line: str) -> Step:
    # Chinese keyboards write the wide colon.
    hours, colon, what = line.replace("\uff1a", ":", 1).partition(":")
    number, what = hours.strip(), what.strip()
    if not colon or not what or len(what) > LONGEST_STEP:
        raise StepsUnclear
    if not (number.isascii() and number.isdecimal() and len(number) <= len(str(LONGEST_HOURS))):
        raise StepsUnclear
    if int(number) > LONGEST_HOURS:
        raise StepsUnclear
    return Step(int(number), what)
