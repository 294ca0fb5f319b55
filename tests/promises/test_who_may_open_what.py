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
from stakeholders.roles import Role
from stakeholders.vocabulary import CaseStatus
from tests import makers, people, remedy_makers

pytestmark = pytest.mark.django_db

KNUT = people.Post("knut", Role.SUPPLIER_LIAISON, "Knut", "Lie", organisation="Far Supply Ltd")
LENA = people.Post("lena", Role.CASE_HANDLER, "Lena", "Gone")
NOBODY = "anonymous"
ROLES = ("bram", "chidi", "dana", "ewa", "farid", "grace", "hana", "ivo")
"""Intake officer, handler, team lead, reviewer, human-rights lead, ethics board, auditor,
administrator: those who work at the desk."""
OUTSIDE = (NOBODY, KNUT.username, LENA.username)
"""A visitor, a supplier's liaison, and a handler whose account was closed."""
WHO = (*ROLES, *OUTSIDE)

OPENS, REFUSED, MISSING, WRONG_WAY = "200", "403", "404", "405"
SIGN_IN, LEADS_ON = "sign in", "leads on"
Row = Mapping[str, str]


def for_all(answer: str) -> Row:
    return dict.fromkeys(WHO, answer)


def for_(names: str, answer: str = OPENS, *, others: str = REFUSED) -> Row:
    """At the desk: `answer` to those named, something else to colleagues, sign-in to outsiders."""
    named = ROLES if names == "all" else names.split()
    at_the_desk = {name: answer if name in named else others for name in ROLES}
    return at_the_desk | dict.fromkeys(OUTSIDE, SIGN_IN)


def own(answer: str, *, visitor: str = SIGN_IN) -> Row:
    """About one's own sign-in: the same to everybody who has signed in, liaisons included."""
    return for_all(answer) | {NOBODY: visitor, LENA.username: visitor}


READERS = "bram chidi dana ewa farid grace"
CASES = f"{READERS} hana"
HISTORY = "chidi dana ewa farid grace hana"
CATALOGUE = f"{HISTORY} ivo"
PEOPLE = "farid hana ivo"

OTHERS = ("consent_answer", "consent_back", "consent_rate", "bundle_answer", "bundle_back")
REMEDY_PAGES = ("answer", "counter", "lasts", "verdict", "appeal")

PUBLIC: dict[str, Row] = {
    "root": for_all(LEADS_ON),
    "healthz": for_all(OPENS),
    "readyz": for_all(OPENS),
    "metrics": for_all(MISSING),
    **{
        f"openness:{name}": for_all(OPENS)
        for name in ("home", "scope", "procedure", "safety", "help", "accessibility")
    },
    "openness:leave": for_all(LEADS_ON),
    **{f"intake:{name}": for_all(OPENS) for name in ("start", "kept", "delete", "step")},
    # Staff have no more of an unsent account or of somebody's open case than anyone else.
    "intake:check": for_all(LEADS_ON),
    "intake:send": for_all(WRONG_WAY),
    "intake:receipt": for_all("410"),
    "tracking:enter": for_all(OPENS),
    **{
        f"tracking:{name}": for_all(LEADS_ON)
        for name in ("case", "write", "withdraw", "contact", "file", "consent", *REMEDY_PAGES)
    },
    "tracking:close": for_all(WRONG_WAY),
    **dict.fromkeys((f"tracking:{name}" for name in OTHERS), for_all(WRONG_WAY)),
}

SIGNING_IN: dict[str, Row] = {
    "account_login": own(LEADS_ON, visitor=OPENS),
    "account_logout": own(OPENS),
    "account_inactive": for_all(OPENS),
    # The page says that nobody makes an account for themselves.
    "account_signup": own(LEADS_ON, visitor=OPENS),
    "account_email": own(LEADS_ON),
    "account_email_verification_sent": for_all(OPENS),
    "account_change_password": own(LEADS_ON),
    "account_set_password": own(OPENS),
    "account_reset_password": for_all(OPENS),
    "account_reset_password_done": for_all(OPENS),
    "account_reset_password_from_key": for_all(OPENS),
    "account_reset_password_from_key_done": for_all(OPENS),
    "account_confirm_login_code": own(LEADS_ON),
    "account_confirm_email": for_all(OPENS),
    "account_reauthenticate": own(REFUSED),
    "mfa_index": own(OPENS),
    "mfa_authenticate": own(LEADS_ON),
    "mfa_reauthenticate": own(REFUSED),
    "mfa_activate_totp": own(OPENS),
    "mfa_deactivate_totp": own(MISSING),
    "mfa_view_recovery_codes": own(MISSING),
    "mfa_generate_recovery_codes": own(OPENS),
    "mfa_download_recovery_codes": own(MISSING),
    "mfa_list_webauthn": own(OPENS),
    "mfa_add_webauthn": own(OPENS),
    "mfa_reauthenticate_webauthn": own(REFUSED),
    "mfa_remove_webauthn": own(MISSING),
    "mfa_edit_webauthn": own(MISSING),
    "mfa_login_webauthn": own(LEADS_ON),
    "socialaccount_login_cancelled": for_all(OPENS),
    "socialaccount_login_error": for_all("401"),
    "socialaccount_signup": for_all(SIGN_IN),
    "socialaccount_connections": own(OPENS),
    "openid_connect_login": for_all(MISSING),
    "openid_connect_callback": for_all(MISSING),
    **{
        f"desk/accounts/social/{old}/": for_all(LEADS_ON)
        for old in ("login/cancelled", "login/error", "signup", "connections")
    },
}

