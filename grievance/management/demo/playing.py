"""Plays the stories of the demonstration through the real verbs, with past moments.

While a story goes on, its clocks run as they would have: reminders and escalations are done at
their own moments by the same verb that the sweep calls.
"""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from core.actors import Actor, ActorKind
from grievance import lifecycle
from grievance.management.demo import playing_referrals, playing_remedies
from grievance.management.demo.papers import drawn
from grievance.management.demo.telling import Step, Story
from grievance.management.people import actor_of
from grievance.models import Clock
from grievance.states import Verb
from stakeholders.models import Issue, Mechanism, User
from stakeholders.roles import Role


class Stage:
    """Where stories are played: with these people, up to this moment."""

    def __init__(self, people: Mapping[Role, User], *, now: datetime) -> None:
        self._people = people
        self._now = now

    def play(self, story: Story) -> str:
        """Play one story and return the case key. Raises what the verbs raise."""
        received = self._now - story.ago
        submitted = lifecycle.submit(story.account, at=received, files=drawn(story.files))
        for step in story.steps:
            at = received + timedelta(days=step.day)
            self._let_time_pass(submitted.case_id, until=at)
            if step.verb in _DO:
                _DO[step.verb](self, submitted.case_id, step, at)
            else:
                by = self.actor(step) if step.by is not None else None
                elsewhere = (
                    playing_referrals if playing_referrals.plays(step.verb) else playing_remedies
                )
                elsewhere.play(submitted.case_id, step, at, by)
        self._let_time_pass(submitted.case_id, until=self._now)
        return submitted.access_key

    def actor(self, step: Step) -> Actor:
        """Return who does this step; only for steps of the staff and of a supplier."""
        if step.by is None:
            raise ValueError(f"Nobody is named for {step.verb}.")
        if step.by is Role.SUPPLIER_LIAISON:
            return Actor(ActorKind.LIAISON, self._people[step.by].pk)
        return actor_of(self._people[step.by])

    def handler_id(self) -> int:
        """Return the account's id of the case handler."""
        return int(self._people[Role.CASE_HANDLER].pk)

    def _let_time_pass(self, case_id: int, *, until: datetime) -> None:
        """Do what the sweep would have done for this case, each step at its own moment."""
        waiting = Clock.objects.filter(case_id=case_id, next_look_at__lte=until)
        while clock := waiting.order_by("next_look_at", "pk").first():
            lifecycle.look_at_clock(clock.pk, at=clock.next_look_at or until)


def _acknowledge(stage: Stage, case_id: int, step: Step, at: datetime) -> None:
    lifecycle.acknowledge(case_id, by=stage.actor(step), at=at, message=step.words)


def _take_up(stage: Stage, case_id: int, step: Step, at: datetime) -> None:
    issue = Issue.objects.get(code=step.code)
    lifecycle.take_up(
        case_id,
        by=stage.actor(step),
        at=at,
        issue_id=issue.pk,
        team_id=issue.default_team_id,
        handler_id=stage.handler_id(),
    )


def _propose(stage: Stage, case_id: int, step: Step, at: datetime) -> None:
    places = Mechanism.objects.filter(code__in=step.places).values_list("pk", flat=True)
    lifecycle.propose_out_of_scope(
        case_id,
        by=stage.actor(step),
        at=at,
        reason=step.code,
        explanation=step.words,
        mechanism_ids=list(places),
    )


def _confirm(stage: Stage, case_id: int, step: Step, at: datetime) -> None:
    lifecycle.confirm_out_of_scope(case_id, by=stage.actor(step), at=at)


def _reject(stage: Stage, case_id: int, step: Step, at: datetime) -> None:
    lifecycle.reject_out_of_scope(case_id, by=stage.actor(step), at=at, note=step.words)


def _ask(stage: Stage, case_id: int, step: Step, at: datetime) -> None:
    lifecycle.ask_person(case_id, by=stage.actor(step), at=at, body=step.words)


def _write(stage: Stage, case_id: int, step: Step, at: datetime) -> None:
    lifecycle.write_to_person(
        case_id, by=stage.actor(step), at=at, body=step.words, files=drawn(step.files)
    )


def _tell_plan(stage: Stage, case_id: int, step: Step, at: datetime) -> None:
    lifecycle.tell_plan(case_id, by=stage.actor(step), at=at, body=step.words)


def _write_back(stage: Stage, case_id: int, step: Step, at: datetime) -> None:
    lifecycle.write_back(case_id, at=at, body=step.words, files=drawn(step.files))


def _withdraw(stage: Stage, case_id: int, step: Step, at: datetime) -> None:
    lifecycle.withdraw(case_id, at=at, pressured=step.code, reason=step.words)


def _mark_urgent(stage: Stage, case_id: int, step: Step, at: datetime) -> None:
    lifecycle.mark_urgent(case_id, by=stage.actor(step), at=at, reason_code=step.code)
    # Whoever marks it in these stories has looked at the danger.
    lifecycle.see_danger(case_id, by=stage.actor(step), at=at)


def _name(stage: Stage, case_id: int, step: Step, at: datetime) -> None:
    lifecycle.name_case(case_id, by=stage.actor(step), at=at, title=step.words)


_DO: Mapping[Verb, Callable[[Stage, int, Step, datetime], None]] = {
    Verb.ACKNOWLEDGE: _acknowledge,
    Verb.TAKE_UP: _take_up,
    Verb.PROPOSE_OUT_OF_SCOPE: _propose,
    Verb.CONFIRM_OUT_OF_SCOPE: _confirm,
    Verb.REJECT_OUT_OF_SCOPE: _reject,
    Verb.ASK_PERSON: _ask,
    Verb.WRITE_TO_PERSON: _write,
    Verb.TELL_PLAN: _tell_plan,
    Verb.WRITE_BACK: _write_back,
    Verb.WITHDRAW: _withdraw,
    Verb.MARK_URGENT: _mark_urgent,
    Verb.NAME_CASE: _name,
}
