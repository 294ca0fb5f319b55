"""Grievances in English that went on to remedy. People, firms and events are made up."""

from datetime import timedelta

from grievance.management.demo.telling import Story
from grievance.management.demo.working import (
    accept,
    begin,
    change,
    check,
    conclude,
    counter,
    decline,
    done,
    element,
    hear,
    judge,
    measure,
    nexus,
    nothing_back,
    offer,
    opening,
    paid,
    plan,
    rate,
    say,
    see,
    share,
    told,
    verdict,
)
from grievance.management.demo.world import HEARTH, WAYBILL
from grievance.models import WhoWasHarmed
from stakeholders.vocabulary import Answer, Harm, RemedyForm, ValueChainStage

# The whole way: leak closed, people told, money paid, and the person says yes.
_OPEN_CAMERA = Story(
    ago=timedelta(days=140),
    account=told(
        "For three days in spring anybody who knew the number of my Hearth camera could look into "
        "my kitchen. I know it because a stranger wrote to me what I had for breakfast. I live "
        "alone with my son. I switched it off and still I look at the shelf where it was.",
        who_was_harmed=WhoWasHarmed.ME,
        value_chain_stage=ValueChainStage.DESIGN_PRODUCT_DEVELOPMENT,
        country="IE",
        email="kitchen.shelf@example.org",
        remedies_wanted=(RemedyForm.COMPENSATION, RemedyForm.SATISFACTION),
        remedy_note="Tell me who looked, and tell the others too.",
        language="en",
    ),
    steps=(
        *opening(
            answered=0.7,
            words="I have read what happened in your home. You hear from us here within a week.",
            title="Hearth: pictures of a kitchen open for three days",
            taken_up=5.0,
            harm=Harm.DATA_EXPOSURE_BREACH,
        ),
        rate(11.0, (2, 3, 2), "group", "design_product_development"),
        element(11.1, Harm.DATA_EXPOSURE_BREACH, "person", "partly", "Seen at home by strangers."),
        nexus(11.2, "ynynn", "Our update of 3 March left out the check of the sign-in."),
        share(11.3, "caused", 100, product=HEARTH),
        plan(13.0),
        nothing_back(14.0, 0, "impossible"),
        measure(15.0, "satisfaction", "A list of all who looked in, and an apology.", due=20),
        measure(
            15.1,
            "compensation",
            "The price of the camera and 600 euros.",
            due=30,
            money=paid("fixed_sum", 729),
        ),
        measure(
            15.2,
            "guarantees_of_non_repetition",
            "No update goes out any more before somebody outside has tried to get in.",
            due=60,
        ),
        offer(16.0, "All three go to every home that was open, whether they wrote to us or not."),
        accept(19.0, 0),
        accept(19.1, 1),
        accept(19.2, 2),
        begin(20.0),
        done(26.0, 0, "Letter and list sent through the portal; the person read it."),
        check(28.0, 0),
        see(29.0, 0, "confirmed"),
        done(33.0, 1, "Receipt of the transfer."),
        check(35.0, 1),
        say(46.0, "The money has gone out to all 212 homes. The tests from outside begin in May."),
        done(66.0, 2, "Report of the first three tests by an outside laboratory."),
        check(70.0, 2),
        *change(
            67.0,
            2,
            "No update goes out before somebody outside has tried to get in.",
            "The rule for updates, and the first three reports.",
        ),
        judge(71.0, 0, "full", "All 212 homes have the list and the money, and the tests run."),
        conclude(
            72.0,
            "remedied_full",
            "We caused this, and we have done the three things that you agreed to. If something "
            "is missing, tell us here, also later.",
        ),
        verdict(
            75.0,
            "yes",
            "I sleep again. Thank you for telling the others as well.",
            adequate=Answer.YES,
            prompt=Answer.YES,
            safe=Answer.YES,
        ),
    ),
)

