"""A canary sits in every field of a case, and no letter of any kind in any language carries it out.

Every notice is sent to a real mail server in every language, with and without the link that a
person may ask for, and the whole letter is searched: subject, headers and body.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from email.message import EmailMessage
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings as house
from django.db import models

from core import outbox
from core.actors import SYSTEM, ActorKind
from core.ledger.history import Stamp, stamped
from core.outbox import OutboxMessage, Recipient
from grievance import lifecycle
from grievance.models import Case
from grievance.notices import TO_LIAISON, TO_PERSON, Notice
from grievance.notices.couriers import NoticeCourier
from stakeholders.models import Issue, Organisation, Team, User
from tests import makers, people, remedy_makers
from tests.postbox import Postbox, open_postbox
from tests.referral_makers import referred

pytestmark = pytest.mark.django_db(transaction=True)

LANGUAGES = [code for code, _name in house.LANGUAGES]
HOST = "speak.example.org"
PERSON, STAFF = "goldhahn@verborgen.example", "fichtenkreuz@innen.example"
LIAISON = "bergfink@draussen.example"
CANARIES: Mapping[str, str] = {
    "narrative": "Kanarienvogel at the loading dock",
    "chain_note": "Zeisigbruecke",
    "remedy_note": "Stieglitzhalle",
    "first message": "Pirolnest knows the second name",
    "answer": "Rotkehlchenruf at nine",
    "title": "Dompfaffweg",
    "measure": "Gimpelgeld is paid back",
    "rendition": "Haenflingsbericht for the supplier",
    "explanation": "Girlitzgrund is not ours",
    "issue": "Ammerthema",
    "team": "Meisenrunde",
    "supplier": "Sperlingswerk Ltd",
    "staff": "Wiedehopf",
    "liaison": "Eichelhaeher",
}


@dataclass(frozen=True)
class Aviary:
    """What the letters are sent about, and to whom."""

    made: makers.Made
    person: int
    staff: int
    liaison: int


@pytest.fixture
def postbox(settings) -> Iterator[Postbox]:
    settings.REDRESS_PUBLIC_URL = f"https://{HOST}"
    with open_postbox(settings) as box:
        yield box


def rename(row: models.Model, **values: Any) -> None:
    with stamped(Stamp(SYSTEM, "edit", uuid4(), people.HIRED)):
        for name, value in values.items():
            setattr(row, name, value)
        row.save()


def named(model: type[models.Model], row: models.Model, canary: str) -> None:
    """Give a row of reference data a canary for its name, in every language it has one."""
    fields = [field.name for field in model._meta.fields if field.name.startswith("name")]
    rename(row, **dict.fromkeys(fields, canary))


@pytest.fixture
def aviary() -> Aviary:
    """A case with a canary in every field that can hold words, and its three kinds of reader."""
    people.everyone()
    words = {name: CANARIES[name] for name in ("narrative", "chain_note", "remedy_note")}
    made = makers.acknowledged(
        makers.a_case(email=PERSON, **words), message=CANARIES["first message"]
    )
    bram, chidi = people.by(people.BRAM), people.by(people.CHIDI)
    refused = makers.proposed_out_of_scope(made, explanation=CANARIES["explanation"])
    by = people.by(people.EWA)
    lifecycle.reject_out_of_scope(made.id, by=by, at=refused.at, note=CANARIES["explanation"])
    taken = makers.taken_up(refused)
    lifecycle.name_case(made.id, by=bram, at=taken.at, title=CANARIES["title"])
    lifecycle.write_back(made.id, at=taken.at, body=CANARIES["answer"])
    referral = referred(taken, CANARIES["rendition"])
    case = made.case
    named(Issue, Issue.objects.get(pk=case.issue_id), CANARIES["issue"])
    named(Team, Team.objects.get(pk=case.team_id), CANARIES["team"])
    supplier = Organisation.objects.get(pk=referral.organisation_id)
    named(Organisation, supplier, CANARIES["supplier"])
    rename(people.the(people.CHIDI), last_name=CANARIES["staff"], email=STAFF)
    rename(people.the(people.JONA), last_name=CANARIES["liaison"], email=LIAISON)
    at = taken.at + timedelta(days=1)
    lifecycle.return_referral(made.id, by=chidi, at=at, referral_id=referral.pk)
    assessed, later = remedy_makers.assess(
        "yes", "unknown", "unknown", "unknown", "unknown", case_id=made.id, at=at
    )
    remedy_makers.plan_one(assessed, at=later, description=CANARIES["measure"])
    remedy_makers.offer_one(assessed, at=later)
    return Aviary(
        makers.Made(made.id, made.key, later),
        case.complainant.pk,
        people.the(people.CHIDI).pk,
        people.the(people.JONA).pk,
    )


def queue_everything(to: Aviary) -> int:
    """Queue every notice in every language to the reader it is meant for; return how many."""
    OutboxMessage.objects.all().delete()
    for notice in Notice:
        for language in LANGUAGES:
            outbox.queue(
                notice=notice,
                recipient=_reader(notice, to),
                language=language,
                about=str(to.made.id),
                dedupe_key=f"canary:{notice}:{language}",
                at=to.made.at,
            )
    return len(Notice) * len(LANGUAGES)


def _reader(notice: Notice, to: Aviary) -> Recipient:
    if notice in TO_PERSON:
        return Recipient(ActorKind.COMPLAINANT, to.person)
    if notice in TO_LIAISON:
        return Recipient(ActorKind.LIAISON, to.liaison)
    return Recipient(ActorKind.STAFF, to.staff)


def all_of(letter: EmailMessage) -> str:
    """A letter as it arrived, decoded, without the address it was sent to."""
    headers = [f"{name}: {value}" for name, value in letter.items() if name != "To"]
    return "\n".join([*headers, letter.get_content()]).lower()


def forbidden(to: Aviary) -> list[str]:
    case: Case = to.made.case
    names = [one for user in User.objects.all() for one in (user.username, user.first_name)]
    return [
        *CANARIES.values(),
        *(address.partition("@")[0] for address in (PERSON, STAFF, LIAISON)),
        case.reference,
        to.made.key,
        to.made.key.replace(" ", ""),
        house.REDRESS_COMPANY_NAME,
        makers.EXPLANATION,
        *(f" {name} " for name in names if name),
    ]


@pytest.mark.parametrize("with_link", [False, True])
def test_no_letter_of_any_kind_in_any_language_carries_a_word_of_the_case(
    postbox: Postbox, aviary: Aviary, with_link: bool
) -> None:
    lifecycle.change_contact(
        aviary.made.id, at=aviary.made.at, channel="email", wants_link=with_link
    )
    count = queue_everything(aviary)
    while outbox.deliver_due(courier=NoticeCourier(), at=aviary.made.at).sent:
        pass

    assert len(postbox.letters) == count
    canaries = [text.lower() for text in forbidden(aviary)]
    for letter in postbox.letters:
        said = all_of(letter)
        assert [text for text in canaries if text in said] == []
        links = said.count("http")
        assert links == (1 if with_link and letter["To"] == PERSON else 0)
        assert said.count(HOST) == links
