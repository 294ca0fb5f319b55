"""The case of Marisol: who does what, in which order. Each is one press on a page."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from playwright.sync_api import Page

from config.local.walkthrough import words
from config.local.walkthrough.desk import Desk
from config.local.walkthrough.hands import ANY, Stuck
from config.local.walkthrough.others import Auditor, Supplier
from config.local.walkthrough.person import Person

Look = Callable[[str, Page], None]
"""Called at each stop with its name and the page that its user sees there."""

STOPS = (
    "question",
    "key",
    "arrived",
    "answered",
    "severity",
    "nexus",
    "preview",
    "consent",
    "supplier",
    "told",
    "offer",
    "counter",
    "remedy",
    "delivered",
    "ended",
    "judged",
    "history",
)


@dataclass(frozen=True, kw_only=True)
class Cast:
    """Who takes part, each in a browser of their own, and the names that lists show for them."""

    person: Person
    intake: Desk
    handler: Desk
    lead: Desk
    supplier: Supplier
    auditor: Auditor
    handler_name: str
    partner: str
    company: str


def play(cast: Cast, look: Look) -> str:
    """Walk the whole way; return the address of the case at the desk. Raises Stuck."""
    case = _raise_it(cast, look)
    _take_it_up(cast, case, look)
    _assess(cast, look)
    _ask_the_supplier(cast, look)
    _offer(cast, look)
    _deliver(cast, look)
    _end(cast, look)
    cast.auditor.look_at(case, "history/")
    look("history", cast.auditor.page)
    return case


def _raise_it(cast: Cast, look: Look) -> str:
    before = cast.intake.arrivals()
    person = cast.person
    person.begin()
    look("question", person.page)
    for number, answers in enumerate(words.ANSWERS):
        person.answer(answers, {words.FILE_NAME: words.FILE} if number == 0 else None)
    person.send()
    look("key", person.page)
    person.put_the_key_away()
    arrived = cast.intake.arrivals() - before
    if len(arrived) != 1:
        raise Stuck(f"{len(arrived)} new cases", cast.intake.page)
    [case] = arrived
    return case


def _take_it_up(cast: Cast, case: str, look: Look) -> None:
    intake, lead = cast.intake, cast.lead
    intake.open(case)
    look("arrived", intake.page)
    intake.do("acknowledge", message=words.ACKNOWLEDGED)
    intake.do("name_case", title=words.TITLE)
    lead.find(words.TITLE)
    lead.do("take_up", issue=list(words.ISSUE), team=list(words.TEAM), handler=cast.handler_name)
    cast.person.come_back()
    look("answered", cast.person.page)


def _assess(cast: Cast, look: Look) -> None:
    handler = cast.handler
    handler.find(words.TITLE)
    form = handler.begin("rate_severity", words.SEVERITY)
    look("severity", handler.page)
    handler.finish("rate_severity", form)
    handler.do(
        "add_element",
        harm="occupational_disease_safety",
        beneficiary="group",
        reversibility="reversible",
        description=words.ELEMENT,
    )
    handler.look_at_nexus(**words.NEXUS, **words.NEXUS_EVIDENCE)
    look("nexus", handler.page)
    handler.decide_nexus(words.NEXUS_NOTE)
    for organisation, percent in ((cast.company, "40"), (cast.partner, "60")):
        handler.do("set_share", organisation=organisation, nexus="contributed", percent=percent)


def _ask_the_supplier(cast: Cast, look: Look) -> None:
    handler, person, supplier = cast.handler, cast.person, cast.supplier
    handler.preview_referral(cast.partner, words.ASK, words.RENDITION)
    look("preview", handler.page)
    handler.ask_consent()
    person.come_back()
    person.decide_on_sharing()
    look("consent", person.page)
    person.agree_to_sharing()

    before = supplier.references()
    handler.send_referral()
    [new] = supplier.references() - before
    supplier.open(new)
    supplier.say("acknowledgement", words.RECEIVED)
    supplier.say("step", words.STEP)
    supplier.say("answer", words.ANSWER)
    look("supplier", supplier.page)
    person.come_back()
    person.decide_on_sharing()
    look("told", person.page)


def _offer(cast: Cast, look: Look) -> None:
    handler, person = cast.handler, cast.person
    handler.do("plan_remedy")
    _measure(cast, "restitution", words.PAY, "co_provider")
    _measure(cast, "guarantees_of_non_repetition", words.AIR, "co_provider")
    handler.do("make_offer", words=words.OFFER, words_in=words.LANGUAGE)
    person.come_back()
    look("offer", person.page)
    person.say_of(words.AIR, "accept")
    person.ask_for_something_else(words.PAY, words.COUNTER)
    look("counter", person.page)
    _measure(cast, "rehabilitation", words.DOCTOR, "provider")
    handler.do("make_offer", words=words.SECOND_OFFER, words_in=words.LANGUAGE)
    person.come_back()
    person.say_of(words.PAY, "accept")
    person.say_of(words.DOCTOR, "accept")
    handler.go("remedy/")
    look("remedy", handler.page)


def _measure(cast: Cast, form: str, description: str, mode: str) -> None:
    cast.handler.do(
        "add_measure",
        element=ANY,
        form=form,
        description=description,
        language=words.LANGUAGE,
        responsible=cast.company if mode == "provider" else cast.partner,
        mode=mode,
        due_on=(datetime.now(UTC) + timedelta(days=30)).date().isoformat(),
    )


def _deliver(cast: Cast, look: Look) -> None:
    handler, lead, person = cast.handler, cast.lead, cast.person
    handler.do("start_delivery")
    handler.send_file(words.WROTE, words.LETTER_NAME, words.LETTER)
    lead.find(words.TITLE)
    for evidence in words.EVIDENCE:
        handler.do("deliver_measure", measure=ANY, evidence=evidence)
        lead.do("verify_measure", measure=ANY)
    person.come_back()
    look("delivered", person.page)
    for measure in (words.PAY, words.AIR, words.DOCTOR):
        person.say_of(measure, "confirmed")


def _change(cast: Cast) -> None:
    """The change that carries out what was promised against repetition."""
    handler, lead = cast.handler, cast.lead
    handler.do(
        "plan_systemic",
        kind="change",
        description=words.CHANGE,
        measure=ANY,
        owner=ANY,
        due_on=(datetime.now(UTC) + timedelta(days=30)).date().isoformat(),
    )
    handler.do("do_systemic", systemic=ANY, proof=words.CHANGE_PROOF)
    lead.do("check_systemic", systemic=ANY)


def _end(cast: Cast, look: Look) -> None:
    handler, person = cast.handler, cast.person
    _change(cast)
    handler.do("judge_element", element=ANY, result="full", note=words.RESULT)
    handler.do("conclude", outcome="remedied_full", explanation=words.ENDED)
    person.come_back()
    look("ended", person.page)
    person.judge(words.VERDICT)
    look("judged", person.page)
