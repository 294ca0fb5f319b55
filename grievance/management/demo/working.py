"""The steps of assessment, remedy and what comes after, each in one short line of a story.

Who does a step is fixed here, as it is in the house: the handler works, the reviewer checks, the
team lead ends, the ethics board looks at appeals. Days count from when the grievance was raised.
"""

from decimal import Decimal
from typing import Any

from grievance.lifecycle import Account
from grievance.management.demo.telling import Step
from grievance.models import ContactChannel
from grievance.states import Verb
from remedy.money import Compensation
from remedy.nexus import Answers, Question, propose
from stakeholders.roles import Role
from stakeholders.vocabulary import Answer

_ANSWERS = {"y": Answer.YES, "n": Answer.NO, "u": Answer.UNKNOWN}


def told(narrative: str, *, email: str = "", **rest: Any) -> Account:
    """Return an account: with an address where one is given, else by the portal only."""
    channel = ContactChannel.EMAIL if email else ContactChannel.PORTAL_ONLY
    given = {"fears_retaliation": Answer.NO, "employer_may_know": Answer.UNKNOWN} | rest
    return Account(narrative=narrative, contact_channel=channel, email=email, **given)


def opening(
    *, answered: float, words: str, title: str, taken_up: float, harm: str
) -> tuple[Step, ...]:
    """A person answers, gives the case a working title, and it is taken up."""
    intake = Role.INTAKE_OFFICER
    return (
        Step(day=answered, verb=Verb.ACKNOWLEDGE, by=intake, words=words),
        Step(day=answered + 0.1, verb=Verb.NAME_CASE, by=intake, words=title),
        Step(day=taken_up, verb=Verb.TAKE_UP, by=Role.TEAM_LEAD, code=harm),
    )


def rate(day: float, scores: tuple[int, int, int], level: str, stage: str) -> Step:
    """Scale, scope and irremediability; the level of harm; where it began."""
    names = ("scale", "scope", "irremediability")
    details = dict(zip(names, scores, strict=True))
    return _work(
        Verb.RATE_SEVERITY, day, details={**details, "level_of_harm": level, "origin_stage": stage}
    )


def element(day: float, harm: str, whom: str, undo: str, words: str) -> Step:
    """One thing that was harmed."""
    details = {"harm": harm, "beneficiary": whom, "reversibility": undo}
    return _work(Verb.ADD_ELEMENT, day, words=words, details=details)


def nexus(day: float, answers: str, words: str) -> Step:
    """Five answers, as y, n or u, and the decision as they propose it."""
    given = dict(zip(Question, (_ANSWERS[letter] for letter in answers), strict=True))
    proposed = propose(Answers(**{question.value: one for question, one in given.items()}))
    told = {question.value: one.value for question, one in given.items()}
    return _work(
        Verb.DETERMINE_NEXUS,
        day,
        words=words,
        details={
            "answers": told,
            # A story says in one sentence what its answers rest on.
            "evidence": {code: words for code, one in told.items() if one != Answer.UNKNOWN},
            "decided": proposed.nexus.value,
            "reason": "as_proposed",
        },
    )


def share(day: float, tie: str, percent: int, *, partner: str = "", product: str = "") -> Step:
    """The share of one organisation, and through which product."""
    details = {"nexus": tie, "percent": percent}
    return _work(Verb.SET_SHARE, day, partner=partner, product=product, details=details)


def plan(day: float) -> Step:
    """The plan is begun."""
    return _work(Verb.PLAN_REMEDY, day)


def measure(
    day: float,
    form: str,
    words: str,
    *,
    due: int,
    answers: int = 0,
    partner: str = "",
    mode: str = "provider",
    money: Compensation | None = None,
) -> Step:
    """One measure that answers the element with this number, to be done `due` days from then."""
    details: dict[str, str | int | Compensation] = {"form": form, "mode": mode}
    if money is not None:
        details["money"] = money
    return _work(
        Verb.ADD_MEASURE,
        day,
        words=words,
        which=answers,
        partner=partner,
        due=due,
        details=details,
    )


def paid(
    basis: str, amount: int, amount_to: int | None = None, currency: str = "EUR"
) -> Compensation:
    """What a compensation comes to."""
    most = Decimal(amount_to) if amount_to is not None else None
    return Compensation(basis, Decimal(amount), most, currency)


def nothing_back(day: float, which: int, reason: str) -> Step:
    """Why nothing is put back for the element with this number."""
    return _work(Verb.RULE_OUT_RESTITUTION, day, which=which, details={"reason": reason})


def lever(day: float, partner: str, kind: str, words: str, *, due: int) -> Step:
    """One use of influence on a partner."""
    return _work(
        Verb.ADD_LEVERAGE, day, words=words, partner=partner, due=due, details={"lever": kind}
    )


def settle(day: float, which: int, result: str) -> Step:
    """What came of a use of influence."""
    return _work(Verb.SETTLE_LEVERAGE, day, which=which, code=result)


