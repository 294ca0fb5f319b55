"""Duties of law for which something may be passed on without the person's consent (R063).

A short list, each with the text that it stands on. It says which duties can be named, and never
that one applies: that is what two people decide, with a written reason. Pure: no database, no
clock.
"""

from collections.abc import Mapping

from django.db import models
from django.utils.translation import gettext_lazy as _


class LegalDuty(models.TextChoices):
    """What a law may oblige a company to do, whether the person agrees or not."""

    CHILD_ABUSE_ONLINE = (
        "child_abuse_online",
        _("To report the sexual abuse of a child that shows online."),
    )
    CHILD_IN_DANGER = "child_in_danger", _("To report that a child is in danger.")
    THREAT_TO_LIFE = (
        "threat_to_life",
        _("To report a suspected crime that threatens somebody’s life or safety."),
    )
    PLANNED_CRIME = "planned_crime", _("To report a grave crime that can still be prevented.")
    DATA_BREACH = "data_breach", _("To report a breach of personal data.")
    WORK_ACCIDENT = "work_accident", _("To report an accident at work or a disease from work.")
    AI_INCIDENT = "ai_incident", _("To report a serious incident with an AI system.")
    BINDING_ORDER = "binding_order", _("To obey an order of a court or an authority.")


SOURCES: Mapping[str, str] = {
    LegalDuty.CHILD_ABUSE_ONLINE: "18 U.S.C. § 2258A(a)",
    LegalDuty.CHILD_IN_DANGER: "UN Convention on the Rights of the Child, Art. 19(2)",
    LegalDuty.THREAT_TO_LIFE: "Regulation (EU) 2022/2065, Art. 18(1)",
    LegalDuty.PLANNED_CRIME: "Strafgesetzbuch (DE), § 138; Code pénal (FR), art. 434-1",
    LegalDuty.DATA_BREACH: "Regulation (EU) 2016/679, Art. 33(1)",
    LegalDuty.WORK_ACCIDENT: "ILO Convention 155, Art. 11(c)",
    LegalDuty.AI_INCIDENT: "Regulation (EU) 2024/1689, Art. 73(1)",
    LegalDuty.BINDING_ORDER: "Regulation (EU) 2016/679, Art. 6(1)(c)",
}
"""The text that each duty stands on, as it is cited. A treaty needs the law of a country beside it,
which the written reason names."""


class Silence(models.TextChoices):
    """Why the person may not be told yet."""

    LAW_FORBIDS = "law_forbids", _("A law forbids to tell the person of the report.")
    ORDERED = "ordered", _("A court or an authority has ordered to keep it secret.")
