"""The directory of other places: narrowed as you ask, without script, and honest about its age."""

import datetime as dt
from uuid import uuid4

import pytest
import time_machine
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from core.actors import SYSTEM
from core.ledger.history import Stamp, stamped
from stakeholders.models import Mechanism
from tests.amina import Amina
from tests.page import Node, Page

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 8, 1, 12, tzinfo=dt.UTC)


def look(query: str, language: str = "en") -> Page:
    page = Amina(language).go(f"help/?{query}")
    assert page.status == 200
    return page


def names(page: Page) -> list[str]:
    return [card.one("h3").text for card in page.root.all("article", class_="card")]


def everything(query: str) -> list[str]:
    """The names of all that a visitor finds who follows the links to the next page."""
    found, page = [], look(query)
    while True:
        found += names(page)
        further = page.root.all("a", rel="next")
        if not further:
            return found
        page = look(further[0].attrs["href"].removeprefix("?"))


def card(page: Page, name: str) -> Node:
    return next(c for c in page.root.all("article", class_="card") if c.one("h3").text == name)


def test_every_body_that_takes_matters_from_people_is_there_page_by_page() -> None:
    open_ones = Mechanism.objects.in_use().open_to_individuals()
    kept = {"police_prosecutor", "court_criminal"}

    for kind in ("data_protection_authority", "nhri", "multi_stakeholder_or_industry"):
        listed = [one.name for one in open_ones if one.kind == kind]
        assert sorted(everything(f"kind={kind}")) == sorted(listed)
    for kind in kept:
        assert everything(f"kind={kind}") == []
        assert everything(f"kind={kind}&police=1")


def test_each_choice_narrows_and_none_lets_something_else_in() -> None:
    found = everything(
        "country=DE&harm=surveillance_privacy&language=de&cost=free&order=satisfaction"
    )
    assert found
    for one in Mechanism.objects.in_use().filter(name_en__in=found, country__in=["DE", ""]):
        assert {"any", "surveillance_privacy"} & set(one.themes)
        assert "de" in one.languages
        assert one.cost == "free"
        assert "satisfaction" in one.remedies_can_order


def test_the_form_keeps_what_was_chosen_and_names_kinds_in_the_readers_language() -> None:
    page = look("country=KE&kind=nhri", language="fr")
    chosen = {
        s.attrs["name"]: [o.attrs["value"] for o in s.all("option") if "selected" in o.attrs]
        for s in page.root.all("select")
    }
    assert chosen["country"] == ["KE"] and chosen["kind"] == ["nhri"]
    option = next(o for o in page.root.all("option") if o.attrs["value"] == "nhri")
    assert option.text.startswith("Institution nationale")


@pytest.mark.parametrize(
    "query",
    [
        "kind=sorcery",
        "harm=%00&kind=nhri",
        "page=99999&country=KE",
        "page=-1&kind=nhri",
        "language=zz",
        "cost=x&order=y",
        "country=KE&country=FR&page=%D9%A3",
    ],
)
def test_strange_questions_are_answered_calmly(query: str) -> None:
    page = look(query)
    assert "Other places to turn" in page.words


def test_a_search_without_result_says_so() -> None:
    page = look("country=KE&kind=ai_authority")
    assert "We know no place like this." in page.words


def test_each_card_says_against_whom_and_what_to_ask_first() -> None:
    page = look("country=MA&kind=nhri")
    words = card(page, Mechanism.objects.get(code="nhri-ma").name).text
    assert "Against whom" in words and "Public bodies" in words
    assert "It may not look at companies. Ask first." in words


def test_entries_that_nobody_checked_for_a_year_are_marked() -> None:
    row = Mechanism.objects.get(code="dpa-ke")
    marks = {}
    for checked in (None, dt.date(2025, 8, 1), dt.date(2025, 8, 2)):
        with stamped(Stamp(SYSTEM, "load_reference", uuid4(), NOW)):
            row.checked_on = checked
            row.save()
        with time_machine.travel(NOW, tick=False):
            words = card(look("country=KE&kind=data_protection_authority"), row.name).text
        marks[checked] = [
            mark for mark in ("Not checked for a year", "no date of a check") if mark in words
        ]
    assert list(marks.values()) == [["no date of a check"], ["Not checked for a year"], []]


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
@pytest.mark.parametrize("query", ["", "country=DE", "worldwide=1", "kind=oecd_ncp&police=1"])
def test_a_page_is_small_and_takes_few_reads(language: str, query: str) -> None:
    client = Client()
    address = f"/{language}/help/?{query}"
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as reads:
        response = client.get(address)
    assert len(reads) <= 3
    assert len(response.content) <= 50 * 1024


def test_bodies_that_only_advise_are_not_offered() -> None:
    adviser = Mechanism.objects.get(code="nhri-dk").name
    assert adviser not in everything("country=DK")
    assert adviser not in everything("kind=nhri")
