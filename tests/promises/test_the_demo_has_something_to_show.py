"""`manage.py seed_demo` makes a demonstration in which every page has something to show."""

import json
from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth import authenticate
from django.contrib.auth.password_validation import validate_password
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import override_settings
from django.utils import timezone

from grievance import access, progress
from grievance.admin.permissions import may_enter
from grievance.models import Case, CaseEvent, Draft, RefusalDecision, ScopeRefusal, WaitingFor
from stakeholders.models import Organisation, Product, User
from stakeholders.roles import Role, roles_of

ROLES_AT_THE_DESK = set(Role.values) - {Role.SUPPLIER_LIAISON}


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

    def test_the_stories_stand_in_every_stage_that_there_is_so_far(
        self, seeded: dict[str, Any]
    ) -> None:
        cases = Case.objects.all()
        assert cases.count() >= 14
        assert {case.status for case in cases} == {"received", "screening", "assessment", "closed"}
        assert {case.language for case in cases} == {"en", "fr", "ar"}
        assert {case.company_outcome for case in cases} == {"", "out_of_scope", "withdrawn"}
        assert cases.filter(urgent=True).open().exists()
        assert cases.filter(waiting_for=WaitingFor.PERSON).exists()
        assert cases.filter(working_title__isnull=False).exists()
        assert ScopeRefusal.objects.filter(decision="").exists()
        assert ScopeRefusal.objects.filter(decision=RefusalDecision.REJECTED).exists()
        assert Organisation.objects.exists()
        assert Product.objects.exists()

    def test_a_late_case_has_gone_up_as_the_sweep_would_have_sent_it(
        self, seeded: dict[str, Any]
    ) -> None:
        late = Case.objects.get(escalation_level__gte=2)
        assert late.status == "received"
        verbs = list(
            CaseEvent.objects.filter(case=late).order_by("at").values_list("verb", flat=True)
        )
        assert verbs == ["submit", "announce", "remind", "escalate", "escalate"]

    def test_nothing_of_it_lies_in_the_future(self, seeded: dict[str, Any]) -> None:
        assert not CaseEvent.objects.filter(at__gt=timezone.now()).exists()
        for case in Case.objects.all():
            moments = [event.at for event in CaseEvent.objects.filter(case=case).order_by("at")]
            assert moments[0] == case.received_at

    def test_there_is_a_sign_in_that_works_for_each_role(self, seeded: dict[str, Any]) -> None:
        sign_ins = seeded["sign_ins"]
        assert {each["role"] for each in sign_ins} == ROLES_AT_THE_DESK
        for each in sign_ins:
            assert set(each) == {"role", "username", "password"}
            user = authenticate(None, username=each["username"], password=each["password"])
            assert isinstance(user, User)
            assert roles_of(user) == {each["role"]}
            assert may_enter(user)
            validate_password(each["password"], user)

    def test_the_case_key_opens_a_case_with_a_question_to_the_person(
        self, seeded: dict[str, Any]
    ) -> None:
        case = opened(seeded["case_key"])
        assert case is not None
        view = progress.for_person(case, at=timezone.now())
        assert view.waiting_for_you
        assert view.messages

    def test_the_case_key_lies_nowhere_in_clear(self, seeded: dict[str, Any]) -> None:
        digits = seeded["case_key"].replace(" ", "")
        [draft] = Draft.objects.all()
        assert digits.encode() not in bytes(draft.sealed)


@pytest.mark.django_db
class TestDoingItAgain:
    """Seeds, changes something, seeds again."""

    @pytest.fixture(autouse=True)
    def _quick_hashes(self, settings: Any) -> None:
        settings.PASSWORD_HASHERS = QUICK

    def test_a_second_time_changes_nothing_and_tells_the_same(self) -> None:
        first = seed()
        before = rows_of_every_table()
        assert seed() == first
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

    def test_production_takes_no_demonstration(self, settings: Any) -> None:
        settings.REDRESS_MODE = "production"
        with pytest.raises(CommandError, match="production"):
            call_command("seed_demo")
        assert not Case.objects.exists()
