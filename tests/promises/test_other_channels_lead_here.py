"""A matter that comes up in another channel of the house becomes a case, by hand or from a file.

It is marked with its channel, nothing is opened twice, and the key is shown once, to be handed to
the person.
"""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile

from grievance import lifecycle
from grievance.models import Arrival, Case, CaseEvent
from stakeholders.vocabulary import CaseStatus
from tests import makers, people
from tests.amina import Amina
from tests.desk import Desk
from tests.remedy_desk import NOW

pytestmark = pytest.mark.django_db
NARRATIVE, TICKET = "narrative-canary: my account is gone.", "ticket-canary-77"
COLUMNS = "channel,reference,language,country,who_was_harmed,email,narrative"
GOOD = f"erasure_request,{TICKET},es,KE,me,,{NARRATIVE}"
MORE = "labour_channel,L-1,en,,group,rosa@example.net,They keep our papers."


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=False) as clock:
        people.everyone()
        yield clock


@pytest.fixture
def bram() -> Desk:
    return Desk(people.BRAM)


def by_hand(desk: Desk, **values: str) -> None:
    desk.go("channels/")
    given = {
        "channel": "erasure_request",
        "reference": TICKET,
        "language": "es",
        "country": "KE",
        "who_was_harmed": "me",
        "narrative": NARRATIVE,
    }
    desk.send("/channels/open/", **{**given, **values})


def from_file(desk: Desk, *rows: str) -> None:
    desk.go("channels/")
    content = "\n".join((COLUMNS, *rows, "")).encode()
    file = SimpleUploadedFile("cases.csv", content, content_type="text/csv")
    desk.post("channels/file/", {"file": file})  # type: ignore[dict-item]


def keys(desk: Desk) -> list[str]:
    """The keys that the page shows."""
    return [cell.text for cell in desk.page.root.all("td", dir="ltr")]


def test_a_case_is_opened_by_hand_marked_and_its_key_shown_once(bram: Desk) -> None:
    by_hand(bram)
    [key] = keys(bram)
    case = Case.objects.get()
    assert case.reference in bram.words and (case.language, case.country) == ("es", "KE")
    bram.go("channels/")
    assert key not in bram.words
    bram.open(case.pk)
    assert "Request to erase data" in bram.section("facts")
    event = CaseEvent.objects.get(case=case, verb="submit")
    assert (event.actor_kind, event.actor_id) == ("staff", people.the(people.BRAM).pk)
    amina = Amina()
    amina.come_back(key)
    assert NARRATIVE in amina.page.words
    assert case.clocks.filter(kind="acknowledge", stopped_at__isnull=True).exists()


def test_a_case_of_the_portal_has_no_channel(bram: Desk) -> None:
    made = makers.a_case()
    bram.open(made.id)
    assert not Arrival.objects.exists()
    assert "Request to erase data" not in bram.section("facts")


def test_the_same_reference_of_the_same_channel_opens_nothing_twice(bram: Desk) -> None:
    by_hand(bram)
    first = Case.objects.get()
    by_hand(bram, reference=f" {TICKET.upper()} ")
    assert bram.page.status == 422 and first.reference in bram.words
    assert bram.page.root.one("textarea").raw.strip() == NARRATIVE
    by_hand(bram, anyway="on")
    assert bram.refusals == ["This reference of that channel has a case already."]
    assert Case.objects.count() == 1
    by_hand(bram, channel="technical_support")
    assert len(keys(bram)) == 1, "Another channel counts its own tickets."


def test_the_same_contact_is_proposed_and_staff_decide(bram: Desk) -> None:
    made = makers.a_case(email="rosa@example.net")
    by_hand(bram, email="Rosa@example.net")
    assert bram.page.status == 422 and made.case.reference in bram.words
    assert Case.objects.count() == 1
    by_hand(bram, email="Rosa@example.net", anyway="on")
    assert len(keys(bram)) == 1 and Case.objects.count() == 2


