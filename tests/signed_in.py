"""A page of a real browser in which one of the cast has signed in, past the second step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings

from tests import people

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page


def signed_in_page(context: BrowserContext, url: str, post: people.Post) -> Page:
    """Open a page of this browser as a member of the cast. `url` is where the house answers."""
    name = settings.SESSION_COOKIE_NAME
    session = people.signed_in(post).cookies[name].value
    context.add_cookies([{"name": name, "value": session, "url": url}])
    return context.new_page()
