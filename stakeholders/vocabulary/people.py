"""Who raises a grievance, who is affected, and what makes a person need more care."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class FilerRole(models.TextChoices):
    """As what a person raises a grievance."""

    AFFECTED_PERSON = "affected_person", _("Affected person")
    AFFECTED_GROUP = "affected_group", _("Affected group")
    RELATIVE = "relative", _("Relative or friend")
    CHILD_GUARDIAN = "child_guardian", _("Parent or guardian")
    REPRESENTATIVE = "representative", _("Representative with mandate")
    WORKER_REPRESENTATIVE = "worker_representative", _("Worker representative")
    TRADE_UNION = "trade_union", _("Trade union")
    CIVIL_SOCIETY = "civil_society", _("Civil society group")
    LAWYER = "lawyer", _("Lawyer")
    JOURNALIST = "journalist", _("Journalist or media")
    WHISTLEBLOWER = "whistleblower", _("Whistleblower")
    BYSTANDER = "bystander", _("Bystander")
    STAFF_ISSUE_SPOTTER = "staff_issue_spotter", _("Staff member")
    REGULATOR = "regulator", _("Regulator")
    MECHANISM_OWN_INITIATIVE = "mechanism_own_initiative", _("Mechanism itself")
    COMPANY = "company", _("Another company")


class StakeholderGroup(models.TextChoices):
    """The group to which an affected person belongs."""

    WORKER_OWN = "worker_own", _("Own worker")
    WORKER_SUPPLIER = "worker_supplier", _("Supplier's worker")
    WORKER_PLATFORM = "worker_platform", _("Platform worker")
    CONTENT_MODERATOR_LABELLER = "content_moderator_labeller", _("Moderator or labeller")
    JOB_APPLICANT = "job_applicant", _("Job applicant")
    FORMER_WORKER = "former_worker", _("Former worker")
    CUSTOMER = "customer", _("Customer")
    END_USER = "end_user", _("End user")
    NON_USER_AFFECTED = "non_user_affected", _("Affected non-user")
    COMMUNITY_MEMBER = "community_member", _("Community member")
    INDIGENOUS_PEOPLE = "indigenous_people", _("Indigenous people")
    CHILD = "child", _("Child")
    PARENT_GUARDIAN = "parent_guardian", _("Parent or guardian")
    SURVIVOR_OF_VIOLENCE = "survivor_of_violence", _("Survivor of violence")
    HUMAN_RIGHTS_DEFENDER = "human_rights_defender", _("Human rights defender")
    JOURNALIST = "journalist", _("Journalist")
    UNION = "union", _("Trade union")
    CIVIL_SOCIETY = "civil_society", _("Civil society")
    WHISTLEBLOWER = "whistleblower", _("Whistleblower")
    PUBLIC_OFFICIAL = "public_official", _("Public official")
    RESEARCHER = "researcher", _("Researcher")
    RELATIVE_OF_AFFECTED = "relative_of_affected", _("Relative")
    UNKNOWN_POPULATION = "unknown_population", _("Population not known by name")


class VulnerabilityFactor(models.TextChoices):
    """What may make a person need more care; always the person's own choice."""

    AGE_CHILD = "age_child", _("Child")
    AGE_OLDER = "age_older", _("Older person")
    WOMAN_GIRL = "woman_girl", _("Woman or girl")
    GENDER_DIVERSE = "gender_diverse", _("Gender diverse")
    SEXUAL_ORIENTATION = "sexual_orientation", _("Sexual orientation")
    DISABILITY = "disability", _("Disability")
    LOW_LITERACY = "low_literacy", _("Low literacy")
    LANGUAGE_MINORITY = "language_minority", _("Minority language")
    MIGRANT = "migrant", _("Migrant")
    UNDOCUMENTED = "undocumented", _("Without papers")
    REFUGEE_DISPLACED = "refugee_displaced", _("Refugee or displaced")
    ETHNIC_RACIAL_MINORITY = "ethnic_racial_minority", _("Ethnic or racial minority")
    CASTE = "caste", _("Caste or descent")
    RELIGIOUS_MINORITY = "religious_minority", _("Religious minority")
    INDIGENOUS = "indigenous", _("Indigenous")
    POVERTY_INFORMAL_WORK = "poverty_informal_work", _("Poverty or informal work")
    RURAL_LOW_CONNECTIVITY = "rural_low_connectivity", _("Rural or poorly connected")
    DIGITAL_EXCLUSION = "digital_exclusion", _("Digitally excluded")
    CONFLICT_AREA = "conflict_area", _("Conflict area")
    DETAINED = "detained", _("Detained")
    PREGNANT = "pregnant", _("Pregnant")
    PRIOR_RETALIATION = "prior_retaliation", _("Earlier retaliation")
    DEPENDENT_ON_EMPLOYER_HOUSING_VISA = (
        "dependent_on_employer_housing_visa",
        _("Dependent on the employer"),
    )
    DEFENDER_OR_JOURNALIST = "defender_or_journalist", _("Defender or journalist")


class CaseFlag(models.TextChoices):
    """A fact about a case that changes how it must be treated or what is shown."""

    UNDER_18 = "under_18", _("Under 18")
    SURVIVOR = "survivor", _("Survivor")
    INTIMATE_IMAGE = "intimate_image", _("Intimate image")
    HACKED_ACCOUNT = "hacked_account", _("Hacked account")
    DEFENDER_OR_JOURNALIST = "defender_or_journalist", _("Defender or journalist")
    PLATFORM_USER = "platform_user", _("Platform user")
    PLATFORM_APPEAL_DONE = "platform_appeal_done", _("Platform's appeal done")
    STATE_INVOLVED = "state_involved", _("State involved")
    DANGER_ORIENTATION = "danger_orientation", _("Danger for orientation")
    DANGER_BELIEF = "danger_belief", _("Danger for belief")
    DANGER_MIGRATION = "danger_migration", _("Danger for migration status")
    ANONYMOUS = "anonymous", _("Anonymous")
    CONSENT_POLICE = "consent_police", _("Police wanted")
