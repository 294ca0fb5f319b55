"""When a matter asks for a response of the State, beside whatever the company does (R063, R064).

Pure. A flag decides nothing and sends nothing anywhere: staff answer what the company does to
support such a response. Which harms count is our own reading, and errs towards asking: the
question costs a minute, and a crime that nobody thought of costs the person a route.
"""

from collections.abc import Set
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from grievance.severity import Severity
from stakeholders.vocabulary import Harm, LevelOfHarm

CRIMES: Set[str] = frozenset(
    {
        Harm.CHILD_SEXUAL_ABUSE,
        Harm.NCII_DEEPFAKE,
        Harm.ONLINE_HARASSMENT_IMPERSONATION,
        Harm.DIGITAL_ATTACK_HRD,
        Harm.STATE_VIOLENCE_ENABLING,
        Harm.FORCED_LABOUR_WORKING_CONDITIONS,
        Harm.CHILD_LABOUR_SUPPLY_CHAIN,
        Harm.WORKPLACE_HARASSMENT_GBV,
    }
)
"""Harms that are a crime in most countries."""

BREACHES: Set[str] = frozenset(
    {
        Harm.SURVEILLANCE_PRIVACY,
        Harm.BIOMETRIC_SURVEILLANCE,
        Harm.BIOMETRIC_EMOTION_RECOGNITION,
        Harm.DATA_EXPOSURE_BREACH,
        Harm.DATA_EXPOSURE_HANDOVER,
        Harm.SENSITIVE_DATA_SHARING,
        Harm.TRACKING_PROFILING,
    }
)
"""Harms to privacy. They count where they are severe or widespread."""

WIDESPREAD: Set[str] = frozenset({LevelOfHarm.COLLECTIVE, LevelOfHarm.SOCIETAL})


class StateGround(TextChoices):
    """Why a response of the State may be needed."""

    CRIME = "crime", _("It may be a crime.")
    PRIVACY = "privacy", _("It is a severe or widespread breach of privacy.")
    CROSS_BORDER = "cross_border", _("More than one country is involved.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is known of a case, in codes. What is not known yet raises no flag."""

    harms: Set[str] = frozenset()
    severity: Severity | None = None
    level: str = ""
    harmed_in: str = ""
    """ISO 3166 code of the country of harm; empty where nobody said."""
    harmed_also_in: Set[str] = frozenset()
    """Further countries of harm."""
    company_in: Set[str] = frozenset()
    """Home country of the company and of the organisation complained of; empty ones left out."""
    data_in: Set[str] = frozenset()
    done_in: Set[str] = frozenset()
    """Where the data are, and where whoever did it is."""


def grounds(facts: Facts) -> tuple[StateGround, ...]:
    """Return why a response of the State may be needed, in the order of the codes."""
    severe = facts.severity is not None and facts.severity.is_severe
    found = {
        StateGround.CRIME: bool(facts.harms & CRIMES),
        StateGround.PRIVACY: bool(facts.harms & BREACHES) and (severe or facts.level in WIDESPREAD),
        StateGround.CROSS_BORDER: _crosses_borders(facts),
    }
    return tuple(ground for ground in StateGround if found[ground])


def _crosses_borders(facts: Facts) -> bool:
    """Whether harm, company, data and whoever did it are in more than one country (R064)."""
    harmed = {facts.harmed_in, *facts.harmed_also_in} - {""}
    others = {*facts.company_in, *facts.data_in, *facts.done_in} - {""}
    return len(harmed) > 1 or bool(harmed and others - harmed)
