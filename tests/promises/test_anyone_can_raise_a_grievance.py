"""Anyone can raise a grievance: no name, no account, no script, in their own language."""

import pytest

from grievance.intake.forms import STAGES
from grievance.intake.steps import STEPS
from grievance.models import Case, Complainant, ContactChannel
from stakeholders.vocabulary import Answer, RemedyForm
from tests.amina import ANSWERS, Amina

pytestmark = pytest.mark.django_db

LANGUAGES = (("en", "ltr"), ("fr", "ltr"), ("ar", "rtl"))
UNKNOWN = {
    "who": {"who_was_harmed": "unknown"},
    "where": {"value_chain_stage": "unknown", "chain_note": "", "country": ""},
    "contact": {"contact_channel": "unknown"},
    "safety": {"fears_retaliation": "unknown"},
    "told": {"employer_may_know": "unknown"},
    "remedy": {"remedies_wanted": ["unknown"], "remedy_note": ""},
}


@pytest.fixture
def amina() -> Amina:
    return Amina()


@pytest.mark.parametrize(("language", "direction"), LANGUAGES)
def test_the_whole_way_is_in_the_persons_language(language: str, direction: str) -> None:
    amina = Amina(language)
    seen = [amina.go("raise/"), amina.begin()]
    for answers in ANSWERS.values():
        seen.append(amina.answer(**answers))
    seen.append(amina.send("/raise/send/"))

    assert {(page.lang, page.direction) for page in seen} == {(language, direction)}
    assert amina.key_shown()
    assert Case.objects.get().language == language


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_no_sentence_of_the_questions_is_left_in_english(language: str) -> None:
    amina, english = Amina(language), Amina("en")
    amina.begin()
    english.begin()
    for answers in ANSWERS.values():
        here = {node.text for node in amina.page.root.one("form", id="question").all("h1", "p")}
        there = {node.text for node in english.page.root.one("form", id="question").all("h1", "p")}
        assert not here & there
        assert amina.page.heading != english.page.heading
        amina.answer(**answers)
        english.answer(**answers)


def test_the_front_page_comes_in_the_language_that_the_browser_asks_for(amina: Amina) -> None:
    assert amina.go("/", headers={"accept-language": "ar,en;q=0.5"}).lang == "ar"
    assert Amina().go("/", headers={"accept-language": "fr-CM"}).lang == "fr"
    assert Amina().go("/", headers={"accept-language": "xx"}).lang == "en"


def test_without_a_name_an_address_or_an_account(amina: Amina) -> None:
    amina.begin()
    asked: list[str] = []
    for answers in ANSWERS.values():
        asked += [node.attrs.get("name", "") for node in _fields(amina)]
        amina.answer(**answers)
    key = amina.send("/raise/send/") and amina.key_shown()

    assert key
    assert not {"name", "first_name", "last_name", "username", "password"} & set(asked)
    person = Complainant.objects.get()
    assert person.contact_channel == ContactChannel.PORTAL_ONLY
    assert person.contact_address is None and person.contact_index is None


def test_at_most_six_answers_are_required(amina: Amina) -> None:
    amina.begin()
    refused = []
    for slug, answers in ANSWERS.items():
        blank = {name: "" for name in answers if name != "remedies_wanted"}
        if amina.answer(**blank).path.endswith(f"/raise/{slug}/") and amina.page.problems:
            refused.append(slug)
            amina.answer(**answers)

    assert refused == ["what", "who", "where", "contact", "safety", "told"]
    assert amina.page.path.endswith("/raise/check/")


def test_i_dont_know_is_an_answer_to_every_question_but_the_first(amina: Amina) -> None:
    key = amina.raise_a_grievance(**UNKNOWN)

    assert key
    person = Complainant.objects.get()
    assert person.fears_retaliation == person.employer_may_know == Answer.UNKNOWN
    assert person.contact_channel == ContactChannel.PORTAL_ONLY
    assert person.remedies_wanted == []
    for slug in UNKNOWN:
        asker = Amina()
        asker.go(f"raise/{slug}/?gone")
        lead = _fields(asker)[0].attrs["name"]
        assert "unknown" in asker.page.choices(lead)


