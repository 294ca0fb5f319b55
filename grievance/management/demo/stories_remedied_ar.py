"""Grievances in Arabic that went on to remedy. People, firms and events are made up."""

from datetime import timedelta

from grievance.management.demo.telling import Story
from grievance.management.demo.working import (
    accept,
    begin,
    check,
    conclude,
    done,
    element,
    hear,
    judge,
    measure,
    nexus,
    nothing_back,
    offer,
    opening,
    plan,
    rate,
    reopen,
    say,
    see,
    share,
    told,
    verdict,
)
from grievance.management.demo.world import HEARTH, PARLEY
from grievance.models import WhoWasHarmed
from stakeholders.vocabulary import Answer, Harm, RemedyForm, ValueChainStage

# Closed as remedied in full, then the harm came back: the work goes on.
_FALSE_PROFILE = Story(
    ago=timedelta(days=130),
    account=told(
        "فتح أحدهم حسابًا على بارلي باسمي وصورتي ويرسل منه إلى زميلاتي كلامًا لا أقوله. أبلغتُ عنه "
        "خمس مرات. خسرتُ عملي في المدرسة لأن المديرة صدقت ما وصلها.",
        who_was_harmed=WhoWasHarmed.ME,
        value_chain_stage=ValueChainStage.END_USE_PLATFORM_CONTENT,
        country="JO",
        fears_retaliation=Answer.UNKNOWN,
        employer_may_know=Answer.NO,
        remedies_wanted=(RemedyForm.RESTITUTION, RemedyForm.SATISFACTION),
        remedy_note="حذف الحساب ورسالة إلى المدرسة.",
        language="ar",
    ),
    steps=(
        *opening(
            answered=0.4,
            words="قرأتُ ما كتبتِ. طلبتُ إيقاف الحساب الآن، وسنخبرك هنا بكل خطوة.",
            title="بارلي: حساب مزيف باسم معلمة",
            taken_up=2.0,
            harm=Harm.ONLINE_HARASSMENT_IMPERSONATION,
        ),
        rate(6.0, (3, 1, 2), "individual", "end_use_platform_content"),
        element(
            6.1,
            Harm.ONLINE_HARASSMENT_IMPERSONATION,
            "person",
            "partly",
            "حساب مزيف وفقدان العمل.",
        ),
        nexus(6.2, "nyyun", "خمسة بلاغات أُغلقت آليًا ولم يقرأها أحد."),
        share(6.3, "contributed", 60, product=PARLEY),
        plan(8.0),
        measure(10.0, "restitution", "حذف الحساب وكل نسخة منه.", due=10),
        measure(10.1, "satisfaction", "رسالة منا إلى المدرسة تقول إن الحساب مزيف.", due=15),
        offer(12.0, "هذا ما نستطيع أن نفعله الآن. لا تتنازلين بذلك عن أي حق."),
        accept(13.0, 0),
        accept(13.1, 1),
        begin(14.0),
        done(15.0, 0, "صورة من صفحة الحساب بعد الحذف."),
        check(16.0, 0),
        see(17.0, 0, "confirmed"),
        done(20.0, 1, "نسخة من الرسالة وجواب المدرسة."),
        check(21.0, 1),
        judge(22.0, 0, "full", "حُذف الحساب كله وعرفت المدرسة."),
        conclude(23.0, "remedied_full", "حُذف الحساب وعرفت المدرسة الحقيقة."),
        verdict(
            25.0,
            "yes",
            "عدتُ إلى عملي. شكرًا.",
            adequate=Answer.YES,
            prompt=Answer.YES,
            safe=Answer.YES,
        ),
        hear(118.0, "عاد الحساب باسم يختلف بحرف واحد، والصور نفسها."),
        reopen(119.0),
        say(119.2, "فتحنا قضيتك من جديد وأوقفنا الحساب. نبحث الآن لماذا لم يُكشف وحده."),
    ),
)

# Everything is agreed; delivery is under way and in time.
_DOOR_SOUND = Story(
    ago=timedelta(days=55),
    account=told(
        "أعتني بأمي المريضة. تركّب شركة الرعاية جهاز هيرث في كل غرفة، ويسمع المشرف ما نقوله. وصلني "
        "إنذار لأنني تكلمتُ مع أختي في الهاتف. لم يسألنا أحد.",
        who_was_harmed=WhoWasHarmed.GROUP,
        value_chain_stage=ValueChainStage.CUSTOMER_USE,
        country="LB",
        fears_retaliation=Answer.YES,
        employer_may_know=Answer.NO,
        remedies_wanted=(RemedyForm.SATISFACTION, RemedyForm.GUARANTEES_OF_NON_REPETITION),
        language="ar",
    ),
    steps=(
        *opening(
            answered=1.0,
            words="شكرًا لأنك كتبتِ إلينا. لن تعرف الشركة من أخبرنا.",
            title="هيرث: أصوات تُسمع في غرف المرضى",
            taken_up=6.0,
            harm=Harm.SURVEILLANCE_PRIVACY,
        ),
        rate(14.0, (2, 2, 2), "group", "customer_use"),
        element(14.1, Harm.SURVEILLANCE_PRIVACY, "group", "partly", "حديث خاص سمعه المشرف."),
        nexus(14.2, "nyyun", "الاستماع عن بعد يعمل من غير ضوء يراه من في الغرفة."),
        share(14.3, "contributed", 50, product=HEARTH),
        plan(18.0),
        nothing_back(21.0, 0, "impossible"),
        measure(22.0, "satisfaction", "نمحو كل التسجيلات ونكتب إليكن ما حُفظ.", due=25),
        measure(
            22.1,
            "guarantees_of_non_repetition",
            "يضيء الجهاز دائمًا عندما يسمع أحد، ولا يمكن إطفاء الضوء.",
            due=90,
        ),
        offer(25.0, "نبدأ بالمحو في اليوم الذي توافقين فيه."),
        accept(28.0, 0),
        accept(28.1, 1),
        begin(30.0),
        done(44.0, 0, "سجل المحو من الخادم."),
        check(47.0, 0),
    ),
)

STORIES = (_FALSE_PROFILE, _DOOR_SOUND)
