"""Grievances of the demonstration that came in English. People, firms and events are made up."""

from datetime import timedelta

from grievance.lifecycle import Account, UrgencyReason
from grievance.management.demo.telling import Step, Story
from grievance.management.demo.working import (
    element,
    hear,
    measure,
    nexus,
    nothing_back,
    offer,
    plan,
    rate,
    say,
    share,
)
from grievance.management.demo.world import SIFT, WAYBILL
from grievance.models import ContactChannel, OutOfScopeReason, WhoWasHarmed
from grievance.states import Verb
from stakeholders.roles import Role
from stakeholders.vocabulary import Answer, Harm, RemedyForm, ValueChainStage

_MODERATOR = Story(
    ago=timedelta(hours=5),
    account=Account(
        narrative=(
            "I check videos for Parley in the office of Kifaru Content Services in Nairobi. Since "
            "March we have to look at 900 clips in one shift. Many show people being killed or "
            "children being hurt. I asked to see the counsellor and my team leader said the hours "
            "are for those who reach their numbers. I do not sleep any more. Two colleagues who "
            "complained were put on nights. Please do not let them know that somebody wrote."
        ),
        who_was_harmed=WhoWasHarmed.GROUP,
        value_chain_stage=ValueChainStage.CONTENT_MODERATION_OUTSOURCED,
        chain_note="Kifaru, third floor, the team for short videos.",
        country="KE",
        contact_channel=ContactChannel.PORTAL_ONLY,
        fears_retaliation=Answer.YES,
        employer_may_know=Answer.NO,
        remedies_wanted=(RemedyForm.REHABILITATION, RemedyForm.GUARANTEES_OF_NON_REPETITION),
        remedy_note="A doctor for all of us, and fewer clips.",
        language="en",
    ),
)

_RECRUITMENT_FEES = Story(
    ago=timedelta(days=9),
    account=Account(
        narrative=(
            "I build Fieldbook phones at Straits Devices. To get this job I paid Northgate "
            "Recruitment at home, more than I earn in seven months, and borrowed for it. When I "
            "arrived the office took my passport to keep it safe. Now every month they take a part "
            "of my wage and say it is for the hostel. I cannot go home before the loan is paid. "
            "We are thirty from my district and for all it is the same."
        ),
        who_was_harmed=WhoWasHarmed.GROUP,
        value_chain_stage=ValueChainStage.RECRUITMENT_LABOUR_SUPPLY,
        chain_note="Straits Devices, the line for batteries.",
        country="MY",
        contact_channel=ContactChannel.EMAIL,
        email="thirty.from.one.district@example.org",
        fears_retaliation=Answer.YES,
        employer_may_know=Answer.NO,
        remedies_wanted=(RemedyForm.RESTITUTION, RemedyForm.COMPENSATION),
        remedy_note="Our passports now, and the money that we paid for the job.",
        language="en",
    ),
    files=("paid-to-northgate.jpg",),
)

