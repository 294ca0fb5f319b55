"""The criteria of UNGP 31 and the indicators that measure them."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class EffectivenessCriterion(models.TextChoices):
    """The eight criteria of UN Guiding Principle 31."""

    LEGITIMATE = "legitimate", _("Legitimate")
    ACCESSIBLE = "accessible", _("Accessible")
    PREDICTABLE = "predictable", _("Predictable")
    EQUITABLE = "equitable", _("Equitable")
    TRANSPARENT = "transparent", _("Transparent")
    RIGHTS_COMPATIBLE = "rights_compatible", _("Rights-compatible")
    CONTINUOUS_LEARNING = "continuous_learning", _("Source of learning")
    ENGAGEMENT_DIALOGUE = "engagement_dialogue", _("Engagement and dialogue")


class EffectivenessIndicator(models.TextChoices):
    """An indicator; its letter names its group of taxonomies section 10."""

    L1 = "l1", _("Independent appeals")
    L2 = "l2", _("Trust")
    L3 = "l3", _("Conflict checks")
    L4 = "l4", _("Overturned")
    A1 = "a1", _("Reach")
    A2 = "a2", _("Minority languages")
    A3 = "a3", _("Completed")
    A4 = "a4", _("Assisted or spoken")
    A5 = "a5", _("Free choice of channel")
    A6 = "a6", _("Blind spot")
    P1 = "p1", _("Acknowledged in time")
    P2 = "p2", _("Feedback in time")
    P3 = "p3", _("Stage times")
    P4 = "p4", _("Silent closures")
    E1 = "e1", _("Support given")
    E2 = "e2", _("Evidence gap")
    E3 = "e3", _("Outcome gap")
    E4 = "e4", _("Interpreter days")
    T1 = "t1", _("Updates in time")
    T2 = "t2", _("Reports published")
    T3 = "t3", _("Reasons in own language")
    R1 = "r1", _("Delivered, says the person")
    R2 = "r2", _("Full remedy")
    R3 = "r3", _("Several forms")
    R4 = "r4", _("Waivers")
    R5 = "r5", _("Within a year")
    R6 = "r6", _("Verified")
    C1 = "c1", _("Root cause known")
    C2 = "c2", _("Systemic actions in time")
    C3 = "c3", _("Repetition")
    C4 = "c4", _("Fed to due diligence")
    C5 = "c5", _("Yearly review")
    G1 = "g1", _("Workers take part")
    G2 = "g2", _("Consultation changed something")
    G3 = "g3", _("Dialogue used")
    G4 = "g4", _("Pilot evaluated")
    S1 = "s1", _("Retaliation")
    S2 = "s2", _("Quick protection")
    S3 = "s3", _("Identity disclosed")
    H1 = "h1", _("Overrides")
    H2 = "h2", _("Named reviewer")
    V1 = "v1", _("Confirmed impacts by stage")
    V2 = "v2", _("Reports by stage")
