"""The directory and the forms of remedy can be read: facts with their source, in your language."""

from collections.abc import Iterable

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from django.conf import settings
from django.utils import translation
from django.utils.translation import to_locale

from grievance.models import ContactChannel, OutOfScopeReason, WhoWasHarmed
from remedy.models import RemedyKind
from stakeholders.models import Issue, Mechanism, Team
from stakeholders.vocabulary import CaseStatus, MechanismKind, ValueChainStage, WhoMayFile
from tests.amina import ANSWERS, Amina
from tests.page import Node

pytestmark = pytest.mark.django_db

OTHERS = [code for code, _name in settings.LANGUAGES if code != "en"]
SCRIPTS = {"ar": ("\u0600", "\u06ff")}
in_every_other_language = pytest.mark.parametrize("language", OTHERS)


def cards(language: str, query: str) -> list[Node]:
    """The bodies on the first two pages of an answer."""
    pages = [Amina(language).go(f"help/?{query}{further}") for further in ("", "&page=2")]
    assert {page.status for page in pages} == {200}
    shown = [card for page in pages for card in page.root.all("article", class_="card")]
    # An answer of one page is that page again.
    return list({card.one("h3").text: card for card in shown}.values())


def card_of(entry: Mechanism, found: Iterable[Node]) -> Node:
    return next(card for card in found if card.one("h3").text == entry.name)


def catalogue(language: str) -> Catalog:
    file = settings.LOCALE_PATHS[0] / to_locale(language) / "LC_MESSAGES" / "django.po"
    with file.open("rb") as opened:
        return read_po(opened, locale=to_locale(language))


def column(language: str) -> str:
    """The ending of a translated column."""
    return language.replace("-", "_")


# --- the facts ---------------------------------------------------------------------------------


def test_bodies_of_a_country_are_shown_with_what_they_can_do_and_what_they_cannot() -> None:
    found = cards("en", "country=KE")
    entry = Mechanism.objects.get(code="dpa-ke")
    words = card_of(entry, found).text

    assert "Data protection authority" in words
    for told in ("It can", "take your complaint", "Who may turn to it", "Cost", "Languages"):
        assert told in words
    own = {one.name for one in Mechanism.objects.in_use().for_country("KE")}
    assert own <= {card.one("h3").text for card in found}


def test_every_entry_says_where_it_is_known_from_and_how_sure_that_is() -> None:
    found = cards("en", "country=KE")
    by_name = {one.name: one for one in Mechanism.objects.in_use()}
    sure = {
        "sourced": "We read this in the source named here.",
        "well_known": "This is generally known. We have not read it in a source.",
        "project_value": "This is our own description.",
    }
    assert len(found) > 6
    for card in found:
        entry, words = by_name[card.one("h3").text], card.text
        assert " ".join(entry.source.split()) in words, entry.code
        assert sure[entry.certainty] in words, entry.code
        assert "Checked on" in words or "We have no date of a check." in words, entry.code


def test_bodies_of_other_countries_are_not_mixed_in() -> None:
    names = {card.one("h3").text for card in cards("en", "country=KE")}
    foreign = Mechanism.objects.exclude(country__in=["", "KE"]).exclude(scope="regional")
    assert not names & {one.name for one in foreign}


def test_police_and_dangerous_places_come_only_when_asked_for() -> None:
    shown = " ".join(card.text for card in cards("en", "country=KE&kind=police_prosecutor"))
    asked = " ".join(
        card.text for card in cards("en", "country=KE&kind=police_prosecutor&police=1")
    )
    assert "Police or prosecutor" not in shown
    assert "Police or prosecutor" in asked and "Careful" in asked


@pytest.mark.parametrize("query", ["country=XX", "country=%00", "country=KEN", "country=<b>"])
def test_an_unknown_country_is_said_to_be_unknown(query: str) -> None:
    page = Amina().go(f"help/?{query}")
    assert page.status == 200
    assert "We do not know this country." in page.words


# --- in other languages ------------------------------------------------------------------------


