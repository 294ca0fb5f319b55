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

from core.vault.reading import ReadLog
from grievance import lifecycle
from grievance.files.uploads import Upload
from grievance.models import (
    Attachment,
    MediaType,
    Referral,
    ReferralEntry,
    ReferralState,
    TakenUp,
)
from remedy.models import Funding, HarmElement, RemedyMeasure
from stakeholders.models import Organisation
from stakeholders.vocabulary import CaseStatus, RemedyForm
from tests import makers, people
from tests.amina import Amina
from tests.desk import Desk
from tests.referral_makers import liaison, referred
from tests.remedy_makers import an_organisation, assess
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


def test_they_have_back_what_they_attached_and_no_other_file(
    made: makers.Made, referral: Referral, jona: Desk
) -> None:
    evidence = Upload("mine.txt", b"Mine alone.", MediaType.TEXT)
    lifecycle.write_back(made.id, at=made.at, body="Look.", files=[evidence])
    picture = photo()
    jona.send("/say/step/", body="The camera is off.", files=sent("proof.jpg", picture))
    link = next(link for link in jona.page.links() if "/file/" in link)
    answer = jona.client.get(link)
    assert answer.content == picture, "As they sent it."
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="file-')
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert ReadLog.objects.filter(place="grievance.Attachment.file", actor_kind="liaison").exists()
    persons = Attachment.objects.get(entry__isnull=True)
    for address in (
        link.replace(f"/{link.split('/')[-2]}/", f"/{persons.pk}/"),
        "/".join([*link.split("/")[:-2], "0", ""]),
    ):
        assert jona.client.get(address).status_code == 404
    kemi = Client()
    kemi.force_login(people.the(people.KEMI))
    assert kemi.get(link).status_code == 404


def test_they_read_what_it_is_for_and_until_when(referral: Referral, jona: Desk) -> None:
    assert "So that they look into it and answer." in jona.words
    day = referral.consent.expires_at
    assert f"You may read it until {day.day} {day:%B %Y}" in jona.words


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
    chidi.send(
        "/do/add_measure/",
        element=str(HarmElement.objects.get().pk),
        description="The lost shifts are paid.",
        mode="co_provider",
        due_on="2026-06-01",
        basis="lost_pay",
    )
    assert chidi.refusals == []
    measure = RemedyMeasure.objects.get()
    tied = TakenUp.objects.get()
    assert (tied.entry_id, tied.measure_id) == (ReferralEntry.objects.get().pk, measure.pk)
    chidi = desk_of(made)
    assert "Planned" in chidi.words
    assert not [link for link in chidi.page.links() if "do=add_measure" in link]
    jona.go(f"{HOME}{referral.reference}/")
    assert "Planned" in jona.words


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
    jona.send("/say/help/", detail="cost_share", percent="40", body=NEED)
    desk_of(made).send("/answer_help/", entry=the_request(), body=ANSWER)
    words = persons_page(made, "case/others/").page.words
    assert ReferralEntry.objects.count() == 2
    assert NEED not in words and ANSWER not in words


def test_after_the_answer_help_and_proposals_stay_open_until_it_is_over(
    made: makers.Made, referral: Referral, jona: Desk
) -> None:
    jona.send("/say/answer/", body="The cameras are off since Monday.")
    kinds = [form.attrs["action"].split("/")[-2] for form in jona.page.root.all("form")]
    assert kinds == ["proposal", "help"]
    jona.send("/say/help/", detail="advice", body=NEED)
    assert "Your request is sent." in jona.page.html
    jona.send("/say/proposal/", detail="guarantees_of_non_repetition", body="We train them all.")
    assert "Your proposal is sent." in jona.page.html
    with pytest.raises(lifecycle.ReferralNotFound):
        lifecycle.log_step(referral.pk, by=liaison(people.JONA), at=made.at, body="More.")
    lifecycle.withdraw(made.id, at=made.at, pressured="no")
    assert jona.client.get(f"{HOME}{referral.reference}/").status_code == 404


@pytest.mark.parametrize(
    "figures",
    [
        {},
        {"percent": "0"},
        {"percent": "101"},
        {"percent": "40", "amount": "600", "currency": "EUR"},
        {"amount": "600"},
        {"amount": "-5", "currency": "EUR"},
    ],
)
def test_a_share_of_the_cost_says_how_much(jona: Desk, figures: dict[str, str]) -> None:
    page = jona.send("/say/help/", detail="cost_share", body=NEED, **figures)
    assert page.status == 422 and NEED in page.html
    assert not ReferralEntry.objects.exists()


def planned(made: makers.Made, **money: str) -> int:
    """A measure in the plan of the case; its id."""
    assess("yes", "no", "yes", "no", "no", case_id=made.id, at=made.at)
    lifecycle.plan_remedy(made.id, by=people.by(people.CHIDI), at=made.at)
    chidi = Desk(people.CHIDI)
    element = HarmElement.objects.get()
    chidi.press(
        made.id,
        "add_measure",
        element=str(element.pk),
        form="compensation",
        description="The lost shifts are paid.",
        responsible=str(Organisation.objects.earliest("pk").pk),
        mode="provider",
        due_on="2026-06-01",
        **money,
    )
    return RemedyMeasure.objects.get().pk


def test_what_they_ask_for_becomes_a_part_of_the_funding_with_one_press(
    made: makers.Made, referral: Referral, jona: Desk
) -> None:
    jona.send("/say/help/", detail="cost_share", amount="150", currency="eur", body=NEED)
    assert "150.00 EUR" in jona.words
    measure = planned(made, basis="lost_pay", amount="600", currency="EUR")
    chidi = Desk(people.CHIDI)
    log = chidi.go(f"case/{made.id}/remedy/").root.one("section", aria_labelledby="assistance")
    assert "150.00 EUR" in log.text and NEED in log.text
    ours = an_organisation("Our own unit", relationship="own_entity")
    chidi.go(f"case/{made.id}/remedy/")
    chidi.send("/share/", measure=str(measure), payer=str(ours.pk))
    assert {(one.organisation_id, one.percent) for one in Funding.objects.all()} == {
        (ours.pk, 25),
        (referral.organisation_id, 75),
    }
    log = chidi.go(f"case/{made.id}/remedy/").root.one("section", aria_labelledby="assistance")
    assert not log.all("form") and f"Measure {measure}" in log.text
    entry = ReferralEntry.objects.get(kind="help")
    with pytest.raises(lifecycle.NothingToTakeOver):
        lifecycle.take_over_share(
            made.id,
            by=people.by(people.CHIDI),
            at=made.at,
            entry_id=entry.pk,
            measure_id=measure,
            payer_id=ours.pk,
        )


def test_a_share_that_cannot_be_worked_out_is_refused_in_words(
    made: makers.Made, referral: Referral, jona: Desk
) -> None:
    jona.send("/say/help/", detail="cost_share", amount="700", currency="EUR", body=NEED)
    measure = planned(made, basis="lost_pay", amount="600", currency="EUR")
    chidi = Desk(people.CHIDI)
    chidi.go(f"case/{made.id}/remedy/")
    page = chidi.send("/share/", measure=str(measure), payer=str(referral.organisation_id))
    assert "it needs one amount in the same currency, and not a smaller one." in page.html
    assert not Funding.objects.exists()
    hana = Desk(people.HANA).go(f"case/{made.id}/remedy/")
    assert "700.00 EUR" in hana.words and NEED not in hana.html


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
