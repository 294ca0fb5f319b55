"""A clock in the operator's words: as a line of text and as data. In English, like the codes."""

from collections.abc import Sequence
from datetime import datetime

from grievance.limits import DueClock, in_words
from stakeholders.vocabulary import BranchCondition, RestDayRule, StartEvent

FROM: dict[StartEvent, str] = {
    StartEvent.RECEIVED: "receipt",
    StartEvent.DAY_AFTER_RECEIVED: "the day after receipt",
    StartEvent.ACKNOWLEDGED: "acknowledgement",
    StartEvent.ACK_PERIOD_ENDED: "the end of the acknowledgement period",
    StartEvent.LAST_UPDATE_SENT: "the last update",
    StartEvent.REFERRED_TO_PARTNER: "the referral to a partner",
    StartEvent.INTERIM_REQUESTED: "the request for an interim measure",
    StartEvent.INTERIM_TAKEN: "the interim measure",
    StartEvent.FINDING_MADE: "the finding",
    StartEvent.NEXUS_PROVISIONAL: "the provisional decision on the nexus",
    StartEvent.OFFER_MADE: "the offer",
    StartEvent.DECISION_NOTIFIED: "notice of the decision",
    StartEvent.APPEAL_FILED: "the appeal",
    StartEvent.RETALIATION_REPORTED: "the report of retaliation",
    StartEvent.STATE_RESPONSE_FLAGGED: "the flag that the State may have to respond",
    StartEvent.IMPLEMENTATION_STARTED: "the start of delivery",
    StartEvent.CLOSED: "closing",
    StartEvent.RIGHTS_REQUEST_RECEIVED: "receipt of the data rights request",
    StartEvent.BREACH_KNOWN: "knowledge of the breach",
    StartEvent.INFORMATION_REQUEST_RECEIVED: "receipt of the information request",
    StartEvent.REMOVAL_REQUEST_RECEIVED: "receipt of the removal request",
    StartEvent.REMOVAL_NOTICE_GIVEN: "the removal notice",
    StartEvent.REVIEW_DONE: "the review",
    StartEvent.DOCUMENT_CREATED: "the making of the document",
    StartEvent.OUTSIDE_FILED: "filing with the other body",
    StartEvent.OUTSIDE_ACKNOWLEDGED: "the other body's confirmation",
    StartEvent.OUTSIDE_ACCEPTED: "acceptance by the other body",
    StartEvent.OUTSIDE_NOTICE: "the other body's notice",
    StartEvent.OUTSIDE_DECIDED: "the other body's decision",
    StartEvent.OUTSIDE_DECISION_PUBLISHED: "publication of the other body's decision",
    StartEvent.FINAL_DOMESTIC_DECISION: "the final decision in the country",
    StartEvent.REMEDIES_EXHAUSTED: "the end of other remedies",
    StartEvent.PLATFORM_FINAL_DECISION: "the platform's final decision",
    StartEvent.USER_REPORT: "the user's report",
    StartEvent.ASSAULT: "the assault",
}
"""What follows "3 months from …", for every start that the vocabulary knows."""


def rule_in_english(clock: DueClock) -> str:
    """Return the length and its start, such as "3 months from acknowledgement"."""
    rule = clock.rule
    told = f"{in_words(rule.value, rule.unit)} from {FROM[rule.starts_on]}"
    if clock.extended and rule.extension_value is not None and rule.extension_unit is not None:
        told += f", extended to {in_words(rule.extension_value, rule.extension_unit)} in all"
    return told


def as_data(clock: DueClock) -> dict[str, object]:
    """Return what one JSON object says of a clock; codes are those of the vocabulary."""
    rule = clock.rule
    return {
        "clock_kind": rule.clock_kind.value,
        "limit_id": rule.code,
        "regime": rule.regime.value,
        "due_at": _written(clock.due_at),
        "rule": rule_in_english(clock),
        "strictest": clock.strictest,
        "starts_at": _written(clock.starts_at),
        "longest_due_at": _written(clock.longest_at) if clock.longest_at else None,
        "only_if": clock.only_if.value if clock.only_if else None,
        "provision": rule.provision,
        "rest_day_rule": rule.rest_day_rule.value,
        "certainty": rule.certainty.value,
        "verify": rule.verify,
        "why": clock.why,
    }


def as_lines(clocks: Sequence[DueClock]) -> list[str]:
    """Return one line per clock: due, kind, length, source, and what to be careful about."""
    return [_line(clock) for clock in clocks]


def _line(clock: DueClock) -> str:
    rule = clock.rule
    mark = "*" if clock.strictest else " "
    source = f"{rule.regime.value} {rule.provision}".strip()
    parts = [rule_in_english(clock), f"{source} ({rule.code})"]
    if clock.only_if is not None:
        parts.append(f"only if {clock.only_if.value}")
    if clock.longest_at is not None and not clock.extended:
        parts.append(f"longest {_written(clock.longest_at)}")
    if clock.rolled:
        parts.append("moved from a rest day")
    elif rule.rest_day_rule == RestDayRule.UNKNOWN:
        parts.append("rest days not known, not moved")
    if clock.paused:
        parts.append("pause not counted")
    if rule.verify:
        parts.append("verify")
    return f"{_written(clock.due_at)} {mark} {rule.clock_kind.value}: {'; '.join(parts)}"


def _written(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")


CONDITIONS: tuple[str, ...] = tuple(
    condition.value
    for condition in BranchCondition
    if condition not in (BranchCondition.ACKNOWLEDGED_IN_TIME, BranchCondition.NOT_ACKNOWLEDGED)
)
"""Conditions that can be told; whether something was acknowledged in time follows from moments."""
