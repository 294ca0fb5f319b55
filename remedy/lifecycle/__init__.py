"""The only writers of remedies; called by `grievance.lifecycle` alone, inside its transaction.

They return what changed. They know no case: texts come sealed, actors as plain ids, time as `at`.
"""

from remedy.lifecycle.assess import (
    ContributionUnclear,
    DiffersWithoutReason,
    MoreThanAHundred,
    NotThisMatter,
    add_element,
    determine,
    judge_element,
    rate,
    rule_out_restitution,
    set_share,
)
from remedy.lifecycle.choosing import UnknownChoice
from remedy.lifecycle.collective import (
    BodyOrReason,
    NotCollective,
    note_collective_verdict,
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
    LooksLikeAGesture,
    NothingToOffer,
    RestitutionNotConsidered,
    SayWhatInstead,
    TooLateToGoBack,
    answer_measure,
    make_offer,
    want_at_once,
)
from remedy.lifecycle.opening import open_remediation
from remedy.lifecycle.pay import (
    NotAHundred,
    TwiceTheSame,
    WhatWasTried,
    share_the_cost,
    trace,
)
from remedy.lifecycle.plan import (
    DueInThePast,
    ExitNeedsImpact,
    NoElement,
    Planned,
    StepNotOpen,
    add_leverage,
    add_measure,
    drop_measure,
    settle_leverage,
)
from remedy.lifecycle.systemic import (
    TooEarlyToTell,
    check_systemic,
    do_systemic,
    follow_up,
    plan_systemic,
    say_if_it_lasts,
)

__all__ = [
    "BodyOrReason",
    "ContributionUnclear",
    "DiffersWithoutReason",
    "DueInThePast",
    "ExitNeedsImpact",
    "LooksLikeAGesture",
    "MoreThanAHundred",
    "NoElement",
    "NotAHundred",
    "NotCollective",
    "NotThisMatter",
    "NothingToOffer",
    "OwnDelivery",
    "Planned",
    "RestitutionNotConsidered",
    "SayWhatInstead",
    "StepNotOpen",
    "TooEarlyToTell",
    "TooLateToGoBack",
    "TwiceTheSame",
    "UnknownChoice",
    "WhatWasTried",
    "add_element",
    "add_leverage",
    "add_measure",
    "answer_measure",
    "check_systemic",
    "deliver",
    "determine",
    "do_systemic",
    "drop_measure",
    "follow_up",
    "give_verdict",
    "judge_element",
    "make_offer",
    "note_collective_verdict",
    "open_remediation",
    "plan_systemic",
    "rate",
    "rule_out_restitution",
    "say_if_it_lasts",
    "say_of_delivery",
    "send_back",
    "set_share",
    "settle_leverage",
    "share_the_cost",
    "trace",
    "verify",
    "want_at_once",
]
