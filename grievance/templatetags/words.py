"""Numbers and dates as people write them in the language of the page."""

from datetime import date, datetime

from babel.dates import format_date
from django import template
from django.utils import timezone
from django.utils.translation import get_language, to_locale

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
    language = get_language() or "en"
    # The pages are in British English; plain "en" would put the month first.
    locale = "en_GB" if language == "en" else to_locale(language)
    return digits(format_date(value, "long", locale=locale))
