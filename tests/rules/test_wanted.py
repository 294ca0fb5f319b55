"""What was wanted and what was obtained stand side by side, form by form."""

from hypothesis import given
from hypothesis import strategies as st

from remedy.states import MeasureState
from remedy.wanted import wanted_and_obtained
from stakeholders.vocabulary import RemedyForm

FORMS = st.sampled_from(RemedyForm.values)
MEASURES = st.lists(st.tuples(FORMS, st.sampled_from(MeasureState.values)), max_size=12)


def test_by_hand() -> None:
    rows = wanted_and_obtained(
        {"restitution", "compensation"},
        [
            ("restitution", "verified"),
            ("restitution", "declined"),
            ("satisfaction", "delivered"),
            ("rehabilitation", "planned"),
        ],
    )
    assert [(row.form, row.wanted, row.offered, row.agreed, row.checked) for row in rows] == [
        ("restitution", True, 2, 1, 1),
        ("compensation", True, 0, 0, 0),
        ("satisfaction", False, 1, 1, 0),
    ]


@given(st.sets(FORMS), MEASURES)
def test_no_form_that_was_wanted_is_left_out_and_no_step_comes_before_another(
    wanted: set[str], measures: list[tuple[str, str]]
) -> None:
    rows = wanted_and_obtained(wanted, measures)
    assert wanted == {row.form for row in rows if row.wanted}
    for row in rows:
        assert len(measures) >= row.offered >= row.agreed >= row.checked
        assert row.wanted or row.offered
