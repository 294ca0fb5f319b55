"""What the codes and ids in a case's story stand for, in the reader's language."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from grievance.admin.remedy_words import details_of_remedy
from grievance.admin.verbs import is_account, names_of
from grievance.models import Case, CaseEvent, ProceedingState
from stakeholders.models import Issue, Mechanism, Team
from stakeholders.vocabulary import ClockKind, LevelOfHarm

TIED = ("kept_away", "let_back")
"""Under these names an event tells who was kept away from a case, and who may see it again."""


@dataclass(frozen=True, slots=True)
class Labels:
    """Names of people by id; of issues, teams and bodies elsewhere by code."""

    people: Mapping[int, str]
    issues: Mapping[str, str]
    teams: Mapping[str, str]
    mechanisms: Mapping[str, str]


def labels_of(
    case: Case,
    events: Sequence[CaseEvent],
    *,
    people: Iterable[int | None] = (),
    mechanisms: Iterable[str] = (),
    known: Mapping[int, str] | None = None,
) -> Labels:
    """Return the names of all that these events tell of, and of what is asked for besides.

    One statement for people whose names are not `known`, and one for each table of which the
    events name a row that the case has not loaded itself.
    """
    wanted = {event.actor_id for event in events if is_account(event.actor_kind)}
    wanted.update(people)
    for event in events:
        wanted.update(event.data.get(name) for name in ("handler", *TIED))
        wanted.update(event.data.get("told") or ())
    codes = [event.data.get("mechanisms") or () for event in events]
    return Labels(
        people={**(known or {}), **names_of(wanted - set(known or ()))},
        issues=_names(Issue, _codes(events, "issue"), [case.issue]),
        teams=_names(Team, _codes(events, "team", "respondent"), [case.team, case.respondent_team]),
        mechanisms=_names(Mechanism, {*mechanisms, *(code for some in codes for code in some)}),
    )


def details(data: Mapping[str, Any], labels: Labels) -> list[str]:
    """Return the codes that an event carries, in words; what has no words is left out."""
    told = []
    if data.get("clock") in ClockKind.values:
        told.append(str(ClockKind(data["clock"]).label))
    if "level" in data and data["level"] not in LevelOfHarm.values:
        told.append(_("level %(level)s") % {"level": data["level"]})
    if data.get("told"):
        names = [labels.people.get(pk, str(pk)) for pk in data["told"]]
        told.append(_("told: %(names)s") % {"names": ", ".join(names)})
    if "issue" in data:
        name = labels.issues.get(data["issue"], data["issue"])
        told.append(_("issue: %(name)s") % {"name": name})
    if "team" in data:
        told.append(_("team: %(name)s") % {"name": labels.teams.get(data["team"], data["team"])})
    if data.get("stands") in ProceedingState.values:
        told.append(str(ProceedingState(data["stands"]).label))
    if data.get("respondent") in labels.teams:
        told.append(labels.teams[data["respondent"]])
    if "handler" in data:
        name = labels.people.get(data["handler"], data["handler"])
        told.append(_("handler: %(name)s") % {"name": name})
    told += [labels.people[data[key]] for key in TIED if data.get(key) in labels.people]
    if "mechanisms" in data:
        names = [labels.mechanisms.get(code, code) for code in data["mechanisms"]]
        told.append(_("instead: %(names)s") % {"names": ", ".join(names)})
    return [*told, *details_of_remedy(data)]


def _codes(events: Sequence[CaseEvent], *names: str) -> set[str]:
    found = {event.data.get(name) for event in events for name in names}
    return {code for code in found if code}


def _names(model: type[Model], codes: set[str], known: Iterable[Any] = ()) -> Mapping[str, str]:
    """Return names by code; only what `known` does not hold is asked for."""
    names = {row.code: str(row) for row in known if row is not None}
    missing = codes - set(names)
    if missing:
        rows = model._default_manager.filter(**{"code__in": missing})
        names |= {row.code: str(row) for row in rows}  # type: ignore[attr-defined]
    return names


def label_of(model: type[Model], name: str) -> str:
    """Return what a field of a model is called, as it stands at the head of a line."""
    field = model._meta.get_field(name)
    return capfirst(str(field.verbose_name))  # type: ignore[union-attr]
