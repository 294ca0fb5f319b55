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
    """The way of one row. `step` names what was tried last, for the report."""

    def __init__(self, row: Row, cast: Cast, *, now: datetime) -> None:
        self.row = row
        self.cast = cast
        self.at = _start(row.filed, now)
        self.step = ""
        self.case_id: int | None = None

    def go(self) -> None:
        """Walk as far as the verbs go. Raises what the verbs raise."""
        case_id = self.submit()
        self.acknowledge(case_id)
        refusal = scope.refusal_of(self.row)
        if refusal is None:
            self.take_up(case_id)
        else:
            self.decline(case_id, refusal)

    def submit(self) -> int:
        """The person raises the grievance."""
        self.step = "submit"
        self.case_id = lifecycle.submit(account_of(self.row), at=self.at).case_id
        return self.case_id

    def acknowledge(self, case_id: int) -> None:
        """The intake officer answers."""
        self._after("acknowledge", TO_ACKNOWLEDGE)
        by = self.cast.actor(Role.INTAKE_OFFICER)
        lifecycle.acknowledge(case_id, by=by, at=self.at)

    def take_up(self, case_id: int) -> None:
        """The team lead gives the case to the team that knows the main harm, and to a handler."""
        self._after("take_up", TO_SCREEN)
        issue = Issue.objects.select_related("default_team").get(code=_main_harm(self.row))
        team = issue.default_team or Team.objects.get(code=_INTAKE_TEAM)
        lifecycle.take_up(
            case_id,
            by=self.cast.actor(Role.TEAM_LEAD),
            at=self.at,
            issue_id=issue.pk,
            team_id=team.pk,
            handler_id=self.cast.id_of(Role.CASE_HANDLER),
        )

    def decline(self, case_id: int, refusal: scope.Refusal) -> None:
        """The intake officer proposes to decline the case; the reviewer confirms."""
        self._after("propose_out_of_scope", TO_SCREEN)
        lifecycle.propose_out_of_scope(
            case_id,
            by=self.cast.actor(Role.INTAKE_OFFICER),
            at=self.at,
            reason=refusal.reason,
            explanation=refusal.explanation,
            mechanism_ids=scope.places_to_turn(self.row),
        )
        self._after("confirm_out_of_scope", TO_DECIDE)
        lifecycle.confirm_out_of_scope(case_id, by=self.cast.actor(Role.REVIEWER), at=self.at)

    def _after(self, step: str, pause: timedelta) -> None:
        self.step = step
        self.at += pause


def walk(row: Row, cast: Cast, *, now: datetime) -> Walked:
    """Walk one row and return how far it came; what stops it is told in `error`."""
    walked = Walked(case_id=row.case_id)
    journey = Journey(row, cast, now=now)
    try:
        journey.go()
    except Refused as refused:
        walked.error = f"{journey.step}: {refused}"
    except (DatabaseError, Issue.DoesNotExist, Team.DoesNotExist) as failure:
        # Only the kind of failure: a database's words may quote what the row tells.
        walked.error = f"{journey.step}: {type(failure).__name__}"
    if journey.case_id is not None:
        report.read_from(journey.case_id, walked)
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
