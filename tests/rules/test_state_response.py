"""When a response of the State may be needed: crime, grave breach of privacy, across borders."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grievance.severity import Severity
from grievance.state_response import BREACHES, CRIMES, Facts, StateGround, grounds
from stakeholders.vocabulary import Harm, LevelOfHarm

LIGHT, GRAVE = Severity(1, 1, 1), Severity(1, 1, 3)
HOME = frozenset({"DE"})

facts = st.builds(
    Facts,
    harms=st.frozensets(st.sampled_from(Harm.values), max_size=3),
    severity=st.none()
    | st.builds(Severity, st.integers(0, 4), st.integers(0, 4), st.integers(0, 4)),
    level=st.sampled_from(["", *LevelOfHarm.values]),
    harmed_in=st.sampled_from(["", "KE", "DE"]),
    company_in=st.frozensets(st.sampled_from(["", "KE", "DE"])),
)


def test_what_is_not_known_raises_no_flag() -> None:
    assert grounds(Facts()) == ()
    assert grounds(Facts(company_in=HOME)) == ()
    assert grounds(Facts(harmed_in="KE")) == ()
    assert grounds(Facts(harmed_in="KE", company_in=frozenset({""}))) == ()


@pytest.mark.parametrize("harm", sorted(CRIMES))
def test_a_harm_that_is_a_crime_is_flagged_however_light(harm: str) -> None:
    assert grounds(Facts(harms=frozenset({harm}), severity=LIGHT)) == (StateGround.CRIME,)


@pytest.mark.parametrize("harm", sorted(BREACHES))
def test_a_breach_of_privacy_is_flagged_where_it_is_severe_or_widespread(harm: str) -> None:
    light = Facts(harms=frozenset({harm}), severity=LIGHT, level=LevelOfHarm.GROUP)
    assert grounds(light) == ()
    assert grounds(replace(light, severity=GRAVE)) == (StateGround.PRIVACY,)
    assert grounds(replace(light, severity=None, level="societal")) == (StateGround.PRIVACY,)
    assert grounds(replace(light, level="collective")) == (StateGround.PRIVACY,)


def test_across_borders_counts_from_home_and_from_the_organisation() -> None:
    assert grounds(Facts(harmed_in="KE", company_in=HOME)) == (StateGround.CROSS_BORDER,)
    assert grounds(Facts(harmed_in="DE", company_in=HOME)) == ()
    both = Facts(harmed_in="DE", company_in=frozenset({"DE", "PL"}))
    assert grounds(both) == (StateGround.CROSS_BORDER,)


@given(facts, st.sampled_from(Harm.values))
def test_knowing_of_one_more_harm_takes_no_flag_away(known: Facts, harm: str) -> None:
    more = replace(known, harms=known.harms | {harm})
    assert set(grounds(known)) <= set(grounds(more))


@given(facts)
def test_a_harm_that_is_neither_is_flagged_only_across_borders(known: Facts) -> None:
    other = replace(known, harms=known.harms - CRIMES - BREACHES)
    assert set(grounds(other)) <= {StateGround.CROSS_BORDER}
