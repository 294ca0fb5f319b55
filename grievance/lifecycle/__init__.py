"""The story of a case told as verbs. The only module that writes cases.

A view, a button or a task makes one call here. Each verb locks, checks, saves, records the event
and queues the notices in one transaction, or raises a `Refused` with a sentence to show.
"""

from core.refusals import Refused
from grievance.lifecycle.acknowledge import acknowledge
from grievance.lifecycle.converse import ask_person, write_back, write_to_person
from grievance.lifecycle.escalate import look_at_clock
from grievance.lifecycle.manage import (
    MARKING,
    UNMARKING,
    UrgencyReason,
    assign,
    mark_urgent,
    name_case,
    unmark_urgent,
)
from grievance.lifecycle.screen import (
    HandlerUnfit,
    IssueMissing,
    MechanismUnfit,
    NoMechanism,
    SamePerson,
    confirm_out_of_scope,
    propose_out_of_scope,
    reject_out_of_scope,
    take_up,
)
from grievance.lifecycle.submit import Account, AddressMissing, Submitted, UnknownCode, submit
from grievance.lifecycle.turn import (
    LONGEST_TEXT,
    PERMISSION_FOR,
    CaseNotFound,
    EmptyText,
    MoveNotAllowed,
    NotPermitted,
    TextTooLong,
    facts_of,
    text_of,
)
from grievance.lifecycle.withdraw import withdraw

__all__ = [
    "LONGEST_TEXT",
    "MARKING",
    "PERMISSION_FOR",
    "UNMARKING",
    "Account",
    "AddressMissing",
    "CaseNotFound",
    "EmptyText",
    "HandlerUnfit",
    "IssueMissing",
    "MechanismUnfit",
    "MoveNotAllowed",
    "NoMechanism",
    "NotPermitted",
    "Refused",
    "SamePerson",
    "Submitted",
    "TextTooLong",
    "UnknownCode",
    "UrgencyReason",
    "acknowledge",
    "ask_person",
    "assign",
    "confirm_out_of_scope",
    "facts_of",
    "look_at_clock",
    "mark_urgent",
    "name_case",
    "propose_out_of_scope",
    "reject_out_of_scope",
    "submit",
    "take_up",
    "text_of",
    "unmark_urgent",
    "withdraw",
    "write_back",
    "write_to_person",
]
