"""A grievance of the demonstration that came in Chinese. People and events are made up."""

from datetime import timedelta

from grievance.management.demo.telling import Story
from grievance.management.demo.working import (
    element,
    measure,
    nexus,
    opening,
    plan,
    rate,
    share,
    told,
)
from grievance.models import WhoWasHarmed
from stakeholders.vocabulary import Answer, Harm, RemedyForm, ValueChainStage

# The plan is being made; nothing is offered yet.
_DEPOSIT = Story(
    ago=timedelta(days=34),
    account=told(
        "我在海峡设备厂组装菲尔德布克手机。进厂时交了三千元押金，说干满一年退还。现在我想回家照顾父亲，"
        "厂里说提前走就不退，还要扣两个月工资。和我一起来的九个人也是这样。",
        who_was_harmed=WhoWasHarmed.GROUP,
        value_chain_stage=ValueChainStage.ASSEMBLY,
        chain_note="海峡设备厂，三号线。",
        country="MY",
        fears_retaliation=Answer.YES,
        employer_may_know=Answer.NO,
        remedies_wanted=(RemedyForm.RESTITUTION,),
        remedy_note="退还押金，让我回家。",
        language="zh-hans",
    ),
    steps=(
        *opening(
            answered=0.9,
            words="谢谢您告诉我们。我已经读了您写的内容，工厂不会知道是谁写的。",
            title="海峡设备厂：进厂押金",
            taken_up=5.0,
            harm=Harm.FORCED_LABOUR_WORKING_CONDITIONS,
        ),
        rate(13.0, (4, 2, 1), "group", "assembly"),
        element(
            13.1,
            Harm.FORCED_LABOUR_WORKING_CONDITIONS,
            "group",
            "reversible",
            "因为押金不能离开工厂。",
        ),
        nexus(13.2, "nyyun", "我们在去年的检查中已经看到押金，但没有要求退还。"),
        share(13.3, "contributed", 40),
        share(13.4, "contributed", 60, partner="Straits Devices"),
        plan(20.0),
        measure(
            26.0,
            "restitution",
            "退还十个人的押金，想走的人可以马上走。",
            partner="Straits Devices",
            mode="co_provider",
            due=20,
        ),
    ),
)

STORIES = (_DEPOSIT,)
