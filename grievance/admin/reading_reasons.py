"""Why somebody opened sealed text. The codes are kept in the read log, in clear."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ReadReason(TextChoices):
    """What a person at the desk says before the account opens."""

    TO_ACKNOWLEDGE = "to_acknowledge", _("To acknowledge the case")
    TO_SCREEN = "to_screen", _("To decide on scope and safety")
    TO_ANSWER = "to_answer", _("To answer the person")
    TO_WORK_ON_IT = "to_work_on_it", _("To work on the case")
    TO_CHECK_A_DECISION = "to_check_a_decision", _("To check a colleague’s decision")


class IdentityReason(TextChoices):
    """What a person at the desk says before the person's address opens."""

    TO_REACH_THE_PERSON = "to_reach_the_person", _("The person cannot be reached on their page")
    TO_PROTECT_THE_PERSON = "to_protect_the_person", _("To protect the person from danger")
    TO_DELIVER_REMEDY = "to_deliver_remedy", _("To deliver what was agreed")


class PageReason(TextChoices):
    """Reasons that a page gives by itself when it opens what it shows."""

    QUEUE = "queue", _("Titles in the list of cases")
    CASE_PAGE = "case_page", _("What the case page shows")
    REMEDY_PAGE = "remedy_page", _("What the remedy page shows")
    REFERRAL_PAGE = "referral_page", _("What the page of referrals shows")
    BUNDLE_PAGE = "bundle_page", _("What the page of evidence bundles shows")
    EVIDENCE_BUNDLE = "evidence_bundle", _("To make an evidence bundle")
    RESPONDENT_PAGE = "respondent_page", _("What the page of the side complained of shows")
    DUTIES_PAGE = "duties_page", _("What the page of duties to report shows")
    ELSEWHERE_PAGE = "elsewhere_page", _("What the page of proceedings elsewhere shows")


def in_words(code: str) -> str:
    """Return a reason in words; reasons of other doors stay as they are coded."""
    for reasons in (ReadReason, IdentityReason, PageReason):
        if code in reasons.values:
            return str(reasons(code).label)
    return code
