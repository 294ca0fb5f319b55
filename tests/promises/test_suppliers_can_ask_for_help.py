"""A supplier can show what they did, propose what could be done, and ask us for help.

What they attach comes without what it tells besides; what they propose is a word and no offer; and
a call for help is between them and us. None of it stops the date by which they answer.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import time_machine
from django.test import Client, override_settings

from grievance import lifecycle
from grievance.models import Attachment, Referral, ReferralEntry, ReferralState
from stakeholders.vocabulary import CaseStatus, RemedyForm
from tests import makers, people
from tests.amina import Amina
from tests.desk import Desk
from tests.referral_makers import liaison, referred
from tests.remedy_makers import assess
from tests.specimen_files import AUTHOR, DEVICE, photo, place_in, sent

pytestmark = pytest.mark.django_db
HOME = "/desk/supplier/"
NEED = "Our shift leads never learned what they may film."
ANSWER = "A trainer comes on Monday."


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(datetime(2026, 3, 10, 9, 0, tzinfo=UTC), tick=False) as clock:
        yield clock


@pytest.fixture(autouse=True)
def media(tmp_path: Path) -> Iterator[None]:
    with override_settings(MEDIA_ROOT=str(tmp_path / "media")):
        yield


@pytest.fixture
def made() -> makers.Made:
    people.everyone()
    return makers.a_case(in_status=CaseStatus.ASSESSMENT)


@pytest.fixture
def referral(made: makers.Made) -> Referral:
    return referred(made)


@pytest.fixture
def jona(referral: Referral) -> Desk:
    """Jona of the supplier, before the referral."""
    desk = Desk(people.JONA)
    desk.go(f"{HOME}{referral.reference}/")
    return desk


def desk_of(made: makers.Made) -> Desk:
    desk = Desk(people.CHIDI)
    desk.go(f"case/{made.id}/referrals/")
    return desk


def persons_page(made: makers.Made, address: str) -> Amina:
    amina = Amina()
    amina.come_back(made.key)
    amina.go(address)
    return amina


def the_request() -> str:
    """The one request for help that there is, as the desk's list names it."""
    return str(ReferralEntry.objects.get(kind="help").pk)


# --- files ---------------------------------------------------------------------------------------


def test_what_they_attach_is_seen_by_staff_and_the_person_as_a_copy(
    made: makers.Made, jona: Desk
) -> None:
    jona.send("/say/step/", body="The camera is off.", files=sent("proof.jpg", photo()))
    assert "The step is added." in jona.page.html and "proof.jpg" in jona.words
    chidi = desk_of(made)
    assert "proof.jpg" in chidi.words
    chidi.open(made.id)
    assert "from the partner" in chidi.section("files")
    file = Attachment.objects.get(case=made.id)
    amina = persons_page(made, "case/open/")
    assert "proof.jpg" in amina.page.words
    assert "from the organisation that we asked" in amina.page.words
    copy = amina.client.get(f"/en/case/file/{file.pk}/").content
    assert place_in(copy) == {}
    assert DEVICE.encode() not in copy and AUTHOR.encode() not in copy


def test_a_file_that_we_do_not_take_loses_nothing_that_was_typed(jona: Desk) -> None:
    page = jona.send("/say/answer/", body="We found it.", files=sent("a.exe", b"MZ\x90\0rest"))
    assert page.status == 422
    assert "a.exe" in jona.words and "We found it." in jona.page.html
    assert not ReferralEntry.objects.exists() and not Attachment.objects.exists()


# --- proposals -----------------------------------------------------------------------------------


def test_a_proposal_can_be_taken_over_into_the_plan(
    made: makers.Made, referral: Referral, jona: Desk
) -> None:
    jona.send("/say/proposal/", detail="compensation", body="We pay the lost shifts.")
    assert "Your proposal is sent." in jona.page.html
    referral.refresh_from_db()
    assert referral.state == ReferralState.SENT, "A proposal is not yet an answer."
    chidi = desk_of(made)
    assert "We pay the lost shifts." in chidi.words and "Compensation" in chidi.words
    assert not [link for link in chidi.page.links() if "do=add_measure" in link]
    assess("yes", "no", "yes", "no", "no", case_id=made.id, at=made.at)
    lifecycle.plan_remedy(made.id, by=people.by(people.CHIDI), at=made.at)
    chidi = desk_of(made)
    chidi.follow(next(link for link in chidi.page.links() if "do=add_measure" in link))
    ticked = [one for one in chidi.page.root.all("input", name="form") if "checked" in one.attrs]
    assert [one.attrs["value"] for one in ticked] == ["compensation"]
    chosen = chidi.page.root.one("select", name="responsible").all("option")
    assert [one.text for one in chosen if "selected" in one.attrs] == [f"{referral.organisation}"]


