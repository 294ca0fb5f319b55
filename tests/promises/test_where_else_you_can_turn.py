"""Where else one can turn: found for the case at hand, told in plain words, and kept nowhere."""

from collections.abc import Iterator
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from core.actors import SYSTEM
from core.ledger.history import Stamp, stamped
from grievance import lifecycle
from grievance.lifecycle import Described
from grievance.models import CaseEvent, CaseMatter
from grievance.reading.elsewhere import grounds_of
from grievance.reading.matter import answer_to, matter_of
from grievance.state_response import StateGround
from stakeholders.models import Mechanism, Organisation
from stakeholders.vocabulary import CaseStatus
from tests import makers, people
from tests.amina import Amina
from tests.desk import Desk
from tests.makers import Made
from tests.page import filled
from tests.remedy_desk import NOW

pytestmark = pytest.mark.django_db
LOVE = "danger_orientation"


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=False) as clock:
        people.everyone()
        yield clock


@pytest.fixture
def made() -> Made:
    return makers.a_case(in_status=CaseStatus.ASSESSMENT, remedies_wanted=())


@pytest.fixture
def chidi() -> Desk:
    return Desk(people.CHIDI)


def describe(made: Made, **codes: object) -> None:
    described = Described(**codes)  # type: ignore[arg-type]
    lifecycle.describe_matter(made.id, by=people.by(people.CHIDI), at=NOW, described=described)


# --- what a case knows ---------------------------------------------------------------------------


def test_staff_say_where_and_for_whom_on_one_short_form(made: Made, chidi: Desk) -> None:
    chidi.go(f"case/{made.id}/?do=describe_matter")
    chosen = chidi.page.root.one("select", id="f_filer_role").one("option", selected="")
    assert chosen.attrs["value"] == "affected_group", "The person's own answer stands there."
    chidi.send(
        "/do/describe_matter/",
        impact=["KE", "UG"],
        data_in=["IE"],
        done_in=["US"],
        filer_role="civil_society",
        flags=["survivor"],
    )
    assert chidi.done == ["Noted."]
    noted = CaseMatter.objects.get(case_id=made.id)
    assert noted.impact == ["UG"], "The first country of harm stands on the case itself."
    assert (noted.data, noted.perpetrator, noted.flags) == (["IE"], ["US"], ["survivor"])
    assert noted.history.get().actor_id == people.the(people.CHIDI).pk
    asked = matter_of(made.case)
    assert asked.impact == ("KE", "UG") and asked.filers == ("civil_society",)
    assert asked.language == "en" and asked.harm == "surveillance_privacy"
    assert asked.flags == {"survivor", "anonymous"}, "That no letters are wanted says itself."


def test_a_flag_that_tells_who_somebody_is_stands_in_no_event(made: Made) -> None:
    describe(made, flags=(LOVE,))
    event = CaseEvent.objects.filter(case_id=made.id).latest("number")
    assert event.verb == "describe_matter" and event.data == {}


def test_what_the_person_wants_is_looked_for() -> None:
    claim = makers.a_case(in_status=CaseStatus.ASSESSMENT, remedies_wanted=("compensation",))
    assert matter_of(claim.case).remedies == ("compensation",)
    shown = [one.entry for one in answer_to(matter_of(claim.case)).proposals]
    assert all("compensation" in (*one.can_order, *one.can_agree) for one in shown) and shown


def test_codes_that_nobody_knows_are_refused(made: Made) -> None:
    for wrong in ({"data": ("ZZ",)}, {"flags": ("anonymous",)}, {"filer_role": "sorcerer"}):
        with pytest.raises(lifecycle.UnknownAnswer):
            describe(made, **wrong)
    assert not CaseMatter.objects.exists()


def test_data_or_a_doer_abroad_make_it_a_matter_across_borders(settings) -> None:  # type: ignore[no-untyped-def]
    settings.REDRESS_HOME_COUNTRY = "KE"
    for said, flagged in (({}, False), ({"data": ("IE",)}, True), ({"perpetrator": ("US",)}, True)):
        case = makers.a_case(in_status=CaseStatus.ASSESSMENT)
        describe(case, **said)
        assert (StateGround.CROSS_BORDER in grounds_of(case.case)) is flagged


def test_schemes_of_the_company_itself_are_asked_too(made: Made) -> None:
    with stamped(Stamp(SYSTEM, "load_reference", uuid4(), NOW)):
        Organisation(
            name="Ours Ltd",
            country="DE",
            relationship="own_entity",
            member_of=["msi-rba"],
            financed_by=["dfi-cao"],
        ).save()
    asked = matter_of(made.case)
    assert asked.member_of == {"msi-rba"} and asked.financed_by == {"dfi-cao"}
    assert "DE" in asked.home


