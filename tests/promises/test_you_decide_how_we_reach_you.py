"""You decide how we reach you: whether, where, at which hours, and what the letter may show.

What you decide holds at once, also for letters that wait. Nothing is lost by it: whatever a letter
would have told stands on your page.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
import time_machine
from django.conf import settings as house

from core import outbox
from core.outbox import MessageStatus, OutboxMessage
from grievance import lifecycle, tasks
from grievance.models import Complainant
from grievance.notices import TO_PERSON, Notice
from grievance.notices.couriers import NoticeCourier
from grievance.notices.letters import letter
from tests import haystack, makers, people
from tests.amina import Amina
from tests.postbox import Postbox, open_postbox, words

pytestmark = pytest.mark.django_db(transaction=True)

ADDRESS, OTHER = "goldammer@verborgen.example", "zeisig@verborgen.example"
NOON = makers.RECEIVED_AT
"""Nine in the morning by UTC, and noon in Nairobi, where Amina is."""
NIGHT = NOON.replace(hour=21)


@pytest.fixture
def postbox(settings) -> Iterator[Postbox]:
    with open_postbox(settings) as box:
        yield box


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


def amina_with(**contact: str) -> tuple[Amina, str]:
    """Amina, who has raised a grievance and come back to it."""
    amina = Amina()
    key = amina.raise_a_grievance(contact=contact)
    amina.come_back(key)
    return amina, key


def reach(amina: Amina, **answers: str) -> None:
    """Open the page about reaching her, and send it."""
    amina.go("case/reach/")
    amina.send("/case/reach/", **answers)


def by_mail(**more: str) -> dict[str, str]:
    return {"contact_channel": "email", "email": ADDRESS, **more}


def written(made: makers.Made) -> None:
    """Staff write to the person."""
    by = people.by(people.BRAM)
    lifecycle.write_to_person(made.id, by=by, at=made.at, body="We have news.")


def person_rows() -> list[OutboxMessage]:
    return list(OutboxMessage.objects.filter(notice__in=TO_PERSON).order_by("id"))


def deliver(at: datetime) -> outbox.DeliveryReport:
    return outbox.deliver_due(courier=NoticeCourier(), at=at)


# --- the hours ---------------------------------------------------------------------------------


def test_no_letter_comes_at_night_and_in_the_morning_all_do_in_order(postbox: Postbox) -> None:
    made = makers.a_case(email=ADDRESS, at=NIGHT)
    answered = makers.acknowledged(makers.Made(made.id, made.key, NIGHT - timedelta(hours=23)))
    assert answered.at == NIGHT + timedelta(hours=1)
    deliver(NIGHT + timedelta(hours=2))
    assert postbox.to(ADDRESS) == []

    deliver(NIGHT.replace(hour=23))
    deliver(NIGHT.replace(hour=5) + timedelta(days=1))
    assert [words(one) for one in postbox.to(ADDRESS)] == [
        letter(notice, "en").body.strip() for notice in (Notice.RECEIVED, Notice.ACKNOWLEDGED)
    ]
    assert {row.attempts for row in person_rows()} == {1}, "Waiting is no attempt."


def test_the_night_is_that_of_the_persons_country(postbox: Postbox) -> None:
    makers.a_case(email=ADDRESS, at=NOON.replace(hour=4), country="KE")
    makers.a_case(email=OTHER, at=NOON.replace(hour=4), country="PH")
    deliver(NOON.replace(hour=4, minute=30))
    assert (len(postbox.to(ADDRESS)), len(postbox.to(OTHER))) == (0, 1)


def test_without_a_known_country_the_companys_night_holds(postbox: Postbox) -> None:
    makers.a_case(email=ADDRESS, at=NIGHT, country="")
    assert deliver(NIGHT).held == 1
    assert person_rows()[0].next_attempt_at == NIGHT.replace(hour=8) + timedelta(days=1)


@pytest.mark.parametrize(("choice", "hour"), [("mornings", 5), ("afternoons", 9), ("evenings", 14)])
def test_a_letter_comes_only_at_the_time_that_is_safe(
    postbox: Postbox, choice: str, hour: int
) -> None:
    made = makers.a_case(email=ADDRESS, at=NIGHT, safe_time=choice)
    deliver(NIGHT)
    opens = NIGHT.replace(hour=hour) + timedelta(days=1)
    assert deliver(opens - timedelta(minutes=1)).sent == 0
    assert deliver(opens).sent == 1
    assert made.case.complainant.safe_time == choice


def test_staff_hear_of_an_arrival_at_night_and_of_other_things_in_the_morning(
    postbox: Postbox,
) -> None:
    people.everyone()
    made = makers.acknowledged(makers.a_case(at=NIGHT - timedelta(days=1)))
    lifecycle.write_back(made.id, at=NIGHT, body="One thing more.")
    deliver(NIGHT)
    assert [row.notice for row in OutboxMessage.objects.held(at=NIGHT)] == [Notice.PERSON_WROTE]

    by = people.by(people.BRAM)
    lifecycle.mark_urgent(made.id, by=by, at=NIGHT, reason_code="life_at_risk")
    lifecycle.write_back(made.id, at=NIGHT + timedelta(hours=1), body="Somebody is at the door.")
    before = len(postbox.letters)
    deliver(NIGHT + timedelta(hours=1))
    told = {words(one) for one in postbox.letters[before:]}
    assert letter(Notice.PERSON_WROTE, "en").body.strip() in told


# --- the person's page -------------------------------------------------------------------------


def test_letters_can_be_switched_off_and_what_waits_is_not_sent(
    clock: time_machine.Traveller, postbox: Postbox
) -> None:
    amina, _key = amina_with(**by_mail())
    assert [row.status for row in person_rows()] == [MessageStatus.QUEUED]
    reach(amina, contact_channel="portal_only", email="")

    assert "Saved." in amina.page.words
    tasks.deliver_notices()
    assert [row.status for row in person_rows()] == [MessageStatus.NOT_NEEDED]
    assert postbox.to(ADDRESS) == []
    person = Complainant.objects.get()
    assert (person.contact_address, person.contact_index) == (None, None)


def test_switching_off_holds_also_for_what_waits_for_the_morning(postbox: Postbox) -> None:
    with time_machine.travel(NIGHT, tick=False):
        amina, _key = amina_with(**by_mail())
        tasks.deliver_notices()
        assert OutboxMessage.objects.held(at=NIGHT).count() == 1
        reach(amina, contact_channel="portal_only", email="")
        tasks.deliver_notices()
    assert [row.status for row in person_rows()] == [MessageStatus.NOT_NEEDED]


def test_a_new_address_gets_what_was_waiting(
    clock: time_machine.Traveller, postbox: Postbox
) -> None:
    amina, _key = amina_with(**by_mail())
    reach(amina, contact_channel="email", email=OTHER)
    tasks.deliver_notices()
    assert (len(postbox.to(ADDRESS)), len(postbox.to(OTHER))) == (0, 1)


def test_who_wanted_no_letters_can_want_them_later(
    clock: time_machine.Traveller, postbox: Postbox
) -> None:
    amina, _key = amina_with(contact_channel="portal_only")
    reach(amina, contact_channel="email", email=ADDRESS, safe_time="evenings")
    case_id = Complainant.objects.get().case_id
    made = makers.acknowledged(makers.Made(case_id, "", NOON))
    deliver(made.at)
    assert postbox.to(ADDRESS) == []
    deliver(made.at.replace(hour=15))
    assert len(postbox.to(ADDRESS)) == 1


def test_an_address_that_is_there_is_kept_and_never_shown(
    clock: time_machine.Traveller, postbox: Postbox
) -> None:
    amina, key = amina_with(**by_mail())
    page = amina.go("case/reach/")
    assert ADDRESS not in page.response.content.decode()
    assert "Leave this empty to keep it." in page.words
    reach(amina, contact_channel="email", email="", safe_time="afternoons")
    tasks.deliver_notices()
    assert len(postbox.to(ADDRESS)) == 1
    assert Complainant.objects.get().safe_time == "afternoons"


def test_what_is_wrong_is_said_and_nothing_typed_is_lost(clock: time_machine.Traveller) -> None:
    amina, _key = amina_with(contact_channel="portal_only")
    reach(amina, contact_channel="email", email="goldammer at verborgen")
    assert "Write the e-mail address in full" in amina.page.words
    assert amina.page.value("email") == "goldammer at verborgen"
    reach(amina, contact_channel="email", email="")
    assert "Write your e-mail address, or choose" in amina.page.words
    assert Complainant.objects.get().contact_channel == "portal_only"


def test_a_visit_that_ran_out_loses_nothing(clock: time_machine.Traveller) -> None:
    amina, key = amina_with(contact_channel="portal_only")
    amina.go("case/reach/")
    clock.shift(timedelta(hours=2))
    amina.send("/case/reach/", contact_channel="email", email=ADDRESS, safe_time="mornings")
    amina.send("/case/reach/", key=key)
    assert Complainant.objects.get().safe_time == "mornings"


def test_it_can_be_changed_when_the_case_is_over(postbox: Postbox) -> None:
    made = makers.a_case(in_status="closed", email=ADDRESS)
    lifecycle.change_contact(made.id, at=made.at, channel="portal_only")
    deliver(made.at)
    assert postbox.to(ADDRESS) == []
    assert {row.status for row in person_rows()} == {MessageStatus.NOT_NEEDED}


def test_staff_see_that_it_was_changed_and_not_to_what(clock: time_machine.Traveller) -> None:
    amina, _key = amina_with(**by_mail())
    reach(amina, contact_channel="email", email=OTHER, safe_time="mornings")
    case_id = Complainant.objects.get().case_id
    page = people.signed_in(people.CHIDI).get(f"/desk/case/{case_id}/").content.decode()
    assert "The person changed how they may be reached" in page
    assert "Only in the morning, from 8 to 12" in page
    assert OTHER not in page
    tables = haystack.tables()
    for name in ("grievance_complainant", "grievance_historicalcomplainant", "core_outboxmessage"):
        assert haystack.found([ADDRESS, OTHER], tables[name]) == []


# --- the link ----------------------------------------------------------------------------------


@pytest.mark.parametrize("language", [code for code, _name in house.LANGUAGES])
def test_only_who_asked_for_it_gets_a_link_and_it_leads_to_the_door(
    postbox: Postbox, settings, language: str
) -> None:
    settings.REDRESS_PUBLIC_URL = "https://speak.example.org"
    asked = makers.a_case(email=ADDRESS, language=language, wants_link=True)
    makers.a_case(email=OTHER, language=language)
    makers.acknowledged(asked)
    deliver(NOON)
    assert "http" not in words(postbox.to(OTHER)[0])
    said = words(postbox.to(ADDRESS)[0])
    assert f"https://speak.example.org/{language}/case/" in said
    assert said.count("http") == 1 and asked.key not in said
    assert asked.case.reference not in said and "?" not in said.split("http")[1]


def test_a_house_that_does_not_know_its_address_offers_no_link(settings) -> None:
    settings.REDRESS_PUBLIC_URL = ""
    amina = Amina()
    amina.begin()
    page = amina.go("raise/contact/")
    assert "wants_link" not in page.response.content.decode()


def test_the_choices_of_the_question_reach_the_case(clock: time_machine.Traveller) -> None:
    amina = Amina()
    page = amina.answer_all(
        contact=by_mail(safe_time="evenings", wants_link="yes")  # type: ignore[arg-type]
    )
    assert "Only in the evening, from 5 to 8" in page.words
    amina.send("/raise/send/")
    person = Complainant.objects.get()
    assert (person.safe_time, person.wants_link) == ("evenings", True)


def test_who_chose_no_mail_has_no_leftover_choices(clock: time_machine.Traveller) -> None:
    amina = Amina()
    amina.raise_a_grievance(
        contact={"contact_channel": "portal_only", "safe_time": "evenings", "wants_link": "yes"}
    )
    person = Complainant.objects.get()
    assert (person.safe_time, person.wants_link) == ("any", False)
