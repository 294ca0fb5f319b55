"""The side complained of is heard on a text without a name, and never gets into the case.

Whom a case is about can be a unit of a partner: the rest of it may be asked with the person's
consent, and whoever belongs to that unit, or is complained of, cannot tell that there is anything.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from core.outbox import OutboxMessage
from grievance import lifecycle
from grievance.models import (
    CaseEvent,
    HandedBy,
    Referral,
    ReferralState,
    RespondentSummary,
    UnitComplainedOf,
)
from stakeholders.models import User
from stakeholders.roles import Role
from stakeholders.vocabulary import CaseStatus
from tests import makers, people
from tests.amina import Amina
from tests.desk import Desk
from tests.referral_makers import RENDITION, agreed, liaison, referred, sent, supplier_of

pytestmark = pytest.mark.django_db
HOME = "/desk/supplier/"
ADDRESS = "goldammer.amina@example.net"
UNIT = "Kanarienvogel shift at the east gate"
SUMMARY = "Somebody says that cameras score people at work. What do you say to it?"
ANSWER = "The Stieglitz team switched them off, and two others know why."
RELEASED = "They say that the cameras are off."
MARA = people.Post(
    "mara", Role.SUPPLIER_LIAISON, "Mara", "Ost", organisation=people.JONA.organisation
)


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(datetime(2026, 3, 10, 9, 0, tzinfo=UTC), tick=False) as clock:
        yield clock


@pytest.fixture
def made() -> makers.Made:
    people.everyone()
    people.the(people.JONA)
    people.the(MARA)
    return makers.a_case(in_status=CaseStatus.ASSESSMENT, email=ADDRESS)


@pytest.fixture
def desk(made: makers.Made) -> Desk:
    chidi = Desk(people.CHIDI)
    chidi.go(f"case/{made.id}/respondent/")
    return chidi


def ids(*posts: people.Post) -> list[str]:
    return [str(people.the(post).pk) for post in posts]


def name_organisation(desk: Desk) -> None:
    organisation = supplier_of(people.JONA)
    desk.send("/name_respondent_organisation/", organisation=str(organisation.pk))


def name_unit(desk: Desk, *of_unit: people.Post, people_: tuple[people.Post, ...] = ()) -> None:
    name_organisation(desk)
    desk.send("/name_respondent_unit/", unit=UNIT, of_unit=ids(*of_unit), people=ids(*people_))


def gone(post: people.Post, reference: str) -> bool:
    client = people.signed_in(post)
    one, none = (client.get(f"{HOME}{name}/") for name in (reference, "S-00000-00000"))
    same = one.content.decode().replace(reference, "…") == none.content.decode().replace(
        "S-00000-00000", "…"
    )
    listed = client.get(HOME).content.decode()
    return one.status_code == none.status_code == 404 and same and reference not in listed


# --- a unit of a partner -------------------------------------------------------------------------


def test_the_rest_of_a_partner_may_be_asked_and_its_unit_sees_nothing(
    made: makers.Made, desk: Desk
) -> None:
    name_unit(desk, people.JONA)
    assert UNIT in desk.words and "Belongs to the unit complained of" in desk.words
    referral = referred(made)
    assert gone(people.JONA, referral.reference)
    assert people.signed_in(MARA).get(f"{HOME}{referral.reference}/").status_code == 200
    told = OutboxMessage.objects.filter(notice="partner_asked")
    assert [row.recipient_id for row in told] == [people.the(MARA).pk]
    for verb in (lifecycle.acknowledge_referral, lifecycle.answer_referral):
        with pytest.raises(lifecycle.ReferralNotFound):
            verb(referral.pk, by=liaison(people.JONA), at=made.at, body="Me too.")


def test_the_whole_of_a_partner_is_refused_and_so_is_one_that_nobody_has_divided(
    made: makers.Made, desk: Desk
) -> None:
    consent = agreed(made)
    name_organisation(desk)
    referral = Referral.objects.get(consent=consent)
    assert referral.state == ReferralState.RETURNED
    with pytest.raises(lifecycle.ComplainedOf):
        agreed(made)
    name_unit(desk, people.JONA)
    desk.send("/name_respondent_unit/", unit="", of_unit=[], people=[])
    with pytest.raises(lifecycle.ComplainedOf):
        agreed(made)


def test_a_person_complained_of_loses_what_they_could_read(made: makers.Made, desk: Desk) -> None:
    name_unit(desk)
    referral = referred(made)
    assert not gone(people.JONA, referral.reference)
    name_unit(desk, people_=(people.JONA,))
    assert gone(people.JONA, referral.reference)
    assert not gone(MARA, referral.reference)
    referral.refresh_from_db()
    assert referral.state == ReferralState.SENT


def test_where_everybody_there_is_complained_of_nothing_goes_and_what_went_comes_back(
    made: makers.Made, desk: Desk
) -> None:
    name_unit(desk)
    referral = referred(made)
    name_unit(desk, people.JONA, people_=(MARA,))
    referral.refresh_from_db()
    assert referral.state == ReferralState.RETURNED
    with pytest.raises(lifecycle.OnlyRespondents) as refused:
        agreed(made)
    assert "complained of" in str(refused.value)


def test_who_joined_later_reads_nothing_before_somebody_looked_at_them(
    made: makers.Made, desk: Desk
) -> None:
    name_unit(desk, people.JONA)
    referral = referred(made)
    nils = people.Post(
        "nils", Role.SUPPLIER_LIAISON, "Nils", "Neu", organisation=people.JONA.organisation
    )
    people.the(nils)
    assert gone(nils, referral.reference)
    name_unit(desk, people.JONA)
    assert not gone(nils, referral.reference)


def test_nobody_of_another_house_can_be_marked(made: makers.Made, desk: Desk) -> None:
    name_organisation(desk)
    assert "Kemi Ade" not in desk.words
    with pytest.raises(lifecycle.NotOfThem):
        lifecycle.name_respondent_unit(
            made.id,
            by=people.by(people.CHIDI),
            at=made.at,
            unit=UNIT,
            people=[people.the(people.KEMI).pk],
        )
    with pytest.raises(lifecycle.NobodyNamed):
        lifecycle.name_respondent_unit(
            makers.a_case(in_status=CaseStatus.ASSESSMENT).id,
            by=people.by(people.CHIDI),
            at=made.at,
            unit=UNIT,
        )


def test_the_name_of_the_unit_is_sealed_and_another_partner_has_none(
    made: makers.Made, desk: Desk
) -> None:
    name_unit(desk, people.JONA)
    hana = Desk(people.HANA)
    assert UNIT not in hana.go(f"case/{made.id}/respondent/").html
    history = desk.go(f"case/{made.id}/history/")
    assert "Unit complained of named" in history.words and UNIT not in history.html
    other = supplier_of(people.KEMI)
    desk.go(f"case/{made.id}/respondent/")
    desk.send("/name_respondent_organisation/", organisation=str(other.pk))
    assert UnitComplainedOf.objects.get().name is None
    assert not gone(people.JONA, referred(made).reference), "Theirs is not the house any more."
    assert UNIT not in desk.page.html


# --- the right to answer -------------------------------------------------------------------------


def hand(desk: Desk, summary: str = SUMMARY, agreed: bool = True) -> None:
    also = {"person_agreed": "on"} if agreed else {}
    desk.send("/hand_summary/", summary=summary, handed_by=HandedBy.MEETING, **also)


def test_they_are_heard_and_the_person_sees_it_and_reads_only_what_is_released(
    made: makers.Made, desk: Desk, clock: time_machine.Traveller
) -> None:
    name_organisation(desk)
    hand(desk)
    heard = RespondentSummary.objects.get()
    assert SUMMARY in desk.words and heard.summary_hash in desk.words
    amina = Amina()
    amina.come_back(made.key)
    assert "They have not answered yet." in amina.page.words

    clock.shift(timedelta(days=4))
    desk = Desk(people.CHIDI)
    desk.go(f"case/{made.id}/respondent/")
    desk.send("/note_respondent_answer/", summary=str(heard.pk), answer=ANSWER)
    assert ANSWER in desk.words
    amina.come_back(made.key)
    assert "They answered on" in amina.page.words
    assert "Stieglitz" not in amina.page.html and SUMMARY not in amina.page.html

    desk.send("/release_respondent_answer/", summary=str(heard.pk), for_person=RELEASED)
    amina.come_back(made.key)
    assert RELEASED in amina.page.words and "Stieglitz" not in amina.page.html
    verbs = list(CaseEvent.objects.order_by("number").values_list("verb", flat=True))[-3:]
    assert verbs == ["hand_summary", "note_respondent_answer", "release_respondent_answer"]


@pytest.mark.parametrize("slip", [f"It was {ADDRESS.upper()}.", "Amina Goldammer said so.", "case"])
def test_a_summary_that_shows_the_person_is_refused_and_kept_on_the_page(
    made: makers.Made, desk: Desk, slip: str
) -> None:
    name_organisation(desk)
    text = f"It is {made.case.reference}." if slip == "case" else slip
    hand(desk, text)
    assert desk.page.status == 422 and any("Take it out." in line for line in desk.refusals)
    assert desk.page.value("summary") == text
    assert not RespondentSummary.objects.exists()
    hand(desk)
    assert RespondentSummary.objects.exists()


def test_who_is_afraid_is_asked_first(made: makers.Made, desk: Desk) -> None:
    name_organisation(desk)
    hand(desk, agreed=False)
    assert desk.page.status == 422 and any("Ask them first" in line for line in desk.refusals)
    assert not RespondentSummary.objects.exists()


def test_nobody_is_heard_who_was_not_named_and_nothing_is_answered_twice(
    made: makers.Made, desk: Desk
) -> None:
    by, at = people.by(people.CHIDI), made.at
    told = {"summary": SUMMARY, "handed_by": HandedBy.LETTER, "person_agreed": True}
    assert "hand_summary" not in desk.page.html
    with pytest.raises(lifecycle.NobodyNamed):
        lifecycle.hand_summary(made.id, by=by, at=at, **told)
    name_organisation(desk)
    lifecycle.hand_summary(made.id, by=by, at=at, **told)
    pk = RespondentSummary.objects.get().pk
    with pytest.raises(lifecycle.SummaryNotFound):
        lifecycle.release_respondent_answer(
            made.id, by=by, at=at, summary_id=pk, for_person=RELEASED
        )
    lifecycle.note_respondent_answer(
        made.id, by=by, at=at, summary_id=pk, answer=ANSWER, for_person=RELEASED
    )
    with pytest.raises(lifecycle.SummaryNotFound):
        lifecycle.note_respondent_answer(made.id, by=by, at=at, summary_id=pk, answer="No.")


def test_the_side_complained_of_has_no_way_in(made: makers.Made, desk: Desk) -> None:
    name_organisation(desk)
    hand(desk)
    for post in (people.JONA, MARA):
        client = people.signed_in(post)
        assert SUMMARY not in client.get(HOME).content.decode()
        assert client.get(f"/desk/case/{made.id}/respondent/").status_code != 200
    assert not OutboxMessage.objects.filter(recipient_kind="liaison").exists()
    assert User.objects.filter(username="mara").exists()


def test_an_auditor_sees_that_they_were_heard_and_reads_not_a_word(
    made: makers.Made, desk: Desk
) -> None:
    name_organisation(desk)
    hand(desk)
    page = Desk(people.HANA).go(f"case/{made.id}/respondent/")
    assert RespondentSummary.objects.get().summary_hash in page.words
    assert SUMMARY not in page.html and "<textarea" not in page.html


def test_a_text_sent_before_stays_the_one_that_was_agreed_to(made: makers.Made, desk: Desk) -> None:
    consent = agreed(made)
    name_unit(desk, people.JONA)
    referral = Referral.objects.get(consent=consent)
    assert referral.state == ReferralState.RETURNED, "Nobody knew yet that only a unit is meant."
    again = sent(made, agreed(made))
    assert again.rendition_hash == lifecycle.hash_of(RENDITION)
