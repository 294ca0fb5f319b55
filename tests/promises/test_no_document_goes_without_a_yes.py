"""No document goes to a court without the person's yes to that court and to that document."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import time_machine
from django.test import override_settings

from core.vault import ReadLog, destroy_data_key
from grievance import lifecycle
from grievance.files import shelf
from grievance.models import CaseEvent, ConsentState
from stakeholders.vocabulary import CaseStatus
from tests import makers, people
from tests.desk import Desk
from tests.evidence_makers import (
    DAY,
    a_case_with_documents,
    agreed,
    asked,
    at_others,
    body,
    downloaded,
    everything,
    export,
    files_of,
    press,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(datetime(2026, 3, 10, 9, 0, tzinfo=UTC), tick=False) as clock:
        yield clock


@pytest.fixture(autouse=True)
def media(tmp_path: Path) -> Iterator[Path]:
    with override_settings(MEDIA_ROOT=str(tmp_path / "media")):
        yield tmp_path / "media"


@pytest.fixture
def made() -> makers.Made:
    return a_case_with_documents()


# --- without a yes nothing goes ------------------------------------------------------------------


def test_without_a_yes_there_is_nothing_to_press(made: makers.Made) -> None:
    consent = asked(made)
    desk = press(made, everything(made, consent))
    assert desk.page.status == 422
    assert "has not agreed" in desk.words
    amina = at_others(made)
    amina.send(f"/documents/{consent.pk}/answer/", {"answer": "no"})
    assert "You have said no" in amina.page.words
    assert press(made, everything(made, consent)).page.status == 422
    assert not CaseEvent.objects.filter(verb="export_bundle").exists()
    assert not ReadLog.objects.filter(reason="evidence_bundle").exists()


def test_a_yes_that_was_taken_back_stops_the_next_bundle(made: makers.Made) -> None:
    consent = agreed(made)
    assert downloaded(made, everything(made, consent)).status_code == 200
    amina = at_others(made)
    amina.send(f"/documents/{consent.pk}/take-back/")
    assert "no further documents go there" in amina.page.words
    assert press(made, everything(made, consent)).page.status == 422
    with pytest.raises(lifecycle.NoConsent):
        export(made, consent, account=True)


def test_a_yes_that_has_run_out_lets_nothing_go(
    made: makers.Made, clock: time_machine.Traveller
) -> None:
    consent = agreed(made)
    clock.shift(181 * DAY)
    assert press(made, everything(made, consent)).page.status == 422
    assert not CaseEvent.objects.filter(verb="export_bundle").exists()


def test_who_is_afraid_says_separately_that_this_one_may_know(made: makers.Made) -> None:
    consent = asked(made)
    amina = at_others(made)
    amina.send(f"/documents/{consent.pk}/answer/", {"answer": "yes"})
    assert "say that you know that they learn of it" in amina.page.words
    consent.refresh_from_db()
    assert consent.state == ConsentState.ASKED


def test_another_cases_consent_and_documents_do_not_help(made: makers.Made) -> None:
    other = makers.a_case(in_status=CaseStatus.ASSESSMENT)
    theirs = agreed(other)
    with pytest.raises(lifecycle.NoConsent):
        export(made, theirs, account=True)
    with pytest.raises(lifecycle.NotLeftIn):
        export(other, theirs, files=[files_of(made)[0].pk])
    with pytest.raises(lifecycle.UnknownCode):
        lifecycle.ask_bundle(
            other.id,
            by=people.by(people.CHIDI),
            at=other.at,
            mechanism_id=body().pk,
            body="May we?",
            chosen=lifecycle.Chosen(files=frozenset({files_of(made)[0].pk})),
        )
    with pytest.raises(lifecycle.ConsentNotFound):
        lifecycle.revoke_bundle(made.id, at=made.at, consent_id=theirs.pk)


def test_nothing_chosen_makes_no_bundle(made: makers.Made) -> None:
    consent = agreed(made)
    desk = press(made, {"consent": str(consent.pk), "language": "en"})
    assert desk.page.status == 422
    assert "Choose at least one document." in desk.words


def test_a_file_that_is_not_the_one_received_makes_no_bundle(
    made: makers.Made, media: Path
) -> None:
    consent = agreed(made)
    file = files_of(made)[0]
    path = next(media.glob(f"sealed/*/{file.path}"))
    path.write_bytes(path.read_bytes()[:-1] + b"\0")
    desk = press(made, everything(made, consent))
    assert desk.page.status == 422
    assert "not the one any more that was received" in desk.words
    shelf.remove(file.path)
    with pytest.raises(lifecycle.DocumentUnfit):
        export(made, consent, files=[file.pk])
    assert not CaseEvent.objects.filter(verb="export_bundle").exists()
    assert not ReadLog.objects.filter(reason="evidence_bundle").exists()


def test_an_erased_case_makes_no_bundle(made: makers.Made) -> None:
    consent = agreed(made)
    destroy_data_key(made.case.people_key_id, at=made.at)
    with pytest.raises(lifecycle.DocumentUnfit):
        export(made, consent, account=True)
    desk = Desk(people.CHIDI)
    assert desk.go(f"case/{made.id}/bundles/").status == 200


def test_who_may_not_know_the_person_makes_none(made: makers.Made) -> None:
    consent = agreed(made)
    with pytest.raises(lifecycle.NotPermitted):
        export(made, consent, account=True, post=people.EWA)
    desk = Desk(people.EWA)
    desk.open(made.id)
    assert not [link for link in desk.page.links() if link.endswith("/bundles/")]


def test_after_the_end_documents_can_still_go_to_court() -> None:
    people.everyone()
    closed = makers.a_case(in_status=CaseStatus.CLOSED)
    consent = agreed(closed)
    assert (
        downloaded(closed, {"consent": str(consent.pk), "account": "on", "language": "en"})[
            "Content-Type"
        ]
        == "application/zip"
    )
