"""Compares what was seen with what is stored, promise by promise. Pure; finds its own faults.

Each function adds to the counts and yields a sentence for everything that is not as promised.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from tests.faults.crowd import Said
from tests.faults.facts import Seen, Stored, StoredCase, StoredEvent, StoredNotice
from tests.faults.mail import Taken
from tests.faults.plan import Target

LEAD = 0.5
"""Seconds before the SMTP dialogue in which a message is already claimed: its address is read."""
TAIL = 1.5
"""Seconds after the mail server took a letter in which the worker may not have noted it yet."""
_MAY_DOUBLE = {Target.WORKER, Target.WORKER_CHILD, Target.POSTGRES, Target.DELIVERY}

OWED_TO_PERSON = {
    "submit": "received",
    "acknowledge": "acknowledged",
    "take_up": "taken_up",
    "ask_person": "question",
    "write_to_person": "message",
    "escalate": "delayed",
}
"""Which verbs owe the person a letter, where they gave an address. Written down here a second
time, on purpose: the harness must not ask the code under test what is owed."""
OWED_TO_STAFF = {"remind": "reminder", "escalate": "late"}
HIGHEST_LEVEL = 3
_STEPS = ("announce", "remind", "escalate")
_FIRST_CLOCK = {"received": "acknowledge", "screening": "scope_decision"}


@dataclass(slots=True)
class Verdict:
    """What was counted, and what was not as promised."""

    counts: Counter[str] = field(default_factory=Counter)
    violations: list[str] = field(default_factory=list)


def judge(seen: Seen, stored: Stored) -> Verdict:
    """Count everything."""
    verdict = Verdict()
    for check in (_grievances, _wholes, _desk, _records, _owed, _letters, _escalations):
        verdict.violations += check(seen, stored, verdict.counts)
    return verdict


def _by_person(stored: Stored, seen: Seen) -> dict[int, list[StoredCase]]:
    numbers = {who.words: who.number for who in seen.people}
    found = defaultdict(list)
    for case in stored.cases:
        found[numbers.get(case.words, 0)].append(case)
    return found


def _grievances(seen: Seen, stored: Stored, counts: Counter[str]) -> Iterator[str]:
    """Whoever saw a receipt has one case, whole, and the key opens it."""
    found = _by_person(stored, seen)
    counts["grievances begun"] = len(seen.people)
    counts["cases stored"] = len(stored.cases)
    if strangers := found.pop(0, []):
        yield f"{len(strangers)} cases hold words that nobody wrote."
    for who in seen.people:
        cases = found[who.number]
        counts["broken answers that people met"] += who.breaks
        if len(cases) > 1:
            yield f"Grievance {who.number} became {len(cases)} cases."
        if not who.key:
            counts["without a receipt"] += 1
            counts["without a receipt, stored all the same"] += len(cases)
            continue
        counts["receipts seen"] += 1
        if not cases:
            yield f"Grievance {who.number} was acknowledged and is not there."
            continue
        case = cases[0]
        counts["receipts seen, case there once and whole"] += 1
        if stored.opens.get(who.number) != case.id:
            yield f"The key of grievance {who.number} does not open it."
        told = (case.email, case.chain_note, case.remedy_note)
        if told != (who.email, f"hall {who.number}", f"wish {who.number}"):
            yield f"Grievance {who.number} is not as it was told."
        yield from _messages(who.said, case, counts)
        if who.refusals:
            yield f"Person {who.number} was refused although nothing was wrong."


def _messages(said: list[Said], case: StoredCase, counts: Counter[str]) -> Iterator[str]:
    for message in said:
        copies = case.said.count(message.words)
        counts["messages written later"] += 1
        counts["messages shown to their writer"] += message.shown
        counts["messages stored twice after a second press"] += copies > 1
        if message.shown and not copies:
            yield f"A message on case {case.id} was shown as sent and is not there."


def _wholes(seen: Seen, stored: Stored, counts: Counter[str]) -> Iterator[str]:
    """No half cases: data keys, clocks and the first event are there with each."""
    if stored.data_keys != 2 * len(stored.cases):
        yield f"{len(stored.cases)} cases have {stored.data_keys} data keys."
    begun = Counter(event.case for event in stored.events if event.verb == "submit")
    for case in stored.cases:
        if begun[case.id] != 1:
            yield f"Case {case.id} was submitted {begun[case.id]} times."
        if not case.clocks:
            yield f"Case {case.id} has no clock."
        wanted = _FIRST_CLOCK.get(case.status)
        if wanted and wanted not in case.running:
            yield f"Case {case.id} is {case.status} and its clock {wanted} does not run."
        if case.status != "received" and "acknowledge" in case.running:
            yield f"Case {case.id} is {case.status} and still waits for its first answer."
        if not case.summed_up:
            yield f"Case {case.id} does not show the due moment and level of its clocks."


def _desk(seen: Seen, stored: Stored, counts: Counter[str]) -> Iterator[str]:
    """What the desk confirmed happened, and nothing happened more often than it was pressed."""
    done = Counter((event.case, event.verb) for event in stored.events)
    pressed = Counter((press.case, press.verb) for press in seen.presses)
    confirmed = Counter((press.case, press.verb) for press in seen.presses if press.confirmed)
    counts["presses at the desk"] = sum(pressed.values())
    counts["presses confirmed"] = sum(confirmed.values())
    for (case, verb), times in pressed.items():
        if not confirmed[case, verb] <= done[case, verb] <= times:
            yield (
                f"{verb} on case {case}: pressed {times}, confirmed {confirmed[case, verb]}, "
                f"done {done[case, verb]}."
            )


def _records(seen: Seen, stored: Stored, counts: Counter[str]) -> Iterator[str]:
    """Events, history and rows tell the same."""
    counts["events"] = len(stored.events)
    counts["history rows"] = sum(stored.versions.values())
    events = {event.id for event in stored.events}
    if bare := events - set(stored.versions):
        yield f"{len(bare)} events have no history."
    if untold := set(stored.versions) - events:
        yield f"{len(untold)} acts have history and no event."
    for row in stored.unlike_last_version:
        yield f"{row} differs from the last entry of its history."
    for case in stored.cases:
        if not case.story_holds:
            yield f"The events of case {case.id} do not lead to its status."


def _owed(seen: Seen, stored: Stored, counts: Counter[str]) -> Iterator[str]:
    """Each event has put the letters into the outbox that it owes, once."""
    owed: Counter[tuple[str, str, str, int]] = Counter()
    reachable = {case.id for case in stored.cases if case.email}
    for event in stored.events:
        notice = OWED_TO_PERSON.get(event.verb)
        if notice and event.case in reachable:
            owed[str(event.case), notice, "complainant", 0] += 1
        if event.verb in OWED_TO_STAFF:
            for user in event.data.get("told", ()):
                owed[str(event.case), OWED_TO_STAFF[event.verb], "staff", user] += 1
    notices = {notice for _case, notice, _kind, _user in owed}
    queued = Counter(
        (row.about, row.notice, row.kind, row.recipient if row.kind == "staff" else 0)
        for row in stored.notices
        if row.notice in notices
    )
    counts["notices owed by events"] = sum(owed.values())
    counts["notices queued"] = len(stored.notices)
    for key in owed | queued:
        if owed[key] != queued[key]:
            case, notice, kind, _user = key
            yield f"Case {case} owes {owed[key]} of {notice} to {kind}; {queued[key]} are queued."


def _letters(seen: Seen, stored: Stored, counts: Counter[str]) -> Iterator[str]:
    """Every notice was taken at least once, and again only around a crash."""
    for row in stored.notices:
        counts[f"notices {row.status}"] += 1
        if row.status in ("queued", "sending"):
            yield f"Notice {row.id} ({row.notice}) still stands in {row.status!r}."
        if row.status == "given_up":
            yield f"Notice {row.id} ({row.notice}) was given up and stayed so."
        if row.status == "not_needed":
            yield f"Notice {row.id} ({row.notice}) found nobody to tell."
    rows, letters = defaultdict(list), defaultdict(list)
    for row in stored.notices:
        if row.status == "sent":
            rows[row.to, row.text].append(row)
    for letter in seen.taken:
        letters[letter.to, letter.text].append(letter)
    counts["letters taken by the mail server"] = len(seen.taken)
    for key in rows.keys() | letters.keys():
        yield from _compare(rows[key], letters[key], seen, counts)


def _compare(
    rows: list[StoredNotice], letters: list[Taken], seen: Seen, counts: Counter[str]
) -> Iterator[str]:
    surplus = len(letters) - len(rows)
    if surplus < 0:
        yield f"{-surplus} of {len(rows)} notices ({rows[0].notice}) never reached the mail server."
    if surplus <= 0:
        return
    counts["letters taken twice"] += surplus
    # The last copy excuses none before it.
    earlier = sorted(letters, key=lambda letter: letter.taken)[:-1]
    lost = sum(letter.reply_lost for letter in earlier)
    crashed = sum(not letter.reply_lost and _in_a_crash(letter, seen) for letter in earlier)
    counts["taken twice because the reply was lost"] += min(surplus, lost)
    counts["taken twice around a kill"] += max(0, min(surplus - lost, crashed))
    if surplus > lost + crashed or not rows:
        name = rows[0].notice if rows else "something never queued"
        yield f"{name} was taken {surplus} times too often, outside every declared window."


def _in_a_crash(letter: Taken, seen: Seen) -> bool:
    return any(
        letter.begun - LEAD <= blow.at <= letter.taken + TAIL
        for blow in seen.blows
        if blow.target in _MAY_DOUBLE
    )


def declared_seconds(seen: Seen) -> float:
    """How many seconds lie so close to a kill that a letter taken then may be taken again."""
    moments = sorted(blow.at for blow in seen.blows if blow.target in _MAY_DOUBLE)
    covered, until = 0.0, 0.0
    for moment in moments:
        begin, end = max(until, moment - TAIL), moment + LEAD
        covered, until = covered + max(0.0, end - begin), max(until, end)
    return covered


def _escalations(seen: Seen, stored: Stored, counts: Counter[str]) -> Iterator[str]:
    """Each step of each clock was done once, one after the other; none that was due is left.

    The highest level hears again every week, so there a step is known by its number.
    """
    done: defaultdict[int, list[StoredEvent]] = defaultdict(list)
    for event in stored.events:
        if event.verb in _STEPS:
            done[event.data["clock_id"]].append(event)
            counts[f"steps of clocks: {event.verb}"] += 1
            counts[f"steps of clocks: {event.verb} at level {event.data['level']}"] += 1
    for clock, events in done.items():
        for step, times in Counter(event.step for event in events).items():
            if times > 1 or step is None:
                yield f"Clock {clock}: step {step} was done {times} times."
        for (verb, level), times in Counter((e.verb, e.data["level"]) for e in events).items():
            if times > 1 and level < HIGHEST_LEVEL:
                yield f"Clock {clock}: {verb} at level {level} was done {times} times."
    for clock in stored.overdue_looks:
        yield f"Clock {clock} was due at the last sweep and nobody looked at it."
