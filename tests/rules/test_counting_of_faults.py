"""The count at the end of a fault run notices what is broken: each promise is broken on purpose.

A run in which nothing is lost proves something only if a loss would have been seen.
"""

from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.faults import plan
from tests.faults.counting import TAIL, judge
from tests.faults.crowd import Person, Said
from tests.faults.facts import Seen, Stored, StoredCase, StoredEvent, StoredNotice
from tests.faults.house import Blow
from tests.faults.mail import Taken
from tests.faults.plan import Target
from tests.faults.staff import Press

KILLS = 40
TAKEN_AT = 1000.0


def a_run() -> tuple[Seen, Stored]:
    """A run in which two people wrote, one was answered, and one case went up a level."""
    people = [
        Person(1, "en", "They filmed us.", "one@people.example", key="1"),
        Person(2, "fr", "They sold it.", "", key="2", said=[Said("More.", shown=True)]),
        Person(3, "en", "Nobody saw this receipt.", "three@people.example"),
    ]
    cases = [
        StoredCase(11, "screening", "They filmed us.", "hall 1", "wish 1", "one@people.example",
                   [], ["scope_decision"], 2, True, True),
        StoredCase(12, "received", "They sold it.", "hall 2", "wish 2", "",
                   ["More."], ["acknowledge"], 1, True, True),
    ]  # fmt: skip
    step = {"clock_id": 5, "level": 1, "told": [7]}
    events = [
        StoredEvent("a", 11, "submit", {}),
        StoredEvent("b", 11, "acknowledge", {}),
        StoredEvent("c", 12, "submit", {}),
        StoredEvent("d", 12, "write_back", {}),
        StoredEvent("e", 12, "escalate", step, step=3),
    ]
    notices = [
        _notice(1, "received", "complainant", 21, "11", "one@people.example"),
        _notice(2, "acknowledged", "complainant", 21, "11", "one@people.example"),
        _notice(3, "late", "staff", 7, "12", "dana@example.org"),
    ]
    seen = Seen(
        people=people,
        presses=[Press(11, "acknowledge", confirmed=True)],
        taken=[Taken(TAKEN_AT - 0.1, TAKEN_AT, one.to, one.text) for one in notices],
    )
    stored = Stored(
        cases=cases,
        opens={1: 11, 2: 12},
        events=events,
        notices=notices,
        versions=dict.fromkeys("abcde", 1),
        data_keys=4,
    )
    return seen, stored


def _notice(number: int, name: str, kind: str, who: int, about: str, to: str) -> StoredNotice:
    return StoredNotice(number, name, kind, who, about, "sent", 1, to, f"words of {name}")


def _a_minute_later(letter: Taken) -> Taken:
    return replace(letter, begun=TAKEN_AT + 60, taken=TAKEN_AT + 60)


def _drop_case(seen: Seen, stored: Stored) -> None:
    stored.cases.pop()
    stored.data_keys = 2


def _double_case(seen: Seen, stored: Stored) -> None:
    stored.cases.append(replace(stored.cases[0], id=13))
    stored.data_keys = 6


def _keep_half_a_case(seen: Seen, stored: Stored) -> None:
    stored.data_keys += 1


def _change_words(seen: Seen, stored: Stored) -> None:
    stored.cases[0].words = "They filmed"


def _lose_the_address(seen: Seen, stored: Stored) -> None:
    stored.cases[0].email = ""


def _shut_the_key(seen: Seen, stored: Stored) -> None:
    stored.opens[1] = None


def _swap_the_keys(seen: Seen, stored: Stored) -> None:
    stored.opens = {1: 12, 2: 11}


def _lose_a_message(seen: Seen, stored: Stored) -> None:
    stored.cases[1].said.clear()


def _stop_the_clock(seen: Seen, stored: Stored) -> None:
    stored.cases[1].running.clear()


def _misdate_the_case(seen: Seen, stored: Stored) -> None:
    stored.cases[1].summed_up = False


def _lose_a_press(seen: Seen, stored: Stored) -> None:
    seen.presses.append(Press(12, "acknowledge", confirmed=True))


def _press_too_often(seen: Seen, stored: Stored) -> None:
    stored.events.append(StoredEvent("f", 11, "acknowledge", {}))
    stored.versions["f"] = 1


def _lose_history(seen: Seen, stored: Stored) -> None:
    del stored.versions["b"]


def _lose_an_event(seen: Seen, stored: Stored) -> None:
    stored.events = [event for event in stored.events if event.id != "d"]


def _write_past_history(seen: Seen, stored: Stored) -> None:
    stored.unlike_last_version.append("grievance.Clock 5")


def _break_the_story(seen: Seen, stored: Stored) -> None:
    stored.cases[0].story_holds = False


def _delete_from_the_outbox(seen: Seen, stored: Stored) -> None:
    stored.notices.pop(0)
    seen.taken.pop(0)


def _queue_twice(seen: Seen, stored: Stored) -> None:
    stored.notices.append(replace(stored.notices[0], id=9))
    seen.taken.append(seen.taken[0])


def _mark_sent_what_was_not(seen: Seen, stored: Stored) -> None:
    seen.taken.pop()


def _leave_one_sending(seen: Seen, stored: Stored) -> None:
    stored.notices[1].status = "sending"
    seen.taken.pop(1)