PRESSES_OF_THE_DESK = (
    "case_account case_do case_file case_address outbox_again outbox_all_again "
    "absence_note absence_end case_referral_do case_bundle_do case_elsewhere_do "
    "channels_open_one channels_open_many"
)
FOR_SCREENING = ("case_do", "channels_open_one", "channels_open_many")
DESK: dict[str, Row] = {
    **dict.fromkeys(
        (f"admin:{name}" for name in PRESSES_OF_THE_DESK.split()), for_("all", WRONG_WAY)
    ),
    "admin:channels": for_("bram chidi dana ewa farid"),
    "admin:index": for_("all", LEADS_ON),
    "admin:queue": for_(CASES),
    "admin:case": for_(CASES),
    # The case of these tests is in screening: it has no remedy yet.
    "admin:case_remedy": for_(CASES, MISSING),
    "admin:case_history": for_(HISTORY),
    "admin:case_read_log": for_("farid hana"),
    "admin:read_log": for_("farid hana"),
    "admin:outbox": for_("ivo"),
    "admin:absences": for_("all"),
    "admin:tables": for_("all"),
    "admin:login": for_("all", LEADS_ON) | {KNUT.username: LEADS_ON},
    "admin:case_referrals": for_(CASES),
    "admin:case_bundles": for_("chidi dana farid"),
    "admin:case_elsewhere": for_(CASES),
    "admin:logout": for_("all", WRONG_WAY) | dict.fromkeys(OUTSIDE, LEADS_ON),
    "admin:password_change": for_("all", LEADS_ON),
    "admin:password_change_done": for_("all"),
    "admin:autocomplete": for_("", REFUSED),
    "admin:jsi18n": for_("all"),
    "admin:app_list": for_(CATALOGUE, others=MISSING),
    "desk/(?P<url>.*)$": for_("all", MISSING),
    "admin:auth_user_password_change": for_("ivo"),
}


SUPPLIERS: dict[str, Row] = {
    "suppliers:referrals": for_("", REFUSED) | {KNUT.username: OPENS},
    # There is none by this name; another supplier's would answer the same.
    "suppliers:referral": for_("", REFUSED) | {KNUT.username: MISSING},
    "suppliers:say": for_all(WRONG_WAY),
}


def table(name: str, *, seen: str, added: str, reverted: bool) -> dict[str, Row]:
    """The addresses of one table: nothing is ever deleted, and no old version comes back."""
    app, _, model = name.partition("_")
    rows = {
        f"admin:{name}_changelist": for_(seen),
        f"admin:{name}_add": for_(added),
        f"admin:{name}_history": for_(seen),
        f"admin:{name}_change": for_(seen),
        f"admin:{name}_delete": for_("", REFUSED),
        f"desk/{app}/{model}/<path:object_id>/": for_("all", LEADS_ON),
    }
    if reverted:
        rows[f"admin:{name}_simple_history"] = for_("all", MISSING)
    return rows


CATALOGUE_TABLES = (
    "stakeholders_mechanism stakeholders_issue stakeholders_team stakeholders_organisation "
    "stakeholders_product stakeholders_suppliermechanism remedy_remedykind remedy_playbook "
    "remedy_partnerreadiness remedy_enableraction grievance_timelimit"
)
TABLES: dict[str, Row] = {
    "admin:stakeholders_mechanism_import": for_("farid ivo"),
    "admin:stakeholders_mechanism_export": for_("farid ivo"),
}
for _name in CATALOGUE_TABLES.split():
    TABLES |= table(_name, seen=CATALOGUE, added="farid ivo", reverted=True)
TABLES |= table("stakeholders_user", seen=PEOPLE, added="ivo", reverted=False)
TABLES |= table("stakeholders_membership", seen=PEOPLE, added="", reverted=False)

EXPECTED: dict[str, Row] = {**PUBLIC, **SIGNING_IN, **SUPPLIERS, **DESK, **TABLES}
PRESSED: dict[str, Row] = {
    # 422: the press itself is theirs, and this empty form says what is missing.
    "admin:case_account": for_(READERS, "422"),
    "admin:case_file": for_(READERS, MISSING),
    # 422: this empty form says what is missing. An auditor writes nothing.
    "admin:absence_note": for_(f"{READERS} ivo", "422"),
    "admin:absence_end": for_(f"{READERS} ivo", LEADS_ON),
    **{f"admin:{name}": for_("bram chidi dana ewa farid", "422") for name in FOR_SCREENING},
    "admin:case_address": for_("chidi dana farid", "422"),
    # Nothing is stuck, which is said on the page of the outbox.
    "admin:outbox_again": for_("ivo", LEADS_ON),
    "admin:outbox_all_again": for_("ivo", LEADS_ON),
    # Theirs to press, but there is no step of this name.
    "admin:case_referral_do": for_("chidi dana farid", MISSING),
    "admin:case_bundle_do": for_("chidi dana farid", MISSING),
    "admin:case_elsewhere_do": for_("chidi dana farid", MISSING),
    "suppliers:say": for_("", REFUSED) | {KNUT.username: MISSING},
}


# --- the addresses -----------------------------------------------------------------------------


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
