"""How well the mechanism works is counted in public, and nobody can be picked out of it."""

import csv
import io
from collections.abc import Iterator

import pytest
import time_machine
from django.core.cache import cache

from grievance import lifecycle
from grievance.models import Clock
from grievance.openness.figures import CACHE_KEY
from grievance.reading import figures
from stakeholders.vocabulary import CaseStatus
from tests import makers, people
from tests.amina import Amina
from tests.remedy_desk import NOW, ended

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_kept() -> Iterator[None]:
    cache.delete(CACHE_KEY)
    with time_machine.travel(NOW, tick=False):
        people.everyone()
        yield
    cache.delete(CACHE_KEY)


def told(counts: dict[str, int]) -> dict[str, int]:
    return {part: number for part, number in counts.items() if number}


def test_the_figures_are_those_counted_by_hand() -> None:
    """Two remedied cases: one contested, one without an answer. A third one is looked at again.
    One declined, one withdrawn unread, one that nobody has answered."""
    ended("no")
    ended("")
    lifecycle.appeal(ended("partly"), at=NOW, words="Look again.")
    makers.a_case(in_status=CaseStatus.CLOSED)
    lifecycle.withdraw(makers.a_case().id, at=NOW, pressured="no")
    makers.a_case(at=NOW)

    [(year, counted)] = figures.figures(at=NOW).items()
    assert year == NOW.year
    assert told(counted["received"]) == {"in_time": 4, "left": 1, "waiting": 1}
    assert told(counted["ended"]) == {"done": 2, "out_of_scope": 1, "withdrawn": 1}
    assert told(counted["outcomes"]) == {"remedied_full": 2}
    assert told(counted["verdicts"]) == {"no": 1, "none": 1}
    assert told(counted["appeals"]) == {"open": 1}
    assert told(counted["for_many"]) == {}
    assert told(counted["wanted_restitution"]) == {"not_offered": 6}, "Satisfaction was offered."
    assert told(counted["wanted_satisfaction"]) == {}
    due = [one for one in Clock.objects.all() if one.due_at < NOW and owed(one)]
    kept = sum(one.stopped_at is not None and one.stopped_at <= one.due_at for one in due)
    assert counted["clocks"] == {"kept": kept, "late": len(due) - kept}

    page = Amina("en").go("figures/").words
    assert "Cases that we received" in page and "A person answered in time Not shown" in page
    assert "No. The case is contested. Not shown" in page, "One person could be recognised."


def owed(clock: Clock) -> bool:
    """Whether it is a promise to the person: of those that run here, these are none."""
    asked = ("verdict_", "monitoring", "offer_reflection", "appeal_window", "retention")
    return not clock.kind.startswith(asked)


MANY = {
    "received": {"in_time": 30, "late": 7, "waiting": 0, "left": 2},
    "ended": {"done": 24, "out_of_scope": 6},
    "outcomes": {"remedied_full": 14, "remedied_partial": 10},
    "verdicts": {"yes": 8, "partly": 6, "no": 9, "none": 1},
    "appeals": {"upheld": 2, "sent_back": 1, "open": 0},
}


def keep(counts: dict[str, dict[str, int]]) -> None:
    """Keep figures as if they had been counted today."""
    year = {
        name: {part: counts.get(name, {}).get(part, 0) for part in parts}
        for name, parts in figures.PARTS.items()
    }
    cache.set(CACHE_KEY, {2026: year, 2025: year}, 60)


def test_large_numbers_are_shown_and_small_ones_cannot_be_worked_out() -> None:
    keep(MANY)
    page = Amina("en").go("figures/").words
    assert "All 39" in page and "A person answered in time 30" in page
    assert "A person answered late Not shown" in page, "Else 39 - 30 would tell of the other two."
    assert "The person ended the case before Not shown" in page
    assert "No. The case is contested. 9" in page
    assert "Partly Not shown" in page and "No answer Not shown" in page
    assert "The decision stands Not shown" in page

    keep({**MANY, "ended": {"done": 3, "out_of_scope": 6}})
    page = Amina("en").go("figures/?year=2025").words
    assert "No. The case is contested. Not shown" in page, "They are parts of a small number."


def test_the_table_holds_the_same_and_nothing_else() -> None:
    keep(MANY)
    amina = Amina("en")
    assert amina.go("figures/").root.all("a", href="/en/figures/figures.csv")
    answer = amina.client.get("/en/figures/figures.csv")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode())))
    assert answer.headers["Content-Type"].startswith("text/csv")
    found = {(row["year"], row["figure"], row["part"]): row["number"] for row in rows}
    assert found["2026", "received", "total"] == "39"
    assert found["2026", "verdicts", "no"] == "9"
    assert found["2025", "verdicts", "none"] == "" == found["2026", "appeals", "total"]
    assert all(number == "0" or number == "" or int(number) >= 5 for number in found.values())


def test_every_public_page_leads_there() -> None:
    for address in ("", "procedure/"):
        assert Amina("en").go(address).root.all("a", href="/en/figures/")
