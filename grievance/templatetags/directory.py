"""One entry of the directory of other places, in plain words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from babel import Locale
from babel.core import UnknownLocaleError
from django import template
from django.db.models import TextChoices
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language, to_locale
from django.utils.translation import gettext_lazy as _

from stakeholders.models import Mechanism
from stakeholders.vocabulary import (
    Certainty,
    Cost,
    IndividualComplaints,
    MechanismFamily,
    MechanismKind,
    NhriRole,
    Power,
    RemedyForm,
    Respondent,
    WhoMayFile,
    definition_of,
)

register = template.Library()

FRESH = timedelta(days=365)
"""For how long we trust what was checked."""

_CANNOT = {
    Power.INVESTIGATES: _("find out by itself what happened"),
    Power.ADJUDICATES: _("decide who is right"),
    Power.ORDERS_COMPENSATION: _("order anyone to pay you"),
    Power.ORDERS_CESSATION: _("order anyone to stop"),
}
_CAN = {
    Power.RECEIVES_COMPLAINTS: _("take your complaint"),
    Power.INVESTIGATES: _("find out what happened"),
    Power.MEDIATES: _("help both sides to find a solution"),
    Power.ADJUDICATES: _("decide who is right"),
    Power.ORDERS_COMPENSATION: _("order a payment to you"),
    Power.ORDERS_CESSATION: _("order someone to stop or to put things right"),
    Power.FINES: _("punish a company with a fine"),
    Power.ADVISES: _("give you advice"),
    Power.REPRESENTS: _("speak or go to court for you"),
    Power.EMERGENCY_SUPPORT: _("help in an emergency"),
    Power.PROSECUTES: _("bring someone before a criminal court"),
}
_REMEDIES = {
    RemedyForm.RESTITUTION: _("giving back or correcting what was done"),
    RemedyForm.COMPENSATION: _("payment"),
    RemedyForm.REHABILITATION: _("help to recover"),
    RemedyForm.SATISFACTION: _("the truth, an apology or an end to the wrong"),
    RemedyForm.GUARANTEES_OF_NON_REPETITION: _("steps so that it does not happen again"),
}
_COST = {
    Cost.FREE: _("Free."),
    Cost.FEE: _("It costs a fee."),
    Cost.OWN_COSTS: _("Free, but you may have costs of your own."),
    Cost.UNKNOWN: _("We don't know. Ask first."),
}
_CERTAINTY = {
    Certainty.SOURCED: _("We read this in the source named here."),
    Certainty.WELL_KNOWN: _("This is generally known. We have not read it in a source."),
    Certainty.PROJECT_VALUE: _("This is our own description."),
}


@dataclass(frozen=True, slots=True)
class Card:
    """What a person reads about one body. Lists hold words, not codes."""

    entry: Mechanism
    kind: str
    family: str
    can: list[str | Promise]
    cannot: list[str | Promise]
    may_order: list[str | Promise]
    may_agree: list[str | Promise]
    parts: list[str]
    who: list[str]
    against: list[str]
    languages: list[str]
    cost: str | Promise
    has_condition: bool
    certainty: str | Promise
    checked_on: date | None
    is_stale: bool
    link: str


def card(entry: Mechanism, on: date) -> Card:
    """Put one entry into words, saying what it cannot do as plainly as what it can.

    `on` is today: an entry that was not checked for a year is stale, and so is one never checked.
    """
    return Card(
        entry=entry,
        kind=_label(MechanismKind, entry.kind),
        family=_label(MechanismFamily, entry.family),
        can=[words for power, words in _CAN.items() if power in entry.powers],
        cannot=[words for power, words in _CANNOT.items() if power not in entry.powers],
        may_order=[words for form, words in _REMEDIES.items() if form in entry.remedies_can_order],
        may_agree=[
            words for form, words in _REMEDIES.items() if form in entry.remedies_by_agreement
        ],
        parts=[definition_of(role) for role in NhriRole if role in entry.nhri_roles],
        who=[_label(WhoMayFile, code) for code in entry.who_may_file],
        against=[_label(Respondent, code) for code in entry.respondents],
        languages=[_language_name(code) for code in entry.languages],
        cost=_COST.get(Cost(entry.cost), ""),
        has_condition=entry.individual_complaints == IndividualComplaints.LIMITED,
        certainty=_CERTAINTY.get(Certainty(entry.certainty), ""),
        checked_on=entry.checked_on,
        is_stale=entry.checked_on is None or entry.checked_on <= on - FRESH,
        link=entry.complaint_url or entry.url,
    )


def _label(choices: type[TextChoices], code: str) -> str:
    return str(choices(code).label)


def _language_name(code: str) -> str:
    try:
        reader = Locale.parse(to_locale(get_language() or "en"))
    except UnknownLocaleError:
        return code
    return reader.languages.get(code.replace("-", "_"), code)


@register.simple_tag
def card_of(entry: Mechanism) -> Card:
    """Return one entry in words, for pages that lay it out in their own way."""
    return card(entry, timezone.now().date())


@register.inclusion_tag("parts/mechanism.html")
def mechanism(entry: Mechanism, why: str = "", limits: Sequence[str] = ()) -> dict[str, object]:
    """Show one entry of the directory, why it is shown, and what to know before going there."""
    return {"card": card(entry, timezone.now().date()), "why": why, "limits": limits}