@in_every_other_language
def test_the_kind_of_each_body_is_named_in_the_readers_language(language: str) -> None:
    known = catalogue(language)
    found = cards(language, "country=KE")
    with translation.override(language):
        by_name = {one.name: one for one in Mechanism.objects.in_use()}
    assert found
    for card in found:
        english = _in_english(MechanismKind(by_name[card.one("h3").text].kind).label)
        translated = _translated(known, english)
        assert card.one("p", class_="hint").text.startswith(translated)


@in_every_other_language
@pytest.mark.parametrize(
    "choices",
    [MechanismKind, WhoMayFile, ValueChainStage, CaseStatus],
    ids=lambda choices: choices.__name__,
)
def test_each_kind_and_stage_of_the_vocabulary_has_its_word(choices: type, language: str) -> None:
    known = catalogue(language)
    for one in choices:  # type: ignore[attr-defined]
        assert _translated(known, _in_english(one.label))


@in_every_other_language
@pytest.mark.parametrize(
    "choices",
    [OutOfScopeReason, WhoWasHarmed, ContactChannel],
    ids=lambda choices: choices.__name__,
)
def test_each_answer_and_reason_that_a_person_reads_has_its_words(
    choices: type, language: str
) -> None:
    known = catalogue(language)
    for one in choices:  # type: ignore[attr-defined]
        assert _translated(known, _in_english(one.label))


def _in_english(label: object) -> str:
    with translation.override("en"):
        return str(label)


def _translated(known: Catalog, english: str) -> str:
    message = known.get(english)
    assert message is not None, f"{english!r} is not in the catalogue."
    assert message.string, f"{english!r} has no translation."
    assert not message.fuzzy, f"The translation of {english!r} is only a guess."
    return str(message.string)


@in_every_other_language
def test_the_forms_of_remedy_are_in_plain_words_of_each_language(language: str) -> None:
    kinds = list(RemedyKind.objects.all())
    assert len(kinds) == 5
    for kind in kinds:
        for field in ("name", "plain_question", "examples"):
            own = getattr(kind, f"{field}_{column(language)}")
            assert own, (kind.code, field)
            if field != "name":  # "Restitution" is the same word in English and in French.
                assert own != getattr(kind, f"{field}_en"), (kind.code, field)


@in_every_other_language
def test_the_question_about_remedy_is_asked_in_the_persons_language(language: str) -> None:
    asked, english = _choices(language), _choices("en")
    assert len(asked) == len(english) > 5
    assert not set(asked) & set(english)


def _choices(language: str) -> list[str]:
    """The answers offered to the last question, on which all others have been answered."""
    amina = Amina(language)
    amina.begin()
    for answers in list(ANSWERS.values())[:-1]:
        amina.answer(**answers)
    offered = amina.page.root.all("input", name="remedies_wanted")
    ids = {node.attrs["id"] for node in offered}
    return [
        label.text
        for label in amina.page.root.all("label")
        if label.attrs.get("for") in ids or label.all("input", name="remedies_wanted")
    ]


@in_every_other_language
def test_what_is_dangerous_about_a_body_is_said_in_the_readers_language(language: str) -> None:
    careful = Mechanism.objects.exclude(danger_note_en="")
    assert careful
    for entry in careful:
        own = getattr(entry, f"danger_note_{column(language)}")
        assert own and own != entry.danger_note_en, entry.code


@in_every_other_language
def test_issues_and_teams_have_names_in_each_language(language: str) -> None:
    for row in [*Issue.objects.filter(in_use=True), *Team.objects.filter(in_use=True)]:
        assert getattr(row, f"name_{column(language)}"), row.code
    for issue in Issue.objects.filter(in_use=True):
        own = getattr(issue, f"definition_{column(language)}")
        assert own and own != issue.definition_en, issue.code


def test_arabic_is_written_in_arabic() -> None:
    first, last = SCRIPTS["ar"]
    kinds = [kind.plain_question_ar for kind in RemedyKind.objects.all()]
    issues = [issue.name_ar for issue in Issue.objects.filter(in_use=True)]
    for words in [*kinds, *issues]:
        letters = [sign for sign in words if sign.isalpha()]
        assert sum(first <= sign <= last for sign in letters) > len(letters) / 2, words
