"""Grievances of which a part went to a supplier. People, firms and events are made up."""

from datetime import timedelta

from grievance.management.demo.telling import Step, Story
from grievance.management.demo.working import hear, opening, say, told
from grievance.models import WhoWasHarmed
from grievance.states import Verb
from stakeholders.roles import Role
from stakeholders.vocabulary import Answer, Harm, RemedyForm, ValueChainStage

_SUPPLIER, _AGENT = "Straits Devices", "Northgate Recruitment"


def _handler(day: float, verb: Verb, partner: str, words: str = "", text: str = "") -> Step:
    """`text` is what the partner would read, where the person is asked about it."""
    return Step(
        day=day,
        verb=verb,
        by=Role.CASE_HANDLER,
        partner=partner,
        words=words,
        details={"text": text},
    )


def _supplier(day: float, verb: Verb, words: str) -> Step:
    return Step(day=day, verb=verb, by=Role.SUPPLIER_LIAISON, words=words)


# With the supplier now: received, a first step told, and no answer in substance yet.
_HOSTEL = Story(
    ago=timedelta(days=28),
    account=told(
        "We live in the hostel of Northgate Recruitment behind Straits Devices. Twenty-two people "
        "sleep in a room with eight beds and one tap. The door to the street is locked at ten at "
        "night. Last month there was smoke from a cable and nobody could get out.",
        who_was_harmed=WhoWasHarmed.GROUP,
        value_chain_stage=ValueChainStage.RECRUITMENT_LABOUR_SUPPLY,
        chain_note="The hostel belongs to Northgate Recruitment.",
        country="MY",
        fears_retaliation=Answer.YES,
        employer_may_know=Answer.NO,
        remedies_wanted=(RemedyForm.SATISFACTION, RemedyForm.GUARANTEES_OF_NON_REPETITION),
        remedy_note="Open the door. Fewer people in a room.",
        language="en",
    ),
    steps=(
        *opening(
            answered=0.4,
            words="I have read it. A locked door is a danger, so this goes first.",
            title="Hostel of Northgate Recruitment: locked at night",
            taken_up=3.0,
            harm=Harm.FORCED_LABOUR_WORKING_CONDITIONS,
        ),
        _handler(4.0, Verb.NAME_RESPONDENT_ORGANISATION, _AGENT),
        _handler(
            5.0,
            Verb.ASK_CONSENT,
            _SUPPLIER,
            "Straits Devices pays for this hostel and can have the door opened. May we tell them "
            "what happens there, without anything that shows who wrote to us? If you would rather "
            "not, we look for another way.",
            text="In a hostel that you pay for, more than twenty people sleep in a room with eight "
            "beds, and the door to the street is locked at night. Last month there was smoke from "
            "a cable. Please have the door kept open from today, have the cables checked, and "
            "tell us how many people live in each room. Do not ask who told us.",
        ),
        Step(day=7.0, verb=Verb.GIVE_CONSENT),
        _handler(9.0, Verb.SEND_REFERRAL, _SUPPLIER),
        _supplier(10.0, Verb.ACKNOWLEDGE_REFERRAL, "Received. Our safety officer goes there."),
        _supplier(14.0, Verb.LOG_STEP, "The lock was taken off on Monday. The cables are next."),
        say(15.0, "They say that the lock is gone since Monday. Is that so?"),
        hear(17.0, "Yes, the door is open now. In the room nothing has changed."),
    ),
)

# The supplier has answered; the case is with us again.
_CANTEEN = Story(
    ago=timedelta(days=48),
    account=told(
        "The canteen at Straits Devices is run by another firm. Twice in May half of our shift "
        "was ill after lunch, and who went to the toilet too often lost the bonus of the day.",
        who_was_harmed=WhoWasHarmed.GROUP,
        value_chain_stage=ValueChainStage.ASSEMBLY,
        country="MY",
        email="lunch.queue@example.org",
        remedies_wanted=(RemedyForm.COMPENSATION, RemedyForm.GUARANTEES_OF_NON_REPETITION),
        language="en",
    ),
    steps=(
        *opening(
            answered=1.2,
            words="Thank you for writing. I hope that all of you are well again.",
            title="Straits Devices: ill after lunch, bonus lost",
            taken_up=6.0,
            harm=Harm.OCCUPATIONAL_DISEASE_SAFETY,
        ),
        _handler(
            8.0,
            Verb.ASK_CONSENT,
            _SUPPLIER,
            "May we tell Straits Devices what you wrote, without your address, so that they pay "
            "the bonus back and look at the canteen?",
            text="On two days in May many people of one shift fell ill after lunch in your "
            "canteen, and some lost the bonus of that day. Please look into both and tell us what "
            "you do.",
        ),
        Step(day=10.0, verb=Verb.GIVE_CONSENT),
        _handler(12.0, Verb.SEND_REFERRAL, _SUPPLIER),
        _supplier(13.0, Verb.ACKNOWLEDGE_REFERRAL, ""),
        _supplier(
            30.0,
            Verb.ANSWER_REFERRAL,
            "Fifty-one people were ill. The bonus is paid back to all of them with the wage of "
            "this month. The contract with the kitchen ends; until then food comes from outside.",
        ),
        say(33.0, "They have answered: the bonus comes back with this wage. Tell us if it does."),
    ),
)

STORIES = (_HOSTEL, _CANTEEN)
