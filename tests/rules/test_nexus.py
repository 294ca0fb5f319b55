"""What ties the company to a harm: every combination of answers, checked against the rule."""

from itertools import product

import pytest

from remedy.nexus import DUTIES, REMEDIATING, Answers, Duty, propose
from stakeholders.vocabulary import Answer, Nexus

EVERY = [Answers(*five) for five in product(Answer, repeat=5)]
YES, NO, UNKNOWN = Answer.YES, Answer.NO, Answer.UNKNOWN
LADDER = (
    ("own_act_alone", Nexus.CAUSED),
    ("own_act_with_others", Nexus.CONTRIBUTED),
    ("tie", Nexus.LINKED),
)


@pytest.mark.parametrize(
    ("five", "nexus", "still_open"),
    [
        ("unknown no unknown no yes", Nexus.LINKED, [Nexus.CAUSED]),
        ("yes no no no no", Nexus.CAUSED, []),
        ("yes unknown unknown unknown unknown", Nexus.CAUSED, []),
        ("no yes yes yes no", Nexus.CONTRIBUTED, []),
        ("unknown yes no no no", Nexus.CONTRIBUTED, [Nexus.CAUSED]),
        ("unknown unknown no no yes", Nexus.LINKED, [Nexus.CAUSED, Nexus.CONTRIBUTED]),
        ("no no yes no no", Nexus.NO_NEXUS, []),
        ("no no no no unknown", Nexus.UNDETERMINED, [Nexus.LINKED]),
        ("unknown no no no no", Nexus.UNDETERMINED, [Nexus.CAUSED]),
    ],
)
def test_worked_answers(five, nexus, still_open):
    proposal = propose(Answers(*(Answer(code) for code in five.split())))
    assert (proposal.nexus, list(proposal.open)) == (nexus, still_open)
    assert proposal.provisional == bool(still_open)


@pytest.mark.parametrize("answers", EVERY)
def test_the_highest_yes_counts_and_unknowns_above_it_stay_open(answers):
    expected, still_open = None, []
    for question, nexus in LADDER:
        if getattr(answers, question) == YES:
            expected = nexus
            break
        if getattr(answers, question) == UNKNOWN:
            still_open.append(nexus)
    if expected is None:
        expected = Nexus.UNDETERMINED if still_open else Nexus.NO_NEXUS
    proposal = propose(answers)
    assert (proposal.nexus, list(proposal.open)) == (expected, still_open)


@pytest.mark.parametrize("answers", EVERY)
def test_foresight_and_mitigation_never_change_the_category(answers):
    changed = [
        propose(
            Answers(
                answers.own_act_alone, answers.own_act_with_others, foreseen, reduced, answers.tie
            )
        )
        for foreseen, reduced in product(Answer, repeat=2)
    ]
    assert {(one.nexus, one.open) for one in changed} == {
        (propose(answers).nexus, propose(answers).open)
    }


@pytest.mark.parametrize("answers", EVERY)
def test_no_tie_is_never_proposed_while_something_is_unknown(answers):
    unknown = UNKNOWN in (answers.own_act_alone, answers.own_act_with_others, answers.tie)
    assert not (unknown and propose(answers).nexus == Nexus.NO_NEXUS)


@pytest.mark.parametrize("answers", EVERY)
def test_every_proposal_says_why_and_what_follows(answers):
    proposal = propose(answers)
    assert proposal.reasons
    assert all(str(reason).endswith(".") for reason in proposal.reasons)
    assert proposal.duties == DUTIES[proposal.nexus]


def test_not_knowing_is_no_way_out():
    assert set(DUTIES[Nexus.LINKED]) < set(DUTIES[Nexus.UNDETERMINED])
    assert Duty.FIND_OUT in DUTIES[Nexus.UNDETERMINED]
    assert {Nexus.CAUSED, Nexus.CONTRIBUTED} == REMEDIATING
