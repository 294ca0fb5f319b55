"""Which rows are no matter for a company's grievance mechanism: a reviewed rule with its reason.

In a walk the respondent of the row is taken to run the portal. That fits every company, and also
a public authority where the row says how the authority itself is tied to the harm (its own
decision, say). It does not fit where the respondent is a public authority and the row says that
the question of a company's tie does not arise: then another body has the power that is needed.

A row without an alleged tie but with a company as respondent stays in scope: whether and how the
company is tied to the harm is the question of the assessment, never a reason to refuse at the door.
"""

from dataclasses import dataclass

from grievance.management.walking.rows import Row
from grievance.models import OutOfScopeReason
from stakeholders.finder import ANY_THEME
from stakeholders.models import Mechanism
from stakeholders.vocabulary import NexusReported, Respondent

PUBLIC_SECTORS = ("public sector", "law enforcement", "government", "public administration")
PUBLIC_NAMES = (
    "police",
    "ministry",
    "department of",
    "tax administration",
    "state of ",
    "city of ",
    "municipality",
)
"""How the files write of public authorities, in lower case; the column of sectors is not coded."""

MOST_MECHANISMS = 3


@dataclass(frozen=True)
class Refusal:
    """Why the row is refused at screening, in the words that the person reads."""

    reason: OutOfScopeReason
    explanation: str


_PUBLIC_AUTHORITY = Refusal(
    OutOfScopeReason.OTHER_PROCEDURE,
    "What you describe was done by a public authority. We are a company and cannot make an "
    "authority answer or put things right. The bodies named here can look at what it did. "
    "You lose nothing by having written to us.",
)


def refusal_of(row: Row) -> Refusal | None:
    """Return why the row is out of scope, or None where it is to be taken up."""
    no_tie_in_question = row.nexus_alleged == (NexusReported.NOT_APPLICABLE,)
    if no_tie_in_question and _is_public_authority(row):
        return _PUBLIC_AUTHORITY
    return None


def _is_public_authority(row: Row) -> bool:
    sector, name = row.sector.lower(), row.company.lower()
    return any(word in sector for word in PUBLIC_SECTORS) or any(
        word in name for word in PUBLIC_NAMES
    )


def places_to_turn(row: Row) -> list[int]:
    """Return the ids of up to three entries of the directory that fit the refused row.

    They look at public authorities. Those of the kinds that the real people went to come first,
    and bodies of the country before kinds in general words, of which there is always one.
    """
    return _places(row, Respondent.PUBLIC_BODY, Respondent.STATE)


def places_for_a_company_matter(row: Row) -> list[int]:
    """Return the same for a row whose case ends after the assessment: they look at companies."""
    return _places(row, Respondent.PRIVATE_COMPANY)


def _places(row: Row, *respondents: Respondent) -> list[int]:
    country = row.countries[0] if row.countries else ""
    open_to_people = Mechanism.objects.in_use().open_to_individuals()
    near = open_to_people.for_country(country) | open_to_people.generic()
    fitting = near.filter(respondents__overlap=list(respondents))
    subjects = {ANY_THEME, *row.harms}
    chosen = [each for each in fitting if subjects & set(each.themes)]
    chosen.sort(key=lambda each: (each.kind not in row.mechanism_kinds, each.is_generic, each.code))
    return [each.pk for each in chosen[:MOST_MECHANISMS]]
