"""Numbers and dates as people write them in the language of the page."""

from datetime import date, datetime

from babel.dates import format_date
from babel.numbers import format_currency
from django import template
from django.utils import timezone
from django.utils.translation import get_language, to_locale
from django.utils.translation import gettext as _

from remedy.money import Compensation

register = template.Library()

_DIGITS = {
    "ar": str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"),
    "fa": str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"),
    "ur": str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"),
    "bn": str.maketrans("0123456789", "০১২৩৪৫৬৭৮৯"),
}


@register.filter
def digits(value: object) -> str:
    """Write a number or text with the digits of the page's language."""
    script = _DIGITS.get((get_language() or "en").split("-")[0])
    return str(value).translate(script) if script else str(value)


@register.filter
def day(value: date | datetime | None) -> str:
    """Write a date with the month in words; a moment in time becomes its day in UTC."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return digits(format_date(value, "long", locale=_locale()))


@register.filter
def money(value: Compensation) -> str:
    """Write an amount, or a band, with its currency; empty where no amount is said."""
    if value.amount is None:
        return ""
    amounts = [value.amount] if value.amount_to is None else [value.amount, value.amount_to]
    told = [digits(format_currency(one, value.currency, locale=_locale())) for one in amounts]
    if len(told) == 1:
        return told[0]
    return _("from %(least)s to %(most)s") % {"least": told[0], "most": told[1]}


def _locale() -> str:
    """The page's language for Babel. Plain "en" would put the month first: ours is British."""
    language = get_language() or "en"
    return "en_GB" if language == "en" else to_locale(language)
