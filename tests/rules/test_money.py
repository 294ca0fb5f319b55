"""Money for a measure: what can be paid passes, and all else is refused by name."""

from decimal import Decimal

import pytest
from babel.core import get_global
from babel.numbers import get_territory_currencies
from hypothesis import given
from hypothesis import strategies as st

from core.refusals import Refused
from remedy.money import (
    CURRENCIES,
    LARGEST,
    AmountTooLarge,
    AmountTooSmall,
    Basis,
    Compensation,
    NotCompensation,
    check,
)

amounts = st.decimals(allow_nan=True, allow_infinity=True) | st.none()
whatever = st.builds(
    Compensation,
    basis=st.sampled_from(["", "bonus", *Basis.values]),
    amount=amounts,
    amount_to=amounts,
    currency=st.sampled_from(["", "eur", "EUR", "BRL", "DEM", "XXX", "€"]),
)


@given(whatever)
def test_whatever_passes_can_be_paid(money):
    try:
        check(money, is_compensation=True)
    except Refused as refused:
        assert str(refused.sentence).endswith(".")
        return
    assert money.basis in Basis.values
    if money.amount is None:
        assert money.currency == "" and money.amount_to is None
    else:
        assert 0 < money.amount < LARGEST
        assert money.currency in CURRENCIES
        assert money.amount_to is None or money.amount < money.amount_to < LARGEST


@given(whatever)
def test_no_other_form_has_an_amount(money):
    if money.is_empty:
        check(money, is_compensation=False)
        return
    with pytest.raises(NotCompensation):
        check(money, is_compensation=False)


@pytest.mark.parametrize(
    ("amount", "refusal"),
    [
        ("0", AmountTooSmall),
        ("-1", AmountTooSmall),
        ("NaN", AmountTooSmall),
        ("1E12", AmountTooLarge),
    ],
)
def test_amounts_at_the_edges(amount, refusal):
    with pytest.raises(refusal):
        check(Compensation(Basis.CARE, Decimal(amount), None, "EUR"), is_compensation=True)


def test_currencies_are_those_in_use():
    assert {"EUR", "BRL", "XOF", "MYR", "CNY"} <= CURRENCIES
    assert not {"DEM", "XXX", "XAU"} & CURRENCIES


def test_the_list_of_currencies_is_the_one_of_all_territories_today():
    """Where Babel brings another list, ours needs a line and the database a migration."""
    territories = get_global("territory_currencies")
    in_use = {code for one in territories for code in get_territory_currencies(one)}
    assert in_use == CURRENCIES
