"""Fixtures for every test: its database, and a real browser where there is one.

PostgreSQL, Redis and the environment come from the plugin `tests.services`, which is loaded before
any settings are read.
"""

import os
import shutil
from collections.abc import Iterator
from typing import TYPE_CHECKING

import hypothesis
import pytest
from pytest_django import DjangoDbBlocker

from tests import services
from tests.browser import NARROW, a_context

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext

# A run that is to prove something draws the same examples each time: what a lucky draw finds is
# worth finding, but not in the middle of another change. `make search` draws anew, and more.
hypothesis.settings.register_profile("steady", derandomize=True, deadline=None)
hypothesis.settings.register_profile("search", max_examples=2_000, deadline=None)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))

LONG = (
    "test_nothing_is_lost_when_things_fail.py",
    "test_one_case_its_whole_life.py",
    "test_real_cases_walk.py",
    "test_nobody_is_kept_out_on_the_inside_pages.py",
    "test_the_desk_keeps_nobody_out.py",
    "test_you_can_disagree.py",
    "test_pages_work_in_a_real_browser.py",
)
"""Modules whose single tests take longest, the longest first."""

_NAMES = ("chromium", "chromium-browser", "google-chrome")


def find_chromium() -> str | None:
    """Return where a Chromium of this machine is, or None."""
    return next((path for name in _NAMES if (path := shutil.which(name))), None)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes longest, so that no worker is left with it alone at the end."""
    rank = {name: number for number, name in enumerate(LONG)}
    items.sort(key=lambda item: rank.get(item.path.name, len(LONG)))


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Take the place of pytest-django's fixture, which would make databases as the application.

    It stands here because a plugin loaded early can't override a plugin loaded later.
    """
    with django_db_blocker.unblock(), services.database():
        yield


@pytest.fixture(scope="session")
def chromium() -> "Iterator[Browser]":
    """A headless Chromium. Without one the test is skipped; with REQUIRE_BROWSER=1 it fails."""
    path = find_chromium()
    if path is None:
        missing = "There is no Chromium on this machine."
        if os.environ.get("REQUIRE_BROWSER") == "1":
            pytest.fail(missing)
        pytest.skip(missing)
    from playwright.sync_api import sync_playwright

    # Playwright keeps an event loop in this thread, which makes Django refuse its plain database
    # calls although nothing here is asynchronous.
    patch = pytest.MonkeyPatch()
    patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()
    patch.undo()


@pytest.fixture
def phone(chromium: "Browser") -> "Iterator[BrowserContext]":
    """A small old phone: 320 px wide, JavaScript off, nothing kept from other tests."""
    with a_context(chromium, viewport=NARROW, java_script_enabled=False) as context:
        yield context
