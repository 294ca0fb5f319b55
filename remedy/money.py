"""Compensation in money: an amount or a band, a currency and a basis. Pure (R127).

Nothing here converts or adds: two currencies are never one number.
"""

from dataclasses import dataclass
from decimal import Decimal

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.refusals import Refused
from remedy.currencies import CURRENCIES

LARGEST = Decimal(10) ** 12
"""Above this an amount is a slip of the hand (our own value); it also fits the column."""


class Basis(models.TextChoices):
    """What a compensation is for (Basic Principles of 2005, paragraph 20)."""

    LOST_PAY = "lost_pay", _("Pay that was lost")
    FEES = "fees", _("Fees or costs that were paid")
    DAMAGE = "damage", _("Things damaged or lost")
    CARE = "care", _("Medical or psychological care")
    SUFFERING = "suffering", _("Pain, suffering or loss of dignity")
    LOST_CHANCE = "lost_chance", _("A chance that was lost")
    LEGAL_HELP = "legal_help", _("Legal or expert help")
    FIXED_SUM = "fixed_sum", _("A fixed sum for the whole harm")
    IN_KIND = "in_kind", _("Something other than money")


class UnknownCurrency(Refused):
    sentence = _("Write the currency as its three letters, such as EUR or BRL.")


class AmountTooSmall(Refused):
    sentence = _("The amount has to be more than nought.")


class AmountTooLarge(Refused):
    sentence = _("The amount is larger than we can write down.")


class BandTurned(Refused):
    sentence = _("The second amount has to be larger than the first.")


class AmountIncomplete(Refused):
    sentence = _("Write an amount together with its currency, or leave both out.")


class NoBasis(Refused):
    sentence = _("Say what the compensation is for.")


class NotCompensation(Refused):
    sentence = _("Only a compensation has an amount of money.")


@dataclass(frozen=True, slots=True)
class Compensation:
    """What is paid: one amount, or a band from `amount` to `amount_to`; or something in kind.

    `currency` is a code of ISO 4217, in capitals. Without an amount the basis alone stands: the
    plan warns of it, unless it is in kind.
    """

    basis: str = ""
    amount: Decimal | None = None
    amount_to: Decimal | None = None
    currency: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all is said of money."""
        return self == Compensation()

    @property
    def says_how_much(self) -> bool:
        """Whether the person can read what they get."""
        return self.amount is not None or self.basis == Basis.IN_KIND


def check(money: Compensation, *, is_compensation: bool) -> None:
    """Check what is said of money for a measure.

    Raises NotCompensation for a measure of another form; NoBasis, AmountIncomplete,
    UnknownCurrency, AmountTooSmall, AmountTooLarge or BandTurned for what cannot be paid so.
    """
    if not is_compensation:
        if not money.is_empty:
            raise NotCompensation
        return
    if money.basis not in Basis.values:
        raise NoBasis
    if money.amount is None:
        if money.currency or money.amount_to is not None:
            raise AmountIncomplete
        return
    if not money.currency:
        raise AmountIncomplete
    if money.currency not in CURRENCIES:
        raise UnknownCurrency
    _check_amounts(money.amount, money.amount_to)


def _check_amounts(amount: Decimal, amount_to: Decimal | None) -> None:
    if not amount.is_finite() or amount <= 0:
        raise AmountTooSmall
    if amount_to is not None and (not amount_to.is_finite() or amount_to <= amount):
        raise BandTurned
    if max(amount, amount_to or amount) >= LARGEST:
        raise AmountTooLarge
