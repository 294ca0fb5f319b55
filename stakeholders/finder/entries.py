"""What the finder has to know of one entry of the directory. Pure data; codes of the vocabulary."""

from __future__ import annotations

from dataclasses import dataclass

from stakeholders.vocabulary import Harm, MechanismKind, Power

ANY_THEME = "any"
# Codes of kinds in general words begin so; every other row is one body.
GENERIC_PREFIX = "generic-"

# From the first help one can get to the longest way: bodies made for the subject, bodies that
# mediate free of charge, support, courts, and procedures that take years or look at States.
KINDS_BY_USE: tuple[MechanismKind, ...] = (
    MechanismKind.DIGITAL_SECURITY_HELPLINE,
    MechanismKind.ONLINE_GBV_OR_CHILD_SAFETY,
    MechanismKind.CHILD_SAFETY_HOTLINE,
    MechanismKind.LABOUR_BODY,
    MechanismKind.DATA_PROTECTION_AUTHORITY,
    MechanismKind.EQUALITY_BODY,
    MechanismKind.CONSUMER_AUTHORITY,
    MechanismKind.ONLINE_SAFETY_REGULATOR,
    MechanismKind.OUT_OF_COURT_DISPUTE_BODY,
    MechanismKind.DIGITAL_SERVICES_COORDINATOR,
    MechanismKind.AI_AUTHORITY,
    MechanismKind.SUPPLY_CHAIN_AUTHORITY,
    MechanismKind.NHRI,
    MechanismKind.OMBUDSPERSON,
    MechanismKind.OECD_NCP,
    MechanismKind.SUPPORT_ORGANISATION,
    MechanismKind.SUPPLIER_BASED,
    MechanismKind.COMPANY_BASED,
    MechanismKind.MULTI_STAKEHOLDER_OR_INDUSTRY,
    MechanismKind.DFI_ACCOUNTABILITY_MECHANISM,
    MechanismKind.INDEPENDENT_MEDIATION,
    MechanismKind.LABOUR_TRIBUNAL,
    MechanismKind.COURT_CIVIL,
    MechanismKind.ARBITRATION,
    MechanismKind.COURT_CONSTITUTIONAL,
    MechanismKind.INTERNATIONAL_BODY,
    MechanismKind.PUBLIC_INQUIRY,
    MechanismKind.POLICE_PROSECUTOR,
    MechanismKind.COURT_CRIMINAL,
)

POLICE_KINDS = frozenset({MechanismKind.POLICE_PROSECUTOR, MechanismKind.COURT_CRIMINAL})

# Bodies for the people and the workplaces of their own country: being at home where the company
# is at home does not make them competent for harm elsewhere.
OF_THEIR_PLACE = frozenset(
    {
        MechanismKind.LABOUR_BODY,
        MechanismKind.LABOUR_TRIBUNAL,
        MechanismKind.EQUALITY_BODY,
        MechanismKind.DIGITAL_SECURITY_HELPLINE,
        MechanismKind.ONLINE_GBV_OR_CHILD_SAFETY,
        MechanismKind.CHILD_SAFETY_HOTLINE,
        MechanismKind.SUPPORT_ORGANISATION,
    }
)
# Bodies that follow the data, and bodies that follow the person who did it.
OF_THE_DATA = frozenset({MechanismKind.DATA_PROTECTION_AUTHORITY})
OF_THE_PERPETRATOR = frozenset(
    {*POLICE_KINDS, MechanismKind.ONLINE_SAFETY_REGULATOR, MechanismKind.COURT_CIVIL}
)

DECIDING = frozenset({Power.ADJUDICATES, Power.ORDERS_COMPENSATION, Power.ORDERS_CESSATION})
ENFORCING = frozenset({Power.PROSECUTES, Power.FINES})
HELPING = frozenset({Power.ADVISES, Power.EMERGENCY_SUPPORT, Power.REPRESENTS})

PRIVACY_HARMS = frozenset(
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

# What the notes of these entries say and no column can: who is served by age, and that a decision
# of the platform itself must come first. A test holds each code against the directory.
ADULTS_ONLY = frozenset({"gbv-stopncii", "gbv-gb-revenge-porn-helpline", "gbv-us-ccri"})
YOUNG_PEOPLE_ONLY = frozenset({"gbv-take-it-down", "gbv-fr-3018"})
AFTER_THE_PLATFORM = frozenset({"msi-oversight-board"})
# Where a contract or a scheme provides for it: membership of any scheme opens it.
BY_ANY_MEMBERSHIP = frozenset({"generic-arbitration"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One row of the directory, in codes. `dangerous`: the row warns of a danger in words."""

    code: str
    kind: str
    country: str
    scope: str
    region: str
    individual_complaints: str
    themes: tuple[str, ...]
    respondents: tuple[str, ...]
    family: str = ""
    powers: tuple[str, ...] = ()
    can_order: tuple[str, ...] = ()
    can_agree: tuple[str, ...] = ()
    who_may_file: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    cost: str = ""
    dangerous: bool = False
    coding: str = ""
    checked: str = ""
    name: str = ""

    @property
    def generic(self) -> bool:
        """Whether this is a kind in general words and not one body."""
        return self.code.startswith(GENERIC_PREFIX)