def offer(day: float, words: str, *, despite: str = "", note: str = "") -> Step:
    """What is planned is offered; with a reason and a note where the plan looks like a gesture."""
    details = {"despite": despite, "despite_note": note} if despite else {}
    return _work(Verb.MAKE_OFFER, day, words=words, details=details)


def accept(day: float, which: int) -> Step:
    """The person agrees to a measure."""
    return Step(day=day, verb=Verb.ACCEPT_MEASURE, which=which, code="accept")


def decline(day: float, which: int, words: str = "") -> Step:
    """The person does not want a measure."""
    return Step(day=day, verb=Verb.DECLINE_MEASURE, which=which, code="decline", words=words)


def counter(day: float, which: int, words: str) -> Step:
    """The person wants something else."""
    return Step(day=day, verb=Verb.COUNTER_MEASURE, which=which, code="counter", words=words)


def begin(day: float) -> Step:
    """Delivery begins."""
    return _work(Verb.START_DELIVERY, day)


def done(day: float, which: int, words: str) -> Step:
    """A measure is reported as done, with what shows it."""
    return _work(Verb.DELIVER_MEASURE, day, which=which, words=words)


def check(day: float, which: int) -> Step:
    """Another person checks it."""
    return Step(day=day, verb=Verb.VERIFY_MEASURE, by=Role.REVIEWER, which=which)


def see(day: float, which: int, view: str) -> Step:
    """The person says if it was done."""
    return Step(day=day, verb=Verb.SAY_OF_DELIVERY, which=which, code=view)


def judge(day: float, which: int, result: str, words: str) -> Step:
    """How far an element was remedied, in the company's view, and why."""
    return _work(Verb.JUDGE_ELEMENT, day, which=which, code=result, words=words)


def many(day: float, words: str, path: str, mechanism: str, answers: str) -> Step:
    """Whom a harm to many met, and how. Of the four answers: y, n or u each."""
    asked = ("discriminates", "lost_chances", "autonomy", "participation")
    told = dict(zip(asked, (_ANSWERS[letter].value for letter in answers), strict=True))
    details = {"path": path, "mechanism": mechanism, **told}
    return _work(Verb.DESCRIBE_MANY, day, words=words, details=details)


def spoken(day: float, body: str, delivered: str, words: str) -> Step:
    """What a body says that speaks for many, and wants to be read in public."""
    return Step(
        day=day,
        verb=Verb.NOTE_COLLECTIVE_VERDICT,
        by=Role.HUMAN_RIGHTS_LEAD,
        words=words,
        details={"body": body, "delivered": delivered, "may_publish": True},
    )


def change(day: float, which: int, words: str, proof: str) -> tuple[Step, ...]:
    """A change against repetition: planned, done and checked within three days.

    `which` is the guarantee that it carries out, -1 where none was promised.
    """
    return (
        _work(Verb.PLAN_SYSTEMIC, day, which=which, code="change", words=words, due=30),
        _work(Verb.DO_SYSTEMIC, day + 1, words=proof),
        Step(day=day + 2, verb=Verb.CHECK_SYSTEMIC, by=Role.REVIEWER),
    )


def confirm_nexus(day: float) -> Step:
    """A second person confirms that there is no tie."""
    return Step(day=day, verb=Verb.CONFIRM_NEXUS, by=Role.REVIEWER)


def conclude(day: float, outcome: str, words: str) -> Step:
    """The end, with reasons for the person."""
    return Step(day=day, verb=Verb.CONCLUDE, by=Role.TEAM_LEAD, code=outcome, words=words)


def verdict(day: float, delivered: str, words: str = "", **others: str) -> Step:
    """The person's own verdict. `others`: adequate, prompt, safe."""
    return Step(day=day, verb=Verb.GIVE_VERDICT, code=delivered, words=words, details=others)


def find(day: float, kind: str, reason: str, words: str, *places: str) -> Step:
    """The proposal to end without remedy."""
    return _work(
        Verb.PROPOSE_FINDING, day, code=reason, words=words, places=places, details={"kind": kind}
    )


def confirm(day: float) -> Step:
    """A second person confirms that proposal."""
    return Step(day=day, verb=Verb.CONFIRM_FINDING, by=Role.REVIEWER)


def appeal(day: float, words: str) -> Step:
    """The person asks other people to look again."""
    return Step(day=day, verb=Verb.APPEAL, words=words)


def reopen(day: float) -> Step:
    """The work goes on."""
    return Step(day=day, verb=Verb.REOPEN, by=Role.TEAM_LEAD)


def say(day: float, words: str, *files: str) -> Step:
    """The handler writes to the person."""
    return _work(Verb.WRITE_TO_PERSON, day, words=words, files=files)


def hear(day: float, words: str, *files: str) -> Step:
    """The person writes."""
    return Step(day=day, verb=Verb.WRITE_BACK, words=words, files=files)


def _work(verb: Verb, day: float, **rest: Any) -> Step:
    return Step(day=day, verb=verb, by=Role.CASE_HANDLER, **rest)
