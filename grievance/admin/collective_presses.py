"""The buttons and forms for harm to many: whom it met, and what those say who speak for them."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from grievance import lifecycle
from grievance.admin.forms import DeskForm, text_field
from grievance.admin.press import Press
from grievance.states import Verb
from remedy.models import HarmPath, NotAsked
from stakeholders.vocabulary import Answer, PersonVerdict

_SAID = (PersonVerdict.YES, PersonVerdict.PARTLY, PersonVerdict.NO)


def _answer(label: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=Answer.choices, widget=forms.RadioSelect)


class DescribeManyForm(DeskForm):
    """Whom a harm to many met, how it reached them, and what it took from them (R083)."""

    population = text_field(
        _("Who was harmed?"), help_text=_("Describe them. Write no name of a person."), rows=3
    )
    path = forms.ChoiceField(
        label=_("How did it reach them?"), choices=HarmPath.choices, widget=forms.RadioSelect
    )
    mechanism = text_field(_("What exactly happens to them?"), rows=3)
    discriminates = _answer(_("Is one group treated worse than others?"))
    lost_chances = _answer(_("Did people lose chances?"))
    autonomy = _answer(_("Can people decide less for themselves?"))
    participation = _answer(_("Can people take less part in public life?"))


class CollectiveForm(DeskForm):
    """What a body says that speaks for many, or why nobody could be asked."""

    body = forms.CharField(
        label=_("Who speaks for those who were harmed?"),
        help_text=_(
            "The name of a body. Whoever raised the case reads it; write no name of a person."
        ),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )
    delivered = forms.ChoiceField(
        label=_("Was an effective remedy delivered?"),
        choices=[("", "–"), *((one.value, one.label) for one in _SAID)],
        required=False,
    )
    may_publish = forms.BooleanField(
        label=_("The body agrees to be named in public."), required=False
    )
    words = forms.CharField(
        label=_("What the body wants to say in public"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )
    not_asked = forms.ChoiceField(
        label=_("If nobody was asked: why?"),
        choices=[("", "–"), *NotAsked.choices],
        required=False,
    )
    note = text_field(
        _("What was done to find somebody?"),
        help_text=_("The person does not see this note."),
        required=False,
        rows=3,
    )


COLLECTIVE_PRESSES: Mapping[Verb, Press] = {
    Verb.DESCRIBE_MANY: Press(
        _("Describe the harm to many"),
        DescribeManyForm,
        lifecycle.describe_many,
        _("The harm to many is described."),
        hint=_("For harm to many whom nobody can name one by one."),
    ),
    Verb.NOTE_COLLECTIVE_VERDICT: Press(
        _("Note a verdict for a population"),
        CollectiveForm,
        lifecycle.note_collective_verdict,
        _("Noted. The person is told."),
        hint=_("Nobody notes it who worked on the case. It is counted in public."),
    ),
}
