"""What every user does with a page: fill in a form, press a button, wait for what comes."""

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from playwright.sync_api import Locator, Page

ANY = "*"
"""In a list: the first thing that can be chosen."""

Values: TypeAlias = Mapping[str, str | Sequence[str]]


class Stuck(Exception):
    """A page does not let its user go on; the text says where, with what stands there."""

    def __init__(self, what: str, page: Page) -> None:
        super().__init__(f"{what}: {page.locator('main').first.inner_text()[:1500]}")


def fill_in(form: Locator, values: Values) -> None:
    """Fill in fields by name. Raises Stuck for a field or an answer that the form does not have.

    Several answers are ticked all; in a list, the first of them that is there is chosen.
    """
    for name, value in values.items():
        field = form.locator(f"[name='{name}']").first
        if not field.count():
            raise Stuck(f"no field {name}", form.page)
        answers = [value] if isinstance(value, str) else list(value)
        if form.locator(f"select[name='{name}']").count():
            _choose(form.locator(f"select[name='{name}']"), answers)
        elif field.get_attribute("type") in {"radio", "checkbox"}:
            for answer in answers:
                form.locator(f"[name='{name}'][value='{answer}']").check()
        else:
            field.fill(answers[0])


def press(control: Locator) -> None:
    """Press what leads to another page, and wait until that page is there."""
    with control.page.expect_navigation():
        control.click()


def _choose(field: Locator, answers: Sequence[str]) -> None:
    """Choose by the value of an option or by words that stand in it."""
    shown = [
        (one.get_attribute("value") or "", one.inner_text())
        for one in field.locator("option").all()
    ]
    for answer in answers:
        for place, (value, words) in enumerate(shown):
            if value and (answer in {ANY, value} or answer in words):
                field.select_option(index=place)
                return
    raise Stuck(f"no choice {answers}", field.page)
