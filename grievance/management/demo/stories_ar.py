"""Grievances of the demonstration that came in Arabic. People, firms and events are made up."""

from datetime import timedelta

from grievance.lifecycle import Account, UrgencyReason
from grievance.management.demo.telling import Step, Story
from grievance.models import ContactChannel, OutOfScopeReason, WhoWasHarmed
from grievance.states import Verb
from stakeholders.roles import Role
from stakeholders.vocabulary import Answer, Harm, RemedyForm, ValueChainStage

_ACCOUNT_REMOVED = Story(
    ago=timedelta(days=27),
    account=Account(
        narrative=(
            "أدير صفحة على بارلي عن حقوق العمال في مدينتي، ويتابعها أربعون ألف شخص. قبل شهر حُذفت "
            "الصفحة فجأة وقيل لي إنها تنشر محتوى خطيرًا. لم أنشر إلا صور إضراب سلمي ورواتب متأخرة. "
            "اعترضت مرتين وجاءني الرد نفسه بعد دقيقة واحدة. ضاعت شهادات جمعتها في ثلاث سنوات."
        ),
        who_was_harmed=WhoWasHarmed.ME,
        value_chain_stage=ValueChainStage.END_USE_PLATFORM_CONTENT,
        chain_note="بارلي، مقاطع قصيرة وصور.",
        country="EG",
        contact_channel=ContactChannel.EMAIL,
        email="page.of.workers@example.org",
        fears_retaliation=Answer.YES,
        employer_may_know=Answer.UNKNOWN,
        remedies_wanted=(RemedyForm.RESTITUTION, RemedyForm.SATISFACTION),
        remedy_note="إعادة الصفحة وما كان فيها، وتفسير مكتوب.",
        language="ar",
    ),
    steps=(
        Step(
            day=1.4,
            verb=Verb.ACKNOWLEDGE,
            by=Role.INTAKE_OFFICER,
            words="شكرًا لأنك كتبت إلينا. قرأتُ رسالتك، وسنخبرك هنا بما سنفعله.",
        ),
        Step(
            day=1.5,
            verb=Verb.NAME_CASE,
            by=Role.INTAKE_OFFICER,
            words="بارلي: حذف صفحة عن حقوق العمال",
        ),
        Step(day=8.0, verb=Verb.TAKE_UP, by=Role.TEAM_LEAD, code=Harm.CENSORSHIP_CONTENT_REMOVAL),
        Step(
            day=14.0,
            verb=Verb.WRITE_TO_PERSON,
            by=Role.CASE_HANDLER,
            words=(
                "أنا بلال وأعمل الآن على قضيتك. راجع شخصان المنشورات التي حُذفت بسببها الصفحة، ولم "
                "يجدا فيها ما يخالف قواعدنا. أوقفنا محو البيانات حتى لا يضيع شيء، وسنكتب إليك من "
                "جديد خلال ثلاثين يومًا."
            ),
        ),
    ),
)

_JOURNALIST = Story(
    ago=timedelta(days=6),
    account=Account(
        narrative=(
            "أنا صحفية أكتب عن الفساد. منذ أسبوعين يصل إلى مصادري ما كتبته لهم في رسائل بارلي قبل "
            "أن أنشره. ظهر في حسابي جهاز لا أعرفه، وحين أخرجته عاد في اليوم التالي. اتصل رجل بأمي "
            "وقرأ لها رسالة خاصة مني. أخاف على من وثقوا بي أكثر مما أخاف على نفسي."
        ),
        who_was_harmed=WhoWasHarmed.GROUP,
        value_chain_stage=ValueChainStage.END_USE_PLATFORM_CONTENT,
        country="JO",
        contact_channel=ContactChannel.PORTAL_ONLY,
        fears_retaliation=Answer.YES,
        employer_may_know=Answer.NO,
        remedies_wanted=(RemedyForm.RESTITUTION, RemedyForm.GUARANTEES_OF_NON_REPETITION),
        remedy_note="أن يُغلق الطريق الذي دخلوا منه، وأن أعرف ماذا قرأوا.",
        language="ar",
    ),
    steps=(
        Step(
            day=0.2,
            verb=Verb.ACKNOWLEDGE,
            by=Role.INTAKE_OFFICER,
            words=(
                "قرأتُ رسالتك ونتعامل معها على أنها عاجلة. لا تكتبي إلى مصادرك من ذلك الجهاز بعد "
                "الآن، ولا تكتبي هنا أسماءهم."
            ),
        ),
        Step(
            day=0.21,
            verb=Verb.MARK_URGENT,
            by=Role.INTAKE_OFFICER,
            code=UrgencyReason.LIFE_AT_RISK,
        ),
        Step(
            day=0.22,
            verb=Verb.NAME_CASE,
            by=Role.INTAKE_OFFICER,
            words="بارلي: اختراق حساب صحفية",
        ),
        Step(day=1.0, verb=Verb.TAKE_UP, by=Role.TEAM_LEAD, code=Harm.DIGITAL_ATTACK_HRD),
        Step(
            day=2.0,
            verb=Verb.ASK_PERSON,
            by=Role.CASE_HANDLER,
            words=(
                "أوقفنا كل الأجهزة الأخرى في حسابك. حتى نعرف كيف دخلوا نحتاج إلى جواب واحد: هل "
                "فتحتِ في الشهر الماضي رابطًا أو ملفًا بدا غريبًا؟ إن كنتِ لا تعرفين فاكتبي ذلك فقط."
            ),
        ),
    ),
)

