"""`manage.py seed_demo` makes a demonstration in which every page has something to show."""

import json
from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.auth import authenticate
from django.contrib.auth.password_validation import validate_password
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import override_settings
from django.utils import timezone

from grievance import access
from grievance.admin.permissions import may_enter
from grievance.files import evidence
from grievance.management.demo.stories import STORIES
from grievance.models import (
    Appeal,
    Attachment,
    Case,
    CaseEvent,
    Draft,
    Referral,
    Refusal,
    RefusalDecision,
    WaitingFor,
)
from grievance.reading.remedy import offer_for_person
from grievance.telling import progress
from remedy.models import LeverageStep, Remediation, RemedyMeasure, ResponsibilityShare
from stakeholders.models import Organisation, Product, User
from stakeholders.roles import Role, roles_of
from stakeholders.vocabulary import CaseStatus, RemedyForm

ROLES = set(Role.values)


QUICK = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def seed() -> dict[str, Any]:
    told = StringIO()
    call_command("seed_demo", json=True, stdout=told)
    [line] = told.getvalue().splitlines()
    answer: dict[str, Any] = json.loads(line)
    return answer


def rows_of_every_table() -> dict[str, int]:
    return {
        model._meta.label: model._base_manager.count()
        for model in apps.get_models(include_auto_created=True)
    }


def opened(case_key: str) -> Case | None:
    return access.case_for_key(case_key, client="192.0.2.1", at=timezone.now())


@pytest.fixture(scope="class")
def seeded(django_db_setup: None, django_db_blocker: Any) -> Iterator[dict[str, Any]]:
    quick = override_settings(PASSWORD_HASHERS=QUICK)
    with django_db_blocker.unblock(), quick, transaction.atomic():
        yield seed()
        transaction.set_rollback(True)


class TestWhatThereIsToSee:
    """Looks at one demonstration from all sides; none of these tests writes."""

    def test_the_stories_stand_in_every_stage(self, seeded: dict[str, Any]) -> None:
        cases = Case.objects.all()
        assert cases.count() >= 25
        assert {case.status for case in cases} == set(CaseStatus.values)
        assert {case.language for case in cases} == set(dict(settings.LANGUAGES))
        assert {case.company_outcome for case in cases} >= {
            "",
            "out_of_scope",
            "withdrawn",
            "remedied_full",
            "remedied_partial",
            "leverage_effect",
            "not_established",
        }
        assert {case.person_verdict for case in cases} == {"", "yes", "partly", "no"}
        assert cases.filter(urgent=True).open().exists()
        assert cases.filter(waiting_for=WaitingFor.PERSON).exists()
        assert cases.filter(working_title__isnull=False).exists()
        assert cases.contested().exists()
        assert Refusal.objects.filter(decision="").exists()
        assert Refusal.objects.filter(decision=RefusalDecision.REJECTED).exists()
        assert Appeal.objects.filter(decision="").exists()
        assert CaseEvent.objects.filter(verb="reopen").exists()

    def test_files_came_from_people_and_from_staff_also_in_the_sample(
        self, seeded: dict[str, Any]
    ) -> None:
        assert Attachment.objects.count() >= 3
        sample = opened(seeded["case_key"])
        assert sample is not None
        files = evidence.for_person(sample, at=timezone.now())
        assert {one.file.from_person for one in files} == {True, False}
        assert all(one.name for one in files)

    def test_remedies_stand_in_every_state_that_a_person_or_the_desk_meets(
        self, seeded: dict[str, Any]
    ) -> None:
        measures = RemedyMeasure.objects.all()
        assert {one.state for one in measures} >= {
            "offered",
            "accepted",
            "declined",
            "countered",
            "delivered",
            "verified",
        }
        assert {one.form for one in measures} == set(RemedyForm.values)
        today = timezone.now().date()
        assert measures.filter(state="accepted", due_on__lt=today).exists()
        assert measures.filter(person_view="disputed").exists()
        assert {one.nexus for one in Remediation.objects.all()} >= {
            "",
            "caused",
            "contributed",
            "linked",
            "undetermined",
        }
        assert Remediation.objects.filter(nexus_provisional=True).exists()
        assert LeverageStep.objects.filter(result="effect").exists()
        assert ResponsibilityShare.objects.filter(product__isnull=False).exists()
        ties = {one.relationship for one in Organisation.objects.all()}
        assert {"own_entity", "supplier_tier1", "business_customer"} <= ties
        assert Product.objects.exists()

    def test_a_late_case_has_gone_up_as_the_sweep_would_have_sent_it(
        self, seeded: dict[str, Any]
    ) -> None:
        late = Case.objects.get(escalation_level__gte=2, status="received")
        verbs = list(
            CaseEvent.objects.filter(case=late)
            .order_by("at", "number")
            .values_list("verb", flat=True)
        )
        assert verbs == ["submit", "announce", "remind", "escalate", "escalate"]

    def test_nothing_of_it_lies_in_the_future(self, seeded: dict[str, Any]) -> None:
        assert not CaseEvent.objects.filter(at__gt=timezone.now()).exists()
        for case in Case.objects.all():
            moments = [
                event.at for event in CaseEvent.objects.filter(case=case).order_by("at", "number")
            ]
            assert moments[0] == case.received_at

    def test_there_is_a_sign_in_that_works_for_each_role(self, seeded: dict[str, Any]) -> None:
        sign_ins = seeded["sign_ins"]
        assert {each["role"] for each in sign_ins} == ROLES
        for each in sign_ins:
            assert set(each) == {"role", "username", "password"}
            user = authenticate(None, username=each["username"], password=each["password"])
            assert isinstance(user, User)
            assert roles_of(user) == {each["role"]}
            assert may_enter(user) == (each["role"] != Role.SUPPLIER_LIAISON)
            validate_password(each["password"], user)

    def test_the_supplier_has_a_referral_to_answer_and_one_that_is_answered(
        self, seeded: dict[str, Any]
    ) -> None:
        liaison = User.objects.get(username="supplier")
        readable = Referral.objects.readable_by(liaison, at=timezone.now())
        assert [one.state for one in readable.awaited()] == ["in_progress"]
        assert Referral.objects.filter(state="answered").exists()

    def test_the_case_key_opens_a_case_with_an_offer_to_answer(
        self, seeded: dict[str, Any]
    ) -> None:
        case = opened(seeded["case_key"])
        assert case is not None
        view = progress.for_person(case, at=timezone.now())
        assert view.waiting_for_you
        assert view.messages
        remedy = offer_for_person(case, at=timezone.now())
        assert remedy is not None
        assert len(remedy.measures) == 3
        assert all(one.can_accept and one.can_decline for one in remedy.measures)

    def test_a_language_without_pages_brings_no_story(self) -> None:
        assert {story.account.language for story in STORIES} == set(dict(settings.LANGUAGES))

    def test_the_case_key_lies_nowhere_in_clear(self, seeded: dict[str, Any]) -> None:
        digits = seeded["case_key"].replace(" ", "")
        [draft] = Draft.objects.all()
        assert digits.encode() not in bytes(draft.sealed)


