"""Who may open what: every address of the house, for every member of the cast.

A new address fails here until somebody has written down who may open it.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from core.actors import SYSTEM
from core.ledger.history import Stamp, stamped
from remedy.models import EnablerAction, PartnerReadiness, Playbook
from stakeholders.models import (
    Issue,
    Mechanism,
    Membership,
    Organisation,
    Product,
    SupplierMechanism,
    Team,
    User,
)
from stakeholders.vocabulary import CaseStatus
from tests import makers, people, remedy_makers
from tests.role_table import (
    EXPECTED,
    KNUT,
    LEADS_ON,
    LENA,
    MISSING,
    NOBODY,
    OPENS,
    PRESSED,
    REFUSED,
    SIGN_IN,
    SIGNING_IN,
    WHO,
    WRONG_WAY,
)

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Address:
    """One entry of the resolver: its name, or its route where it has none."""

    key: str
    route: str
    pattern: URLPattern
    places: frozenset[str]


def addresses(
    resolver: URLResolver | None = None,
    route: str = "",
    spaces: tuple[str, ...] = (),
    places: frozenset[str] = frozenset(),
) -> Iterator[Address]:
    for entry in (resolver or get_resolver()).url_patterns:
        here = route + str(entry.pattern)
        found = places | {*entry.pattern.converters, *entry.pattern.regex.groupindex}
        if isinstance(entry, URLResolver):
            inside = (*spaces, entry.namespace) if entry.namespace else spaces
            yield from addresses(entry, here, inside, found)
        else:
            key = ":".join([*spaces, entry.name]) if entry.name else here
            yield Address(key, here, entry, found)


@pytest.fixture
def rows() -> dict[str, str]:
    """What the places in addresses are filled with, by table or by name of the place."""
    everybody = people.everyone()
    people.the(KNUT)
    gone = people.the(LENA)
    at = datetime(2026, 1, 6, tzinfo=UTC)
    with stamped(Stamp(SYSTEM, "manage_people", uuid4(), at, "left")):
        gone.is_active = False
        gone.save()
        partner = Organisation(name="Acme", relationship="own_entity", country="KE")
        partner.save()
        product = Product(name="Gate")
        product.save()
        own_way = SupplierMechanism(organisation=partner)
        own_way.save()
        remedy_makers.what_is_ready_before_a_case()
    made = makers.a_case(in_status=CaseStatus.SCREENING)
    found = {
        "pk": made.id,
        "id": everybody["chidi"].pk,
        "mechanism": Mechanism.objects.earliest("pk").pk,
        "issue": Issue.objects.earliest("pk").pk,
        "team": Team.objects.earliest("pk").pk,
        "organisation": partner.pk,
        "product": product.pk,
        "suppliermechanism": own_way.pk,
        "playbook": Playbook.objects.earliest("pk").pk,
        "partnerreadiness": PartnerReadiness.objects.earliest("pk").pk,
        "enableraction": EnablerAction.objects.earliest("pk").pk,
        "user": everybody["chidi"].pk,
        "membership": Membership.objects.earliest("pk").pk,
    }
    words = {"verb": "ask_person", "slug": "what", "app_label": "stakeholders", "url": "nowhere"}
    return {name: str(pk) for name, pk in found.items()} | words


def fill_in(address: Address, rows: Mapping[str, str]) -> str:
    """The address with every place filled by something that exists where it can."""
    model = address.route.split("/")[2] if address.route.count("/") > 2 else ""
    values = {name: rows.get(name) or rows.get(model) or "1" for name in address.places}
    if address.pattern.name:
        unnamed = ["1"] * (address.pattern.pattern.regex.groups if not values else 0)
        return reverse(address.key, args=unnamed or None, kwargs=values or None)
    route = re.sub(r"<(?:\w+:)?(\w+)>", lambda place: values[place[1]], address.route)
    return "/" + route.replace("(?P1.*)$", values.get("url", ""))


def answer(response: HttpResponse) -> str:
    if response.status_code not in (301, 302):
        return str(response.status_code)
    target = response.headers["Location"]
    signing_in = target.startswith(("/desk/login/", reverse("account_login")))
    return SIGN_IN if signing_in else LEADS_ON


def client_of(who: str) -> Client:
    client = Client(raise_request_exception=False)
    if who != NOBODY:
        client.force_login(people.the({**people.CAST, "knut": KNUT, "lena": LENA}[who]))
    return client


# --- the promise -------------------------------------------------------------------------------


def test_every_address_is_in_the_table_and_no_other() -> None:
    there = {address.key for address in addresses()}
    assert there - set(EXPECTED) == set(), "Say who may open these."
    assert set(EXPECTED) - there == set(), "These are gone."


@pytest.mark.parametrize("who", WHO)
def test_each_address_answers_as_the_table_says(rows: dict[str, str], who: str) -> None:
    client = client_of(who)
    surprises = {}
    for address in addresses():
        url = fill_in(address, rows)
        got = answer(client.get(url))
        if got != EXPECTED.get(address.key, {}).get(who):
            surprises[address.key] = (url, got, EXPECTED.get(address.key, {}).get(who))
    assert surprises == {}


@pytest.mark.parametrize("who", WHO)
def test_what_does_not_open_cannot_be_pressed_either(rows: dict[str, str], who: str) -> None:
    client = client_of(who)
    surprises = {}
    for address in addresses():
        if not address.route.startswith("desk/") or address.key in SIGNING_IN:
            continue
        shut = EXPECTED.get(address.key, {}).get(who) in (REFUSED, MISSING, SIGN_IN)
        expected = PRESSED.get(address.key, {}).get(who)
        if not shut and expected is None:
            continue
        got = answer(client.post(fill_in(address, rows), {}))
        if got != expected if expected else got not in (REFUSED, MISSING, WRONG_WAY, SIGN_IN):
            surprises[address.key] = (got, expected)
    assert surprises == {}


def test_signing_out_ends_it(rows: dict[str, str]) -> None:
    client = client_of("bram")
    assert answer(client.get(reverse("admin:queue"))) == OPENS
    client.post(reverse("account_logout"))
    assert answer(client.get(reverse("admin:queue"))) == SIGN_IN


def test_a_visitor_is_shown_the_sign_in_form(rows: dict[str, str]) -> None:
    response = Client().get(reverse("admin:case", args=[rows["pk"]]), follow=True)
    assert response.redirect_chain[-1][0].startswith(reverse("account_login"))
    assert b'name="password"' in response.content
    assert rows["pk"] in response.redirect_chain[-1][0], "Back to where they wanted to go."


def test_without_a_role_the_desk_says_whom_to_ask(rows: dict[str, str]) -> None:
    with stamped(Stamp(SYSTEM, "manage_people", uuid4(), datetime(2026, 1, 6, tzinfo=UTC))):
        newcomer = User(username="mia", is_staff=True)
        newcomer.save()
    client = Client()
    client.force_login(newcomer)
    response = client.get(reverse("admin:queue"), follow=True)
    assert response.status_code == 403
    assert b"nobody has given you a role yet. Ask an administrator" in response.content


def test_a_liaison_who_tries_the_desk_is_led_to_their_own_pages(rows: dict[str, str]) -> None:
    response = client_of(KNUT.username).get(reverse("admin:case", args=[rows["pk"]]), follow=True)
    assert response.redirect_chain[-1][0] == reverse("suppliers:referrals")
    assert b"Nothing is with you now." in response.content
