"""Moments as the desk writes them: in the company's time zone, which each page names once."""

from datetime import datetime

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from grievance.admin.words import DueWords, moment_in_words

register = template.Library()


@register.simple_tag
def when(at: datetime | None) -> str | SafeString:
    """Write a moment with day and time; nothing for none."""
    if at is None:
        return ""
    return format_html('<time datetime="{}">{}</time>', at.isoformat(), moment_in_words(at))


@register.simple_tag
def due(words: DueWords | None, at: datetime | None) -> str | SafeString:
    """Write how far a due moment is, marked where it has passed; a dash where there is none."""
    if words is None or at is None:
        return "–"
    mark = _SQUARE if words.late else ""
    return format_html(
        '<span class="flag{}">{}<time datetime="{}" title="{}">{}</time></span>',
        " late" if words.late else "",
        mark,
        at.isoformat(),
        moment_in_words(at),
        words.text,
    )


_SQUARE = SafeString(
    '<svg viewBox="0 0 12 12" aria-hidden="true" focusable="false"><path d="M0 0h12v12H0z"/></svg>'
)
"""A shape beside the colour, for those who do not see the colour."""
