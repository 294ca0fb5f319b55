"""The made-up company of the demonstration: partners, products and the people at its desk."""

from datetime import datetime
from uuid import uuid4

from django.conf import settings

from core.actors import SYSTEM
from core.ledger.history import Stamp, stamped
from grievance.management.people import Post
from stakeholders.models import Organisation, Product, SupplierMechanism
from stakeholders.roles import Role
from stakeholders.vocabulary import EffectivenessCriterion, OwnMechanismStatus, RelationshipType

VERB = "seed_demo"

PARTNERS: tuple[tuple[str, RelationshipType, str], ...] = (
    ("Kifaru Content Services", RelationshipType.OUTSOURCED_SERVICE_PROVIDER, "KE"),
    ("Sable Assembly", RelationshipType.SUPPLIER_TIER1, "MA"),
    ("Straits Devices", RelationshipType.SUPPLIER_TIER1, "MY"),
    ("Northgate Recruitment", RelationshipType.LABOUR_AGENT, "MY"),
    ("Ridgeway Minerals", RelationshipType.SUPPLIER_TIER2PLUS, "CD"),
    ("Teranga Courses", RelationshipType.BUSINESS_CUSTOMER, "SN"),
    ("Umgeni Warehouses", RelationshipType.BUSINESS_CUSTOMER, "ZA"),
    ("Second Round Recycling", RelationshipType.OUTSOURCED_SERVICE_PROVIDER, "IQ"),
    ("Brindle Logistics", RelationshipType.BUSINESS_CUSTOMER, "GB"),
    ("Tolva Metals", RelationshipType.SUPPLIER_TIER1, "CL"),
)

FIELDBOOK = "Fieldbook, a phone for hot and dusty places"
HEARTH = "Hearth, a camera and speaker for the home"
PARLEY = "Parley, calls, messages and short videos"
SIFT = "Sift, software that sorts applications for jobs"
WAYBILL = "Waybill, software that hands out delivery work"
PRODUCTS = (FIELDBOOK, HEARTH, PARLEY, SIFT, WAYBILL)

_HANDLING = ("labour_rights", "privacy_data", "online_safety", "ai_decisions", "environment_land")

POSTS: tuple[Post, ...] = (
    Post(
        username="intake",
        role=Role.INTAKE_OFFICER,
        first_name="Amara",
        last_name="Osei",
        teams=("intake",),
    ),
    Post(
        username="handler",
        role=Role.CASE_HANDLER,
        first_name="Bilal",
        last_name="Haddad",
        teams=_HANDLING,
    ),
    Post(
        username="lead",
        role=Role.TEAM_LEAD,
        first_name="Chloé",
        last_name="Martin",
        teams=_HANDLING,
        language="fr",
    ),
    Post(username="reviewer", role=Role.REVIEWER, first_name="Dinesh", last_name="Rao"),
    Post(username="rights", role=Role.HUMAN_RIGHTS_LEAD, first_name="Elena", last_name="Petrova"),
    Post(username="ethics", role=Role.ETHICS_BOARD, first_name="Farid", last_name="Mansour"),
    Post(username="auditor", role=Role.AUDITOR, first_name="Grace", last_name="Njeri"),
    Post(
        username="supplier",
        role=Role.SUPPLIER_LIAISON,
        first_name="Irene",
        last_name="Tan",
        organisation="Straits Devices",
    ),
    Post(username="administrator", role=Role.ADMINISTRATOR, first_name="Hugo", last_name="Lind"),
)


TRUSTED_PARTNER = "Straits Devices"
OWN_WAY = (
    "Ring the worker line at any hour, or put a note into the box at the canteen. Two people "
    "elected by the workers read it. They answer in English, Malay or Chinese."
)


def is_there() -> bool:
    """Say whether the demonstration was seeded before: its partners are made with its cases."""
    return Organisation.objects.filter(name=PARTNERS[0][0], country=PARTNERS[0][2]).exists()


def make(*, at: datetime) -> None:
    """Make the company's own entry, its partners and its products."""
    with stamped(Stamp(SYSTEM, VERB, uuid4(), at)):
        own = Organisation(
            name=settings.REDRESS_COMPANY_NAME, relationship=RelationshipType.OWN_ENTITY
        )
        own.save()
        for name, relationship, country in PARTNERS:
            Organisation(name=name, relationship=relationship, country=country).save()
        trusted = Organisation.objects.get(name=TRUSTED_PARTNER)
        SupplierMechanism(
            organisation=trusted,
            status=OwnMechanismStatus.TRUSTED,
            how_to_use=OWN_WAY,
            languages=["en", "ms", "zh"],
            **dict.fromkeys(EffectivenessCriterion.values, 3),
            reviewed_on=at.date(),
        ).save()
        for name in PRODUCTS:
            Product(name=name).save()
