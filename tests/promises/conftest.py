"""For every promise: no test leaves its language behind."""

from collections.abc import Iterator

import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def _language_left_as_found() -> Iterator[None]:
    yield
    translation.activate("en")