@pytest.mark.parametrize("form", RemedyForm.values)
def test_each_form_of_remedy_can_be_proposed(referral: Referral, form: str) -> None:
    lifecycle.propose_as_partner(
        referral.pk,
        by=liaison(people.JONA),
        at=referral.sent_at,
        body="We do it.",
        detail=form,
    )
    assert ReferralEntry.objects.get().detail_in_words == RemedyForm(form).label


def test_a_proposal_says_which_form_it_has(jona: Desk) -> None:
    page = jona.send("/say/proposal/", detail="", body="We do something.")
    assert page.status == 422
    assert "Choose one of the answers." in jona.words and "We do something." in jona.page.html
    assert jona.post(f"{page.path}", {"detail": "bribe", "body": "No."}).status == 422
    assert not ReferralEntry.objects.exists()


# --- help ----------------------------------------------------------------------------------------


def test_a_request_for_help_is_answered_where_they_read_it(
    made: makers.Made, referral: Referral, jona: Desk
) -> None:
    jona.send("/say/help/", detail="training", body=NEED)
    assert "Your request is sent." in jona.page.html
    chidi = desk_of(made)
    assert NEED in chidi.words and "Training" in chidi.words
    chidi.send("/answer_help/", entry=the_request(), body=ANSWER)
    assert "Your answer is sent." in chidi.page.html and ANSWER in chidi.words
    jona.go(f"{HOME}{referral.reference}/")
    assert NEED in jona.words and ANSWER in jona.words
    due, referral_now = referral.due_at, Referral.objects.get()
    assert referral_now.due_at == due and referral_now.is_awaited


def test_what_they_and_we_say_about_help_is_not_the_persons_to_carry(
    made: makers.Made, jona: Desk
) -> None:
    jona.send("/say/help/", detail="cost_share", body=NEED)
    desk_of(made).send("/answer_help/", entry=the_request(), body=ANSWER)
    words = persons_page(made, "case/others/").page.words
    assert ReferralEntry.objects.count() == 2
    assert NEED not in words and ANSWER not in words


def test_an_empty_answer_is_refused_and_nothing_to_answer_has_no_form(
    made: makers.Made, referral: Referral, jona: Desk
) -> None:
    chidi = desk_of(made)
    assert not [one for one in chidi.page.root.all("form") if "help" in one.attrs["action"]]
    jona.send("/say/help/", detail="advice", body=NEED)
    chidi = desk_of(made)
    assert chidi.send("/answer_help/", entry=the_request(), body=" ").status == 422
    with pytest.raises(lifecycle.NoRequest):
        lifecycle.answer_help(
            made.id, by=people.by(people.CHIDI), at=made.at, entry_id=0, body=ANSWER
        )
    assert ReferralEntry.objects.count() == 1


# --- not theirs ----------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["proposal", "help", "step", "answer"])
def test_another_suppliers_referral_answers_like_one_that_never_was(
    referral: Referral, kind: str
) -> None:
    kemi = Client()
    kemi.force_login(people.the(people.KEMI))
    answers = set()
    for reference in (referral.reference, "S-00000-00000"):
        said = {"body": "Me too.", "detail": "advice", "files": sent("a.jpg", photo())}
        response = kemi.post(f"{HOME}{reference}/say/{kind}/", said)
        assert response.status_code == 404
        answers.add(response.content.decode().replace(reference, "…"))
    assert len(answers) == 1
    assert not ReferralEntry.objects.exists() and not Attachment.objects.exists()


def test_behind_the_pages_the_answer_is_the_same(referral: Referral) -> None:
    kemi = liaison(people.KEMI)
    for pk in (referral.pk, 0):
        with pytest.raises(lifecycle.ReferralNotFound):
            lifecycle.propose_as_partner(
                pk, by=kemi, at=referral.sent_at, body="Me.", detail="compensation"
            )
        with pytest.raises(lifecycle.ReferralNotFound):
            lifecycle.ask_for_help(pk, by=kemi, at=referral.sent_at, body="Me.", detail="advice")
