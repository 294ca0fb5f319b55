"""The table of referrals: every state, every move, every actor, for organisations and bodies."""

from itertools import product

import pytest

from core.actors import ActorKind
from grievance.referral_states import (
    AWAITED,
    MOVES,
    NOT_SENT,
    OPEN,
    WITH_THEM,
    Recipient,
    ReferralMove,
    ReferralState,
    after,
    moves_open,
)

S, M, ORGANISATION, BODY = ReferralState, ReferralMove, Recipient.ORGANISATION, Recipient.BODY
PERSON, STAFF = ActorKind.COMPLAINANT, ActorKind.STAFF
LIAISON, SYSTEM = ActorKind.LIAISON, ActorKind.SYSTEM

# One line for each way that is open; whatever is not here is closed. "*" is every actor but
# liaisons. Organisation and body, in this order: who may do it, or a dash.
TABLE = """
proposed      agree        consented     person        person
proposed      refuse       revoked       person        person
proposed      take_back    returned      staff         staff
proposed      case_ends    returned      *             *
proposed      person_ends  returned      *             *
consented     send         sent          staff         staff
consented     take_back    returned      staff         staff
consented     revoke       revoked       person        person
consented     expire       returned      system        system
consented     case_ends    returned      *             *
consented     person_ends  returned      *             *
sent          acknowledge  acknowledged  liaison       staff
sent          step         in_progress   liaison       staff
sent          answer       answered      liaison       staff
sent          hand_back    declined      liaison       staff
sent          take_back    returned      staff         staff
sent          revoke       revoked       person        person
sent          run_out      returned      system        -
sent          expire       returned      system        -
sent          case_ends    returned      *             -
sent          person_ends  returned      *             -
acknowledged  step         in_progress   liaison       staff
acknowledged  answer       answered      liaison       staff
acknowledged  hand_back    declined      liaison       staff
acknowledged  take_back    returned      staff         staff
acknowledged  revoke       revoked       person        person
acknowledged  run_out      returned      system        -
acknowledged  expire       returned      system        -
acknowledged  case_ends    returned      *             -
acknowledged  person_ends  returned      *             -
in_progress   step         in_progress   liaison       staff
in_progress   answer       answered      liaison       staff
in_progress   hand_back    declined      liaison       staff
in_progress   take_back    returned      staff         staff
in_progress   revoke       revoked       person        person
in_progress   run_out      returned      system        -
in_progress   expire       returned      system        -
in_progress   case_ends    returned      *             -
in_progress   person_ends  returned      *             -
answered      take_back    returned      staff         staff
answered      revoke       revoked       person        person
answered      expire       returned      system        -
answered      person_ends  returned      *             -
"""

WHO = {
    "person": {PERSON},
    "staff": {STAFF},
    "liaison": {LIAISON},
    "system": {SYSTEM},
    "*": {PERSON, STAFF, SYSTEM},
    "-": set(),
}


def written() -> dict[tuple[str, str, Recipient, ActorKind], str]:
    ways = {}
    for line in TABLE.strip().splitlines():
        state, move, leads_to, organisation, body = line.split()
        for to, who in ((ORGANISATION, organisation), (BODY, body)):
            for actor in WHO[who]:
                ways[state, move, to, actor] = leads_to
    return ways


def test_every_state_move_and_actor_is_as_the_table_says() -> None:
    ways = written()
    wrong = []
    for state, move, to, by in product(S, M, Recipient, ActorKind):
        expected = ways.get((state.value, move.value, to, by))
        if after(state, move, to=to, by=by) != expected:
            wrong.append((state, move, to, by, expected))
    assert wrong == []
    assert {move.value for move in M} == {line.split()[1] for line in TABLE.strip().splitlines()}


@pytest.mark.parametrize("to", Recipient)
def test_nothing_is_sent_that_nobody_agreed_to(to: Recipient) -> None:
    """Every way from the proposal to a reader leads over the person's own yes."""
    reached, edge = {S.PROPOSED}, {S.PROPOSED}
    while edge:
        edge = {
            leads_to
            for state, move, by in product(edge, set(M) - {M.AGREE}, ActorKind)
            if (leads_to := after(state, move, to=to, by=by)) is not None
        } - reached
        reached |= edge
    assert not reached & (WITH_THEM | {S.DECLINED})
    assert after(S.PROPOSED, M.AGREE, to=to, by=PERSON) is S.CONSENTED
    assert MOVES[M.AGREE].by == {PERSON}


@pytest.mark.parametrize("to", Recipient)
def test_the_person_can_end_it_wherever_it_lies(to: Recipient) -> None:
    for state in OPEN | WITH_THEM:
        assert {M.REFUSE, M.REVOKE} & set(moves_open(state, to=to, by=PERSON)), state


@pytest.mark.parametrize("to", Recipient)
def test_what_is_over_stays_over(to: Recipient) -> None:
    over = set(S) - OPEN - WITH_THEM
    assert over == {S.DECLINED, S.RETURNED, S.REVOKED}
    for state, by in product(over, ActorKind):
        assert moves_open(state, to=to, by=by) == ()


def test_a_receipt_and_a_step_end_no_waiting() -> None:
    for move in (M.ACKNOWLEDGE, M.STEP):
        assert MOVES[move].target in AWAITED
    assert not NOT_SENT & WITH_THEM
