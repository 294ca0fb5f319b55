"""Bodies elsewhere to which a person can turn: what they are and what they can do."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class MechanismKind(models.TextChoices):
    """What kind of body a mechanism is."""

    COMPANY_BASED = "company_based", _("Company mechanism")
    SUPPLIER_BASED = "supplier_based", _("Supplier mechanism")
    MULTI_STAKEHOLDER_OR_INDUSTRY = (
        "multi_stakeholder_or_industry",
        _("Multi-stakeholder or industry scheme"),
    )
    DFI_ACCOUNTABILITY_MECHANISM = (
        "dfi_accountability_mechanism",
        _("Development-finance mechanism"),
    )
    ARBITRATION = "arbitration", _("Arbitration")
    INDEPENDENT_MEDIATION = "independent_mediation", _("Independent mediation")
    OECD_NCP = "oecd_ncp", _("OECD National Contact Point")
    NHRI = "nhri", _("National human rights institution")
    EQUALITY_BODY = "equality_body", _("Equality body")
    DATA_PROTECTION_AUTHORITY = "data_protection_authority", _("Data protection authority")
    DIGITAL_SERVICES_COORDINATOR = "digital_services_coordinator", _("Digital Services Coordinator")
    ONLINE_SAFETY_REGULATOR = "online_safety_regulator", _("Online safety regulator")
    OUT_OF_COURT_DISPUTE_BODY = "out_of_court_dispute_body", _("Out-of-court dispute body")
    CONSUMER_AUTHORITY = "consumer_authority", _("Consumer authority")
    LABOUR_BODY = "labour_body", _("Labour inspectorate or conciliation")
    LABOUR_TRIBUNAL = "labour_tribunal", _("Labour court or tribunal")
    OMBUDSPERSON = "ombudsperson", _("Ombudsperson")
    SUPPLY_CHAIN_AUTHORITY = "supply_chain_authority", _("Supply-chain authority")
    AI_AUTHORITY = "ai_authority", _("AI authority")
    POLICE_PROSECUTOR = "police_prosecutor", _("Police or prosecutor")
    COURT_CIVIL = "court_civil", _("Civil court")
    COURT_CRIMINAL = "court_criminal", _("Criminal court")
    COURT_CONSTITUTIONAL = "court_constitutional", _("Constitutional or public-law court")
    PUBLIC_INQUIRY = "public_inquiry", _("Public inquiry")
    INTERNATIONAL_BODY = "international_body", _("International or regional body")
    DIGITAL_SECURITY_HELPLINE = "digital_security_helpline", _("Digital-security helpline")
    ONLINE_GBV_OR_CHILD_SAFETY = "online_gbv_or_child_safety", _("Online abuse helpline")
    CHILD_SAFETY_HOTLINE = "child_safety_hotline", _("Child abuse material hotline")
    SUPPORT_ORGANISATION = "support_organisation", _("Support organisation")


class MechanismFamily(models.TextChoices):
    """Whether a State stands behind a mechanism, and whether judges decide."""

    STATE_JUDICIAL = "state_judicial", _("State, judicial")
    STATE_NON_JUDICIAL = "state_non_judicial", _("State, non-judicial")
    NON_STATE = "non_state", _("Not of a State")
    SUPPORT = "support", _("Support")


class MechanismScope(models.TextChoices):
    """How far a mechanism's work reaches."""

    NATIONAL = "national", _("National")
    SUBNATIONAL = "subnational", _("Part of a country")
    REGIONAL = "regional", _("Several countries")
    INTERNATIONAL = "international", _("Worldwide")
    INDUSTRY = "industry", _("Industry")


class Region(models.TextChoices):
    """A group of countries that a regional mechanism serves."""

    EU = "eu", _("European Union")
    EEA = "eea", _("European Economic Area")
    COUNCIL_OF_EUROPE = "council_of_europe", _("Council of Europe")
    OAS = "oas", _("Organization of American States")
    AFRICAN_UNION = "african_union", _("African Charter")
    MENA = "mena", _("Middle East and North Africa")
    WESTERN_BALKANS = "western_balkans", _("Western Balkans")
    EAST_HORN_AFRICA = "east_horn_africa", _("East and Horn of Africa")


