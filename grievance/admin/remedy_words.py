"""Duties, acts and states of remedy in words for the desk. Pure."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from remedy.models import ElementResult, Lever, LeverageResult
from remedy.nexus import Duty
from stakeholders.vocabulary import Harm, LevelOfHarm, Nexus, RemedyForm

DUTIES: Mapping[Duty, Promise] = {
    Duty.STOP: _("Stop what causes the harm."),
    Duty.PREVENT: _("See to it that it does not happen again."),
    Duty.REMEDIATE: _("Remedy the harm."),
    Duty.STOP_OWN_PART: _("Stop our own part in it."),
    Duty.REMEDIATE_IN_PROPORTION: _("Remedy the harm in proportion to our part."),
    Duty.COOPERATE: _("Work together with the others who are responsible."),
    Duty.USE_LEVERAGE: _("Use our influence so that the others stop and remedy."),
    Duty.RAISE_WITH_PARTNER: _("Raise it with the partner and ask for remedy."),
    Duty.REVIEW_RELATIONSHIP: _("Look at the relationship again, with its effect on people."),
    Duty.FIND_OUT: _("Find out what is still unknown."),
    Duty.REFER: _("Tell the person who else can help."),
}


def duties_in_words(duties: Iterable[Duty]) -> list[str]:
    """Return what each duty asks of the company."""
    return [str(DUTIES[duty]) for duty in duties]


_CODES: Mapping[str, Any] = {
    "level": LevelOfHarm,
    "harm": Harm,
    "nexus": Nexus,
    "form": RemedyForm,
    "lever": Lever,
}

_SCORES = ("scale", "scope", "hard")
_SEVERITY = _("scale %(scale)s, scope %(scope)s, irremediability %(hard)s")


def details_of_remedy(data: Mapping[str, Any]) -> list[str]:
    """Return what an event of remedy carries, in words. Ids are those that the pages show."""
    told = []
    if isinstance(data.get("severity"), list) and len(data["severity"]) == len(_SCORES):
        told.append(str(_SEVERITY) % dict(zip(_SCORES, data["severity"], strict=True)))
    if "version" in data:
        told.append(gettext("version %(number)s") % {"number": data["version"]})
    if "element" in data:
        told.append(gettext("harm %(number)s") % {"number": data["element"]})
    if isinstance(data.get("measure"), int):
        told.append(gettext("measure %(number)s") % {"number": data["measure"]})
    told += [str(data[name]) for name in ("playbook", "task") if name in data]
    if "systemic" in data:
        told.append(gettext("change %(number)s") % {"number": data["systemic"]})
    if "leverage" in data:
        told.append(gettext("leverage step %(number)s") % {"number": data["leverage"]})
    for name, codes in _CODES.items():
        if data.get(name) in codes.values:
            told.append(str(codes(data[name]).label))
    if "percent" in data:
        told.append(gettext("%(share)s per cent") % {"share": data["percent"]})
    if "result" in data:
        told.append(_result(data))
    if data.get("proposed") in Nexus.values and data["proposed"] != data.get("nexus"):
        told.append(gettext("proposed: %(nexus)s") % {"nexus": Nexus(data["proposed"]).label})
    if data.get("provisional"):
        told.append(gettext("provisional"))
    return told


def _result(data: Mapping[str, Any]) -> str:
    results = LeverageResult if "leverage" in data else ElementResult
    code = data["result"]
    return str(results(code).label) if code in results.values else str(code)
