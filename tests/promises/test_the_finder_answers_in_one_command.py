"""`manage.py find_mechanisms`: the same answer for operators and scripts, without a database."""

import json
from datetime import UTC, datetime
from io import StringIO
from typing import Any
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command

from core.actors import SYSTEM
from core.ledger.history import Stamp, stamped
from stakeholders.finder.shipped import directory
from stakeholders.models import Mechanism

KEYS = {"id", "kind", "country", "name", "why", "can", "cannot"}


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("find_mechanisms", *arguments, stdout=out)
    return out.getvalue()


def find(*arguments: str) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(run(*arguments, "--json"))
    return answer


def ids(answer: dict[str, Any], name: str = "results") -> list[str]:
    return [one["id"] for one in answer[name]]


def test_the_answer_is_one_object_with_reasons_and_limits() -> None:
    answer = find("--impact", "IE", "--harm", "sensitive_data_sharing", "--remedy", "restitution")

    assert {"results", "withheld", "ncp"} <= set(answer)
    for one in answer["results"]:
        assert set(one) >= KEYS
        assert one["why"] and one["can"]
        for codes in ("why", "can", "cannot"):
            assert len(one[codes]) == len(one[f"{codes}_text"])
            assert all(text.endswith(".") for text in one[f"{codes}_text"])
    assert answer["results"][0]["id"] == "dpa-ie"
    assert "can_order:restitution" in answer["results"][0]["can"]
    assert all({"id", "kind", "reason"} <= set(one) for one in answer["withheld"])
    assert answer["ncp"]["countries"] == ["IE"]
    assert answer["ncp"]["rule"] == "impact_country_is_adherent"


def test_where_no_contact_point_is_it_is_that_of_each_home_country() -> None:
    answer = find("--impact", "MM", "--home", "US", "--home", "ie", "--home", "US")
    assert answer["ncp"]["countries"] == ["US", "IE"]
    assert answer["ncp"]["rule"] == "home_country_is_adherent"
    assert find("--impact", "MM")["ncp"] == {"countries": [], "rule": "none", "by_country": {}}


def test_danger_is_held_back_with_its_reason_and_shown_when_asked_for() -> None:
    said = ("--impact", "UG", "--harm", "ncii_deepfake")
    careful = find(*said, "--flag", "danger_orientation", "--flag", "consent_police")
    reasons = {one["id"]: one["reason"] for one in careful["withheld"]}
    asked = find(*said, "--flag", "danger_orientation", "--danger-ok")

    assert reasons["generic-police-prosecutor"] == "danger"
    assert "generic-police-prosecutor" not in ids(careful)
    assert "generic-police-prosecutor" in ids(asked)
    assert find(*said)["withheld"] and "police_not_wanted" in {
        one["reason"] for one in find(*said)["withheld"]
    }


def test_schemes_and_banks_are_named_by_their_ids() -> None:
    said = ("--impact", "KE", "--harm", "wages_hours_dismissal")
    answer = find(*said, "--member-of", "msi-rba", "--financed-by", "dfi-cao")
    assert {"msi-rba", "dfi-cao"} <= set(ids(answer))


def test_a_group_may_be_named_as_filer_and_several_may_be() -> None:
    said = ("--impact", "KE", "--harm", "worker_psychological_harm", "--remedy", "compensation")
    answer = find(*said, "--filer", "affected_group", "--filer", "content_moderator_labeller")
    kinds = {one["kind"] for one in answer["results"]}
    assert {"labour_tribunal", "court_civil"} <= kinds


def test_people_read_it_in_sentences() -> None:
    told = run(
        "--impact", "KE", "--harm", "data_exposure_breach", "--language", "sw", "--free-only"
    )
    assert "1. Office of the Data Protection Commissioner" in told
    assert "Not shown: generic-court-civil. It costs a fee." in told
    assert "National Contact Points: none (none)." in told


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--impact", "XX"), "--impact: 'XX' is not a country."),
        (("--home", "Kenya"), "--home: 'KENYA' is not a country."),
        (("--impact", "KE", "--harm", "sadness"), "--harm: 'sadness' is none of"),
        (("--impact", "KE", "--filer", "cat"), "--filer: 'cat' is none of"),
        (("--impact", "KE", "--remedy", "money"), "--remedy: 'money' is none of"),
        (("--impact", "KE", "--flag", "red"), "--flag: 'red' is none of"),
        (("--impact", "KE", "--language", "zzz"), "--language: 'zzz' is not a known language."),
        (("--impact", "KE", "--financed-by", "msi-rba"), "--financed-by: 'msi-rba' is none of"),
        (("--impact", "KE", "--member-of", "dfi-cao"), "--member-of: 'dfi-cao' is none of"),
    ],
)
def test_what_nobody_knows_is_said_in_a_sentence(arguments: tuple[str, ...], sentence: str) -> None:
    with pytest.raises(CommandError) as refused:
        run(*arguments)
    assert str(refused.value).startswith(sentence)


def test_the_file_is_that_of_the_product() -> None:
    assert len(directory()) == 521


@pytest.mark.django_db
def test_what_staff_corrected_is_known_when_the_database_is_asked() -> None:
    said = ("--impact", "KE", "--harm", "surveillance_privacy")
    assert "dpa-ke" in ids(find(*said)) and "dpa-ke" in ids(find(*said, "--from-database"))
    with stamped(Stamp(SYSTEM, "load_reference", uuid4(), datetime(2026, 3, 2, tzinfo=UTC))):
        retired = Mechanism.objects.get(code="dpa-ke")
        retired.in_use = False
        retired.save()
    assert "dpa-ke" in ids(find(*said)) and "dpa-ke" not in ids(find(*said, "--from-database"))
    assert all(one["name"] for one in find(*said, "--from-database")["results"])
