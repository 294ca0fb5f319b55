"""Why reference data or people's rights were changed. The codes are kept in history."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class EditReason(TextChoices):
    """What the one who edits says."""

    CORRECTION = "correction", _("To correct a mistake")
    NEW_FACTS = "new_facts", _("The facts have changed")
    WORDING = "wording", _("To say it better or in another language")
    NEW_ENTRY = "new_entry", _("To add something new")
    NOT_IN_USE = "not_in_use", _("It is not in use any more")


class PeopleReason(TextChoices):
    """Why somebody's sign-in or roles were changed."""

    JOINED = "joined", _("The person has joined")
    NEW_TASKS = "new_tasks", _("The person has other tasks now")
    LEFT = "left", _("The person has left")
    SIGN_IN = "sign_in", _("The person could not sign in")
    CORRECTION = "correction", _("To correct a mistake")


def edit_reason_in_words(code: str) -> str:
    """Return the reason in words; other codes stay as they are."""
    for reasons in (EditReason, PeopleReason):
        if code in reasons.values:
            return str(reasons(code).label)
    return code
