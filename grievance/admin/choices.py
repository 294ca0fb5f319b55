"""What the desk's forms offer to choose from."""

from django.conf import settings
from django.db.models import QuerySet
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from grievance import responsible
from grievance.admin.words import language_in_words
from grievance.models import Case, ConflictOfInterest, WaitingFor
from grievance.plain_text import tidy
from grievance.reading.matter import answer_to, matter_of
from remedy.models import HarmElement, LeverageStep, RemedyKind, RemedyMeasure
from remedy.states import MOVES, MeasureState, MeasureVerb
from stakeholders.models import Issue, Mechanism, Membership, Organisation, Product, Team, User
from stakeholders.roles import PERMISSIONS, Permission
from stakeholders.vocabulary import CaseStatus, IndividualComplaints, RemedyForm

HANDLING_ROLES = [role for role, held in PERMISSIONS.items() if Permission.SCREEN in held]
READING_ROLES = [role for role, held in PERMISSIONS.items() if Permission.READ_ACCOUNT in held]
BY_NAME = ("first_name", "last_name", "username")


def issues() -> QuerySet[Issue]:
    """Issues in use, by name."""
    return Issue.objects.filter(in_use=True).order_by("name")


def teams() -> QuerySet[Team]:
    """Teams in use, by name."""
    return Team.objects.filter(in_use=True).order_by("name")


def handlers(case: Case) -> QuerySet[User]:
    """People whose role lets them handle cases, without those kept away from this one."""
    holders = Membership.objects.filter(role__in=HANDLING_ROLES).values("user_id")
    working = User.objects.filter(is_active=True, pk__in=holders)
    return responsible.not_kept_away(working, case).order_by(*BY_NAME)


def colleagues() -> QuerySet[User]:
    """People who work on cases, by name."""
    holders = Membership.objects.filter(role__in=READING_ROLES).values("user_id")
    return User.objects.filter(is_active=True, pk__in=holders).order_by(*BY_NAME)


def conflicts(case: Case) -> list[tuple[int, str]]:
    """Conflicts of interest that keep somebody away from the case: (id, name and reason)."""
    rows = ConflictOfInterest.objects.filter(case=case, lifted_at__isnull=True)
    return [
        (row.pk, f"{row.user}: {row.get_reason_display()}")
        for row in rows.select_related("user").order_by("pk")
    ]


def mechanisms(case: Case) -> list[tuple[int, str]]:
    """Bodies that fit the case, most useful first: (id, name, why, limits)."""
    directory = Mechanism.objects.in_use()
    rows = {code: (pk, name) for code, pk, name in directory.values_list("code", "pk", "name")}
    offered: list[tuple[int, str]] = []
    answer = answer_to(matter_of(case))
    for proposal in (*answer.proposals, *answer.support):
        pk, name = rows[proposal.entry.code]
        words = [proposal.place.label, *(limit.label for limit in proposal.limits)]
        offered.append((pk, format_html("{}<small>{}</small>", name, " ".join(map(str, words)))))
    # Whoever declines names another place: where nothing fits, any that takes a single matter.
    taking = directory.exclude(individual_complaints=IndividualComplaints.NO)
    return offered or list(taking.order_by("name").values_list("pk", "name"))


def languages() -> list[tuple[str, str]]:
    """The languages that the person's pages are written in, named in the reader's own."""
    reader = get_language() or "en"
    return [(code, language_in_words(code, reader)) for code, _name in settings.LANGUAGES]


def forms_of_remedy() -> list[tuple[str, str]]:
    """The five forms with their examples; with their names alone before the data are loaded."""
    told = {
        kind.code: format_html("{}<small>{}</small>", kind.name, kind.examples)
        for kind in RemedyKind.objects.all()
    }
    return [(form.value, told.get(form, str(form.label))) for form in RemedyForm]


def body_named(code: str) -> int | None:
    """Return the body of the directory that an address names by its code, or None."""
    rows = Mechanism.objects.in_use().filter(code=tidy(code)).order_by("pk")
    found: int | None = rows.values_list("pk", flat=True).first()
    return found


def statuses() -> list[tuple[str, str]]:
    """Stages to filter the queue by."""
    return [("", _("All open")), *((code.value, str(code.label)) for code in CaseStatus)]


def team_codes() -> list[tuple[str, str]]:
    """Teams to filter the queue by, those out of use included: their old cases remain."""
    rows = Team.objects.order_by("name")
    return [("", _("All teams")), *((str(team.pk), team.name) for team in rows)]


def waiting() -> list[tuple[str, str]]:
    """Whom a case may wait for."""
    return [("", _("Anybody")), *((code.value, str(code.label)) for code in WaitingFor)]


def organisations() -> QuerySet[Organisation]:
    """Organisations tied to the company, by name."""
    return Organisation.objects.order_by("name")


def products() -> QuerySet[Product]:
    """Products and services of the company, by name."""
    return Product.objects.order_by("name")


def elements(case: Case) -> list[tuple[int, str]]:
    """Harm elements of the case, in codes: nothing sealed is opened to choose one."""
    rows = HarmElement.objects.filter(remediation_id=case.remediation_id or 0)
    return [(row.pk, element_in_words(row)) for row in rows]


def element_in_words(row: HarmElement) -> str:
    """Name a harm element by its number and its harm."""
    return f"{row.pk}. {row.get_harm_display()} ({row.get_beneficiary_display()})"


def measures(case: Case, verb: MeasureVerb) -> list[tuple[int, str]]:
    """Measures with which `verb` can be done now, in codes."""
    rows = RemedyMeasure.objects.filter(
        remediation_id=case.remediation_id or 0, state__in=MOVES[verb][0]
    ).select_related("responsible")
    return [(row.pk, measure_in_words(row)) for row in rows]


def live_measures(case: Case, *, form: str = "") -> list[tuple[int, str]]:
    """Measures that were not dropped or declined, of one form where it is given, in codes."""
    gone = (MeasureState.DROPPED, MeasureState.DECLINED)
    rows = RemedyMeasure.objects.filter(remediation_id=case.remediation_id or 0)
    rows = rows.exclude(state__in=gone).select_related("responsible")
    if form:
        rows = rows.filter(form=form)
    return [(row.pk, measure_in_words(row)) for row in rows]


def measure_in_words(row: RemedyMeasure) -> str:
    """Name a measure by its number, form, responsible organisation and state."""
    return f"{row.pk}. {row.get_form_display()}, {row.responsible} ({row.get_state_display()})"


def leverage_steps(case: Case) -> list[tuple[int, str]]:
    """Steps of the leverage plan, in codes; those without a result first."""
    rows = LeverageStep.objects.filter(remediation_id=case.remediation_id or 0)
    ordered = rows.select_related("partner").order_by("result", "pk")
    return [(row.pk, f"{row.pk}. {row.get_lever_display()}, {row.partner}") for row in ordered]
