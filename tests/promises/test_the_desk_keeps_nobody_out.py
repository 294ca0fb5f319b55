"""No page and no form of the desk keeps anybody out: barriers, narrow screens, right to left."""

from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.utils import timezone

from grievance import lifecycle
from grievance.models import Case
from tests import makers, people
from tests.browser import NARROW, Watch, barriers, too_wide
from tests.remedy_makers import an_organisation, assess, deliver_all, offer_one, plan_one

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]
WIDE = {"width": 1400, "height": 900}
LONG_WORD = "w" * 120


def a_case_with_everything() -> int:
    """A contested end, with an appeal, two offers and words too long for a small screen."""
    case_id, at = assess("yes", "no", "yes", "no", "unknown")
    chidi = people.by(people.CHIDI)
    lifecycle.set_share(
        case_id, by=chidi, at=at, organisation_id=an_organisation().pk, nexus="caused", percent=70
    )
    measure = plan_one(case_id, at=at, description=f"The cameras are gone. {LONG_WORD}")
    lifecycle.add_leverage(
        case_id,
        by=chidi,
        at=at,
        partner_id=an_organisation("Harbour Sorting", relationship="business_customer").pk,
        lever="exit",
        description="We ask them to stop.",
        due_on=at.date(),
        exit_impact="Two hundred people would lose their work.",
    )
    offer_one(case_id, at=at)
    lifecycle.answer_measure(
        case_id, at=at, measure_id=measure, answer="accept", words=f"Yes. {LONG_WORD}"
    )
    deliver_all(case_id, at=at)
    lifecycle.conclude(
        case_id, by=chidi, at=at, outcome="remedied_full", explanation="All was done."
    )
    lifecycle.give_verdict(case_id, at=at, delivered="no", words=f"No. {LONG_WORD}")
    return case_id


def in_delivery() -> int:
    """A case whose one measure is agreed and late."""
    case_id, at = assess("yes", "no", "yes", "no", "no")
    measure = plan_one(case_id, at=at)
    offer_one(case_id, at=at)
    lifecycle.answer_measure(case_id, at=at, measure_id=measure, answer="accept")
    lifecycle.start_delivery(case_id, by=people.by(people.CHIDI), at=at)
    return case_id


FORMS = (
    "rate_severity",
    "set_share",
    "add_element",
    "determine_nexus",
    "propose_finding",
    "name_respondent",
)
FORMS_OF_DELIVERY = ("deliver_measure", "judge_element", "add_leverage", "conclude")


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["narrow", "wide"])
def test_no_page_and_no_form_of_remedy_keeps_anybody_out(chromium, live_server, size) -> None:
    people.everyone()
    done, delivered = a_case_with_everything(), in_delivery()
    assessed = makers.a_case(in_status="assessment", at=timezone.now()).id
    found: dict[str, list[str]] = {}
    watch = Watch(urlsplit(live_server.url).netloc)
    context = chromium.new_context(viewport=size)
    name = settings.SESSION_COOKIE_NAME
    session = people.signed_in(people.CHIDI).cookies[name].value
    context.add_cookies([{"name": name, "value": session, "url": live_server.url}])
    page = watch.over(context.new_page())

    def look(address: str, *, after: str = "") -> None:
        page.goto(f"{live_server.url}/desk/{address}")
        if after:
            page.locator(after).click()
            page.wait_for_load_state()
        found[f"{address} {after}"] = barriers(page) + [
            f"too wide: {one}" for one in too_wide(page)
        ]

    look("queue/")
    look("queue/?contested=on")
    look(f"case/{done}/")
    look(f"case/{done}/remedy/")
    look(f"case/{delivered}/remedy/")
    look(f"case/{done}/history/")
    for verb in FORMS:
        look(f"case/{assessed}/?do={verb}")
    look(f"case/{assessed}/?do=rate_severity", after="#act button.press")
    look(f"case/{assessed}/?do=determine_nexus", after="#act button[name=look]")
    for verb in FORMS_OF_DELIVERY:
        look(f"case/{delivered}/?do={verb}")
    page.goto(f"{live_server.url}/desk/case/{assessed}/?do=determine_nexus")
    for row in page.locator("#act fieldset").all():
        row.locator("input").first.check()
    page.locator("#act button[name=look]").click()
    page.wait_for_load_state()
    assert page.locator(".proposal").count() == 1
    found["proposal"] = barriers(page) + too_wide(page)
    context.close()

    assert {name: faults for name, faults in found.items() if faults} == {}
    assert watch.complaints == []
    assert Case.objects.get(pk=assessed).remediation.nexus == ""
