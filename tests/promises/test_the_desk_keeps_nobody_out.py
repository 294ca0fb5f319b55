"""No page and no form of the desk keeps anybody out: barriers, narrow screens, right to left."""

from typing import Any
from urllib.parse import urlsplit

import pytest
from django.utils import timezone

from grievance import lifecycle
from grievance.models import Case
from tests import makers, people
from tests.browser import NARROW, Watch, a_context, barriers, press, too_wide
from tests.remedy_makers import an_organisation, assess, deliver_all, offer_one, plan_one
from tests.signed_in import signed_in_page

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
    "declare_conflict",
)
FORMS_OF_DELIVERY = ("deliver_measure", "judge_element", "add_leverage", "conclude")


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["narrow", "wide"])
def test_no_page_and_no_form_of_remedy_keeps_anybody_out(chromium, live_server, size) -> None:
    with a_context(chromium, viewport=size) as desktop:
        look_at_all_of_remedy(desktop, live_server, contrast=size == WIDE)


def look_at_all_of_remedy(desktop: Any, live_server: Any, *, contrast: bool) -> None:
    """Open each page and form of remedy as Chidi; assert that none keeps anybody out."""
    people.everyone()
    done, delivered = a_case_with_everything(), in_delivery()
    assessed = makers.a_case(in_status="assessment", at=timezone.now()).id
    found: dict[str, list[str]] = {}
    watch = Watch(urlsplit(live_server.url).netloc)
    page = watch.over(signed_in_page(desktop, live_server.url, people.CHIDI))

    def look(address: str, *, after: str = "") -> None:
        page.goto(f"{live_server.url}/desk/{address}")
        if after:
            press(page.locator(after))
        faults = barriers(page, contrast=contrast)
        found[f"{address} {after}"] = faults + [f"too wide: {one}" for one in too_wide(page)]

    look("queue/")
    look("queue/?contested=on")
    look("absences/")
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
    press(page.locator("#act button[name=look]"))
    assert page.locator(".proposal").count() == 1
    found["proposal"] = barriers(page) + too_wide(page)

    assert {name: faults for name, faults in found.items() if faults} == {}
    assert watch.complaints == []
    assert Case.objects.get(pk=assessed).remediation.nexus == ""