def _leave_one_given_up(seen: Seen, stored: Stored) -> None:
    stored.notices[1].status = "given_up"
    seen.taken.pop(1)


def _send_twice_for_no_reason(seen: Seen, stored: Stored) -> None:
    seen.taken.append(_a_minute_later(seen.taken[0]))
    seen.blows += [Blow(TAKEN_AT + TAIL + 0.1, Target.WORKER), Blow(TAKEN_AT + 60, Target.WORKER)]


def _send_twice_around_a_harmless_kill(seen: Seen, stored: Stored) -> None:
    seen.taken.append(_a_minute_later(seen.taken[0]))
    seen.blows.append(Blow(TAKEN_AT, Target.WEB_MASTER))


def _send_what_nobody_owes(seen: Seen, stored: Stored) -> None:
    seen.taken.append(Taken(TAKEN_AT, TAKEN_AT, "stranger@people.example", "words"))


def _escalate_twice(seen: Seen, stored: Stored) -> None:
    again = replace(stored.events[-1], id="f")
    stored.events.append(again)
    stored.versions["f"] = 1
    stored.notices.append(_notice(4, "late", "staff", 7, "12", "dana@example.org"))
    seen.taken.append(replace(seen.taken[2]))


def _forget_a_clock(seen: Seen, stored: Stored) -> None:
    stored.overdue_looks.append(5)


BROKEN: list[tuple[Callable[[Seen, Stored], None], str]] = [
    (_drop_case, "acknowledged and is not there"),
    (_double_case, "became 2 cases"),
    (_keep_half_a_case, "data keys"),
    (_change_words, "words that nobody wrote"),
    (_lose_the_address, "not as it was told"),
    (_shut_the_key, "does not open it"),
    (_swap_the_keys, "does not open it"),
    (_lose_a_message, "shown as sent and is not there"),
    (_stop_the_clock, "does not run"),
    (_misdate_the_case, "due moment and level"),
    (_lose_a_press, "confirmed 1, done 0"),
    (_press_too_often, "pressed 1, confirmed 1, done 2"),
    (_lose_history, "1 events have no history"),
    (_lose_an_event, "1 acts have history and no event"),
    (_write_past_history, "differs from the last entry"),
    (_break_the_story, "do not lead to its status"),
    (_delete_from_the_outbox, "owes 1 of received"),
    (_queue_twice, "2 are queued"),
    (_mark_sent_what_was_not, "never reached the mail server"),
    (_leave_one_sending, "still stands in 'sending'"),
    (_leave_one_given_up, "given up and stayed so"),
    (_send_twice_for_no_reason, "outside every declared window"),
    (_send_twice_around_a_harmless_kill, "outside every declared window"),
    (_send_what_nobody_owes, "outside every declared window"),
    (_escalate_twice, "step 3 was done 2 times"),
    (_forget_a_clock, "nobody looked at it"),
]


def test_a_run_in_which_all_is_well_has_no_violation() -> None:
    seen, stored = a_run()
    verdict = judge(seen, stored)
    assert verdict.violations == []
    assert verdict.counts["receipts seen, case there once and whole"] == 2
    assert verdict.counts["without a receipt"] == 1


@pytest.mark.parametrize(
    ("break_it", "sentence"), BROKEN, ids=[one.__name__.strip("_") for one, _ in BROKEN]
)
def test_every_broken_promise_is_seen(
    break_it: Callable[[Seen, Stored], None], sentence: str
) -> None:
    seen, stored = a_run()
    break_it(seen, stored)
    assert [one for one in judge(seen, stored).violations if sentence in one]


def test_a_letter_taken_twice_is_excused_and_counted_only_around_a_kill_of_its_sender() -> None:
    seen, stored = a_run()
    seen.taken.append(_a_minute_later(seen.taken[0]))
    seen.blows.append(Blow(TAKEN_AT + 0.2, Target.WORKER))
    verdict = judge(seen, stored)
    assert verdict.violations == []
    assert verdict.counts["taken twice around a kill"] == 1


def test_a_letter_whose_reply_was_lost_may_come_twice_and_is_counted() -> None:
    seen, stored = a_run()
    seen.taken[0] = replace(seen.taken[0], reply_lost=True)
    seen.taken.append(replace(_a_minute_later(seen.taken[0]), reply_lost=False))
    verdict = judge(seen, stored)
    assert verdict.violations == []
    assert verdict.counts["taken twice because the reply was lost"] == 1


def test_a_case_without_a_receipt_may_be_there_or_not_and_is_counted_apart() -> None:
    seen, stored = a_run()
    stored.cases.append(
        StoredCase(14, "received", "Nobody saw this receipt.", "", "", "", [], ["acknowledge"],
                   1, True, True)
    )  # fmt: skip
    stored.events.append(StoredEvent("g", 14, "submit", {}))
    stored.versions["g"], stored.data_keys = 1, 6
    verdict = judge(seen, stored)
    assert verdict.violations == []
    assert verdict.counts["without a receipt, stored all the same"] == 1


def test_the_same_seed_draws_the_same_faults_and_exactly_as_many_as_asked() -> None:
    drawn = plan.make(7, submissions=500, kills=KILLS)
    assert drawn == plan.make(7, submissions=500, kills=KILLS)
    assert drawn != plan.make(8, submissions=500, kills=KILLS)
    assert drawn.kills.total() == KILLS
    assert set(drawn.kills) == set(Target)
