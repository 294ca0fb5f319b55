"""Anyone can ask what answers would mean, without a case and without a database."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command


def told(*arguments: str) -> str:
    out = StringIO()
    call_command("propose_nexus", *arguments, stdout=out)
    return out.getvalue()


def test_the_answer_comes_as_data():
    answer = json.loads(told("--answers", "unknown,no,unknown,no,yes", "--json"))
    assert answer.pop("reasons")
    assert answer == {
        "nexus": "linked",
        "provisional": True,
        "open": ["caused"],
        "duties": ["use_leverage", "raise_with_partner", "review_relationship"],
    }


def test_the_answer_comes_in_words():
    assert "Our own act or omission alone" in told("--answers", "yes,no,no,no,no")


@pytest.mark.parametrize("wrong", ["yes", "yes,no,no,no,maybe", ""])
def test_wrong_answers_are_refused_in_a_sentence(wrong):
    with pytest.raises(CommandError) as refused:
        told("--answers", wrong)
    assert str(refused.value).endswith(".")