class TestDoingItAgain:
    """Changes something in a demonstration and seeds again; what a test does is undone after it."""

    @pytest.fixture(autouse=True)
    def _undone(self, seeded: dict[str, Any]) -> Iterator[None]:
        with transaction.atomic():
            yield
            transaction.set_rollback(True)

    def test_a_second_time_changes_nothing_and_tells_the_same(self, seeded: dict[str, Any]) -> None:
        before = rows_of_every_table()
        assert seed() == seeded
        assert rows_of_every_table() == before

    def test_a_lost_key_is_replaced_by_a_fresh_sample(self) -> None:
        lost = seed()["case_key"]
        cases = Case.objects.count()
        Draft.objects.all().delete()
        fresh = seed()["case_key"]
        assert fresh != lost
        assert opened(fresh) is not None
        assert Case.objects.count() == cases + 1
        assert seed()["case_key"] == fresh

    def test_a_password_that_somebody_changed_works_again_as_printed(self) -> None:
        first = seed()["sign_ins"][0]
        user = User.objects.get(username=first["username"])
        user.set_password("quite another one")
        user.save(update_fields=["password"])
        seed()
        assert authenticate(None, username=first["username"], password=first["password"])

    def test_each_installation_has_passwords_of_its_own(self, settings: Any) -> None:
        here = {each["password"] for each in seed()["sign_ins"]}
        settings.SECRET_KEY = "the key of another installation"
        there = seed()
        assert not here & {each["password"] for each in there["sign_ins"]}
        assert opened(there["case_key"]) is not None

    def test_people_read_it_without_json(self) -> None:
        told = StringIO()
        call_command("seed_demo", stdout=told)
        assert "Intake officer" in told.getvalue()
        assert "Case key: " in told.getvalue()


@pytest.mark.django_db
def test_production_takes_no_demonstration(settings: Any) -> None:
    settings.REDRESS_MODE = "production"
    with pytest.raises(CommandError, match="production"):
        call_command("seed_demo")
    assert not Case.objects.exists()
