"""Time limits: what runs, from when, how long, and under which rules."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class ClockKind(models.TextChoices):
    """What must happen before a clock runs out."""

    AUTOMATIC_RECEIPT = "automatic_receipt", _("Automatic receipt")
    ACKNOWLEDGE = "acknowledge", _("Human acknowledgement")
    URGENT_TRIAGE = "urgent_triage", _("Urgent triage")
    SCOPE_DECISION = "scope_decision", _("Scope decision")
    ASSESSMENT_PLAN = "assessment_plan", _("Assessment plan")
    NEXUS_REVIEW = "nexus_review", _("Review of a provisional nexus")
    FEEDBACK = "feedback", _("Substantive feedback")
    PROGRESS_UPDATE = "progress_update", _("Progress update")
    PARTNER_ANSWER = "partner_answer", _("Partner's answer")
    COMPLAINT_RESOLUTION = "complaint_resolution", _("Resolution of the complaint")
    INTERIM_MEASURE = "interim_measure", _("Interim measure")
    INTERIM_REVIEW = "interim_review", _("Review of the interim measure")
    CONTENT_REMOVAL = "content_removal", _("Removal of content")
    REMEDY_OFFER = "remedy_offer", _("Remedy offer")
    OFFER_REFLECTION = "offer_reflection", _("Time to think")
    MEASURE_DUE = "measure_due", _("Measure due")
    MONITORING_CHECK = "monitoring_check", _("Monitoring check")
    APPEAL_WINDOW = "appeal_window", _("Appeal window")
    APPEAL_DECISION = "appeal_decision", _("Appeal decision")
    RETALIATION_ACTION = "retaliation_action", _("Action against retaliation")
    STATE_RESPONSE = "state_response", _("Response of the State")
    PLAYBOOK_TASK = "playbook_task", _("Task of a playbook")
    CHANGE_DUE = "change_due", _("Change against repetition")
    LASTING_QUESTION = "lasting_question", _("Question whether a change lasts")
    COLLECTIVE_VERDICT = "collective_verdict", _("Verdict for a population")
    VERDICT_AFTER_CLOSE = "verdict_after_close", _("Verdict after closing")
    VERDICT_LATER = "verdict_later", _("Later verdict")
    RIGHTS_REQUEST_ANSWER = "rights_request_answer", _("Answer to a data rights request")
    RIGHTS_REQUEST_REFUSAL = (
        "rights_request_refusal",
        _("Reasons for refusing a data rights request"),
    )
    BREACH_NOTIFICATION = "breach_notification", _("Breach notification")
    INFORMATION_REQUEST = "information_request", _("Answer to an information request")
    EFFECTIVENESS_REVIEW = "effectiveness_review", _("Effectiveness review")
    RETENTION_DELETE_BY = "retention_delete_by", _("Delete by")
    RETENTION_KEEP_UNTIL = "retention_keep_until", _("Keep until")
    OUTSIDE_ACKNOWLEDGEMENT = "outside_acknowledgement", _("Outside body confirms")
    OUTSIDE_FIRST_DECISION = "outside_first_decision", _("Outside body's first decision")
    OUTSIDE_PROGRESS = "outside_progress", _("Outside body's progress report")
    OUTSIDE_DECISION = "outside_decision", _("Outside body's decision")
    OUTSIDE_COMPANY_ANSWER = "outside_company_answer", _("Company answers the outside body")
    OUTSIDE_FILING_LIMIT = "outside_filing_limit", _("Time limit for filing elsewhere")
    OUTSIDE_IMPLEMENTATION = "outside_implementation", _("Carrying out an outside decision")
    HEALTH_WINDOW = "health_window", _("Medical window")
    AUTOMATIC_CLOSING = "automatic_closing", _("Automatic closing")


class StartEvent(models.TextChoices):
    """What starts a clock."""

    RECEIVED = "received", _("Grievance received")
    DAY_AFTER_RECEIVED = "day_after_received", _("Day after receipt")
    ACKNOWLEDGED = "acknowledged", _("Acknowledged")
    ACK_PERIOD_ENDED = "ack_period_ended", _("Acknowledgement period over")
    LAST_UPDATE_SENT = "last_update_sent", _("Last update")
    REFERRED_TO_PARTNER = "referred_to_partner", _("Referred to a partner")
    INTERIM_REQUESTED = "interim_requested", _("Interim measure asked for")
    INTERIM_TAKEN = "interim_taken", _("Interim measure taken")
    NEXUS_PROVISIONAL = "nexus_provisional", _("Nexus decided provisionally")
    FINDING_MADE = "finding_made", _("Finding made")
    OFFER_MADE = "offer_made", _("Offer made")
    DECISION_NOTIFIED = "decision_notified", _("Decision told")
    APPEAL_FILED = "appeal_filed", _("Appeal filed")
    RETALIATION_REPORTED = "retaliation_reported", _("Retaliation reported")
    STATE_RESPONSE_FLAGGED = "state_response_flagged", _("Response of the State flagged")
    IMPLEMENTATION_STARTED = "implementation_started", _("Delivery started")
    CLOSED = "closed", _("Closed")
    RIGHTS_REQUEST_RECEIVED = "rights_request_received", _("Data rights request received")
    BREACH_KNOWN = "breach_known", _("Breach known")
    INFORMATION_REQUEST_RECEIVED = "information_request_received", _("Information request received")
    REMOVAL_REQUEST_RECEIVED = "removal_request_received", _("Removal request received")
    REMOVAL_NOTICE_GIVEN = "removal_notice_given", _("Removal notice given")
    REVIEW_DONE = "review_done", _("Review done")
    DOCUMENT_CREATED = "document_created", _("Document created")
    OUTSIDE_FILED = "outside_filed", _("Filed outside")
    OUTSIDE_ACKNOWLEDGED = "outside_acknowledged", _("Confirmed outside")
    OUTSIDE_ACCEPTED = "outside_accepted", _("Accepted outside")
    OUTSIDE_NOTICE = "outside_notice", _("Notified outside")
    OUTSIDE_DECIDED = "outside_decided", _("Decided outside")
    OUTSIDE_DECISION_PUBLISHED = "outside_decision_published", _("Decision published outside")
    FINAL_DOMESTIC_DECISION = "final_domestic_decision", _("Final domestic decision")
    REMEDIES_EXHAUSTED = "remedies_exhausted", _("Remedies exhausted")
    PLATFORM_FINAL_DECISION = "platform_final_decision", _("Platform's final decision")
    USER_REPORT = "user_report", _("User report")
    ASSAULT = "assault", _("Assault")


class TimeUnit(models.TextChoices):
    """In what a time limit is counted."""

    MINUTES = "minutes", _("Minutes")
    HOURS = "hours", _("Hours")
    DAYS = "days", _("Days")
    WORKING_DAYS = "working_days", _("Working days")
    WEEKS = "weeks", _("Weeks")
    MONTHS = "months", _("Months")
    YEARS = "years", _("Years")


class RestDayRule(models.TextChoices):
    """What happens when a due day is a rest day."""

    NONE = "none", _("No shift")
    ROLL_FORWARD = "roll_forward", _("Next working day")
    UNKNOWN = "unknown", _("Not known")


class BranchCondition(models.TextChoices):
    """When a time limit applies at all."""

    ACKNOWLEDGED_IN_TIME = "acknowledged_in_time", _("Acknowledged in time")
    NOT_ACKNOWLEDGED = "not_acknowledged", _("Not acknowledged")
    LIFE_AT_RISK = "life_at_risk", _("Life at risk")
    URGENT = "urgent", _("Urgent")
    HARMFUL_CONTENT = "harmful_content", _("Harmful content")
    REQUEST_REFUSED = "request_refused", _("Request refused")
    REPORTER_NOT_OPTED_OUT = "reporter_not_opted_out", _("Reporter did not opt out")
    NUDITY_OR_IMPERSONATION = "nudity_or_impersonation", _("Nudity or impersonation")
    IMAGE_OR_ADULT_ABUSE = "image_or_adult_abuse", _("Image-based or cyber abuse")
    FILED_WITH_BODY = "filed_with_body", _("Filed with that body")


class ExtensionCondition(models.TextChoices):
    """When a time limit may be longer."""

    NONE = "none", _("None")
    COMPLEX_OR_MANY = "complex_or_many", _("Complex or many requests")
    DULY_JUSTIFIED = "duly_justified", _("Duly justified")
    HIGHLY_COMPLEX = "highly_complex", _("Highly complex")
    HEAVY_BURDEN = "heavy_burden", _("Heavy burden")
    REGULATOR_ALLOWS = "regulator_allows", _("Regulator allows")
    COORDINATION = "coordination", _("Coordination needed")
    LATE_WITH_REASONS = "late_with_reasons", _("Late with reasons")
    NECESSARY_PROPORTIONATE = "necessary_proportionate", _("Necessary and proportionate")
    EXPECTED_LATER = "expected_later", _("May take longer")
    ABSOLUTE_LIMIT = "absolute_limit", _("Hard limit")
    OPERATOR_SETTING = "operator_setting", _("Set by the operator")
    THIRD_PARTY_INVESTIGATOR = "third_party_investigator", _("Outside investigator")
    LAW_MAY_CHANGE = "law_may_change", _("Law may change")


class Regime(models.TextChoices):
    """The law, policy or practice from which a time limit comes."""

    EU_WHISTLEBLOWER = "eu_whistleblower", _("EU Whistleblower Directive")
    DE_HINSCHG = "de_hinschg", _("German Whistleblower Protection Act")
    DE_LKSG = "de_lksg", _("German Supply Chain Act")
    EU_CSDDD = "eu_csddd", _("EU Corporate Sustainability Due Diligence Directive")
    EU_GDPR = "eu_gdpr", _("General Data Protection Regulation")
    GB_DPA_COMPLAINTS = "gb_dpa_complaints", _("UK data-protection complaints")
    EU_DSA = "eu_dsa", _("EU Digital Services Act")
    US_TAKE_IT_DOWN = "us_take_it_down", _("US TAKE IT DOWN Act")
    AU_ONLINE_SAFETY = "au_online_safety", _("Australian Online Safety Act")
    IN_IT_RULES = "in_it_rules", _("Indian IT Rules")
    NO_TRANSPARENCY_ACT = "no_transparency_act", _("Norwegian Transparency Act")
    OECD_NCP_PROCEDURE = "oecd_ncp_procedure", _("OECD NCP procedure")
    PORTAL_DEFAULT = "portal_default", _("Portal's own values")
    META_PRACTICE = "meta_practice", _("Meta practice")
    OVERSIGHT_BOARD = "oversight_board", _("Oversight Board bylaws")
    FAIR_LABOR_ASSOCIATION = "fair_labor_association", _("Fair Labor Association")
    RSPO_2009 = "rspo_2009", _("RSPO system of 2009")
    RSPO_2017 = "rspo_2017", _("RSPO procedures of 2017")
    CAO_POLICY = "cao_policy", _("CAO policy")
    US_CFPB = "us_cfpb", _("CFPB complaint programme")
    ECHR = "echr", _("European Convention on Human Rights")
    IACHR = "iachr", _("Inter-American Commission rules")
    CRC_OP3 = "crc_op3", _("Third Protocol to the Child Convention")
    WHO_CLINICAL_GUIDANCE = "who_clinical_guidance", _("WHO clinical guidance")
