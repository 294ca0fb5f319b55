"""How a case stands and how it ends, on the company's axis and on the person's."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class CaseStatus(models.TextChoices):
    """Where a case stands; the moves between them are in `grievance.states`."""

    RECEIVED = "received", _("Received")
    SCREENING = "screening", _("Screening")
    ASSESSMENT = "assessment", _("Assessment")
    REMEDY = "remedy", _("Remedy")
    DELIVERY = "delivery", _("Delivery")
    APPEAL = "appeal", _("Appeal")
    CLOSED = "closed", _("Closed")


class CompanyOutcome(models.TextChoices):
    """How the company ends a case; never mixed with the person's verdict."""

    REMEDIED_FULL = "remedied_full", _("Fully remedied")
    REMEDIED_PARTIAL = "remedied_partial", _("Partly remedied")
    LEVERAGE_EFFECT = "leverage_effect", _("Leverage had an effect")
    LEVERAGE_NO_EFFECT = "leverage_no_effect", _("Leverage had no effect")
    NOT_ESTABLISHED = "not_established", _("Not established")
    NO_NEXUS = "no_nexus", _("No tie to the company")
    OUT_OF_SCOPE = "out_of_scope", _("Out of scope")
    REFERRED = "referred", _("Referred")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    DORMANT = "dormant", _("Dormant")


class PersonVerdict(models.TextChoices):
    """The person's own answer: was an effective remedy delivered?"""

    YES = "yes", _("Yes")
    PARTLY = "partly", _("Partly")
    NO = "no", _("No")
    NO_ANSWER = "no_answer", _("No answer")
    NOT_ASKED_UNSAFE = "not_asked_unsafe", _("Not asked, unsafe")


class OutsideOutcome(models.TextChoices):
    """How a body outside the company ended a matter; used for reference cases."""

    PENDING_OR_UNKNOWN = "pending_or_unknown", _("Pending or not known")
    REJECTED_INADMISSIBLE = "rejected_inadmissible", _("Rejected without looking at the merits")
    REJECTED_MERITS = "rejected_merits", _("Rejected on the merits")
    AGREEMENT = "agreement", _("Agreement")
    SETTLEMENT = "settlement", _("Settlement")
    RECOMMENDATION = "recommendation", _("Recommendation")
    FINDING_NO_INDIVIDUAL_REMEDY = "finding_no_individual_remedy", _("Finding only")
    REGULATORY_SANCTION = "regulatory_sanction", _("Sanction by a regulator")
    ADJUDICATED_UPHELD = "adjudicated_upheld", _("Upheld by a decision")
    INTERIM_MEASURE = "interim_measure", _("Interim measure")
    CORRECTED_AFTER_ESCALATION = "corrected_after_escalation", _("Corrected after escalation")
    REMEDIED_BY_COMPANY = "remedied_by_company", _("Remedied by the company")
    REMEDIED_BY_STATE = "remedied_by_state", _("Remedied by the State")
    MIXED = "mixed", _("Mixed")
    CONTESTED_OUTCOME = "contested_outcome", _("Contested")
    NO_EFFECTIVE_REMEDY = "no_effective_remedy", _("No effective remedy")


class Nexus(models.TextChoices):
    """How the company is tied to a harm, as determined in a case."""

    CAUSED = "caused", _("Caused")
    CONTRIBUTED = "contributed", _("Contributed")
    LINKED = "linked", _("Linked")
    NO_NEXUS = "no_nexus", _("No tie")
    UNDETERMINED = "undetermined", _("Not determined yet")


class NexusReported(models.TextChoices):
    """The tie that a published source reports; for reference cases only."""

    CAUSED = "caused", _("Caused")
    CONTRIBUTED = "contributed", _("Contributed")
    LINKED = "linked", _("Linked")
    NO_NEXUS = "no_nexus", _("No tie")
    NOT_STATED = "not_stated", _("Not stated")
    NOT_APPLICABLE = "not_applicable", _("Does not apply")


class Answer(models.TextChoices):
    """An answer to a question of fact, where not knowing is a good answer."""

    YES = "yes", _("Yes")
    NO = "no", _("No")
    UNKNOWN = "unknown", _("Not known")


class YesNo(models.TextChoices):
    """A plain yes or no of a reference table."""

    YES = "yes", _("Yes")
    NO = "no", _("No")


class ParallelObject(models.TextChoices):
    """Something beside the case's own way that has states of its own."""

    INTERIM_MEASURE = "interim_measure", _("Interim measure")
    REFERRAL = "referral", _("Referral")
    RETALIATION_REPORT = "retaliation_report", _("Retaliation report")
    PROCEEDING_ELSEWHERE = "proceeding_elsewhere", _("Proceeding elsewhere")
    LEVERAGE_PLAN = "leverage_plan", _("Leverage plan")
    SYSTEMIC_ACTION = "systemic_action", _("Systemic action")
    APPEAL = "appeal", _("Appeal")


class Iso37002Step(models.TextChoices):
    """The steps of ISO 37002, for reports that follow it."""

    RECEIVE = "receive", _("Receive")
    ASSESS = "assess", _("Assess")
    ADDRESS = "address", _("Address")
    CONCLUDE = "conclude", _("Conclude")