def test_a_similar_matter_is_proposed_once_the_issue_is_known(bram: Desk) -> None:
    near = makers.a_case(in_status=CaseStatus.ASSESSMENT)
    elsewhere = makers.a_case(in_status=CaseStatus.ASSESSMENT, country="DE")
    of_old = makers.a_case(
        in_status=CaseStatus.ASSESSMENT, at=makers.RECEIVED_AT - timedelta(days=120)
    )
    by_hand(bram)
    case = Case.objects.get(arrival__isnull=False)
    bram.open(case.pk)
    assert "May be the same matter:" not in bram.words
    made = makers.acknowledged(makers.Made(case.pk, "", NOW))
    makers.taken_up(made)
    bram.open(case.pk)
    assert "May be the same matter:" in bram.words and near.case.reference in bram.words
    for other in (elsewhere, of_old):
        assert other.case.reference not in bram.words
    bram.open(near.id)
    assert "May be the same matter:" not in bram.words, "It is asked of what came by other ways."


def test_what_is_missing_is_said_and_what_was_typed_stays(bram: Desk) -> None:
    by_hand(bram, channel="")
    assert bram.page.status == 422 and "Choose one of the answers." in bram.words
    assert bram.page.root.one("textarea").raw.strip() == NARRATIVE
    assert not Case.objects.exists()


def test_a_file_is_tried_first_and_then_opens_all_of_it_once(bram: Desk) -> None:
    made = makers.a_case(email="rosa@example.net")
    from_file(bram, GOOD, MORE)
    assert bram.page.status == 200 and Case.objects.count() == 1, "A trial opens nothing."
    assert made.case.reference in bram.section("trial"), "The same contact is pointed out."
    plan = bram.page.root.one("input", name="plan").attrs["value"]
    bram.post("channels/file/", {"plan": plan})
    assert len(keys(bram)) == 2 and Case.objects.count() == 3
    assert set(Arrival.objects.values_list("channel", flat=True)) == {
        "erasure_request",
        "labour_channel",
    }
    bram.post("channels/file/", {"plan": plan})
    assert keys(bram) == [] and Case.objects.count() == 3, "A second press opens nothing more."


@pytest.mark.parametrize(
    ("row", "column"),
    [
        (GOOD.replace("erasure_request", "telepathy"), "channel"),
        (GOOD.replace(TICKET, ""), "reference"),
        (GOOD.replace(",es,", ",xx,"), "language"),
        (GOOD.replace(",KE,", ",QQ,"), "country"),
        (GOOD.replace(",me,", ",nobody,"), "who_was_harmed"),
        (GOOD.replace(",,narr", ",no address,narr"), "email"),
        (GOOD.replace(NARRATIVE, " "), "narrative"),
        (MORE, "reference"),
    ],
)
def test_a_wrong_row_is_named_and_nothing_of_the_file_opens(
    bram: Desk, row: str, column: str
) -> None:
    from_file(bram, MORE, row)
    assert bram.page.status == 422
    [line] = bram.page.root.one("table", class_="desk").one("tbody").all("tr")
    assert line.one("th").text == "3" and line.all("td")[0].text == column
    assert not bram.page.root.all("input", name="plan")
    assert not Case.objects.exists()


@pytest.mark.parametrize("content", [b"\xff\xfe", b"", b"a,b\n1,2\n", b'channel,"x\n'])
def test_what_is_no_such_file_is_refused_in_words(bram: Desk, content: bytes) -> None:
    bram.go("channels/")
    bram.post("channels/file/", {"file": SimpleUploadedFile("x.csv", content)})  # type: ignore[dict-item]
    assert bram.page.status == 422 and not Case.objects.exists()


def test_nobody_uses_the_trial_of_somebody_else(bram: Desk) -> None:
    from_file(bram, GOOD)
    plan = bram.page.root.one("input", name="plan").attrs["value"]
    ewa = Desk(people.EWA)
    ewa.go("channels/")
    ewa.post("channels/file/", {"plan": plan})
    assert ewa.page.status == 422 and not Case.objects.exists()


def test_auditors_bring_nothing_in() -> None:
    entered = lifecycle.Entered(by=people.by(people.HANA), channel="other")
    with pytest.raises(lifecycle.NotPermitted):
        lifecycle.submit(makers.an_account(), at=NOW, entered=entered)
    assert Desk(people.HANA).go("channels/").status == 403


def test_ticket_and_words_stand_nowhere_in_clear(bram: Desk) -> None:
    by_hand(bram)
    row = Arrival.objects.get()
    assert TICKET not in repr(vars(row)) and TICKET.encode() not in bytes(row.reference_index)
    hana = Desk(people.HANA)
    hana.go(f"case/{row.case_id}/history/")
    assert TICKET not in hana.words and NARRATIVE not in hana.words
