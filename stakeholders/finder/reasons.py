"""Why an entry is there, what to know before going, and why one is not shown."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Reason(models.TextChoices):
    """Why an entry fits; the label is the sentence that people read.

    Those before `KIND_IN_GENERAL` and itself say where from, the nearest first.
    """

    OF_THE_COUNTRY = "of_the_country", _("It works in the country that you chose.")
    OF_THE_HOME_COUNTRY = (
        "of_the_home_country",
        _("It works in the company's home country, because your country has no such body."),
    )
    IN_THE_COMPANYS_COUNTRY = (
        "in_the_companys_country",
        _("It belongs to the country where the company is at home."),
    )
    IN_THE_DATAS_COUNTRY = "in_the_datas_country", _("It belongs to the country of the data.")
    IN_THE_PERPETRATORS_COUNTRY = (
        "in_the_perpetrators_country",
        _("It belongs to the country of the person who did it."),
    )
    OF_THE_REGION = "of_the_region", _("It works for several countries, also for yours.")
    WORLDWIDE = "worldwide", _("It works for people in every country.")
    KIND_IN_GENERAL = (
        "kind_in_general",
        _("Most countries have such a body. We do not list yours yet."),
    )
    FIRST_HELP = "first_help", _("It gives quick help in a matter like this.")
    MADE_FOR_THE_HARM = "made_for_the_harm", _("It works on just this kind of harm.")
    CAN_ORDER_IT = "can_order_it", _("It can order what you want.")
    CAN_HELP_TO_AGREE = "can_help_to_agree", _("It can help both sides to agree on what you want.")
    OPEN_TO_THE_FILER = "open_to_the_filer", _("Somebody like you may turn to it.")
    IN_THE_LANGUAGE = "in_the_language", _("It works in your language.")
    BY_MEMBERSHIP = "by_membership", _("The company is one of its members.")
    BY_FINANCING = "by_financing", _("It answers for the money behind the project.")
    BY_STATE_PART = "by_state_part", _("It looks at States or public bodies, and one takes part.")
    GOES_TOGETHER = (
        "goes_together",
        _("Data protection and human rights are both at stake. You can go to both bodies."),
    )


PLACES: tuple[Reason, ...] = tuple(Reason)[: tuple(Reason).index(Reason.KIND_IN_GENERAL) + 1]


class Limit(models.TextChoices):
    """What a person must know before going there; the label is the sentence that they read."""

    DANGER = "danger", _("It can put you in danger. Ask for advice before you turn to it.")
    CONDITION = (
        "condition",
        _("It takes a matter from one person only under conditions. Read the notes and ask first."),
    )
    RESPONDENT_UNSURE = "respondent_unsure", _("It may not look at companies. Ask first.")
    NAMED_COMPANY_ONLY = "named_company_only", _("It looks only at the company named there.")
    NOT_AT_COMPANIES = "not_at_companies", _("It looks at States or public bodies, not companies.")
    CANNOT_DECIDE = "cannot_decide", _("It cannot decide who is right.")
    ADVICE_ONLY = "advice_only", _("It gives advice and help, and no decision.")
    REACH_UNSURE = "reach_unsure", _("It belongs to another country. Ask first if it can help.")
    PART_OF_COUNTRY = "part_of_country", _("It works for one part of the country only.")
    FEE = "fee", _("It costs a fee.")
    OWN_COSTS = "own_costs", _("Free, but you may have costs of your own.")
    COST_UNKNOWN = "cost_unknown", _("We do not know what it costs. Ask first.")
    LANGUAGE_UNSURE = "language_unsure", _("It may not work in your language. Ask first.")
    NAME_WANTED = "name_wanted", _("It may want to know who you are. Ask first.")
    TALKS_AFTER_VIOLENCE = (
        "talks_after_violence",
        _("Talks with the other side are not the first choice after violence."),
    )
    VERIFY = "verify", _("We have not read this in a source. Check before you rely on it.")


class Withheld(models.TextChoices):
    """Why an entry that fits otherwise is not shown; the label is the sentence that people read."""

    POLICE_NOT_WANTED = (
        "police_not_wanted",
        _("Police and criminal courts are shown only to those who ask for them."),
    )
    DANGER = "danger", _("It can put people in danger in a matter like this.")
    MEMBERSHIP_NOT_SAID = "membership_not_said", _("It looks only at companies that belong to it.")
    FINANCING_NOT_SAID = "financing_not_said", _("It looks only at projects that it pays for.")
    COMPANY_NOT_SAID = "company_not_said", _("It looks only at the company named there.")
    STATE_NOT_INVOLVED = (
        "state_not_involved",
        _("It looks at States or public bodies, not companies."),
    )
    PLATFORM_USERS_ONLY = "platform_users_only", _("It is there only for users of its platform.")
    PLATFORM_APPEAL_FIRST = (
        "platform_appeal_first",
        _("First ask the platform itself to look again."),
    )
    ADULTS_ONLY = "adults_only", _("It is there only for adults.")
    YOUNG_PEOPLE_ONLY = "young_people_only", _("It is there only for people under 18.")
    COSTS = "costs", _("It costs a fee.")
    COST_UNKNOWN = "cost_unknown", _("We do not know what it costs. Ask first.")
