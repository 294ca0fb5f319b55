"""What is offered is clear: how much, for whom, put back first, and nothing given up for it."""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
import time_machine
from django.apps import apps
from django.conf import settings
from django.db import IntegrityError, transaction
from django.forms.forms import DeclarativeFieldsMetaclass
from django.utils.translation import gettext, override

from core.actors import SYSTEM
from core.ledger.history import Stamp, stamped
from grievance import lifecycle
from grievance.admin import remedy_forms
from grievance.models import Case, CaseEvent
from grievance.notices import Notice
from grievance.notices.letters import letter
from grievance.tracking import forms as tracking_forms
from remedy.models import Funding, HarmElement, MeasureAnswer, Offer, RemedyMeasure
from remedy.money import Basis, Compensation
from tests import makers, people, remedy_makers
from tests.amina import Amina
from tests.desk import Desk
from tests.offers import an_offer
from tests.remedy_desk import CAUSED, DUE, NOW, in_delivery
from tests.remedy_makers import an_organisation, assess, plan_one

pytestmark = pytest.mark.django_db

YOU_GIVE_UP_NOTHING = (
    "Whatever you answer, you give up none of your rights. You can still go to a court, an "
    "authority or any other place. You do not have to sign anything."
)
LETTER = (
    "There is an offer for you to read. You can agree, disagree or ask for something else. You "
    "give up no right by answering. Use the key that you kept."
)
SERVED = [code for code, _name in settings.LANGUAGES]


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=False) as clock:
        people.everyone()
        yield clock


@pytest.fixture
def chidi() -> Desk:
    return Desk(people.CHIDI)


def in_plan(*, reversibility: str = "reversible", scale: int = 2) -> tuple[int, int]:
    """A caused case in the plan with one harm element; its id and the element's."""
    case_id, at = assess(*CAUSED.values())
    element = HarmElement.objects.get(remediation=Case.objects.get(pk=case_id).remediation)
    if reversibility != "reversible":
        lifecycle.add_element(
            case_id,
            by=people.by(people.CHIDI),
            at=at,
            harm="retaliation",
            beneficiary="group",
            reversibility=reversibility,
            description="Lost for good.",
        )
        element = HarmElement.objects.latest("pk")
    lifecycle.plan_remedy(case_id, by=people.by(people.CHIDI), at=at)
    return case_id, element.pk


def asked(element: int, **values: str) -> dict[str, str]:
    """What a handler fills in for a compensation."""
    return {
        "element": str(element),
        "form": "compensation",
        "description": "measure-canary",
        "responsible": str(an_organisation().pk),
        "mode": "provider",
        "due_on": DUE,
        "basis": "lost_pay",
        "amount": "600.50",
        "currency": "EUR",
        **values,
    }


# --- how much ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"amount": "-5"}, "The amount has to be more than nought."),
        ({"amount": "0"}, "The amount has to be more than nought."),
        ({"amount": "600", "amount_to": "500"}, "The second amount has to be larger"),
        ({"currency": "XQQ"}, "Write the currency as its three letters"),
        ({"currency": "DEM"}, "Write the currency as its three letters"),
        ({"currency": ""}, "Write an amount together with its currency"),
        ({"amount": ""}, "Write an amount together with its currency"),
        ({"basis": ""}, "Say what the compensation is for."),
        ({"amount": "six"}, "Write the amount in figures"),
        ({"amount": "1e20"}, "The amount is larger than we can write down."),
        ({"form": "satisfaction"}, "Only a compensation has an amount of money."),
        ({"due_on": "2020-01-01"}, "The due date has passed already."),
    ],
)
def test_money_that_cannot_be_paid_is_refused_in_a_sentence(
    chidi: Desk, values: dict[str, str], sentence: str
) -> None:
    case_id, element = in_plan()
    chidi.press(case_id, "add_measure", **asked(element, **values))
    assert chidi.page.status == 422
    assert sentence in " ".join(chidi.refusals)
    assert chidi.page.value("description") == "measure-canary"
    assert not RemedyMeasure.objects.exists()

    chidi.press(case_id, "add_measure", **asked(element))
    assert chidi.done == ["The measure is planned."]


@pytest.mark.parametrize(
    "values",
    [
        {"amount": Decimal(-5)},
        {"amount": Decimal(0)},
        {"currency": ""},
        {"currency": "eur"},
        {"amount_to": Decimal(1)},
        {"form": "satisfaction"},
        {"tracing": "not_found"},
        {"planned_on": (NOW + timedelta(days=90)).date()},
    ],
)
def test_the_database_refuses_it_as_well(chidi: Desk, values: dict[str, object]) -> None:
    case_id, element = in_plan()
    chidi.press(case_id, "add_measure", **asked(element))
    measure = RemedyMeasure.objects.get()
    for name, value in values.items():
        setattr(measure, name, value)
    stamp = Stamp(SYSTEM, "register", uuid4(), NOW)
    with pytest.raises(IntegrityError), transaction.atomic(), stamped(stamp):
        measure.save()


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "from €600.50 to €1,200.00"), ("fr", "600,50"), ("pt", "600,50"), ("ar", "٦٠٠")],
)
def test_the_person_reads_the_amount_as_they_write_numbers(language: str, words: str) -> None:
    told = Told.of(language)
    page = told.amina.come_back(told.key).words
    assert words in page.replace("\xa0", " ").replace("\u202f", " ")


