"""Every notice has its letter in every language that is served, and no letter says more."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import translation

from config.local.places import CHECKOUT
from grievance.notices import Notice
from grievance.notices.letters import letter

LANGUAGES = [code for code, _name in settings.LANGUAGES]
FOLDER = Path(CHECKOUT) / "templates" / "notices"


@pytest.fixture(autouse=True)
def _language_left_as_found() -> Iterator[None]:
    yield
    translation.activate("en")


def test_every_notice_has_one_text_and_every_text_a_notice() -> None:
    texts = [file.name for file in FOLDER.rglob("*") if file.is_file()]
    assert sorted(texts) == sorted(f"{notice}.txt" for notice in Notice)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("notice", Notice)
def test_a_letter_is_written_in_its_language(notice: Notice, language: str) -> None:
    made, english = letter(notice, language), letter(notice, "en")
    assert len(made.body.strip()) > 8  # signs, not words: Chinese puts no spaces between them
    assert made.subject and "\n" not in made.subject
    for sign in ("{", "}", "<", "%("):
        assert sign not in made.body + made.subject
    if language != "en":
        assert made.body != english.body, "Not translated."
        assert made.subject != english.subject, "Not translated."


@pytest.mark.parametrize("notice", Notice)
def test_a_letter_names_nothing_and_leads_nowhere(notice: Notice) -> None:
    said = letter(notice, "en")
    words = f"{said.subject} {said.body}".lower()
    for told in ("grievance", "complaint", "case", "http", "redress", "human rights"):
        assert told not in words
    assert str(settings.REDRESS_COMPANY_NAME).lower() not in words


def test_a_letter_leaves_the_reader_in_their_own_language() -> None:
    with translation.override("fr"):
        letter(Notice.RECEIVED, "ar")
        assert translation.get_language() == "fr"
