"""A grievance of the demonstration that came in Russian. People and events are made up."""

from datetime import timedelta

from grievance.management.demo.telling import Story
from grievance.management.demo.working import element, nexus, opening, rate, say, told
from grievance.models import WhoWasHarmed
from stakeholders.vocabulary import Answer, Harm, RemedyForm, ValueChainStage

# Assessed, and the nexus is still unknown.
_LIST = Story(
    ago=timedelta(days=26),
    account=told(
        "Я веду в «Парли» группу жителей против свалки. Две недели назад троих из нас вызвали на "
        "допрос и показали нашу переписку. Мы не знаем, кто её передал. Один человек уже уехал.",
        who_was_harmed=WhoWasHarmed.GROUP,
        value_chain_stage=ValueChainStage.END_USE_PLATFORM_CONTENT,
        country="KZ",
        fears_retaliation=Answer.YES,
        employer_may_know=Answer.NO,
        remedies_wanted=(RemedyForm.SATISFACTION, RemedyForm.GUARANTEES_OF_NON_REPETITION),
        remedy_note="Узнать, как переписка попала к ним.",
        language="ru",
    ),
    steps=(
        *opening(
            answered=0.3,
            words="Мы прочли ваше письмо. Пожалуйста, не пишите здесь имён и адресов.",
            title="«Парли»: переписка группы на допросе",
            taken_up=2.0,
            harm=Harm.DATA_EXPOSURE_HANDOVER,
        ),
        rate(9.0, (3, 2, 3), "group", "end_use_platform_content"),
        element(9.1, Harm.DATA_EXPOSURE_HANDOVER, "group", "irreversible", "Прочитанные письма."),
        nexus(9.2, "uuunu", "Запросов от властей нет. Журнал доступа ещё проверяют."),
        say(
            20.0,
            "Мы не передавали вашу переписку по запросу. Сейчас проверяем, не вошёл ли кто-то в "
            "чужой телефон или в наш журнал. Напишем вам, когда узнаем, и раньше, если надо.",
        ),
    ),
)

STORIES = (_LIST,)
