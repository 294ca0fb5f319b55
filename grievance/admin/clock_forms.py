"""What the desk asks before a clock is paused, resumed or made longer, or its promise is kept."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from grievance.admin.forms import DeskForm, text_field
from grievance.admin.words import moment_in_words
from grievance.lifecycle import may_extend, may_pause
from grievance.models import Case, Clock, ExtensionReason, PauseReason
from grievance.states import Verb
from stakeholders.vocabulary import ClockKind

ENDS: Mapping[ClockKind, Verb] = {
    ClockKind.URGENT_TRIAGE: Verb.SEE_DANGER,
    ClockKind.RETALIATION_ACTION: Verb.ACT_ON_RETALIATION,
    ClockKind.ASSESSMENT_PLAN: Verb.TELL_PLAN,
}
"""The step by which the promise of a clock is kept, where there is a button of its own for it."""

ON_CLOCKS = (Verb.PAUSE_CLOCK, Verb.RESUME_CLOCK, Verb.EXTEND_CLOCK)


def open_to(clock: Clock, *, at: datetime) -> list[Verb]:
    """Return what can be done with a clock now. Asks nothing of the database."""
    can = {
        Verb.PAUSE_CLOCK: may_pause(clock, at=at),
        Verb.RESUME_CLOCK: clock.stopped_at is None and clock.paused_at is not None,
        Verb.EXTEND_CLOCK: may_extend(clock, at=at),
    }
    return [verb for verb in ON_CLOCKS if can[verb]]


def possible(clocks: Sequence[Clock], *, at: datetime) -> frozenset[Verb]:
    """Return what can be done with any of these clocks, and what ends those that run."""
    runs = {ClockKind(clock.kind) for clock in clocks if clock.stopped_at is None}
    ends = {verb for kind, verb in ENDS.items() if kind in runs}
    return frozenset(ends | {verb for clock in clocks for verb in open_to(clock, at=at)})


class _ClockForm(DeskForm):
    """A form about one clock of the case, chosen by its button."""

    verb: Verb

    clock = forms.TypedChoiceField(
        label=_("Clock"),
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the answers.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["clock"].choices = _choices(self.case, self.verb)  # type: ignore[attr-defined]


def _choices(case: Case, verb: Verb) -> list[tuple[int, str]]:
    at = timezone.now()
    rows = case.clocks.filter(stopped_at__isnull=True).select_related("limit").order_by("due_at")
    return [
        (clock.pk, f"{clock.get_kind_display()} · {moment_in_words(clock.due_at)}")
        for clock in rows
        if verb in open_to(clock, at=at)
    ]


class PauseForm(_ClockForm):
    """Whose turn it is, so that our time stands still."""

    verb = Verb.PAUSE_CLOCK

    reason = forms.ChoiceField(
        label=_("Why?"),
        choices=PauseReason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the answers.")},
    )
    note = text_field(
        _("Note to your colleagues"), help_text=_("The person does not see this note."), rows=3
    )


class ResumeForm(_ClockForm):
    """Which clock goes on."""

    verb = Verb.RESUME_CLOCK


class ExtendForm(_ClockForm):
    """Until when, and why: the person reads the day and the reason."""

    verb = Verb.EXTEND_CLOCK

    until = forms.DateField(
        label=_("New last day"),
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("As early as you can. The limit sets the latest day."),
        error_messages={"required": _("Choose a day after the present due day.")},
    )
    reason = forms.ChoiceField(
        label=_("Reason that the person reads"),
        choices=ExtensionReason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the answers.")},
    )
    note = text_field(
        _("Note to your colleagues"), help_text=_("The person does not see this note."), rows=3
    )


class ProtectForm(DeskForm):
    """What was done against a punishment, told to the person."""

    body = text_field(
        _("What was done so that it stops"),
        help_text=_("The person reads these words. Write them in the person’s language."),
    )


class TellPlanForm(DeskForm):
    """How the case is looked into, told to the person."""

    body = text_field(
        _("What you will do, whom you will ask and by when"),
        help_text=_("The person reads these words. Write them in the person’s language."),
    )
