"""How grave: the graver of scale and irremediability leads, and likelihood has no say."""

from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grievance.severity import ANCHORS, HIGHEST, Dimension, Severity, SeverityOutOfRange

scores = st.integers(0, HIGHEST)
severities = st.builds(Severity, scores, scores, scores)


@given(severities, severities)
def test_the_graver_harm_comes_first_whatever_its_scope(one, other):
    worst, other_worst = (max(s.scale, s.irremediability) for s in (one, other))
    if worst > other_worst or worst == other_worst and one.scope > other.scope:
        assert one.priority > other.priority


@given(severities)
def test_a_harm_is_severe_by_any_one_dimension(severity):
    assert severity.is_severe == (max(severity.scale, severity.scope, severity.irremediability) > 2)


@pytest.mark.parametrize("wrong", [-1, HIGHEST + 1])
def test_a_score_outside_the_scale_is_refused(wrong):
    for three in ((wrong, 0, 0), (0, wrong, 0), (0, 0, wrong)):
        with pytest.raises(SeverityOutOfRange):
            Severity(*three)


def test_every_score_has_an_anchor_in_words_and_there_is_no_likelihood():
    assert {dimension: len(words) for dimension, words in ANCHORS.items()} == dict.fromkeys(
        Dimension, HIGHEST + 1
    )
    assert {field.name for field in fields(Severity)} == set(Dimension)
