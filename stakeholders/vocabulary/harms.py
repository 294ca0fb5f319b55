"""What went wrong: harms, how widely they reach, and the rights behind them."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Harm(models.TextChoices):
    """What kind of harm was done; one grievance may name several."""

    SURVEILLANCE_PRIVACY = "surveillance_privacy", _("Surveillance and loss of privacy")
    BIOMETRIC_SURVEILLANCE = "biometric_surveillance", _("Biometric surveillance")
    BIOMETRIC_EMOTION_RECOGNITION = (
        "biometric_emotion_recognition",
        _("Emotion or trait recognition"),
    )
    DATA_EXPOSURE_BREACH = "data_exposure_breach", _("Data leak or breach")
    DATA_EXPOSURE_HANDOVER = "data_exposure_handover", _("Data handed over")
    SENSITIVE_DATA_SHARING = "sensitive_data_sharing", _("Sensitive data shared")
    TRACKING_PROFILING = "tracking_profiling", _("Tracking and profiling")
    WRONGFUL_ALGORITHMIC_DECISION = "wrongful_algorithmic_decision", _("Wrong decision by a system")
    ALGORITHMIC_DISCRIMINATION = (
        "algorithmic_discrimination",
        _("Discrimination by data or algorithm"),
    )
    EXCLUSION_DIGITAL_SERVICE = "exclusion_digital_service", _("Shut out of a digital service")
    AUTOMATED_DECISION_EMPLOYMENT = (
        "automated_decision_employment",
        _("Automated decision about work"),
    )
    CENSORSHIP_CONTENT_REMOVAL = "censorship_content_removal", _("Wrongful removal or blocking")
    INTERNET_SHUTDOWN_ASSIST = "internet_shutdown_assist", _("Help with a network shutdown")
    HARMFUL_CONTENT_AMPLIFICATION = "harmful_content_amplification", _("Harmful content spread")
    DISINFORMATION_MANIPULATION = (
        "disinformation_manipulation",
        _("Manipulation of opinion or vote"),
    )
    FREEDOM_OF_THOUGHT_INTERFERENCE = (
        "freedom_of_thought_interference",
        _("Interference with thought"),
    )
    NCII_DEEPFAKE = "ncii_deepfake", _("Intimate or synthetic images")
    ONLINE_HARASSMENT_IMPERSONATION = (
        "online_harassment_impersonation",
        _("Online harassment or fake profile"),
    )
    CHILD_SEXUAL_ABUSE = "child_sexual_abuse", _("Sexual abuse of a child")
    CHILD_DESIGN_HARM = "child_design_harm", _("Design that harms children")
    DIGITAL_ATTACK_HRD = "digital_attack_hrd", _("Digital attack on civil society")
    STATE_VIOLENCE_ENABLING = "state_violence_enabling", _("Enabling State violence")
    FORCED_LABOUR_WORKING_CONDITIONS = (
        "forced_labour_working_conditions",
        _("Forced labour or abusive conditions"),
    )
    RECRUITMENT_FEES = "recruitment_fees", _("Recruitment fees")
    CHILD_LABOUR_SUPPLY_CHAIN = "child_labour_supply_chain", _("Child labour")
    WAGES_HOURS_DISMISSAL = "wages_hours_dismissal", _("Pay, hours or dismissal")
    FREEDOM_OF_ASSOCIATION = "freedom_of_association", _("Union rights")
    OCCUPATIONAL_DISEASE_SAFETY = "occupational_disease_safety", _("Safety and health at work")
    WORKER_PSYCHOLOGICAL_HARM = "worker_psychological_harm", _("Psychological harm from work")
    WORKPLACE_HARASSMENT_GBV = (
        "workplace_harassment_gbv",
        _("Harassment or sexual violence around work"),
    )
    ENVIRONMENT_LIVELIHOOD = "environment_livelihood", _("Environment and livelihood")
    LAND_DISPLACEMENT = "land_displacement", _("Land and displacement")
    CONSUMER_DECEPTION_DARK_PATTERNS = (
        "consumer_deception_dark_patterns",
        _("Misleading design or terms"),
    )
    RETALIATION = "retaliation", _("Retaliation")
    DENIAL_OF_REMEDY = "denial_of_remedy", _("Complaint ignored or blocked")
    OTHER_UNSURE = "other_unsure", _("Something else or not sure")


class LevelOfHarm(models.TextChoices):
    """Whether one person, several, a community or a whole population was harmed."""

    INDIVIDUAL = "individual", _("One person")
    GROUP = "group", _("Several people, same harm")
    COLLECTIVE = "collective", _("A right held together")
    SOCIETAL = "societal", _("A whole population")


class Right(models.TextChoices):
    """The human right that a harm touches."""

    ADEQUATE_HOUSING = "adequate_housing", _("Adequate housing")
    ADEQUATE_STANDARD_OF_LIVING = "adequate_standard_of_living", _("Adequate standard of living")
    ASSEMBLY = "assembly", _("Peaceful assembly")
    ASSOCIATION = "association", _("Association and unions")
    CHILDRENS_RIGHTS = "childrens_rights", _("Rights of the child")
    CONSUMER_RIGHTS = "consumer_rights", _("Consumer rights")
    EFFECTIVE_REMEDY = "effective_remedy", _("Effective remedy")
    EXPRESSION = "expression", _("Expression and information")
    FAIR_TRIAL = "fair_trial", _("Fair trial and hearing")
    FAMILY = "family", _("Family life")
    FOOD = "food", _("Food")
    FREEDOM_FROM_SLAVERY = "freedom_from_slavery", _("Freedom from slavery")
    FREEDOM_FROM_TORTURE = "freedom_from_torture", _("Freedom from torture")
    FREEDOM_FROM_VIOLENCE = "freedom_from_violence", _("Freedom from violence")
    FREEDOM_OF_THOUGHT = "freedom_of_thought", _("Freedom of thought")
    HEALTH = "health", _("Health")
    JUST_CONDITIONS_OF_WORK = "just_conditions_of_work", _("Just conditions of work")
    LIBERTY = "liberty", _("Liberty")
    LIFE = "life", _("Life")
    MOVEMENT = "movement", _("Movement")
    NON_DISCRIMINATION = "non_discrimination", _("Non-discrimination")
    POLITICAL_PARTICIPATION = "political_participation", _("Political participation")
    PRIVACY = "privacy", _("Privacy")
    PROPERTY = "property", _("Property")
    SECURITY = "security", _("Security of the person")
    SOCIAL_SECURITY = "social_security", _("Social security")
    WATER = "water", _("Water")
    WOMENS_RIGHTS = "womens_rights", _("Women's rights")
    WORK = "work", _("Work")