def test_staff_tick_the_schemes_of_an_organisation_by_name() -> None:
    farid = Desk(people.FARID)
    farid.go("stakeholders/organisation/add/")
    words = farid.page.words
    assert Mechanism.objects.get(code="msi-rba").name in words
    assert Mechanism.objects.get(code="dfi-cao").name in words


# --- the desk ------------------------------------------------------------------------------------


def test_the_desk_lists_what_fits_with_reasons_one_press_from_acting(
    made: Made, chidi: Desk
) -> None:
    chidi.open(made.id)
    chidi.follow(f"/desk/case/{made.id}/routes/")
    body = Mechanism.objects.get(code="dpa-ke")
    card = next(one for one in chidi.page.root.all("article") if one.attrs.get("id") == body.code)
    assert "It works in the country that you chose." in card.text and "It may order" in card.text
    links = {one.text: one.attrs["href"] for one in card.all("a")}
    assert len(links) == 2
    for href in links.values():
        page = Desk(people.CHIDI).go(f"/desk/case/{made.id}/{href.split(f'/{made.id}/')[1]}")
        chosen = [one.attrs["value"] for one in page.root.all("option", selected="")]
        assert str(body.pk) in chosen


def test_danger_is_held_back_with_its_reason_until_it_is_asked_for(made: Made, chidi: Desk) -> None:
    describe(made, flags=(LOVE, "consent_police"))
    police = Mechanism.objects.get(code="generic-police-prosecutor").name
    page = chidi.go(f"case/{made.id}/routes/?all")
    assert police not in chidi.section("routes")
    assert police in chidi.section("held") and "It can put people in danger" in page.words
    chidi.go(f"case/{made.id}/routes/?all&danger")
    assert police in chidi.section("routes")


def test_a_scheme_that_fits_only_with_a_role_goes_by_what_was_noted(made: Made) -> None:
    wage = {"impact": ("KE",), "group": "content_moderator_labeller"}
    describe(made, **wage, filer_role="affected_person")
    assert matter_of(made.case).filers == ("affected_person", "content_moderator_labeller")
    describe(made, filer_role="affected_person")
    assert matter_of(made.case).filers == (), "Being affected alone shuts no door."


def test_the_page_takes_the_same_few_reads_however_much_fits(made: Made, chidi: Desk) -> None:
    def reads(address: str) -> int:
        with CaptureQueriesContext(connection) as seen:
            chidi.go(address)
        return len(seen)

    few = reads(f"case/{made.id}/routes/")
    assert reads(f"case/{made.id}/routes/?all&danger") == few <= 12


# --- the person ----------------------------------------------------------------------------------


@pytest.fixture
def amina(made: Made) -> Amina:
    amina = Amina()
    amina.come_back(made.key)
    return amina


def test_the_person_reads_where_else_they_can_turn(amina: Amina) -> None:
    assert any(a.attrs["href"].endswith("/case/routes/") for a in amina.page.root.all("a"))
    page = amina.go("case/routes/")
    assert "This is not legal advice." in page.words and "nothing here pauses" in page.words
    cards = page.root.all("article", class_="card")
    assert cards and all("It cannot" in card.text or "It can" in card.text for card in cards)
    assert "Not shown, and why" in page.words


def test_every_body_that_fits_is_reached_page_by_page(amina: Amina, made: Made) -> None:
    seen: list[str] = []
    page, number = amina.go("case/routes/"), 1
    while True:
        seen += [card.one("h3").text for card in page.root.all("article", class_="card")]
        further = [b for b in page.root.all("button", name="page") if b.text == "Next page"]
        if not further:
            break
        number += 1
        assert further[0].attrs["value"] == str(number)
        page = amina.go(f"case/routes/?page={number}")
    assert len(seen) == len(set(seen)) > 10


def test_dangerous_routes_come_by_a_press_and_by_no_address(amina: Amina, made: Made) -> None:
    describe(made, flags=(LOVE,))
    police = Mechanism.objects.get(code="generic-police-prosecutor").name

    def shown(page) -> list[str]:  # type: ignore[no-untyped-def]
        return [card.one("h3").text for card in page.root.all("article", class_="card")]

    assert police not in shown(amina.go("case/routes/?danger=1"))
    form = next(
        one for one in amina.go("case/routes/").root.all("form") if one.all("input", name="danger")
    )
    page, found = amina.post("/en/case/routes/", filled(form)), []
    assert "Dangerous routes are shown too." in page.words and "?" not in page.url
    while police not in found:
        found += shown(page)
        further = [b for b in page.root.all("button", name="page") if b.text == "Next page"]
        if not further:
            break
        page = amina.send("/case/routes/", press={"page": further[0].attrs["value"]})
    assert police in found


