"""Staff take a case from its arrival to a team, press by press; no press skips a safeguard."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.urls import NoReverseMatch, reverse

from core.ledger.history import Stamp, stamped
from core.outbox import OutboxMessage
from core.vault import ReadLog
from grievance import lifecycle
from grievance.models import Case, CaseEvent, Message
from grievance.notices import Notice
from stakeholders.models import Issue, Membership
from stakeholders.roles import Role
from stakeholders.vocabulary import CaseStatus
from tests import makers, people
from tests.amina import Amina
from tests.desk import Desk

pytestmark = pytest.mark.django_db

NOW = makers.RECEIVED_AT + timedelta(hours=2)
TYPED = "We have read every line.\nWe will look at the cameras."
MOVED_ON = "The case has moved on in the meantime, so this step is not open any more."


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    """The clock of the whole machine, two hours after the grievance arrived."""
    with time_machine.travel(NOW, tick=False) as clock:
        people.everyone()
        yield clock


@pytest.fixture
def bram() -> Desk:
    return Desk(people.BRAM)


@pytest.fixture
def new() -> makers.Made:
    return makers.a_case()


@pytest.fixture
def screening() -> makers.Made:
    return makers.a_case(in_status=CaseStatus.SCREENING, at=NOW - timedelta(days=1))


def what_the_person_reads(made: makers.Made) -> str:
    return Amina().come_back(made.key).words


# --- the way -----------------------------------------------------------------------------------


def test_from_the_list_to_a_team_in_one_sitting(bram: Desk, new: makers.Made) -> None:
    bram.go("queue/")
    bram.follow(bram.page.root.one("a", class_="code").attrs["href"])
    assert new.case.reference in bram.page.heading

    bram.read_account(new.id, "to_acknowledge")
    assert "scores us by camera" in bram.section("account")

    bram.press(new.id, "acknowledge", message=TYPED)
    assert bram.done == ["Acknowledged."]
    assert "A person has read what you wrote." in what_the_person_reads(new)
    assert "We will look at the cameras." in what_the_person_reads(new)

    bram.press(new.id, "ask_person", body="Which month was it?")
    assert "We have asked you a question." in what_the_person_reads(new)
    lifecycle.write_back(new.id, at=NOW, body="In May.")
    assert "In May." in bram.open(new.id).words

    bram.press(new.id, "name_case", title="Cameras at the harbour")
    assert "Cameras at the harbour" in bram.page.heading

    issue = Issue.objects.get(code="surveillance_privacy")
    handler = people.the(people.CHIDI)
    bram.press(
        new.id,
        "take_up",
        issue=str(issue.pk),
        team=str(issue.default_team_id),
        handler=str(handler.pk),
    )
    assert bram.done == ["Taken up."]
    facts = bram.section("facts")
    assert issue.name in facts and str(issue.default_team) in facts and "Chidi Okeke" in facts
    assert new.case.status == CaseStatus.ASSESSMENT
    words = what_the_person_reads(new)
    assert words.count("We took your case up") == 1 and "We look into what happened." in words


def test_the_account_opens_for_a_reason_once_and_leaves_a_trace(
    bram: Desk, new: makers.Made
) -> None:
    bram.open(new.id)
    assert "scores us by camera" not in bram.page.html
    bram.read_account(new.id, "to_screen")
    account = bram.section("account")
    for words in ("scores us by camera", "the sorting hall by the harbour", "nobody is scored"):
        assert words in account
    assert "no-store" in bram.page.response["Cache-Control"]
    assert "scores us by camera" not in bram.open(new.id).html, "Shown once."

    farid = Desk(people.FARID)
    log = farid.go(f"case/{new.id}/read-log/").words
    assert "Bram de Wit" in log and "To decide on scope and safety" in log
    assert "What the person wrote" in log


@pytest.mark.parametrize("reason", ["", "curiosity"])
def test_without_a_reason_the_account_stays_closed(
    bram: Desk, new: makers.Made, reason: str
) -> None:
    page = bram.read_account(new.id, reason)
    assert page.status == 422
    assert len(bram.refusals) == 1 and bram.refusals[0].endswith(".")
    assert "scores us by camera" not in page.html
    assert not ReadLog.objects.filter(place="grievance.Narrative.text").exists()


def test_marking_urgent_says_why_and_can_be_taken_back(bram: Desk, new: makers.Made) -> None:
    bram.press(new.id, "mark_urgent", reason_code="retaliation")
    assert "Urgent" in bram.page.root.one("div", class_="case-head").text
    assert "Someone is being punished for speaking up." in bram.section("story")

    bram.press(new.id, "unmark_urgent", reason_code="danger_passed")
    assert "Urgent" not in bram.page.root.one("div", class_="case-head").text
    assert "The danger has passed." in bram.section("story")


def test_whoever_is_assigned_hears_of_it_and_has_the_case(bram: Desk, new: makers.Made) -> None:
    chidi = people.the(people.CHIDI)
    bram.press(new.id, "assign", handler=str(chidi.pk))
    assert "Chidi Okeke" in bram.section("facts")

    told = OutboxMessage.objects.filter(notice=Notice.ASSIGNED)
    assert [row.recipient_id for row in told] == [chidi.pk]
    at_chidis = Desk(people.CHIDI)
    at_chidis.go("queue/?handler=me")
    assert at_chidis.references() == [new.case.reference]


def test_only_people_who_may_handle_cases_can_be_chosen(bram: Desk, new: makers.Made) -> None:
    bram.open(new.id, "assign")
    offered = {node.text for node in bram.page.root.one("select", name="handler").all("option")}
    assert "Chidi Okeke" in offered
    assert not {"Hana Sato", "Ivo Marin"} & offered

    bram.send("/do/assign/", handler=str(people.the(people.HANA).pk))
    assert bram.page.status == 422 and bram.refusals
    assert new.case.handler is None


# --- the buttons -------------------------------------------------------------------------------

ALWAYS = ["declare_conflict"]
AFTER_THE_END_TOO = ["name_case", "describe_matter"]
ANYTIME = [
    "mark_urgent",
    *AFTER_THE_END_TOO,
    "assign",
    "name_respondent",
    *ALWAYS,
    "apply_playbook",
]
WRITING = ["ask_person", "write_to_person"]
ON_THE_WAY = ["ask_interim", "pause_clock"]
ASSESSING = [
    "rate_severity",
    "add_element",
    "determine_nexus",
    "set_share",
    "plan_remedy",
    "propose_finding",
]
DECIDING = ["confirm_out_of_scope", "reject_out_of_scope"]
BUTTONS = {
    ("received", people.BRAM): ["acknowledge", "ask_interim", *ANYTIME],
    ("received", people.EWA): ["acknowledge", "ask_interim", *ANYTIME],
    ("received", people.GRACE): ALWAYS,
    ("received", people.HANA): [],
    ("screening", people.BRAM): [
        "take_up",
        "propose_out_of_scope",
        *WRITING,
        *ON_THE_WAY,
        *ANYTIME,
    ],
    ("screening", people.GRACE): ALWAYS,
    ("screening", people.HANA): [],
    ("proposed", people.BRAM): [*WRITING, *ON_THE_WAY, *ANYTIME],
    ("proposed", people.CHIDI): [*WRITING, *ON_THE_WAY, *ANYTIME],
    ("proposed", people.EWA): [*DECIDING, *WRITING, *ON_THE_WAY, *ANYTIME],
    ("proposed", people.GRACE): [*DECIDING, *ALWAYS],
    ("proposed", people.HANA): [],
    ("assessment", people.CHIDI): [
        *ASSESSING,
        *WRITING,
        "tell_plan",
        "plan_systemic",
        "confirm_error",
        *ON_THE_WAY,
        *ANYTIME,
        "apply_playbook",  # The note that a playbook fits this issue leads there too.
    ],
    ("assessment", people.HANA): [],
    ("closed", people.BRAM): ["write_to_person", *AFTER_THE_END_TOO, *ALWAYS],
    ("closed", people.HANA): [],
}


@pytest.mark.parametrize(("stage", "post"), BUTTONS, ids=lambda one: getattr(one, "username", one))
def test_the_page_offers_what_the_stage_and_the_role_allow_and_nothing_else_works(
    stage: str, post: people.Post
) -> None:
    if stage == "proposed":
        made = makers.proposed_out_of_scope(makers.a_case(in_status=CaseStatus.SCREENING))
    else:
        made = makers.a_case(in_status=stage)
    desk = Desk(post)
    shown = desk.open(made.id)
    offered = BUTTONS[stage, post]
    assert desk.buttons() == offered

    everything = ["acknowledge", "take_up", "propose_out_of_scope", *DECIDING, *WRITING, *ANYTIME]
    before = CaseEvent.objects.count()
    for verb in [*everything, "submit", "withdraw", "write_back", "escalate"]:
        if verb not in offered:
            refused = desk.post(f"/desk/case/{made.id}/do/{verb}/", sensible_answers(made))
            assert refused.status in (403, 404, 422), verb
            desk.page = shown
    assert CaseEvent.objects.count() == before


def sensible_answers(made: makers.Made) -> dict[str, str]:
    """Something for every question of every button, so that no form stops at its own fields."""
    issue = Issue.objects.get(code="surveillance_privacy")
    return {
        "body": "Something.",
        "message": "Something.",
        "note": "Something.",
        "title": "Something",
        "explanation": "Something.",
        "reason": "not_our_business",
        "reason_code": "retaliation",
        "mechanisms": str(makers.a_mechanism().pk),
        "issue": str(issue.pk),
        "team": str(issue.default_team_id),
        "handler": str(people.the(people.CHIDI).pk),
        "status": CaseStatus.CLOSED,
        "pressured": "no",
    }


def test_the_stage_can_be_read_but_not_edited(bram: Desk, new: makers.Made) -> None:
    bram.open(new.id)
    fields = {node.attrs.get("name") for node in bram.page.root.all("input", "select", "textarea")}
    assert not fields & {"status", "company_outcome", "closed_at", "acknowledged_at"}

    assert bram.post(f"case/{new.id}/", {"status": CaseStatus.CLOSED}).status == 405
    bram.press(new.id, "name_case", title="Cameras", status=CaseStatus.CLOSED, urgent="on")
    assert new.case.status == CaseStatus.RECEIVED and not new.case.urgent
    with pytest.raises(NoReverseMatch):
        reverse("admin:grievance_case_change", args=[new.id])


# --- refusals ----------------------------------------------------------------------------------


@pytest.mark.parametrize("verb", ["ask_person", "write_to_person"])
@pytest.mark.parametrize("body", ["", " \n\t ", "\u200b\u202e"])
def test_a_message_without_words_is_refused(
    bram: Desk, screening: makers.Made, verb: str, body: str
) -> None:
    page = bram.press(screening.id, verb, body=body)
    assert page.status == 422
    assert any("Write something first." in sentence for sentence in bram.refusals)
    assert page.value("body").strip() == body.strip()
    assert not Message.objects.exists()


def test_what_was_chosen_stays_when_something_else_is_missing(
    bram: Desk, screening: makers.Made
) -> None:
    issue = Issue.objects.get(code="surveillance_privacy")
    page = bram.press(screening.id, "take_up", issue=str(issue.pk), team="")
    assert page.status == 422
    assert bram.refusals == ["Team: Choose the team."]
    assert page.value("issue") == str(issue.pk)
    link = page.root.one("div", class_="error-summary").one("a").attrs["href"]
    assert page.root.one(id=link.removeprefix("#")).attrs["name"] == "team"
    assert screening.case.status == CaseStatus.SCREENING


def test_a_button_that_a_colleague_was_quicker_to_press_keeps_what_was_typed(
    bram: Desk, new: makers.Made
) -> None:
    bram.open(new.id, "acknowledge")
    Desk(people.CHIDI).press(new.id, "acknowledge", message="Chidi was quicker.")

    page = bram.send("/do/acknowledge/", message=TYPED)
    assert page.status == 422
    assert bram.refusals == [MOVED_ON]
    assert page.value("message").splitlines() == TYPED.splitlines()
    assert Message.objects.count() == 1
    assert new.case.handler == people.the(people.CHIDI)
    assert "acknowledge" not in bram.buttons()


def test_two_presses_of_one_button_write_once(bram: Desk, screening: makers.Made) -> None:
    bram.open(screening.id, "write_to_person")
    form = bram.page
    bram.send("/do/write_to_person/", body=TYPED)
    bram.page = form
    page = bram.send("/do/write_to_person/", body=TYPED)

    assert page.status == 422
    assert bram.refusals[0].startswith("We got this once already.")
    assert page.value("body").splitlines() == TYPED.splitlines()
    assert Message.objects.count() == 1


def test_a_role_that_was_taken_away_meanwhile_refuses_in_words_and_keeps_the_text(
    bram: Desk, screening: makers.Made
) -> None:
    """Bram becomes an auditor between opening the form and sending it."""
    bram.open(screening.id, "write_to_person")
    becomes_auditor(people.BRAM)
    page = bram.send("/do/write_to_person/", body=TYPED)

    assert page.status == 403
    assert bram.refusals == ["Your role does not include this step."]
    assert page.value("body").splitlines() == TYPED.splitlines()
    assert not Message.objects.exists()


def becomes_auditor(post: people.Post) -> None:
    ivo = people.by(people.IVO)
    with stamped(Stamp(ivo, "manage_people", uuid4(), NOW)):
        membership = Membership.objects.get(user=people.the(post))
        membership.role = Role.AUDITOR
        membership.save()


def test_a_text_that_is_too_long_comes_back_whole(bram: Desk, screening: makers.Made) -> None:
    long = "word " * 12_000
    page = bram.press(screening.id, "write_to_person", body=long)
    assert page.status == 422
    assert len(bram.refusals) == 1
    assert page.value("body").strip() == long.strip()
    assert not Message.objects.exists()


def test_a_case_that_is_not_there_says_so(bram: Desk, new: makers.Made) -> None:
    assert bram.open(new.id + 1000).status == 404
    bram.open(new.id)
    assert bram.post(f"case/{new.id + 1000}/do/acknowledge/").status == 404
    assert Case.objects.filter(status=CaseStatus.RECEIVED).count() == 1
