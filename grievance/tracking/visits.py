"""The visit of a person to their own case: one cookie, half an hour, nothing else."""

from datetime import datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from grievance import access
from grievance.models import Case
from grievance.visitors import client_of

__all__ = ["case_of", "client_of", "end", "set_cookie"]

COOKIE = "case"
# The language comes first in every address, so no narrower path fits all languages.
COOKIE_PATH = "/"


def case_of(request: HttpRequest, *, at: datetime) -> Case | None:
    """The case that this browser has open, or None."""
    token = request.COOKIES.get(COOKIE, "")
    return access.case_for_visit(token, at=at) if token else None


def set_cookie(response: HttpResponse, token: str) -> None:
    """Hand the visit's token to the browser, until its window closes."""
    response.set_cookie(
        COOKIE,
        token,
        path=COOKIE_PATH,
        secure=settings.CSRF_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )


def end(request: HttpRequest, response: HttpResponse) -> None:
    """End the visit on both sides."""
    token = request.COOKIES.get(COOKIE, "")
    if token:
        access.end_visit(token)
    response.delete_cookie(COOKIE, path=COOKIE_PATH, samesite="Strict")
