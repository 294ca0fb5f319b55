"""What every public page knows besides its own subject. Costs nothing until a template asks."""

from dataclasses import dataclass
from functools import cached_property

from django.conf import settings
from django.http import HttpRequest
from django.urls import get_script_prefix
from django.utils import timezone
from django.utils.translation import get_language, get_language_info

from grievance.openness.procedure import Times, times


@dataclass(frozen=True, slots=True)
class Tongue:
    """A language of the pages, by the name that its speakers give it."""

    code: str
    name: str
    dir: str
    href: str
    is_current: bool


class House:
    """The frame around a page: whose site it is, its languages, its time limits in words."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request
        self.company = settings.REDRESS_COMPANY_NAME
        self.address = settings.REDRESS_COMPANY_ADDRESS

    @cached_property
    def tongues(self) -> list[Tongue]:
        """Every language, linked to this same page in it."""
        current = get_language()
        return [
            Tongue(
                code=code,
                name=(about := get_language_info(code))["name_local"].capitalize(),
                dir="rtl" if about["bidi"] else "ltr",
                href=self._here_in(code),
                is_current=code == current,
            )
            for code, _name in settings.LANGUAGES
        ]

    @cached_property
    def limits(self) -> dict[str, Times]:
        """The published time limits in words, by kind of clock."""
        return times(at=timezone.now())

    def _here_in(self, code: str) -> str:
        # The language is the first part of every public address, so no lookup of the page is
        # needed. Pages outside of it (errors) lead to the start page.
        first, _, rest = self._request.path_info.lstrip("/").partition("/")
        if first not in dict(settings.LANGUAGES):
            return f"{get_script_prefix()}{code}/"
        query = self._request.META.get("QUERY_STRING", "")
        return f"{get_script_prefix()}{code}/{rest}" + (f"?{query}" if query else "")


def house(request: HttpRequest) -> dict[str, House]:
    """Add `house` to the context of public pages."""
    return {"house": House(request)}
