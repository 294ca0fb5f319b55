"""A slow line and a busy server still let a grievance through: few statements, one transaction."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import makers
from tests.amina import ANSWERS, Amina

MOST = 6
"""Statements that one page of the intake may cost (design, section 7)."""


def statements(act: Callable[[], object]) -> list[str]:
    with CaptureQueriesContext(connection) as seen:
        act()
    return [query["sql"] for query in seen.captured_queries]


def cost_of_each_step(amina: Amina) -> dict[str, int]:
    amina.begin()
    costs = {}
    for slug, answers in ANSWERS.items():
        costs[f"GET {slug}"] = len(statements(lambda: amina.client.get(amina.page.url)))
        costs[f"POST {slug}"] = len(
            statements(
                lambda answers=answers: amina.client.post(amina.page.url, _typed(amina, answers))
            )
        )
        amina.answer(**answers)
    costs["GET check"] = len(statements(lambda: amina.client.get("/en/raise/check/")))
    return costs


def _typed(amina: Amina, answers) -> dict:
    token = amina.page.root.one("input", name="csrfmiddlewaretoken").attrs["value"]
    return {"csrfmiddlewaretoken": token, **answers}


@pytest.mark.django_db
def test_no_page_of_the_intake_costs_more_than_six_statements() -> None:
    amina = Amina()
    costs = {"GET start": len(statements(lambda: amina.go("raise/"))), **cost_of_each_step(amina)}

    assert {page: cost for page, cost in costs.items() if cost > MOST} == {}


@pytest.mark.django_db
def test_the_cost_does_not_grow_with_the_number_of_cases() -> None:
    def whole_way() -> int:
        amina = Amina()
        amina.answer_all()
        return len(statements(lambda: amina.send("/raise/send/")))

    before = (cost_of_each_step(Amina()), whole_way())
    for _ in range(20):
        makers.a_case()
    assert (cost_of_each_step(Amina()), whole_way()) == before


@pytest.mark.django_db(transaction=True)
def test_sending_is_one_transaction() -> None:
    amina = Amina()
    amina.answer_all()
    token = {"csrfmiddlewaretoken": amina.page.root.one("input").attrs["value"]}
    seen = statements(lambda: amina.client.post("/en/raise/send/", token))

    assert [one for one in seen if one in {"BEGIN", "COMMIT", "ROLLBACK"}] == ["BEGIN", "COMMIT"]
    assert seen[0] == "BEGIN" and seen[-1] == "COMMIT"
    assert any("grievance_narrative" in one for one in seen)
