"""The desk's page of where else the person can turn: found for this case, one press from acting."""

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from grievance.admin import case_page
from grievance.admin.permissions import require
from grievance.admin.words import country_in_words, language_in_words
from grievance.reading.routes import routes
from stakeholders.finder import Matter
from stakeholders.roles import Permission, can
from stakeholders.vocabulary import CaseFlag, FilerRole, Harm, RemedyForm, StakeholderGroup

SHOWN, ALL = 12, 1000
DANGER, EVERYTHING = "danger", "all"


@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what fits a case. Flags tell who somebody is: for those who may read the account."""
    user = require(request, Permission.READ_ACCOUNT)
    case = case_page.find(user, pk)
    danger_ok, everything = DANGER in request.GET, EVERYTHING in request.GET
    found = routes(case, number=1, each=ALL if everything else SHOWN, danger_ok=danger_ok)
    context = {
        **admin.site.each_context(request),
        "title": case.reference,
        "case": case,
        "found": found,
        "asked": asked_in_words(found.matter),
        "danger_ok": danger_ok,
        "everything": everything,
        "may_refer": can(user, Permission.REFER),
        "may_describe": can(user, Permission.SCREEN),
    }
    return TemplateResponse(request, "desk/routes.html", context)


def asked_in_words(matter: Matter) -> list[tuple[str, str]]:
    """Return what the list was found by, as label and words; what nobody said is left out."""
    language = get_language() or "en"

    def countries(codes: tuple[str, ...]) -> str:
        return ", ".join(country_in_words(code, language) for code in codes)

    people = {**dict(StakeholderGroup.choices), **dict(FilerRole.choices)}
    rows = [
        (_("Country of harm"), countries(matter.impact)),
        (_("Home countries of the company"), countries(matter.home)),
        (_("Where are the data?"), countries(matter.data)),
        (_("Where is whoever did it?"), countries(matter.perpetrator)),
        (_("Harm"), str(Harm(matter.harm).label) if matter.harm else ""),
        (_("Who raises it?"), ", ".join(str(people[code]) for code in matter.filers)),
        (
            _("What would put it right"),
            ", ".join(str(RemedyForm(code).label) for code in matter.remedies),
        ),
        (_("Language"), language_in_words(matter.language, language)),
        (
            _("What has to be minded?"),
            ", ".join(
                str(CaseFlag(code).label) for code in CaseFlag.values if code in matter.flags
            ),
        ),
    ]
    return [(label, words) for label, words in rows if words]
