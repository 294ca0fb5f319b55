"""Offers for tests, made by the real verbs, and the browser of the person to whom they are made."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from grievance import lifecycle
from grievance.models import Case
from remedy.models import RemedyMeasure
from tests import makers, remedy_makers
from tests.amina import Amina
from tests.page import Page
from tests.people import CHIDI, DANA, by

DAY = timedelta(days=1)
OFFERED_AT = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)
WORDS = "We are sorry. This is what we can do."
MEASURE = "The cameras in the sorting hall are gone."
SECRETS = {
    "plan": "Zeisig: a plan that nobody has offered",
    "nexus": "Stieglitz: note on the nexus",
    "leverage": "Pirol: press the landlord with the contract",
    "exit": "Wiedehopf: what leaving would do",
    "element": "Nachtigall: the element in our words",
    "evidence": "Goldammer: a photograph with a colleague on it",
    "title": "Rotkehlchen: a working title",
    "result": "Amselruf: why the result is what it is",
}


@dataclass
class Told:
    """A case with an offer, and the browser of its person."""

    case: int
    measure: int
    amina: Amina
    key: str

    def open(self) -> Page:
        """Come back with the key."""
        return self.amina.come_back(self.key)

    def card(self, measure: int | None = None) -> str:
        """The words of a measure's card."""
        return self.amina.page.root.one("article", id=f"measure-{measure or self.measure}").text

    def buttons(self, measure: int | None = None) -> list[str]:
        """What can be pressed on a measure."""
        card = self.amina.page.root.one("article", id=f"measure-{measure or self.measure}")
        return [one.attrs["value"] for one in card.all("button")]

    def say(self, said: str, measure: int | None = None) -> Page:
        """Press a button of a measure."""
        return self.amina.post(
            f"/{self.amina.language}/case/answer/", self.form(said, measure or self.measure)
        )

    def form(self, said: str, measure: int) -> dict[str, str]:
        """What a browser sends for it."""
        token = self.amina.page.root.one("input", name="csrfmiddlewaretoken").attrs["value"]
        return {"csrfmiddlewaretoken": token, "measure": str(measure), "say": said}

    @property
    def state(self) -> str:
        """The measure's state as it is stored."""
        return str(RemedyMeasure.objects.get(pk=self.measure).state)


def a_plan(language: str = "en") -> Told:
    """A case in REMEDY with one planned measure and every kind of inner note."""
    made = makers.taken_up(makers.acknowledged(makers.a_case(language=language)))
    lifecycle.name_case(made.id, by=by(CHIDI), at=made.at, title=SECRETS["title"])
    lifecycle.add_element(
        made.id,
        by=by(CHIDI),
        at=made.at,
        harm="surveillance_privacy",
        beneficiary="group",
        reversibility="reversible",
        description=SECRETS["element"],
    )
    remedy_makers.assess("yes", "no", "no", "no", "no", case_id=made.id, at=made.at)
    measure = remedy_makers.plan_one(made.id, at=OFFERED_AT, description=MEASURE)
    return Told(made.id, measure, Amina(language), made.key)


def an_offer(language: str = "en") -> Told:
    """A case with one measure on offer."""
    told = a_plan(language)
    lifecycle.make_offer(told.case, by=by(CHIDI), at=OFFERED_AT, words=WORDS)
    return told


def agreed() -> Told:
    """The person has agreed, and delivery has begun."""
    told = an_offer()
    lifecycle.answer_measure(told.case, at=OFFERED_AT, measure_id=told.measure, answer="accept")
    lifecycle.start_delivery(told.case, by=by(CHIDI), at=OFFERED_AT)
    return told


def reported(at: datetime = OFFERED_AT) -> Told:
    """Chidi reports the measure as done."""
    told = agreed()
    lifecycle.deliver_measure(
        told.case, by=by(CHIDI), at=at, measure_id=told.measure, evidence=SECRETS["evidence"]
    )
    return told


def concluded(outcome: str = "remedied_full") -> Told:
    """Checked, judged and concluded."""
    told = reported()
    lifecycle.verify_measure(told.case, by=by(DANA), at=OFFERED_AT, measure_id=told.measure)
    for element in Case.objects.get(pk=told.case).remediation.elements.all():
        result = "full" if outcome == "remedied_full" else "partial"
        lifecycle.judge_element(
            told.case,
            by=by(CHIDI),
            at=OFFERED_AT,
            element_id=element.pk,
            result=result,
            note=SECRETS["result"],
        )
    lifecycle.conclude(
        told.case, by=by(CHIDI), at=OFFERED_AT, outcome=outcome, explanation="The cameras are gone."
    )
    return told
