"""What the desk asks about the side complained of: who it is, what it heard and answered."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from grievance.admin.forms import NOT_CHOSEN, text_field
from grievance.admin.steps import StepForm
from grievance.lifecycle.respondents import answering_for
from grievance.models import Case, HandedBy, RespondentPerson, RespondentSummary, Tie
from stakeholders.models import Organisation, User

LONGEST_NAME = 200
_CHOOSE = {"required": _("Choose one of the answers.")}


class OrganisationForm(StepForm):
    """Which partner the case is about."""

    organisation = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=_("Organisation complained of"),
        required=False,
        help_text=_("Nothing of the case may go there, and what is there comes back at once."),
    )

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"organisation": case.respondent_organisation_id})
        super().__init__(*args, case=case, auto_id="about_%s", **kwargs)
        rows = Organisation.objects.order_by("name", "pk")
        self.fields["organisation"].queryset = rows  # type: ignore[attr-defined]

    def answers(self) -> dict[str, Any]:
        """Return what the verb takes."""
        chosen = self.cleaned_data["organisation"]
        return {"organisation_id": chosen.pk if chosen else None}


class UnitForm(StepForm):
    """Which part of the partner is meant, and who there has to do with it."""

    unit = forms.CharField(
        label=_("Only this unit or site of it"),
        required=False,
        max_length=LONGEST_NAME,
        help_text=_("Leave this empty where the whole organisation is meant, or nobody knows."),
    )
    of_unit = forms.MultipleChoiceField(
        label=_("Who belongs to this unit"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    people = forms.MultipleChoiceField(
        label=_("Who is complained of"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Whoever is marked here or above never reads anything of this case."),
    )

    def __init__(self, *args: Any, case: Case, unit: str = "", **kwargs: Any) -> None:
        ties = dict(RespondentPerson.objects.filter(case=case).values_list("user_id", "tie"))
        marked = {
            name: [str(pk) for pk, tie in ties.items() if tie == wanted]
            for name, wanted in (("of_unit", Tie.OF_UNIT), ("people", Tie.COMPLAINED_OF))
        }
        kwargs.setdefault("initial", {"unit": unit, **marked})
        super().__init__(*args, case=case, auto_id="unit_%s", **kwargs)
        there = liaisons_there(case)
        for name in ("of_unit", "people"):
            self.fields[name].choices = there  # type: ignore[attr-defined]

    def answers(self) -> dict[str, Any]:
        """Return what the verb takes."""
        return {
            "unit": self.cleaned_data["unit"],
            "of_unit": [int(pk) for pk in self.cleaned_data["of_unit"]],
            "people": [int(pk) for pk in self.cleaned_data["people"]],
        }


class SummaryForm(StepForm):
    """What the side complained of is told so that it can answer."""

    summary = text_field(
        _("Summary for the side complained of"),
        help_text=_(
            "They get this text from you, and nothing of the portal. Leave out names, places and "
            "dates that give somebody away."
        ),
        rows=10,
    )
    handed_by = forms.ChoiceField(
        label=_("Handed over"), choices=[NOT_CHOSEN, *HandedBy.choices], error_messages=_CHOOSE
    )
    person_agreed = forms.BooleanField(
        label=_("The person knows of it and agrees"),
        required=False,
        help_text=_("Needed where they fear retaliation or want nobody there to know."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="summary_%s", **kwargs)


class _OfSummary(StepForm):
    """Something about one of the summaries that were handed over."""

    answered = False

    summary = forms.ChoiceField(label=_("Summary"), error_messages=_CHOOSE)

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, case=case, **kwargs)
        rows = RespondentSummary.objects.filter(
            case=case, answered_at__isnull=not self.answered, released_at__isnull=True
        )
        self.fields["summary"].choices = list(_labelled(rows.order_by("pk")))  # type: ignore[attr-defined]

    def answers(self) -> dict[str, Any]:
        """Return what the verb takes."""
        told = dict(self.cleaned_data)
        return {"summary_id": int(told.pop("summary")), **told}


class AnswerForm(_OfSummary):
    """What the side complained of answered."""

    answer = text_field(_("Their answer"))
    for_person = text_field(
        _("What the person reads of it"),
        required=False,
        rows=4,
        help_text=_(
            "In the person’s language, and nothing about others. Leave this empty and the person "
            "sees only that they answered."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="answer_%s", **kwargs)


class ReleaseForm(_OfSummary):
    """What the person may read of an answer after all."""

    answered = True

    for_person = text_field(
        _("What the person reads of it"),
        rows=4,
        help_text=_("In the person’s language, and nothing about others."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="release_%s", **kwargs)


def liaisons_there(case: Case) -> list[tuple[str, str]]:
    """Return everybody who answers for the organisation complained of: (id, name)."""
    if case.respondent_organisation_id is None:
        return []
    rows = User.objects.filter(pk__in=answering_for(case.respondent_organisation_id))
    return [(str(user.pk), str(user)) for user in rows.order_by("last_name", "first_name", "pk")]


def _labelled(rows: Iterable[RespondentSummary]) -> Iterable[tuple[str, str]]:
    for row in rows:
        day = date_format(timezone.localtime(row.handed_at), "SHORT_DATE_FORMAT")
        yield str(row.pk), f"{day} · {row.get_handed_by_display()}"