class Told:
    """A person with a band of compensation on offer, for a whole group."""

    def __init__(self, key: str, amina: Amina) -> None:
        self.key, self.amina = key, amina

    @classmethod
    def of(cls, language: str) -> "Told":
        made = makers.taken_up(makers.acknowledged(makers.a_case(language=language)))
        remedy_makers.assess("yes", "no", "no", "no", "no", case_id=made.id, at=made.at)
        plan_one(made.id, at=made.at)
        chidi = people.by(people.CHIDI)
        lifecycle.add_measure(
            made.id,
            by=chidi,
            at=made.at,
            element_id=HarmElement.objects.latest("pk").pk,
            form="compensation",
            description="Two months of pay.",
            responsible_id=an_organisation().pk,
            mode="provider",
            due_on=(NOW + timedelta(days=60)).date(),
            beneficiary="group",
            money=Compensation(Basis.LOST_PAY, Decimal("600.50"), Decimal(1200), "EUR"),
        )
        lifecycle.make_offer(made.id, by=chidi, at=made.at)
        return cls(made.key, Amina(language))


def test_the_person_reads_for_whom_and_what_for() -> None:
    told = Told.of("en")
    words = told.amina.come_back(told.key).words
    assert "For you and the others who were harmed" in words
    assert "Pay that was lost" in words


# --- put back first, and no gesture ------------------------------------------------------------


def test_nothing_is_offered_before_somebody_says_why_nothing_is_put_back(chidi: Desk) -> None:
    case_id, element = in_plan()
    chidi.press(case_id, "add_measure", **asked(element))
    chidi.press(case_id, "make_offer")
    assert "Plan a restitution, or say why there is none." in chidi.refusals[0]
    assert not Offer.objects.exists()

    chidi.press(case_id, "rule_out_restitution", element=str(element), reason="not_wanted")
    chidi.press(case_id, "make_offer")
    assert chidi.done == ["Offered. The person is told."]
    page = chidi.go(f"case/{case_id}/remedy/").words
    assert "No restitution: The person does not want it back." in page


def test_a_restitution_needs_no_reason(chidi: Desk) -> None:
    case_id, element = in_plan()
    back = asked(element, form="restitution", basis="", amount="", currency="")
    chidi.press(case_id, "add_measure", **back)
    chidi.press(case_id, "make_offer")
    assert chidi.done == ["Offered. The person is told."]


def test_a_gesture_is_offered_only_with_a_reason_that_stays(chidi: Desk) -> None:
    case_id, element = in_plan(reversibility="irreversible")
    first = HarmElement.objects.exclude(pk=element).get().pk
    for one in (first, element):
        chidi.press(case_id, "add_measure", **asked(one))
        chidi.press(case_id, "rule_out_restitution", element=str(one), reason="impossible")
    page = chidi.open(case_id, "make_offer")
    assert "A harm cannot be undone, and no measure stands in for it." in page.words
    chidi.send("/do/make_offer/", words="offer-canary")
    assert chidi.refusals == [
        "The plan looks like a gesture. Choose why you go on, and write a note."
    ]
    chidi.send("/do/make_offer/", despite="cannot_wait", despite_note="despite-canary")
    assert chidi.done == ["Offered. The person is told."]
    event = CaseEvent.objects.get(case=case_id, verb="make_offer")
    assert event.reason_code == "cannot_wait"
    page = chidi.go(f"case/{case_id}/remedy/")
    assert "This part cannot wait. The rest follows." in page.words
    assert "despite-canary" in page.words
    assert "despite-canary" not in Desk(people.HANA).go(f"case/{case_id}/remedy/").words


def test_a_substitute_answers_what_cannot_be_undone(chidi: Desk) -> None:
    case_id, element = in_plan(reversibility="irreversible")
    first = HarmElement.objects.exclude(pk=element).get().pk
    chidi.press(case_id, "add_measure", **asked(first))
    chidi.press(case_id, "add_measure", **asked(element, substitute="on"))
    for one in (first, element):
        chidi.press(case_id, "rule_out_restitution", element=str(one), reason="impossible")
    assert "Why do you go on all the same?" not in chidi.open(case_id, "make_offer").words
    chidi.send("/do/make_offer/")
    assert chidi.done == ["Offered. The person is told."]


def test_a_compensation_without_an_amount_looks_like_a_gesture(chidi: Desk) -> None:
    case_id, element = in_plan()
    chidi.press(case_id, "add_measure", **asked(element, amount="", currency=""))
    page = chidi.open(case_id, "make_offer")
    assert "A compensation does not say how much the person gets." in page.words


# --- who pays, and whom ------------------------------------------------------------------------


