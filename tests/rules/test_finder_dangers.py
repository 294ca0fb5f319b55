"""Countries and flags that make a route dangerous: what is known comes before what is feared."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stakeholders.finder import DANGERS, POLICE_KINDS, Matter, Pair, find
from stakeholders.finder.dangers import verdict
from stakeholders.finder.shipped import danger_pairs, directory
from stakeholders.vocabulary import CaseFlag, Harm, MechanismKind

POLICE = frozenset({MechanismKind.POLICE_PROSECUTOR.value})
LOVE, BELIEF = CaseFlag.DANGER_ORIENTATION.value, CaseFlag.DANGER_BELIEF.value
SAFE = Pair(country="IE", kinds=POLICE, flag=LOVE, dangerous=False)
HUNTED = Pair(country="UG", kinds=POLICE, flag=LOVE)
HARM = Pair(country="MM", kinds=POLICE, harm=Harm.STATE_VIOLENCE_ENABLING.value)


def police_in(matter: Matter) -> dict[str, str]:
    """Police among what is found: shown, or held back and why."""
    answer = find(directory(), matter)
    shown = {one.entry.code: "shown" for one in answer.proposals if one.entry.kind in POLICE}
    return shown | {one.entry.code: one.reason for one in answer.held if one.entry.kind in POLICE}


def wanting(country: str, *flags: str, **said: object) -> Matter:
    flagged = frozenset({CaseFlag.CONSENT_POLICE.value, *flags})
    return Matter(impact=(country,), flags=flagged, **said)  # type: ignore[arg-type]


def test_without_a_row_a_flag_counts_in_every_country() -> None:
    for country in ("IE", "UG", "BR"):
        assert set(police_in(wanting(country, LOVE)).values()) == {"danger"}


def test_a_reviewed_row_opens_the_door_for_its_flag_in_its_country_alone() -> None:
    told = {"pairs": (SAFE,)}
    assert set(police_in(wanting("IE", LOVE, **told)).values()) == {"shown"}
    assert set(police_in(wanting("UG", LOVE, **told)).values()) == {"danger"}
    assert set(police_in(wanting("IE", LOVE, BELIEF, **told)).values()) == {"danger"}
    both = replace(wanting("IE", LOVE, **told), impact=("IE", "UG"))
    assert police_in(both)["generic-police-prosecutor"] == "danger"


def test_an_opened_door_still_waits_for_the_wish_to_go_there() -> None:
    asked = Matter(impact=("IE",), flags=frozenset({LOVE}), pairs=(SAFE,))
    assert set(police_in(asked).values()) == {"police_not_wanted"}


def test_a_row_for_a_harm_holds_back_without_any_flag() -> None:
    asked = wanting("MM", harm=Harm.STATE_VIOLENCE_ENABLING.value, pairs=(HARM,))
    assert set(police_in(asked).values()) == {"danger"}
    assert set(police_in(replace(asked, danger_ok=True)).values()) == {"shown"}
    assert set(police_in(replace(asked, harm=Harm.NCII_DEEPFAKE.value)).values()) == {"shown"}


def test_one_dangerous_row_outweighs_any_number_of_safe_ones() -> None:
    asked = Matter(flags=frozenset({LOVE}))
    pairs = (SAFE, Pair(country="IE", kinds=POLICE, flag=LOVE))
    assert verdict(pairs, kind=MechanismKind.POLICE_PROSECUTOR, countries=["IE"], asked=asked)


FLAGS = st.frozensets(st.sampled_from(CaseFlag.values), max_size=4)


@settings(max_examples=40, deadline=None)
@given(FLAGS, st.sampled_from(["IE", "UG", "MM", "CN", "ZZ"]), st.sampled_from(Harm.values))
def test_the_shipped_rows_only_ever_hold_more_back(
    flags: frozenset[str], country: str, harm: str
) -> None:
    bare = Matter(impact=(country,), harm=harm, flags=flags)
    known = replace(bare, pairs=danger_pairs())
    shown = {one.entry.code for one in find(directory(), known).proposals}
    assert shown <= {one.entry.code for one in find(directory(), bare).proposals}


def test_every_shipped_row_names_a_danger_that_the_vocabulary_knows() -> None:
    assert len(danger_pairs()) > 50
    for pair in danger_pairs():
        assert bool(pair.flag) != bool(pair.harm)
        assert pair.flag in ("", *CaseFlag.values) and pair.harm in ("", *Harm.values)
        assert pair.kinds and pair.kinds <= set(MechanismKind.values)
        assert pair.dangerous, "Nothing shipped calls a route safe: nobody has reviewed one."


@pytest.mark.parametrize("flag", sorted(DANGERS))
def test_police_stays_back_for_each_flag_of_danger(flag: str) -> None:
    asked = Matter(impact=("UG",), flags=frozenset({flag, "consent_police"}), pairs=(HUNTED,))
    answer = find(directory(), asked)
    assert not [one for one in answer.proposals if one.entry.kind in POLICE_KINDS]