class Power(models.TextChoices):
    """What a mechanism can do."""

    RECEIVES_COMPLAINTS = "receives_complaints", _("Receives complaints")
    INVESTIGATES = "investigates", _("Investigates")
    MEDIATES = "mediates", _("Mediates")
    ADJUDICATES = "adjudicates", _("Decides")
    ORDERS_COMPENSATION = "orders_compensation", _("Can order compensation")
    ORDERS_CESSATION = "orders_cessation", _("Can order to stop or put right")
    FINES = "fines", _("Can fine")
    ADVISES = "advises", _("Advises")
    REPRESENTS = "represents", _("Represents")
    EMERGENCY_SUPPORT = "emergency_support", _("Emergency support")
    PROSECUTES = "prosecutes", _("Prosecutes")


class NhriRole(models.TextChoices):
    """How a national human rights institution works on business matters."""

    FOUNDATIONAL = "foundational", _("Foundational")
    INDIRECT = "indirect", _("Indirect")
    DIRECT = "direct", _("Direct")


class WhoMayFile(models.TextChoices):
    """Who may bring a matter to a mechanism."""

    ANYONE_WITH_INTEREST = "anyone_with_interest", _("Anyone with an interest")
    ANONYMOUS_PERSON = "anonymous_person", _("Without a name")
    AFFECTED_PERSON = "affected_person", _("Affected person")
    REPRESENTATIVE = "representative", _("Representative")
    TRADE_UNION = "trade_union", _("Trade union")
    EMPLOYERS_ORGANISATION = "employers_organisation", _("Employers' organisation")
    CIVIL_SOCIETY = "civil_society", _("Civil society group")
    HUMAN_RIGHTS_DEFENDER = "human_rights_defender", _("Human rights defender")
    JOURNALIST = "journalist", _("Journalist")
    CHILD_OR_GUARDIAN = "child_or_guardian", _("Child or guardian")
    PLATFORM_USER = "platform_user", _("Platform user")
    DATA_SUBJECT = "data_subject", _("Person whose data it is")
    WORKER = "worker", _("Worker")
    JOB_APPLICANT = "job_applicant", _("Job applicant")
    CONSUMER = "consumer", _("Consumer")
    MEMBER_COMPANY_STAKEHOLDER = "member_company_stakeholder", _("Affected by a member company")
    STATE_ONLY = "state_only", _("States only")
    NOT_OPEN_TO_INDIVIDUALS = "not_open_to_individuals", _("Not open to individuals")


class IndividualComplaints(models.TextChoices):
    """Whether a mechanism takes a matter from one person."""

    YES = "yes", _("Yes")
    LIMITED = "limited", _("Limited")
    NO = "no", _("No")


class Respondent(models.TextChoices):
    """Against whom a mechanism takes a matter."""

    PRIVATE_COMPANY = "private_company", _("Companies")
    PUBLIC_BODY = "public_body", _("Public bodies")
    STATE = "state", _("States")
    EU_INSTITUTION = "eu_institution", _("EU institutions")
    MEMBER_COMPANY = "member_company", _("Members or signatories")
    NAMED_COMPANY = "named_company", _("One company or group")
    FUNDED_PROJECT = "funded_project", _("Financed projects")
    CHURCH_BODY = "church_body", _("Church bodies")
    PUBLIC_BROADCASTER = "public_broadcaster", _("Public broadcasters")
    PRIVATE_TO_CHECK = "private_to_check", _("Companies: to be checked")


class LanguagesBasis(models.TextChoices):
    """How the languages of a mechanism are known."""

    SOURCED = "sourced", _("Read in a source")
    OFFICIAL_LANGUAGE = "official_language", _("Official language")
    UNKNOWN = "unknown", _("Not known")


class Cost(models.TextChoices):
    """What it costs to use a mechanism."""

    FREE = "free", _("Free")
    FEE = "fee", _("Fee")
    OWN_COSTS = "own_costs", _("Free, own costs possible")
    UNKNOWN = "unknown", _("Not known")
