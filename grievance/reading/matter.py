"""What the finder is asked about one case: the same for the desk, the person and the forms."""

from collections.abc import Iterable

from django.conf import settings

from grievance.models import Case, CaseMatter, ContactChannel, WhoWasHarmed
from stakeholders.finder import Answer, Matter, find
from stakeholders.models import DangerPair, Mechanism, Organisation
from stakeholders.vocabulary import Answer as Said
from stakeholders.vocabulary import CaseFlag, FilerRole, RelationshipType

_ROLE_OF = {
    WhoWasHarmed.ME: FilerRole.AFFECTED_PERSON,
    WhoWasHarmed.GROUP: FilerRole.AFFECTED_GROUP,
}
"""What the person's own answer says of who files; the other answers leave it open."""


def noted_of(case: Case) -> CaseMatter:
    """Return what staff noted of a case; an empty row, never saved, where nobody did yet."""
    row: CaseMatter = getattr(case, "matter", None) or CaseMatter(case=case)
    return row


def filer_role_of(case: Case) -> str:
    """Return as what the person files: as staff noted, or as the person's own answer says."""
    said = WhoWasHarmed(case.complainant.who_was_harmed)
    return noted_of(case).filer_role or _ROLE_OF.get(said, "")


def matter_of(case: Case, *, danger_ok: bool = False) -> Matter:
    """Return a case as the finder reads it. Opens nothing sealed.

    Two statements, for the dangers and the company's memberships, beside the rows of the case:
    have `complainant`, `matter`, `issue` and `respondent_organisation` read with it.

    `danger_ok`: also what can put the person in danger.
    """
    noted = noted_of(case)
    organisations = _organisations(case)
    homes = [settings.REDRESS_HOME_COUNTRY, *(one.country for one in organisations)]
    return Matter(
        impact=_codes([case.country, *noted.impact]),
        home=_codes(homes),
        data=_codes(noted.data),
        perpetrator=_codes(noted.perpetrator),
        harm=case.issue.harm if case.issue is not None else "",
        filers=_filers(noted),
        remedies=tuple(case.complainant.remedies_wanted),
        language=case.language,
        flags=frozenset(noted.flags) | _told_by_the_person(case),
        member_of=frozenset(code for one in organisations for code in one.member_of),
        financed_by=frozenset(code for one in organisations for code in one.financed_by),
        danger_ok=danger_ok,
        pairs=DangerPair.objects.pairs(),
    )


def answer_to(matter: Matter) -> Answer:
    """Return the bodies of the directory that fit a matter: one statement."""
    return find(Mechanism.objects.in_use().entries(), matter)


def _filers(noted: CaseMatter) -> tuple[str, ...]:
    """Return as whom the finder takes the person, if staff noted it.

    "Affected" alone shuts no door: whoever was harmed may be a worker, a consumer or a person
    whose data it is, and bodies are open to those by that name.
    """
    plain = ("", FilerRole.AFFECTED_PERSON, FilerRole.AFFECTED_GROUP)
    if noted.filer_role in plain and not noted.group:
        return ()
    return _codes([noted.filer_role, noted.group])


def _organisations(case: Case) -> list[Organisation]:
    """Return the organisation complained of and the parts of the company itself that are listed."""
    own = Organisation.objects.filter(relationship=RelationshipType.OWN_ENTITY).order_by("pk")
    about = case.respondent_organisation
    return [*([about] if about is not None else []), *own]


def _told_by_the_person(case: Case) -> frozenset[str]:
    """Whoever fears punishment, or wants no letters, may want a body that asks for no name."""
    person = case.complainant
    unnamed = person.contact_channel == ContactChannel.PORTAL_ONLY
    afraid = person.fears_retaliation == Said.YES
    return frozenset({CaseFlag.ANONYMOUS.value}) if unnamed or afraid else frozenset()


def _codes(codes: Iterable[str]) -> tuple[str, ...]:
    return tuple(code for code in dict.fromkeys(codes) if code)