def test_a_few_words_are_enough_and_none_of_them_is_a_legal_category(amina: Amina) -> None:
    assert amina.raise_a_grievance(what={"narrative": "Help."})
    words = " ".join(str(words) for _code, words in STAGES).lower()
    for jargon in ("upstream", "downstream", "nexus", "value chain", "linked", "adverse"):
        assert jargon not in words


def test_all_five_forms_of_remedy_are_offered_and_several_can_be_chosen(amina: Amina) -> None:
    amina.go("raise/remedy/?gone")
    assert set(RemedyForm.values) <= set(amina.page.choices("remedies_wanted"))

    Amina().raise_a_grievance(remedy={"remedies_wanted": list(RemedyForm.values)})
    assert set(Complainant.objects.get().remedies_wanted) == set(RemedyForm.values)


@pytest.mark.parametrize("who", ["me", "someone_else", "group", "population", "unknown"])
def test_for_oneself_for_others_and_for_people_whom_nobody_can_name(who: str) -> None:
    assert Amina().raise_a_grievance(who={"who_was_harmed": who})
    assert Complainant.objects.get().who_was_harmed == who


def test_the_answers_are_shown_before_they_are_sent(amina: Amina) -> None:
    page = amina.answer_all()

    assert "They filmed us in the sorting hall and sold the pictures." in page.words
    assert "the hall by the harbour" in page.words and "Kenya" in page.words
    assert "that the cameras go" in page.words
    assert not Case.objects.exists()
    changes = [link for link in page.links() if link.endswith("?check")]
    assert len(changes) == len(STEPS)


def test_an_answer_can_be_changed_on_the_page_to_check(amina: Amina) -> None:
    amina.answer_all()
    amina.go("raise/who/?check")
    assert amina.page.value("who_was_harmed") == "group"
    page = amina.answer(who_was_harmed="me")

    assert page.path.endswith("/raise/check/")
    amina.send("/raise/send/")
    assert Complainant.objects.get().who_was_harmed == "me"


def test_what_comes_and_by_when_is_said_before_the_first_question(amina: Amina) -> None:
    page = amina.go("raise/")

    assert "3 days" in page.words
    assert "You need no name, no account, no e-mail address and no proof." in page.words
    assert any(link.endswith("/scope/") for link in page.links())


def test_the_key_is_shown_until_it_is_saved_and_never_again(amina: Amina) -> None:
    key = amina.raise_a_grievance()
    assert [len(group) for group in key.split()] == [4, 4, 4, 4, 4]
    assert amina.go("raise/key/") and amina.key_shown() == key, "A reload must not lose the key."
    assert key.replace(" ", "") not in amina.page.url

    after = amina.send()
    assert after.path.endswith("/raise/kept/") and key not in after.html
    gone = amina.go("raise/key/")
    assert gone.status == 410 and amina.key_shown() == ""
    assert Amina().go("raise/key/").status == 410


def test_the_key_opens_the_case_and_no_other(amina: Amina) -> None:
    amina_key = amina.raise_a_grievance()
    other_key = Amina().raise_a_grievance(what={"narrative": "A different story."})

    assert amina_key != other_key
    page = Amina().come_back(amina_key)
    assert page.path == "/en/case/open/"
    assert "They filmed us in the sorting hall" in page.words
    assert "A different story." not in page.html


def test_the_receipt_names_the_date_of_the_answer_in_time_and_the_next_step(amina: Amina) -> None:
    amina.raise_a_grievance()
    assert "within 3 days" in amina.page.words


def test_every_label_belongs_to_a_field(amina: Amina) -> None:
    amina.begin()
    for answers in ANSWERS.values():
        ids = {node.attrs["id"] for node in amina.page.root.all() if "id" in node.attrs}
        for label in amina.page.root.all("label"):
            assert label.attrs.get("for") in ids or label.all("input")
        amina.answer(**answers)


def _fields(amina: Amina) -> list:
    form = amina.page.root.one("form", id="question")
    return [
        node
        for node in form.all("input", "textarea", "select")
        if node.attrs.get("type") != "hidden"
    ]