def test_the_parts_of_the_cost_come_to_a_hundred(chidi: Desk) -> None:
    case_id, measure = in_delivery()
    own, other = an_organisation(), an_organisation("Harbour", relationship="supplier_tier1")
    parts = {"measure": str(measure), "payer_1": str(own.pk), "payer_2": str(other.pk)}
    chidi.press(case_id, "share_cost", **parts, part_1="70", part_2="20")
    assert chidi.refusals == ["The parts that the organisations pay have to come to 100 per cent."]
    chidi.send("/do/share_cost/", part_2="30")
    assert chidi.done == ["The parts are noted."]
    chidi.press(case_id, "share_cost", **parts, part_1="60", part_2="40")
    page = chidi.go(f"case/{case_id}/remedy/").words
    assert "Own works : 60 %" in page.replace("Own works:", "Own works :")
    assert "70 %" not in page
    assert Funding.objects.filter(measure=measure).count() == 4, "Earlier parts stay."


def test_the_same_organisation_twice_is_refused(chidi: Desk) -> None:
    case_id, measure = in_delivery()
    own = str(an_organisation().pk)
    chidi.press(
        case_id,
        "share_cost",
        measure=str(measure),
        payer_1=own,
        part_1="50",
        payer_2=own,
        part_2="50",
    )
    assert chidi.refusals == ["Each organisation can be named once only."]


def test_those_who_left_are_looked_for(chidi: Desk) -> None:
    case_id, element = in_plan()
    chidi.press(case_id, "add_measure", **asked(element))
    measure = str(RemedyMeasure.objects.get().pk)
    chidi.press(case_id, "trace_payees", measure=measure, tracing="not_found")
    assert chidi.refusals == ["Write what was tried to find them."]
    chidi.send("/do/trace_payees/", note="tracing-canary")
    assert chidi.done == ["Noted."]
    page = chidi.go(f"case/{case_id}/remedy/").words
    assert "People to be paid: Not found" in page and "tracing-canary" in page


def test_what_each_organisation_owes_and_bears_is_on_the_page(chidi: Desk) -> None:
    case_id, _at = assess(*CAUSED.values())
    own = {"organisation": str(an_organisation().pk), "nexus": "caused", "percent": "60"}
    chidi.press(case_id, "set_share", **own, obligation="remediate", contribution="80")
    assert "Write the part of the cost together with how it stands" in chidi.refusals[0]
    chidi.send("/do/set_share/", contribution_state="agreed")
    other = an_organisation("Harbour", relationship="supplier_tier1")
    theirs = {"organisation": str(other.pk), "nexus": "contributed", "percent": "40"}
    chidi.press(case_id, "set_share", **theirs, contribution="30", contribution_state="asked")
    assert "more than 100 per cent" in chidi.refusals[0]
    page = chidi.go(f"case/{case_id}/remedy/").words
    assert "Remedy the harm" in page and "80 % · Agreed" in page


# --- nothing is given up -----------------------------------------------------------------------


@pytest.mark.parametrize("language", SERVED)
def test_the_offer_and_its_letter_say_that_no_right_is_given_up(language: str) -> None:
    told = an_offer(language)
    page = told.amina.come_back(told.key)
    with override(language):
        sentence, mail = gettext(YOU_GIVE_UP_NOTHING), gettext(LETTER)
    assert sentence in page.words
    assert sentence in told.amina.go(f"case/instead/{told.measure}/").words
    assert letter(Notice.OFFER, language).body.strip() == mail
    if language != "en":
        assert sentence != YOU_GIVE_UP_NOTHING, "The sentence is not translated."
        assert mail != LETTER, "The letter is not translated."


def test_nothing_in_the_house_can_hold_a_waiver() -> None:
    """A field for one would have to be called something."""
    words = ("waive", "waiver", "release_of", "renounce", "settlement", "non_disclosure", "gag")
    names = {
        f"{model.__name__}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.get_fields()
    }
    for module in (remedy_forms, tracking_forms):
        for name, form in vars(module).items():
            if isinstance(form, DeclarativeFieldsMetaclass):
                names |= {f"{name}.{field}" for field in form.base_fields}
    # Holders of rights are asked about engagement: the word itself holds the letters of a gag.
    said = {name.lower().replace("engagement", "") for name in names}
    assert not [name for name in said for word in words if word in name]


def test_the_person_may_say_who_helped_them_and_need_not() -> None:
    told = an_offer()
    told.open()
    form = told.form("accept", told.measure)
    told.amina.post("/en/case/answer/", {**form, "helped_by": "union"})
    assert MeasureAnswer.objects.get().helped_by == "union"
    page = Desk(people.CHIDI).go(f"case/{told.case}/remedy/").words
    assert "Helped by: A trade union or a workers’ group" in page

    other = an_offer()
    other.open()
    other.say("accept")
    assert MeasureAnswer.objects.latest("pk").helped_by == ""


def test_an_answer_that_was_made_up_is_refused_and_nothing_is_agreed() -> None:
    told = an_offer()
    told.open()
    form = told.form("accept", told.measure)
    page = told.amina.post("/en/case/answer/", {**form, "helped_by": "the boss"})
    assert "Choose one of the answers." in page.words
    assert told.state == "offered"
