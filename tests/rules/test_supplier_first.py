"""The whole table of R052: every combination of what speaks against a partner's own mechanism."""

from itertools import product

import pytest

from grievance.supplier_first import Keeps, SafeToUse, Situation, barred, keeps
from stakeholders.vocabulary import Answer

ANSWERS = (None, *SafeToUse)
TABLE = list(product((True, False), (True, False), (True, False), Answer, ANSWERS))


def situation(row: tuple[bool, bool, bool, Answer, SafeToUse | None]) -> Situation:
    trusted, urgent, anonymous, fear, safe = row
    return Situation(trusted=trusted, urgent=urgent, anonymous=anonymous, fear=fear, safe=safe)


@pytest.mark.parametrize("row", TABLE, ids=str)
def test_only_a_plain_yes_with_nothing_against_it_lets_the_case_go(row) -> None:
    trusted, urgent, anonymous, fear, safe = row
    calm = not urgent and not anonymous and fear is Answer.NO
    goes = trusted and calm and safe is SafeToUse.YES
    assert (keeps(situation(row)) is None) is goes


def test_one_row_in_a_hundred_and_twenty_lets_the_case_go() -> None:
    assert len(TABLE) == 120
    assert [row for row in TABLE if keeps(situation(row)) is None] == [
        (True, False, False, Answer.NO, SafeToUse.YES)
    ]


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"trusted": False}, Keeps.NOT_TRUSTED),
        ({"urgent": True}, Keeps.URGENT),
        ({"anonymous": True}, Keeps.ANONYMOUS),
        ({"fear": Answer.YES}, Keeps.AFRAID),
        ({"fear": Answer.UNKNOWN}, Keeps.NOT_SURE),
        ({"safe": SafeToUse.NO}, Keeps.NOT_SAFE),
        ({"safe": SafeToUse.UNSURE}, Keeps.NOT_SURE),
        ({"safe": SafeToUse.TRIED}, Keeps.TRIED),
        ({"safe": None}, Keeps.NOT_ASKED),
    ],
)
def test_each_reason_alone_is_enough_and_is_named(change, why) -> None:
    plain = {
        "trusted": True,
        "urgent": False,
        "anonymous": False,
        "fear": Answer.NO,
        "safe": SafeToUse.YES,
    }
    assert keeps(Situation(**plain)) is None
    assert keeps(Situation(**(plain | change))) is why


@pytest.mark.parametrize("row", TABLE, ids=str)
def test_nobody_is_asked_about_what_is_barred_for_them(row) -> None:
    found = situation(row)
    if barred(found):
        assert keeps(found) is barred(found)