# An answer to each measure: one yes, one no, one other wish. The desk has to answer now.
_SHIFT_LEADER = Story(
    ago=timedelta(days=46),
    account=told(
        "I drive for a firm that uses Waybill. The program gave me the worst tours after I had "
        "been ill. In four months I earned a third less than before. When I asked, the "
        "dispatcher showed me a list in which sick days were counted as refused tours.",
        who_was_harmed=WhoWasHarmed.ME,
        value_chain_stage=ValueChainStage.CUSTOMER_USE,
        country="ZA",
        fears_retaliation=Answer.UNKNOWN,
        remedies_wanted=(RemedyForm.COMPENSATION, RemedyForm.GUARANTEES_OF_NON_REPETITION),
        language="en",
    ),
    steps=(
        *opening(
            answered=1.6,
            words="Thank you for writing. I have read it and pass it on to those who can check.",
            title="Waybill: sick days counted as refused tours",
            taken_up=8.0,
            harm=Harm.AUTOMATED_DECISION_EMPLOYMENT,
        ),
        rate(16.0, (2, 3, 1), "group", "design_product_development"),
        element(
            16.1,
            Harm.WAGES_HOURS_DISMISSAL,
            "person",
            "reversible",
            "A third less pay in four months, because of sick days.",
        ),
        nexus(16.2, "nyyun", "The rule for refused tours is ours; the customer switched it on."),
        share(16.3, "contributed", 70, product=WAYBILL),
        plan(18.0),
        nothing_back(23.0, 0, "nothing_taken"),
        measure(
            24.0,
            "compensation",
            "The pay that was lost in the four months.",
            due=30,
            money=paid("lost_pay", 1_640),
        ),
        measure(24.1, "satisfaction", "A letter that you never refused a tour.", due=20),
        measure(24.2, "rehabilitation", "Five hours with an adviser on work and health.", due=40),
        offer(30.0, "We offer this together with the firm you drive for."),
        accept(34.0, 1),
        decline(34.1, 2, "I am healthy again, I do not need this."),
        counter(34.2, 0, "The bonus in June belongs to it too. My count is 412 more than yours."),
    ),
)

# In delivery: one thing is late, one is disputed by the people.
_DUST = Story(
    ago=timedelta(days=100),
    account=told(
        "We polish the cases of Fieldbook at Straits Devices. The air suction has been broken "
        "since last year and we get one mask for a week. Four of us cough blood. The clinic of "
        "the factory writes that it is a cold. Who says more has no overtime the next month.",
        who_was_harmed=WhoWasHarmed.GROUP,
        value_chain_stage=ValueChainStage.COMPONENT_MANUFACTURE,
        chain_note="Straits Devices, the polishing hall.",
        country="MY",
        fears_retaliation=Answer.YES,
        employer_may_know=Answer.NO,
        remedies_wanted=(
            RemedyForm.REHABILITATION,
            RemedyForm.COMPENSATION,
            RemedyForm.GUARANTEES_OF_NON_REPETITION,
        ),
        remedy_note="A doctor who is not from the factory.",
        language="en",
    ),
    steps=(
        *opening(
            answered=0.5,
            words="I have read it. Please see a doctor outside the factory now; we pay for it.",
            title="Straits Devices: dust in the polishing hall",
            taken_up=3.0,
            harm=Harm.OCCUPATIONAL_DISEASE_SAFETY,
        ),
        rate(9.0, (3, 3, 3), "group", "component_manufacture"),
        element(9.1, Harm.OCCUPATIONAL_DISEASE_SAFETY, "group", "partly", "Lungs damaged by dust."),
        element(
            9.2, Harm.RETALIATION, "group", "reversible", "Overtime taken from those who spoke."
        ),
        nexus(9.3, "nyyny", "We pressed the price and had the report on the air since 2024."),
        share(9.4, "contributed", 50),
        share(9.5, "contributed", 50, partner="Straits Devices"),
        plan(12.0),
        nothing_back(14.0, 0, "impossible"),
        nothing_back(14.1, 1, "nothing_taken"),
        measure(15.0, "rehabilitation", "Treatment by a doctor of your choice.", due=20),
        measure(
            15.1,
            "guarantees_of_non_repetition",
            "New air suction, measured every month by somebody from outside.",
            partner="Straits Devices",
            mode="co_provider",
            due=45,
        ),
        measure(
            15.2,
            "compensation",
            "The overtime of those who spoke, paid back.",
            answers=1,
            partner="Straits Devices",
            mode="co_provider",
            due=30,
            money=paid("lost_pay", 350, 900, currency="MYR"),
        ),
        offer(20.0, "The treatment begins at once, whatever you answer to the rest."),
        accept(23.0, 0),
        accept(23.1, 1),
        accept(23.2, 2),
        begin(25.0),
        done(32.0, 0, "Bills of the clinic for eleven people."),
        check(36.0, 0),
        see(38.0, 0, "confirmed"),
        say(45.0, "Eleven of you are with the doctor now. The air suction is ordered, and late."),
        done(55.0, 2, "Pay slips of May, as sent by Straits Devices."),
        see(61.0, 2, "disputed"),
        hear(61.1, "They paid only two of us. The slips of the others are not what we got."),
        say(64.0, "Then it is not done. We have asked for the bank records of all seven."),
        say(88.0, "The records come next week. The air suction is late, and we pay the masks now."),
    ),
)

STORIES = (_OPEN_CAMERA, _SHIFT_LEADER, _DUST)
