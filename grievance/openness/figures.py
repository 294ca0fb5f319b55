"""How the mechanism performs, for everybody to read: what is shown, in words, and as a file.

The figures are counted anew once a day at most. Small numbers, and those that would give them away,
are held back (`grievance.small_numbers`).
"""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeAlias

from django.core.cache import cache
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from grievance.models import AppealDecision
from grievance.reading import figures as reading
from grievance.reading.figures import Figures
from grievance.small_numbers import Published, publish, withhold
from stakeholders.vocabulary import CompanyOutcome, PersonVerdict, RemedyForm

Words: TypeAlias = Promise | str
KEPT_FOR = timedelta(days=1)
# The number stands for the shape of what is kept: another shape takes another key.
CACHE_KEY = "figures:1"
WITHHELD = ""
"""What stands in the file for a number that is held back."""

_VERDICTS: Mapping[str, Words] = {
    PersonVerdict.YES: PersonVerdict.YES.label,
    PersonVerdict.PARTLY: PersonVerdict.PARTLY.label,
    PersonVerdict.NO: _("No. The case is contested."),
    reading.NO_ANSWER: PersonVerdict.NO_ANSWER.label,
}
_STEPS: Mapping[str, Words] = {
    reading.CHECKED: _("Delivered and checked"),
    reading.AGREED: _("Agreed, not checked yet"),
    reading.OFFERED: _("Offered, not agreed"),
    reading.NOT_OFFERED: _("Not offered"),
}


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a figure is called, what it counts, and what its parts are called."""

    name: Words
    definition: Words
    parts: Mapping[str, Words]


_WANTED = _("Cases of this year in which the person wanted this, by how far it has come.")
MEANINGS: Mapping[str, Meaning] = {
    "received": Meaning(
        _("Cases that we received"),
        _("Every case that arrived in this year, by whether a person answered it in time."),
        {
            reading.IN_TIME: _("A person answered in time"),
            reading.LATE: _("A person answered late"),
            reading.WAITING: _("Nobody has answered yet"),
            reading.LEFT: _("The person ended the case before"),
        },
    ),
    "ended": Meaning(
        _("How cases ended"),
        _("Cases that ended in this year and are not open again, with the outcome that we give."),
        {
            reading.OUR_PART: _("We say that our part is done"),
            **{one.value: one.label for one in CompanyOutcome},
        },
    ),
    "outcomes": Meaning(
        _("What we call done"),
        _("Of the cases of which we say that our part is done: what we say of them."),
        {one.value: one.label for one in CompanyOutcome},
    ),
    "verdicts": Meaning(
        _("What the people say of the same cases"),
        _("Was an effective remedy delivered? The answer is that of whoever raised the case."),
        _VERDICTS,
    ),
    "appeals": Meaning(
        _("Second looks"),
        _("Each time that a person asked others to look again in this year, and what came of it."),
        {
            AppealDecision.UPHELD.value: AppealDecision.UPHELD.label,
            AppealDecision.SENT_BACK.value: AppealDecision.SENT_BACK.label,
            reading.UNDECIDED: _("Not decided yet"),
        },
    ),
    "clocks": Meaning(
        _("Our time limits"),
        _("Every date of this year that has passed and by which we owed something in a case."),
        {reading.KEPT: _("Kept"), reading.LATE: _("Missed")},
    ),
    "for_many": Meaning(
        _("Harm to many"),
        _(
            "Cases about many people at once that we call done: was an effective remedy delivered? "
            "The answer is that of those who speak for them."
        ),
        {
            **_VERDICTS,
            PersonVerdict.NO: PersonVerdict.NO.label,
            reading.NOT_ASKED: _("Nobody could be asked."),
            reading.AWAITED: _("Nobody has answered yet"),
        },
    ),
    **{reading.wanted(form): Meaning(form.label, _WANTED, _STEPS) for form in RemedyForm},
}


@dataclass(frozen=True, slots=True)
class Row:
    """One part of a figure; `number` is None where it is held back."""

    name: Words
    number: int | None


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of one year as it is shown."""

    code: str
    name: Words
    definition: Words
    total: int | None
    rows: Sequence[Row]


def published(counted: Figures) -> dict[str, Published]:
    """Return what is shown of one year, by the name of the figure.

    What we call done is a part of how cases ended: where that number is held back, so is
    everything that it falls into.
    """
    shown = {name: publish(parts) for name, parts in counted.items()}
    if shown["ended"].parts[reading.OUR_PART] is None:
        for name in ("outcomes", "verdicts"):
            shown[name] = withhold(counted[name])
    return shown


def counted(*, at: datetime) -> dict[int, Figures]:
    """Return the figures of every year, counted within the last day."""
    kept: dict[int, Figures] | None = cache.get(CACHE_KEY)
    if kept is None:
        kept = reading.figures(at=at)
        cache.set(CACHE_KEY, kept, KEPT_FOR.total_seconds())
    return kept


def page(year: str, *, at: datetime) -> dict[str, Any]:
    """Return what the page of one year shows; of the newest year where `year` is none of them."""
    years = counted(at=at)
    chosen = next((one for one in years if str(one) == year), max(years))
    shown = published(years[chosen])
    return {
        "years": list(years),
        "year": chosen,
        "figures": [_figure(name, shown[name]) for name in MEANINGS if not _is_wanted(name)],
        "wanted": [_figure(name, shown[name]) for name in MEANINGS if _is_wanted(name)],
        "for_many": reading.in_public(),
    }


def _is_wanted(name: str) -> bool:
    return name.startswith("wanted_")


def _figure(name: str, shown: Published) -> Figure:
    meaning = MEANINGS[name]
    return Figure(
        code=name,
        name=meaning.name,
        definition=meaning.definition,
        total=shown.total,
        rows=[Row(meaning.parts[part], number) for part, number in shown.parts.items()],
    )


def as_csv(*, at: datetime) -> str:
    """Return every figure of every year as a table of codes and numbers, as RFC 4180 has it.

    A number that is held back is empty. The row "total" is the sum of the parts of its figure.
    """
    out = io.StringIO(newline="")
    table = csv.writer(out, lineterminator="\r\n")
    table.writerow(("year", "figure", "part", "number"))
    for year, figures in counted(at=at).items():
        for name, shown in published(figures).items():
            for part, number in (("total", shown.total), *shown.parts.items()):
                table.writerow((year, name, part, WITHHELD if number is None else number))
    return out.getvalue()
