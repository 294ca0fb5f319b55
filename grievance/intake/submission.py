"""Turning a finished draft into one case: never two, and never none with the answers lost."""

from dataclasses import dataclass
from datetime import datetime

from grievance import lifecycle
from grievance.contacting import LINK
from grievance.intake import drafts, files
from grievance.intake.forms import UNKNOWN, QuestionForm, Raw
from grievance.intake.steps import STEPS, Step
from grievance.models import ContactChannel, SafeTime


@dataclass(frozen=True, slots=True)
class HandedIn:
    """What sending led to. Exactly one holds: a case exists, a step is unfinished, or nothing."""

    is_sent: bool = False
    unfinished: Step | None = None


def forms_of(answers: dict[str, Raw]) -> list[tuple[Step, QuestionForm]]:
    """Every step with its form, filled with what was typed."""
    return [(step, step.form(answers.get(step.slug, {}))) for step in STEPS]


def hand_in(secret: str, *, language: str, at: datetime) -> HandedIn:
    """Send the draft of this secret; sending it twice makes one case.

    The draft's row stays locked until the case, the receipt and the emptied draft are all
    committed together. Raises `lifecycle.Refused`; then the draft stays as it was.
    """
    with drafts.locked(secret, at=at) as draft:
        if draft is None:
            return HandedIn()
        if draft.held.is_sent:
            return HandedIn(is_sent=True)
        filled = forms_of(draft.held.answers)
        for step, form in filled:
            if not form.is_valid():
                return HandedIn(unfinished=step)
        account = _account(filled, language=language)
        submitted = lifecycle.submit(account, at=at, files=files.hand_over(draft))
        draft.held = drafts.Held(case_key=submitted.access_key)
        draft.row.submitted_at = at
        draft.row.expires_at = at + drafts.RECEIPT_LASTS
        draft.save()
    return HandedIn(is_sent=True)


def _account(filled: list[tuple[Step, QuestionForm]], *, language: str) -> lifecycle.Account:
    said = {name: value for _, form in filled for name, value in form.cleaned_data.items()}
    if said["contact_channel"] == UNKNOWN:
        said["contact_channel"] = ContactChannel.PORTAL_ONLY
    said["safe_time"] = said["safe_time"] or SafeTime.ANY
    said["wants_link"] = said.get("wants_link") == LINK
    said["remedies_wanted"] = tuple(form for form in said["remedies_wanted"] if form != UNKNOWN)
    return lifecycle.Account(language=language, **said)