_APPLICANT = Story(
    ago=timedelta(days=29),
    is_sample=True,
    account=Account(
        narrative=(
            "I applied for a job in a warehouse and had to answer questions on video. A program "
            "called Sift gave me points for how I speak. I have had a stammer since I was five. "
            "I was turned down four minutes after I sent the video, so no person can have looked "
            "at it. The firm says the program decides and they cannot see why. I have packed "
            "boxes for eleven years."
        ),
        who_was_harmed=WhoWasHarmed.ME,
        value_chain_stage=ValueChainStage.CUSTOMER_USE,
        country="GB",
        contact_channel=ContactChannel.PORTAL_ONLY,
        fears_retaliation=Answer.NO,
        employer_may_know=Answer.YES,
        remedies_wanted=(
            RemedyForm.RESTITUTION,
            RemedyForm.SATISFACTION,
            RemedyForm.GUARANTEES_OF_NON_REPETITION,
        ),
        remedy_note="That a person looks at my application, and that this stops for others too.",
        language="en",
    ),
    steps=(
        Step(
            day=0.9,
            verb=Verb.ACKNOWLEDGE,
            by=Role.INTAKE_OFFICER,
            words=(
                "Thank you for telling us. My name is Amara and I have read what you wrote. I will "
                "check whether we can take it up, and you will hear from us here within two weeks."
            ),
        ),
        Step(
            day=1.0,
            verb=Verb.NAME_CASE,
            by=Role.INTAKE_OFFICER,
            words="Sift scores speech: applicant with a stammer",
        ),
        Step(
            day=4.1,
            verb=Verb.TAKE_UP,
            by=Role.TEAM_LEAD,
            code=Harm.AUTOMATED_DECISION_EMPLOYMENT,
        ),
        Step(
            day=6.3,
            verb=Verb.ASK_PERSON,
            by=Role.CASE_HANDLER,
            words=(
                "I am Bilal and I work on your case now. We have asked the team that makes Sift "
                "how it scores speech. One question: did the firm offer you any other way to "
                "apply, for example on paper or with a person? If you do not remember, say so. It "
                "does not count against you."
            ),
        ),
        hear(
            8.4,
            "No, there was only the video. I asked for a person by mail and got no answer. Here is "
            "the mail that turned me down.",
            "answer-to-my-video.png",
        ),
        rate(14.0, (2, 3, 1), "group", "design_product_development"),
        element(
            14.0,
            Harm.AUTOMATED_DECISION_EMPLOYMENT,
            "person",
            "reversible",
            "Turned down by a program, and no person looked at the application.",
        ),
        element(
            14.1,
            Harm.ALGORITHMIC_DISCRIMINATION,
            "group",
            "partly",
            "Sift scores fluency, so everybody who stammers is scored lower.",
        ),
        nexus(
            14.2,
            "nyynn",
            "We built the score for fluency; Brindle Logistics used it without a person.",
        ),
        share(14.3, "contributed", 60, product=SIFT),
        share(14.4, "contributed", 40, partner="Brindle Logistics"),
        plan(16.0),
        measure(
            20.0,
            "restitution",
            "A person at Brindle Logistics reads your application again, without the score, and "
            "you can speak with that person if you like.",
            partner="Brindle Logistics",
            mode="co_provider",
            due=24,
        ),
        measure(
            20.1,
            "satisfaction",
            "We write to you and say what went wrong, in plain words, and that we are sorry.",
            due=16,
        ),
        measure(
            20.2,
            "guarantees_of_non_repetition",
            "Sift does not score fluency any more, for anybody. A body for people who stammer "
            "tests it before it goes out.",
            answers=1,
            due=60,
        ),
        nothing_back(25.0, 1, "nothing_taken"),
        offer(
            26.0,
            "This is what we can do. You can agree to one thing and not to another, and you give "
            "up no right by it.",
        ),
        say(
            26.2,
            "You asked how Sift is tested. It stands on the page that comes with this message.",
            "how-sift-is-tested.pdf",
        ),
    ),
)

_REPAIR = Story(
    ago=timedelta(days=5),
    account=Account(
        narrative=(
            "The charging port of my Fieldbook stopped working after fourteen months. The shop "
            "says the guarantee was twelve months and a repair costs more than half of what I "
            "paid. I think a phone should last longer than this."
        ),
        who_was_harmed=WhoWasHarmed.ME,
        value_chain_stage=ValueChainStage.MARKETING_SALES,
        country="US",
        contact_channel=ContactChannel.EMAIL,
        email="port.of.call@example.org",
        fears_retaliation=Answer.NO,
        employer_may_know=Answer.UNKNOWN,
        remedies_wanted=(RemedyForm.COMPENSATION,),
        language="en",
    ),
    steps=(
        Step(day=1.2, verb=Verb.ACKNOWLEDGE, by=Role.INTAKE_OFFICER),
        Step(
            day=1.3,
            verb=Verb.NAME_CASE,
            by=Role.INTAKE_OFFICER,
            words="Fieldbook: repair after the guarantee",
        ),
        Step(
            day=3.4,
            verb=Verb.PROPOSE_OUT_OF_SCOPE,
            by=Role.INTAKE_OFFICER,
            code=OutOfScopeReason.NOT_A_RIGHTS_MATTER,
            words=(
                "We are sorry about your phone. This mechanism is for harm to people, and a repair "
                "is a matter for our customer service. We have asked them to look at a repair at "
                "no cost. If you think that you were misled when you bought the phone, you can "
                "also turn to the body named here."
            ),
            places=("consumer-us-ftc",),
        ),
    ),
)

