"""Cases for tests. Each walks the real verbs, so that no test starts from an impossible state."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from grievance import lifecycle
from grievance.lifecycle import Account
from grievance.models import Case, ContactChannel, OutOfScopeReason, WhoWasHarmed
from stakeholders.models import Issue, Mechanism
from stakeholders.vocabulary import Answer, CaseStatus, RemedyForm, ValueChainStage
from tests import people

RECEIVED_AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
"""A Monday morning: no weekend hides inside the first limits."""

EXPLANATION = "The shop that you name is not ours and sells nothing of ours."

_ACCOUNT = Account(
    narrative="The app at the warehouse scores us by camera, and two of us were sent home.",
    who_was_harmed=WhoWasHarmed.GROUP,
    value_chain_stage=ValueChainStage.CUSTOMER_USE,
    chain_note="the sorting hall by the harbour",
    country="KE",
    contact_channel=ContactChannel.PORTAL_ONLY,
    fears_retaliation=Answer.YES,
    employer_may_know=Answer.NO,
    remedies_wanted=(RemedyForm.values[0],),
    remedy_note="that nobody is scored by a camera",
    language="en",
)


@dataclass(frozen=True, repr=False)
class Made:
    """A case made for a test, with the key that only its person knows."""

    id: int
    key: str
    at: datetime
    """The moment of the last step."""

    @property
    def case(self) -> Case:
        """The case as it is stored now."""
        found: Case = Case.objects.get(pk=self.id)
        return found


def an_account(**changes: Any) -> Account:
    """Return what a person might send; name only what matters to the test. An `email` given
    without a channel is also wished for."""
    if changes.get("email") and "contact_channel" not in changes:
        changes["contact_channel"] = ContactChannel.EMAIL
    return replace(_ACCOUNT, **changes)


def a_case(
    *,
    in_status: CaseStatus | str = CaseStatus.RECEIVED,
    account: Account | None = None,
    at: datetime = RECEIVED_AT,
    **changes: Any,
) -> Made:
    """Walk a case to a status and return it with its key.

    Bram answers after a day and screens after three, Chidi handles. A closed case was declined by
    Bram and Ewa. `changes` are fields of the account. Raises ValueError for a status that no verb
    reaches yet.
    """
    sent = lifecycle.submit(account or an_account(**changes), at=at)
    made = Made(sent.case_id, sent.access_key, at)
    status = CaseStatus(in_status)
    if status == CaseStatus.RECEIVED:
        return made
    made = acknowledged(made)
    if status == CaseStatus.SCREENING:
        return made
    if status == CaseStatus.ASSESSMENT:
        return taken_up(made)
    if status == CaseStatus.CLOSED:
        return declined(proposed_out_of_scope(made))
    raise ValueError(f"No verb leads to {status.value} yet.")


def acknowledged(made: Made, *, message: str = "") -> Made:
    """Bram answers, a day later."""
    at = made.at + timedelta(days=1)
    lifecycle.acknowledge(made.id, by=people.by(people.BRAM), at=at, message=message)
    return replace(made, at=at)


def taken_up(made: Made, *, issue: str = "surveillance_privacy") -> Made:
    """Bram finds the case in scope two days later; the team that knows the issue has it, with
    Chidi as handler."""
    at = made.at + timedelta(days=2)
    found = Issue.objects.get(code=issue)
    lifecycle.take_up(
        made.id,
        by=people.by(people.BRAM),
        at=at,
        issue_id=found.pk,
        team_id=found.default_team_id,
        handler_id=people.the(people.CHIDI).pk,
    )
    return replace(made, at=at)


def a_mechanism(country: str = "KE") -> Mechanism:
    """Return a body that takes complaints from people of this country and can order what
    `an_account` wants: one that the desk offers for such a case."""
    there = Mechanism.objects.in_use().open_to_individuals().for_country(country)
    wanted = list(_ACCOUNT.remedies_wanted)
    found: Mechanism = there.filter(remedies_can_order__contains=wanted).order_by("code")[0]
    return found


def proposed_out_of_scope(made: Made, *, explanation: str = EXPLANATION) -> Made:
    """Bram proposes to decline, two days later."""
    at = made.at + timedelta(days=2)
    lifecycle.propose_out_of_scope(
        made.id,
        by=people.by(people.BRAM),
        at=at,
        reason=OutOfScopeReason.NOT_OUR_BUSINESS,
        explanation=explanation,
        mechanism_ids=[a_mechanism().pk],
    )
    return replace(made, at=at)


def declined(made: Made) -> Made:
    """Ewa confirms what Bram proposed, a day later."""
    at = made.at + timedelta(days=1)
    lifecycle.confirm_out_of_scope(made.id, by=people.by(people.EWA), at=at)
    return replace(made, at=at)
