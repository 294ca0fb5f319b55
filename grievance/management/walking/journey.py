"""One row's way, step by step, through the verbs that the desk and the public pages use too.

The journey knows no short cut: each step is a call of `grievance.lifecycle` by the person whose
work it is, at a moment of the row's own time line. What is alleged in a row is played as told;
it is a scenario, not our finding about anybody.
"""

from datetime import UTC, date, datetime, time, timedelta

from django.db import DatabaseError

from grievance import lifecycle
from grievance.lifecycle import Account, Refused
from grievance.management.walking import report, scope
from grievance.management.walking.cast import Cast
from grievance.management.walking.going import Going
from grievance.management.walking.remedying import Remedying
from grievance.management.walking.report import Walked
from grievance.management.walking.rows import Row
from grievance.models import ContactChannel, WhoWasHarmed
from stakeholders.models import Issue, Team
from stakeholders.roles import Role
from stakeholders.vocabulary import Answer, FilerRole, Harm, LevelOfHarm, ValueChainStage

OFFICE_OPENS = time(9, tzinfo=UTC)
TO_ACKNOWLEDGE = timedelta(days=2)
TO_SCREEN = timedelta(days=5)
TO_DECIDE = timedelta(days=3)
"""Plausible steps, inside the portal's own limits of 3 days to acknowledge and 14 to decide."""

WITHOUT_A_DATE = timedelta(days=30)
"""A row without any date is walked as if it had come in this long ago."""

_INTAKE_TEAM = "intake"


class Journey:
    """The whole way of one row. `going` names what was tried last, for the report."""

    def __init__(self, row: Row, cast: Cast, *, now: datetime) -> None:
        self.row = row
        self.cast = cast
        self.going = Going(row, cast, at=_start(row.filed, now))

    def go(self) -> None:
        """Walk to the end, or as far as the rules let it. Raises what the verbs raise."""
        case_id = self.submit()
        self.going.staff(lifecycle.acknowledge, Role.INTAKE_OFFICER, TO_ACKNOWLEDGE)
        refusal = scope.refusal_of(self.row)
        if refusal is not None:
            self.decline(refusal)
            return
        self.take_up()
        Remedying(self.going, case_id).go()

    def submit(self) -> int:
        """The person raises the grievance."""
        self.going.step = "submit"
        submitted = lifecycle.submit(account_of(self.row), at=self.going.at)
        self.going.case_id = submitted.case_id
        return submitted.case_id

    def take_up(self) -> None:
        """The team lead gives the case to the team that knows the main harm, and to a handler."""
        self.going.step = "take_up"
        issue = Issue.objects.select_related("default_team").get(code=_main_harm(self.row))
        team = issue.default_team or Team.objects.get(code=_INTAKE_TEAM)
        self.going.staff(
            lifecycle.take_up,
            Role.TEAM_LEAD,
            TO_SCREEN,
            issue_id=issue.pk,
            team_id=team.pk,
            handler_id=self.cast.id_of(Role.CASE_HANDLER),
        )

    def decline(self, refusal: scope.Refusal) -> None:
        """The intake officer proposes to decline the case; the reviewer confirms."""
        self.going.staff(
            lifecycle.propose_out_of_scope,
            Role.INTAKE_OFFICER,
            TO_SCREEN,
            reason=refusal.reason,
            explanation=refusal.explanation,
            mechanism_ids=scope.places_to_turn(self.row),
        )
        self.going.staff(lifecycle.confirm_out_of_scope, Role.REVIEWER, TO_DECIDE)


def walk(row: Row, cast: Cast, *, now: datetime) -> Walked:
    """Walk one row and return how far it came; what stops it is told in `error`."""
    walked = Walked(case_id=row.case_id)
    journey = Journey(row, cast, now=now)
    try:
        journey.go()
    except Refused as refused:
        walked.error = f"{journey.going.step}: {refused}"
    except (DatabaseError, Issue.DoesNotExist, Team.DoesNotExist) as failure:
        # Only the kind of failure: a database's words may quote what the row tells.
        walked.error = f"{journey.going.step}: {type(failure).__name__}"
    if journey.going.case_id is not None:
        report.read_from(journey.going.case_id, walked)
    return walked


def account_of(row: Row) -> Account:
    """Return what the people of the row might have sent through the public form."""
    return Account(
        narrative=row.account,
        who_was_harmed=who_was_harmed(row),
        value_chain_stage=row.stages[0] if row.stages else ValueChainStage.UNKNOWN,
        chain_note=row.company,
        country=row.countries[0] if row.countries else "",
        contact_channel=ContactChannel.PORTAL_ONLY,
        fears_retaliation=Answer.UNKNOWN,
        employer_may_know=Answer.UNKNOWN,
        remedies_wanted=row.remedies_sought,
        remedy_note=row.remedy_wish,
        language="en",
    )


def who_was_harmed(row: Row) -> WhoWasHarmed:
    """Return the answer that fits the level of harm, else that of who filed."""
    themselves = FilerRole.AFFECTED_PERSON in row.filers
    if row.level_of_harm == LevelOfHarm.SOCIETAL:
        return WhoWasHarmed.POPULATION
    if row.level_of_harm in (LevelOfHarm.GROUP, LevelOfHarm.COLLECTIVE):
        return WhoWasHarmed.GROUP
    if themselves:
        return WhoWasHarmed.ME
    if FilerRole.AFFECTED_GROUP in row.filers:
        return WhoWasHarmed.GROUP
    if row.filers:
        return WhoWasHarmed.SOMEONE_ELSE
    return WhoWasHarmed.UNKNOWN


def _main_harm(row: Row) -> str:
    return row.harms[0] if row.harms else Harm.OTHER_UNSURE


def _start(filed: date | None, now: datetime) -> datetime:
    day = filed or (now - WITHOUT_A_DATE).date()
    return datetime.combine(day, OFFICE_OPENS)
