"""What a published outcome is played as: a reviewed table that never asks for a forbidden end."""

from dataclasses import replace
from pathlib import Path

import pytest

from grievance.management.walking import allegation, endings, gravity, rows
from grievance.management.walking.rows import Row
from remedy import rules
from remedy.nexus import REMEDIATING, propose
from stakeholders.vocabulary import Nexus, OutsideOutcome, PersonVerdict

OUR_OWN = Path(__file__).resolve().parents[1] / "data" / "cases_of_our_own.csv"


def row(case_id: str) -> Row:
    found = next(each for each in rows.read(OUR_OWN) if each.case_id == case_id)
    assert isinstance(found, Row)
    return found


class TestTheTableOfEndings:
    """The reviewed table of endings, for every published outcome and every nexus."""

    @pytest.mark.parametrize("outside", OutsideOutcome.values)
    @pytest.mark.parametrize("nexus", list(Nexus))
    @pytest.mark.parametrize("obtained", [(), ("compensation",), ("satisfaction",)])
    def test_never_asks_for_an_end_that_the_nexus_forbids(
        self, outside: str, nexus: Nexus, obtained: tuple[str, ...]
    ) -> None:
        given = replace(row("OWN01"), outside_outcome=outside, remedies_obtained=obtained)
        course = endings.course_of(given, nexus)
        if course.end in endings.PENDING:
            assert (course.outcome, course.verdict) == (None, None)
            return
        assert course.verdict in (PersonVerdict.YES, PersonVerdict.PARTLY, PersonVerdict.NO)
        if nexus in REMEDIATING:
            assert course.outcome not in rules.LEVERAGE
        assert nexus is not Nexus.UNDETERMINED, "It is ended by nobody but the person."
        assert (nexus is Nexus.NO_NEXUS) == (course.outcome in rules.FINDINGS)

    def test_has_a_line_and_a_reason_for_every_published_outcome(self) -> None:
        assert set(endings.ENDINGS) == set(OutsideOutcome)
        assert all(ending.why.endswith(".") for ending in endings.ENDINGS.values())

    def test_a_fine_that_reaches_nobody_is_no_remedy_for_the_person(self) -> None:
        fine = replace(row("OWN20"), outside_outcome=OutsideOutcome.REGULATORY_SANCTION)
        assert endings.course_of(fine, Nexus.CAUSED).verdict == PersonVerdict.NO
        paid = replace(fine, remedies_obtained=("compensation",))
        assert endings.course_of(paid, Nexus.CAUSED).verdict == PersonVerdict.PARTLY

    def test_what_each_alleged_tie_answers_proposes_that_tie(self) -> None:
        for _reported, nexus, answers in allegation.STRONGEST_FIRST:
            proposal = propose(answers)
            assert (proposal.nexus, proposal.provisional) == (nexus, False)
        assert propose(allegation.NOT_TOLD).nexus is Nexus.UNDETERMINED

    def test_the_gravest_harm_and_the_level_make_the_severity(self) -> None:
        severity = gravity.severity_of(row("OWN21"))
        assert (severity.scale, severity.scope, severity.irremediability) == (4, 2, 3)
