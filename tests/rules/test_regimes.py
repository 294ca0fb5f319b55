"""Which laws are attached to a matter: those that bind the company, fit the place and the harm."""

import pytest

from grievance.management.time_limits import rules_of_file
from grievance.regimes import FITS, LAWS, Matter, holds_in, regimes_of
from stakeholders.vocabulary import FilerRole, Harm, Regime, ValueChainStage

ALWAYS = {Regime.PORTAL_DEFAULT}


def test_the_table_has_every_law_that_runs_a_clock_in_the_place_that_the_limits_name():
    places = {rule.regime: rule.jurisdiction for rule in rules_of_file()}
    assert {regime: fit.jurisdiction for regime, fit in FITS.items()} == places


def test_a_company_that_is_bound_by_nothing_still_keeps_its_own_promises():
    assert regimes_of(Matter(country="DE"), bound_by=frozenset()) == ALWAYS


@pytest.mark.parametrize(
    ("country", "home", "expected"),
    [
        ("DE", "", {Regime.EU_GDPR, Regime.DE_HINSCHG, Regime.EU_WHISTLEBLOWER}),
        ("NO", "", {Regime.EU_GDPR}),
        ("GB", "", {Regime.GB_DPA_COMPLAINTS}),
        ("KE", "DE", {Regime.EU_GDPR, Regime.DE_HINSCHG, Regime.EU_WHISTLEBLOWER}),
        ("KE", "KE", set()),
    ],
)
def test_the_place_of_the_harm_or_of_the_home_counts(country, home, expected):
    bound_by = frozenset(
        {Regime.EU_GDPR, Regime.DE_HINSCHG, Regime.EU_WHISTLEBLOWER, Regime.GB_DPA_COMPLAINTS}
    )
    matter = Matter(country=country, home_country=home)
    assert regimes_of(matter, bound_by=bound_by) == ALWAYS | expected


def of(*harms: Harm, role: FilerRole | None = None, stage: ValueChainStage | None = None) -> Matter:
    return Matter(
        country="DE",
        filer_role=role,
        harms=frozenset(harms),
        stage=stage or ValueChainStage.UNKNOWN,
    )


@pytest.mark.parametrize(
    ("matter", "expected"),
    [
        (of(Harm.TRACKING_PROFILING), {Regime.EU_GDPR}),
        (of(Harm.CENSORSHIP_CONTENT_REMOVAL), {Regime.EU_DSA}),
        (of(Harm.NCII_DEEPFAKE), {Regime.EU_GDPR, Regime.EU_DSA}),
        (of(Harm.WAGES_HOURS_DISMISSAL), {Regime.EU_WHISTLEBLOWER}),
        (of(Harm.LAND_DISPLACEMENT), set()),
        (of(Harm.LAND_DISPLACEMENT, role=FilerRole.WHISTLEBLOWER), {Regime.EU_WHISTLEBLOWER}),
        (
            of(Harm.LAND_DISPLACEMENT, stage=ValueChainStage.OWN_OPERATIONS_WORKPLACE),
            {Regime.EU_WHISTLEBLOWER},
        ),
    ],
)
def test_the_kind_of_harm_counts_once_it_is_known(matter, expected):
    bound_by = frozenset({Regime.EU_GDPR, Regime.EU_DSA, Regime.EU_WHISTLEBLOWER})
    assert regimes_of(matter, bound_by=bound_by) == ALWAYS | expected


@pytest.mark.parametrize("matter", [of(), of(Harm.OTHER_UNSURE), Matter()])
def test_what_is_not_known_excludes_no_law(matter):
    bound_by = frozenset({Regime.EU_GDPR, Regime.EU_DSA, Regime.EU_WHISTLEBLOWER})
    assert regimes_of(matter, bound_by=bound_by) == ALWAYS | bound_by


def test_duties_of_care_hold_for_every_matter():
    bound_by = frozenset({Regime.DE_LKSG, Regime.EU_CSDDD})
    assert regimes_of(of(Harm.LAND_DISPLACEMENT), bound_by=bound_by) == ALWAYS | bound_by


def test_no_other_regime_can_be_attached():
    assert regimes_of(Matter(), bound_by=frozenset(Regime)) == ALWAYS | LAWS


@pytest.mark.parametrize(
    ("place", "country", "holds"),
    [("EU", "FR", True), ("EU", "NO", False), ("EU|IS|LI|NO", "NO", True), ("any", "KE", True)],
)
def test_places_as_the_table_writes_them(place, country, holds):
    assert holds_in(place, country) == holds