_BLIND_READER = Story(
    ago=timedelta(hours=20),
    account=Account(
        narrative=(
            "أنا كفيف وأستعمل قارئ الشاشة. بعد التحديث الأخير لم يعد هاتف فيلدبوك يقرأ أزرار الدفع "
            "ولا رسائل البنك بالعربية. صرت أعطي الهاتف لغيري ليقرأ لي رمزي السري. كتبت إلى خدمة "
            "الزبائن فقالوا إن العربية غير مدعومة الآن."
        ),
        who_was_harmed=WhoWasHarmed.POPULATION,
        value_chain_stage=ValueChainStage.DESIGN_PRODUCT_DEVELOPMENT,
        country="TN",
        contact_channel=ContactChannel.PORTAL_ONLY,
        fears_retaliation=Answer.NO,
        employer_may_know=Answer.YES,
        remedies_wanted=(RemedyForm.RESTITUTION, RemedyForm.GUARANTEES_OF_NON_REPETITION),
        language="ar",
    ),
)

_SCRAP_YARD = Story(
    ago=timedelta(days=21),
    account=Account(
        narrative=(
            "بجانب قريتنا ساحة تُحرق فيها هواتف وبطاريات قديمة كل ليلة. رأينا على كثير من الصناديق "
            "اسم شركتكم واسم الشركة التي تجمع الأجهزة لكم. يسعل الأطفال والماء طعمه معدن، ومات نصف "
            "النحل. اشتكينا إلى البلدية ولم يأتِ أحد."
        ),
        who_was_harmed=WhoWasHarmed.POPULATION,
        value_chain_stage=ValueChainStage.END_OF_LIFE_EWASTE,
        chain_note="الصناديق عليها اسم Second Round Recycling.",
        country="IQ",
        contact_channel=ContactChannel.PORTAL_ONLY,
        fears_retaliation=Answer.UNKNOWN,
        employer_may_know=Answer.UNKNOWN,
        remedies_wanted=(
            RemedyForm.RESTITUTION,
            RemedyForm.REHABILITATION,
            RemedyForm.GUARANTEES_OF_NON_REPETITION,
        ),
        remedy_note="إيقاف الحرق وفحص الماء والأطفال.",
        language="ar",
    ),
    steps=(
        Step(
            day=2.2,
            verb=Verb.ACKNOWLEDGE,
            by=Role.INTAKE_OFFICER,
            words="شكرًا لأنكم كتبتم إلينا. قرأتُ رسالتكم وسنرى من أين جاءت تلك الأجهزة.",
        ),
        Step(
            day=2.3,
            verb=Verb.NAME_CASE,
            by=Role.INTAKE_OFFICER,
            words="حرق أجهزة قديمة قرب قرية",
        ),
        Step(
            day=7.0,
            verb=Verb.PROPOSE_OUT_OF_SCOPE,
            by=Role.INTAKE_OFFICER,
            code=OutOfScopeReason.NOT_OUR_BUSINESS,
            words=(
                "الساحة ليست لنا ولا نعرف من يديرها. يمكنكم أن تطلبوا من محكمة مدنية وقف الحرق "
                "والتعويض عن الضرر."
            ),
            places=("generic-court-civil",),
        ),
        Step(
            day=9.0,
            verb=Verb.REJECT_OUT_OF_SCOPE,
            by=Role.REVIEWER,
            words=(
                "The boxes carry the name of the firm that collects old devices for us. That is a "
                "tie through a business relationship, also when the yard belongs to somebody else. "
                "Take it up and ask Second Round Recycling where our devices go."
            ),
        ),
        Step(day=10.1, verb=Verb.TAKE_UP, by=Role.TEAM_LEAD, code=Harm.ENVIRONMENT_LIVELIHOOD),
        Step(
            day=11.0,
            verb=Verb.WRITE_TO_PERSON,
            by=Role.CASE_HANDLER,
            words=(
                "أخذنا قضيتكم. طلبنا من الشركة التي تجمع الأجهزة لنا أن تقول أين تنتهي، وأوقفنا "
                "إرسال أجهزة جديدة إليها حتى نعرف الجواب. لا تقتربوا من النار لتصوير شيء من أجلنا."
            ),
        ),
    ),
)

STORIES = (_ACCOUNT_REMOVED, _JOURNALIST, _BLIND_READER, _SCRAP_YARD)
