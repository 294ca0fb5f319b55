"""The only writers of remedies; called by `grievance.lifecycle` alone, inside its transaction.

They return what changed. They know no case: texts come sealed, actors as plain ids, time as `at`.
"""

from remedy.lifecycle.assess import (
    DiffersWithoutReason,
    MoreThanAHundred,
    NotThisMatter,
    UnknownChoice,
    add_element,
    determine,
    judge_element,
    rate,
    set_share,
)
from remedy.lifecycle.deliver import (
    OwnDelivery,
    deliver,
    give_verdict,
    say_of_delivery,
    send_back,
    verify,
)
from remedy.lifecycle.offer import (
    NothingToOffer,
    SayWhatInstead,
    TooLateToGoBack,
    answer_measure,
    make_offer,
    want_at_once,
)
from remedy.lifecycle.opening import open_remediation
from remedy.lifecycle.plan import (
    DueInThePast,
    ExitNeedsImpact,
    NoElement,
    StepNotOpen,
    add_leverage,
    add_measure,
    drop_measure,
    settle_leverage,
)

__all__ = [
    "DiffersWithoutReason",
    "DueInThePast",
    "ExitNeedsImpact",
    "MoreThanAHundred",
    "NoElement",
    "NotThisMatter",
    "NothingToOffer",
    "OwnDelivery",
    "SayWhatInstead",
    "StepNotOpen",
    "TooLateToGoBack",
    "UnknownChoice",
    "add_element",
    "add_leverage",
    "add_measure",
    "answer_measure",
    "deliver",
    "determine",
    "drop_measure",
    "give_verdict",
    "judge_element",
    "make_offer",
    "open_remediation",
    "rate",
    "say_of_delivery",
    "send_back",
    "set_share",
    "settle_leverage",
    "verify",
    "want_at_once",
]