_FACE_SCANS = Story(
    ago=timedelta(days=24),
    account=Account(
        narrative=(
            "I speak for the drivers and pickers at Umgeni Warehouses. Since Waybill came we must "
            "show our face to a phone every hour so that it knows we are working. When the light "
            "is poor it does not know our faces, and it happens far more often to the darker ones "
            "among us. Then the shift is cut short and the hours are not paid. Nobody asked us."
        ),
        who_was_harmed=WhoWasHarmed.GROUP,
        value_chain_stage=ValueChainStage.DEPLOYMENT_INTEGRATION,
        chain_note="Umgeni Warehouses uses Waybill. We do not know who made the part for faces.",
        country="ZA",
        contact_channel=ContactChannel.EMAIL,
        email="stewards@example.org",
        fears_retaliation=Answer.UNKNOWN,
        employer_may_know=Answer.YES,
        remedies_wanted=(RemedyForm.COMPENSATION, RemedyForm.GUARANTEES_OF_NON_REPETITION),
        remedy_note="Pay for the hours that were cut. No face scans, or only if the union agrees.",
        language="en",
    ),
    steps=(
        Step(
            day=1.1,
            verb=Verb.ACKNOWLEDGE,
            by=Role.INTAKE_OFFICER,
            words="We have your message, and a person has read it. You will hear more from us.",
        ),
        Step(
            day=7.2,
            verb=Verb.TAKE_UP,
            by=Role.TEAM_LEAD,
            code=Harm.BIOMETRIC_SURVEILLANCE,
        ),
        Step(
            day=7.3,
            verb=Verb.NAME_CASE,
            by=Role.CASE_HANDLER,
            words="Waybill: hourly face scans, hours cut",
        ),
        Step(
            day=15.0,
            verb=Verb.TELL_PLAN,
            by=Role.CASE_HANDLER,
            words=(
                "Here is where we stand. We have the logs of failed scans for May and June. They "
                "show what you describe. We now ask Umgeni for the pay records. Until this is "
                "clear, we have switched off the rule that ends a shift after a failed scan."
            ),
        ),
        Step(
            day=16.4,
            verb=Verb.WRITE_BACK,
            words=(
                "Thank you, the shifts are not cut any more since Tuesday. We have our own list of "
                "cut hours with 61 names. How can we send it so that the managers do not get it?"
            ),
        ),
        rate(18.0, (2, 3, 1), "group", "deployment_integration"),
        element(
            18.1,
            Harm.BIOMETRIC_SURVEILLANCE,
            "group",
            "reversible",
            "Faces read every hour, without a yes and worse for darker skin.",
        ),
        nexus(
            18.2,
            "nuuuy",
            "Umgeni is a customer and uses our product. It is not known yet who chose the part "
            "for faces and who tested it.",
        ),
        share(18.3, "linked", 50, partner="Umgeni Warehouses", product=WAYBILL),
    ),
)

_FALSE_PICTURES = Story(
    ago=timedelta(days=2),
    account=Account(
        narrative=(
            "Someone made naked pictures of me with a program and they go round on Parley. It is "
            "not my body but it is my face. I reported them six times. Each time a message came "
            "that nothing is wrong with them. Now they are in the group of my college. I do not "
            "dare to go out and my father does not speak to me."
        ),
        who_was_harmed=WhoWasHarmed.ME,
        value_chain_stage=ValueChainStage.END_USE_PLATFORM_CONTENT,
        country="IN",
        contact_channel=ContactChannel.PORTAL_ONLY,
        fears_retaliation=Answer.YES,
        employer_may_know=Answer.NO,
        remedies_wanted=(RemedyForm.RESTITUTION, RemedyForm.SATISFACTION),
        remedy_note="Take them down today. Everywhere.",
        language="en",
    ),
    steps=(
        Step(
            day=0.1,
            verb=Verb.ACKNOWLEDGE,
            by=Role.INTAKE_OFFICER,
            words=(
                "I have read what you wrote. None of this is your fault. I have called the people "
                "who can take the pictures down, and I stay with it until they are gone."
            ),
        ),
        Step(
            day=0.11,
            verb=Verb.MARK_URGENT,
            by=Role.INTAKE_OFFICER,
            code=UrgencyReason.HARM_SPREADING,
        ),
        Step(
            day=0.12,
            verb=Verb.NAME_CASE,
            by=Role.INTAKE_OFFICER,
            words="Parley: false intimate pictures, six reports ignored",
        ),
        Step(day=0.3, verb=Verb.TAKE_UP, by=Role.TEAM_LEAD, code=Harm.NCII_DEEPFAKE),
        Step(
            day=0.6,
            verb=Verb.WRITE_TO_PERSON,
            by=Role.CASE_HANDLER,
            words=(
                "All pictures that we could find are gone, and copies of them are now stopped when "
                "somebody tries to upload them. If you see one again, write to us here at any hour."
            ),
        ),
    ),
)

STORIES = (_MODERATOR, _RECRUITMENT_FEES, _APPLICANT, _REPAIR, _FACE_SCANS, _FALSE_PICTURES)
