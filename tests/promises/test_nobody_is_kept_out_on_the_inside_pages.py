"""The supplier's pages and the desk keep nobody out either: no barrier, no scrolling sideways on a
small screen, from left to right and from right to left, mistakes included."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.utils import timezone

from core.outbox import OutboxMessage
from grievance import lifecycle
from grievance.models import Referral
from stakeholders.models import Mechanism
from stakeholders.vocabulary import CaseStatus
from tests import makers, people
from tests.browser import NARROW, Watch, a_context, barriers, press, too_wide
from tests.referral_makers import agreed, liaison, referred
from tests.remedy_makers import assess, plan_one
from tests.respondent_makers import heard
from tests.signed_in import signed_in_page

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]

LONG = "w" * 120
DIRECTIONS = {"en": "ltr", "ar": "rtl"}
"""In both nothing may be too wide; axe measures the one that is harder to get right, since what it
finds lies in the structure of a page and not in its language."""


class Looker:
    """One signed-in browser on a small screen that writes down what keeps people out."""

    def __init__(self, context: Any, site: str, post: people.Post, *, axe: bool) -> None:
        self._axe = axe
        self._watch = Watch(urlsplit(site).netloc)
        self._site = site
        self.page = self._watch.over(signed_in_page(context, site, post))
        self.found: dict[str, list[str]] = {}

    def go(self, address: str) -> Any:
        """Open a page and look at it."""
        self.page.goto(f"{self._site}/desk/{address}")
        return self.look(address)

    def look(self, name: str) -> Any:
        """Look at what is shown now."""
        assert name not in self.found, name
        found = barriers(self.page) if self._axe else []
        self.found[name] = found + [f"too wide: {one}" for one in too_wide(self.page)]
        return self.page

    @property
    def faults(self) -> dict[str, list[str]]:
        """What was found, with what the browser complained of."""
        faults = {name: faults for name, faults in self.found.items() if faults}
        return faults | ({"browser": self._watch.complaints} if self._watch.complaints else {})


@pytest.fixture(params=DIRECTIONS)
def looker(request, chromium, live_server) -> Iterator[Callable[[people.Post], Looker]]:
    """Makes lookers who read one language, on the smallest screen."""
    with a_context(chromium, viewport=NARROW, locale=request.param) as context:

        def sit_down(post: people.Post) -> Looker:
            made = Looker(context, live_server.url, post, axe=request.param == "ar")
            made.page.goto(f"{live_server.url}/desk/")
            shown = made.page.locator("html")
            assert shown.get_attribute("lang") == request.param
            assert shown.get_attribute("dir") == DIRECTIONS[request.param]
            return made

        yield sit_down


def test_no_page_of_a_supplier(looker: Callable[[people.Post], Looker]) -> None:
    people.everyone()
    jona = looker(people.JONA)
    jona.look("an empty list")
    at = timezone.now() - timedelta(days=60)
    late = referred(makers.a_case(in_status=CaseStatus.ASSESSMENT, at=at), f"Is it so? {LONG}")
    lifecycle.log_step(late.pk, by=liaison(people.JONA), at=at, body=f"We asked. {LONG}")
    now = timezone.now()
    fresh = referred(makers.a_case(in_status=CaseStatus.ASSESSMENT, at=now))

    jona.go("supplier/")
    jona.go(f"supplier/{late.reference}/")
    page = jona.go(f"supplier/{fresh.reference}/")
    for summary in page.locator("details summary").all():
        summary.click()
    jona.look("every form open")
    press(page.locator("form[action$='/say/answer/'] button[type=submit]"))
    assert page.locator(".errorlist").count() >= 1
    jona.look("a mistake")
    page.locator("form[action$='/say/answer/'] textarea").fill(f"It is so. {LONG}")
    press(page.locator("form[action$='/say/answer/'] button[type=submit]"))
    jona.look("answered")
    jona.go("supplier/S-00000-00000/")
    assert jona.faults == {}
    assert Referral.objects.filter(state="answered").count() == 1


def test_no_page_of_a_case_at_the_desk(looker: Callable[[people.Post], Looker]) -> None:
    people.everyone()
    at = timezone.now()
    case_id, _moment = assess("yes", "no", "yes", "no", "unknown")
    plan_one(case_id, at=_moment, description=LONG)
    fresh = makers.acknowledged(makers.a_case(at=at))
    lifecycle.write_back(fresh.id, at=at, body=LONG)
    asking = makers.a_case(in_status=CaseStatus.ASSESSMENT, at=at)
    agreed(asking)
    spoken = makers.a_case(in_status=CaseStatus.ASSESSMENT, at=at)
    heard(spoken)
    chidi = looker(people.CHIDI)
    chidi.go("queue/")
    chidi.go("queue/?reference=R-0000")
    chidi.go(f"case/{fresh.id}/")
    chidi.go(f"case/{case_id}/remedy/")
    chidi.go(f"case/{case_id}/history/")
    for verb in ("add_measure", "add_leverage", "make_offer"):
        chidi.go(f"case/{case_id}/?do={verb}")
    for verb in ("take_up", "write_to_person", "propose_out_of_scope"):
        page = chidi.go(f"case/{fresh.id}/?do={verb}")
        press(page.locator("#act button[type=submit]").last)
        assert page.locator(".errors").count() >= 1
        chidi.look(f"{verb} with a mistake")
    page = chidi.go(f"case/{asking.id}/referrals/")
    press(page.locator("form[action$='/preview/'] button[type=submit]"))
    chidi.look("a referral without words")
    page.locator("#ask_organisation").select_option(index=1)
    page.locator("form[action$='/preview/'] [name=purpose]").first.check()
    page.locator("form[action$='/preview/'] [name=body]").fill(LONG)
    page.locator("form[action$='/preview/'] [name=rendition]").fill(LONG)
    press(page.locator("form[action$='/preview/'] button[type=submit]"))
    assert page.locator("#rendition").count() == 1
    chidi.look("a referral before it goes")
    page = chidi.go(f"case/{asking.id}/elsewhere/")
    for step in ("add_proceeding", "answer_state_response"):
        press(page.locator(f"form[action$='/{step}/'] button[type=submit]"))
        chidi.look(f"{step} without an answer")
    for address, step in (("respondent", "hand_summary"), ("duties", "propose_override")):
        page = chidi.go(f"case/{spoken.id}/{address}/")
        press(page.locator(f"form[action$='/{step}/'] button[type=submit]"))
        chidi.look(f"{step} without an answer")
    page = chidi.go("channels/")
    for way in ("open", "file"):
        press(page.locator(f"form[action$='/channels/{way}/'] button[type=submit]"))
        chidi.look(f"a case from another channel by {way} without an answer")
    chidi.go("case/987654/")
    chidi.go("outbox/")
    assert chidi.faults == {}


def test_no_page_around_the_cases(looker: Callable[[people.Post], Looker]) -> None:
    people.everyone()
    makers.a_case(email="a@verborgen.example", at=timezone.now() - timedelta(days=2))
    assert OutboxMessage.objects.open().exists()
    body = Mechanism.objects.order_by("pk").first()
    assert body is not None
    ivo = looker(people.IVO)
    ivo.go("tables/")
    ivo.go("outbox/")
    ivo.go("stakeholders/mechanism/")
    page = ivo.go(f"stakeholders/mechanism/{body.pk}/change/")
    page.locator("#id_code").first.fill("")
    press(page.locator("input[name=_save]"))
    assert page.locator(".errornote").count() == 1
    ivo.look("a body with a mistake")
    ivo.go(f"stakeholders/mechanism/{body.pk}/history/")
    assert ivo.faults == {}


def test_no_page_of_an_auditor(looker: Callable[[people.Post], Looker]) -> None:
    people.everyone()
    made = makers.acknowledged(makers.a_case(at=timezone.now()))
    hana = looker(people.HANA)
    for address in ("queue/", f"case/{made.id}/", f"case/{made.id}/history/", "read-log/"):
        hana.go(address)
    assert hana.faults == {}
