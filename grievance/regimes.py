"""Which laws' time limits fit a matter. Pure: no database, no clock.

A law counts only where the company says that it is bound by it, its place is that of the harm or of
the company's home, and the matter is of its kind. As long as nobody has said what harm was done,
every kind fits: a clock too many costs the company an early answer, one too few costs the person
theirs. This sorts clocks; it is no legal advice on who is protected by what.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from stakeholders.regions import regions_of
from stakeholders.vocabulary import FilerRole, Harm, Regime, Region, ValueChainStage

ANYWHERE = "any"
_SEPARATOR = "|"

_WORKING: frozenset[Harm] = frozenset(
    {
        Harm.FORCED_LABOUR_WORKING_CONDITIONS,
        Harm.RECRUITMENT_FEES,
        Harm.CHILD_LABOUR_SUPPLY_CHAIN,
        Harm.WAGES_HOURS_DISMISSAL,
        Harm.FREEDOM_OF_ASSOCIATION,
        Harm.OCCUPATIONAL_DISEASE_SAFETY,
        Harm.WORKER_PSYCHOLOGICAL_HARM,
        Harm.WORKPLACE_HARASSMENT_GBV,
        Harm.AUTOMATED_DECISION_EMPLOYMENT,
        Harm.RETALIATION,
    }
)
_DATA: frozenset[Harm] = frozenset(
    {
        Harm.SURVEILLANCE_PRIVACY,
        Harm.BIOMETRIC_SURVEILLANCE,
        Harm.BIOMETRIC_EMOTION_RECOGNITION,
        Harm.DATA_EXPOSURE_BREACH,
        Harm.DATA_EXPOSURE_HANDOVER,
        Harm.SENSITIVE_DATA_SHARING,
        Harm.TRACKING_PROFILING,
        Harm.WRONGFUL_ALGORITHMIC_DECISION,
        Harm.ALGORITHMIC_DISCRIMINATION,
        Harm.AUTOMATED_DECISION_EMPLOYMENT,
        Harm.NCII_DEEPFAKE,
    }
)
_ABUSIVE_CONTENT: frozenset[Harm] = frozenset(
    {Harm.NCII_DEEPFAKE, Harm.ONLINE_HARASSMENT_IMPERSONATION, Harm.CHILD_SEXUAL_ABUSE}
)
_CONTENT: frozenset[Harm] = _ABUSIVE_CONTENT | {
    Harm.CENSORSHIP_CONTENT_REMOVAL,
    Harm.HARMFUL_CONTENT_AMPLIFICATION,
    Harm.DISINFORMATION_MANIPULATION,
    Harm.EXCLUSION_DIGITAL_SERVICE,
}
_WORKERS_VOICES: frozenset[FilerRole] = frozenset(
    {
        FilerRole.WHISTLEBLOWER,
        FilerRole.WORKER_REPRESENTATIVE,
        FilerRole.TRADE_UNION,
        FilerRole.STAFF_ISSUE_SPOTTER,
    }
)
_WORKPLACES: frozenset[ValueChainStage] = frozenset(
    {
        ValueChainStage.OWN_OPERATIONS_WORKPLACE,
        ValueChainStage.RECRUITMENT_LABOUR_SUPPLY,
        ValueChainStage.DATA_LABELLING,
        ValueChainStage.CONTENT_MODERATION_OUTSOURCED,
    }
)
_PLATFORMS: frozenset[ValueChainStage] = frozenset({ValueChainStage.END_USE_PLATFORM_CONTENT})


@dataclass(frozen=True, slots=True)
class Matter:
    """What of a case decides which laws fit; no harm means that none has been named yet.

    Countries are ISO 3166 codes of two letters: where the harm is, and where the company's home is.
    """

    country: str = ""
    home_country: str = ""
    filer_role: FilerRole | None = None
    harms: frozenset[Harm] = frozenset()
    stage: ValueChainStage = ValueChainStage.UNKNOWN


@dataclass(frozen=True, slots=True)
class Fit:
    """Where a law holds and for what: one of the signs is enough, none at all means every matter.

    `jurisdiction` is as in the table of time limits: countries or `EU`, with bars, or `any`.
    """

    jurisdiction: str
    reason: Promise
    harms: frozenset[Harm] = frozenset()
    roles: frozenset[FilerRole] = frozenset()
    stages: frozenset[ValueChainStage] = frozenset()


_FROM_WORK = _("It comes from people at work, or from somebody who reports a wrong.")
_CARE_IN_THE_CHAIN = _("The company owes care for human rights in its whole chain.")
_ABOUT_DATA = _("It is about data on a person, or about what a system made of them.")
_ABOUT_CONTENT = _("It is about content or an account on a platform.")
_ABOUT_ABUSE = _("It is about intimate images, abuse or impersonation online.")

FITS: Mapping[Regime, Fit] = {
    # Directive 2019/1937 Art. 4 protects who learned of a breach at work, with suppliers too. Which
    # breaches count (Art. 2) is for a person to judge: the clock runs in the meantime.
    Regime.EU_WHISTLEBLOWER: Fit("EU", _FROM_WORK, _WORKING, _WORKERS_VOICES, _WORKPLACES),
    # HinSchG s.1: the same circle of people, in Germany.
    Regime.DE_HINSCHG: Fit("DE", _FROM_WORK, _WORKING, _WORKERS_VOICES, _WORKPLACES),
    # LkSG s.8: every hint at a risk or breach in own business or at suppliers.
    Regime.DE_LKSG: Fit("DE", _CARE_IN_THE_CHAIN),
    # CSDDD Art. 14: human rights and environment in the chain of activities.
    Regime.EU_CSDDD: Fit("EU", _CARE_IN_THE_CHAIN),
    # GDPR: the European Economic Area. Art. 22 reaches decisions by systems.
    Regime.EU_GDPR: Fit("EU|IS|LI|NO", _ABOUT_DATA, _DATA),
    # DPA 2018 s.164A: complaints to a controller about data protection.
    Regime.GB_DPA_COMPLAINTS: Fit("GB", _ABOUT_DATA, _DATA),
    # DSA Art. 20 and 21: decisions of a platform on content and accounts.
    Regime.EU_DSA: Fit("EU", _ABOUT_CONTENT, _CONTENT, stages=_PLATFORMS),
    # TAKE IT DOWN Act s.3: intimate images without consent, made ones too.
    Regime.US_TAKE_IT_DOWN: Fit("US", _ABOUT_ABUSE, frozenset({Harm.NCII_DEEPFAKE})),
    # Online Safety Act 2021: image-based and cyber-abuse, and abuse of children.
    Regime.AU_ONLINE_SAFETY: Fit("AU", _ABOUT_ABUSE, _ABUSIVE_CONTENT),
    # IT Rules 2021 rule 3(2): the grievance officer of a platform takes every complaint.
    Regime.IN_IT_RULES: Fit("IN", _ABOUT_CONTENT, _CONTENT, stages=_PLATFORMS),
    # Transparency Act s.6 and 7: anybody may ask about impacts on rights and decent work.
    Regime.NO_TRANSPARENCY_ACT: Fit("NO", _CARE_IN_THE_CHAIN),
    # The bodies are outside; the limits serve to remind after somebody turned to one.
    Regime.OECD_NCP_PROCEDURE: Fit(ANYWHERE, _CARE_IN_THE_CHAIN),
    # What the company itself promises.
    Regime.PORTAL_DEFAULT: Fit(ANYWHERE, _("The company promises this to everybody.")),
}
"""The laws that can be attached to a case. The other regimes of the vocabulary run no clock."""

LAWS: frozenset[Regime] = frozenset(FITS) - {Regime.PORTAL_DEFAULT}
"""What a company can say that it is bound by."""


def regimes_of(matter: Matter, *, bound_by: frozenset[Regime]) -> frozenset[Regime]:
    """Return the regimes whose limits hold for a matter: the portal's own always.

    `bound_by` are the laws that the company says bind it; `FITS[regime].reason` says why one holds.
    """
    fitting = {regime for regime in bound_by & LAWS if _fits(FITS[regime], matter)}
    return frozenset({Regime.PORTAL_DEFAULT, *fitting})


def holds_in(jurisdiction: str, country: str) -> bool:
    """Return whether a place as the table writes it (`EU|IS|LI|NO`, `any`) contains a country."""
    places = jurisdiction.split(_SEPARATOR)
    if ANYWHERE in places or country in places:
        return True
    return "EU" in places and Region.EU in regions_of(country)


def _fits(fit: Fit, matter: Matter) -> bool:
    countries = [country for country in (matter.country, matter.home_country) if country]
    if countries and not any(holds_in(fit.jurisdiction, country) for country in countries):
        return False
    if not (fit.harms or fit.roles or fit.stages):
        return True
    if not matter.harms or Harm.OTHER_UNSURE in matter.harms:
        return True
    return bool(
        matter.harms & fit.harms or matter.filer_role in fit.roles or matter.stage in fit.stages
    )
