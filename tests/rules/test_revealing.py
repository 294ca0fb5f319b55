"""A net for slips: the address, the name in it, and the case's own name are caught in a text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grievance.revealing import fingerprint, reveals

CASE = "R-7KQ4M"
ADDRESS = "amina.goldammer@example.net"


@pytest.mark.parametrize(
    "text",
    [
        "Write to AMINA.Goldammer@example.net.",
        "Goldammer, Amina was there.",
        "Frau Goldammer; her first name is amina!",
        "It is case r-7kq4m.",
    ],
)
def test_what_shows_who_it_is_is_caught(text: str) -> None:
    assert reveals(text, address=ADDRESS, reference=CASE)


@pytest.mark.parametrize(
    "text", ["Amina alone says nothing.", "A goldammer sang.", "", "Nobody is named."]
)
def test_a_part_of_a_name_is_for_the_writer_to_judge(text: str) -> None:
    assert not reveals(text, address=ADDRESS, reference=CASE)


def test_a_short_word_before_the_at_is_nobodys_name() -> None:
    assert not reveals("For info only.", address="info@example.net", reference=CASE)
    assert reveals("Ask goldammer.", address="goldammer@example.net", reference=CASE)


@given(st.text(), st.text(max_size=20))
def test_without_an_address_only_the_case_is_looked_for(text: str, other: str) -> None:
    assert reveals(text, address="", reference=CASE) == (CASE.casefold() in text.casefold())
    assert reveals(f"{text}{CASE}{other}", address=other, reference=CASE)


@given(st.text(), st.text())
def test_a_fingerprint_belongs_to_one_text(one: str, other: str) -> None:
    assert (fingerprint(one) == fingerprint(other)) == (one == other)