def test_without_an_open_case_the_key_is_asked_for() -> None:
    page = Amina().go("case/routes/")
    assert page.path.endswith("/case/")


def test_courts_come_with_their_time_limits_and_help_with_costs(made: Made, amina: Amina) -> None:
    for number in range(1, 20):
        page = amina.go(f"case/routes/?page={number}")
        if "Before you go to a court" in page.words:
            assert "legal aid" in page.words and "time limits" in page.words
            return
    pytest.fail("No court among what fits the case.")


# --- everybody -----------------------------------------------------------------------------------


def test_what_a_visitor_says_of_themselves_is_in_no_address_and_no_cookie() -> None:
    visitor = Amina()
    visitor.go("help/")
    page = visitor.send(
        "/help/",
        country="KE",
        more="Uganda, Irland; ie",
        harm="ncii_deepfake",
        flags=[LOVE, "under_18"],
        filer="child_guardian",
        police="1",
    )
    assert page.status == 200 and "?" not in page.url
    assert not visitor.client.cookies
    hrefs = " ".join(a.attrs.get("href", "") for a in page.root.all("a"))
    assert LOVE not in hrefs and "under_18" not in hrefs
    ticked = {
        i.attrs["value"] for i in page.root.all("input", name="flags") if "checked" in i.attrs
    }
    assert ticked == {LOVE, "under_18"}
    assert "It can put people in danger" in page.words, "What is held back says why."
    assert "We do not know this country" in page.words, "Irland is no English name."


def test_an_address_with_flags_tells_nothing() -> None:
    told = Amina().go(f"help/?country=KE&flags={LOVE}&more=Uganda").root
    assert not [i for i in told.all("input", name="flags") if "checked" in i.attrs]
    assert told.one("input", name="more").attrs["value"] == ""
    assert LOVE not in " ".join(a.attrs["href"] for a in told.one("main").all("a"))


def test_help_for_a_hacked_account_stands_first_wherever_it_is() -> None:
    visitor = Amina()
    visitor.go("help/")
    page = visitor.send("/help/", country="KE", flags=["hacked_account"])
    names = [card.one("h3").text for card in page.root.all("article", class_="card")]
    kinds = dict(Mechanism.objects.filter(name_en__in=names).values_list("name_en", "kind"))
    assert kinds[names[0]] == "digital_security_helpline"


def test_more_pages_keep_what_was_told() -> None:
    visitor = Amina()
    visitor.go("help/")
    first = visitor.send("/help/", country="KE", flags=["survivor"])
    button = next(b for b in first.root.all("button", name="page") if b.text == "Next page")
    second = visitor.send("/help/", press={"page": button.attrs["value"]})
    names = [
        {card.one("h3").text for card in page.root.all("article", class_="card")}
        for page in (first, second)
    ]
    assert names[1] and not names[0] & names[1]
    assert any("checked" in i.attrs for i in second.root.all("input", name="flags"))


def test_what_it_should_help_to_agree_on_narrows() -> None:
    visitor = Amina()
    visitor.go("help/")
    page = visitor.send("/help/", country="KE", agree="compensation")
    names = [card.one("h3").text for card in page.root.all("article", class_="card")]
    rows = Mechanism.objects.filter(name_en__in=names)
    assert rows and all("compensation" in row.remedies_by_agreement for row in rows)


def test_a_posted_page_is_small_and_takes_few_reads() -> None:
    for language in ("en", "ru", "ar"):
        told = {"country": "DE", "flags": [LOVE, "hacked_account", "state_involved"], "police": "1"}
        with CaptureQueriesContext(connection) as reads:
            response = Client().post(f"/{language}/help/", told)
        assert len(reads) <= 3
        assert len(response.content) <= 50 * 1024


def test_who_was_hacked_is_told_of_a_helpline_before_the_files() -> None:
    page = Amina().begin()
    words = page.words
    assert "Was an account or a device attacked?" in words
    helpline = Mechanism.objects.get(code="help-digital-first-aid-kit")
    assert any(a.attrs.get("href") == helpline.url for a in page.root.all("a"))
