"""Sign-in of staff: a session only below /desk/, invited accounts only, and a second factor.

Sessions, users and messages exist nowhere else. A public view that touched ``request.session``
would fail loudly in its first test, which is the point.
"""

from collections.abc import Callable
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from stakeholders.roles import Role, roles_of

Handler = Callable[[HttpRequest], HttpResponseBase]
DESK = "/desk/"


class _OnlyAtTheDesk:
    """Mix-in: the middleware beside it runs for paths of the desk and is passed by elsewhere."""

    def __call__(self, request: HttpRequest) -> Any:
        if not request.path_info.startswith(DESK):
            return self.get_response(request)  # type: ignore[attr-defined]
        return super().__call__(request)  # type: ignore[misc]


class DeskSessionMiddleware(_OnlyAtTheDesk, SessionMiddleware):
    """Sessions for staff alone."""


class DeskAuthenticationMiddleware(_OnlyAtTheDesk, AuthenticationMiddleware):
    """``request.user`` for staff alone."""


class DeskMessageMiddleware(_OnlyAtTheDesk, MessageMiddleware):
    """The admin's one-time messages."""


class InvitedOnly(DefaultAccountAdapter):
    """Nobody makes an account for themselves: the administrator invites staff and liaisons."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Refuse signing up, whatever the address."""
        return False


def liaisons_to_their_pages(sign_in: Callable[..., Any]) -> Callable[..., Any]:
    """Lead a supplier's liaison who is signed in from the desk's door to their own pages."""

    @never_cache
    def door(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if Role.SUPPLIER_LIAISON in roles_of(request.user):
            return redirect("suppliers:referrals")
        return sign_in(request, *args, **kwargs)

    return door


@never_cache
@require_safe
@login_required
def address_is_given(request: HttpRequest) -> HttpResponse:
    """Stand where allauth would let people change their own e-mail address, and say who does.

    Addresses of staff are set by administrators, with history. allauth's page writes accounts
    past that history, and merely opening it left a copy of the address behind, unconfirmed,
    which then kept its owner from setting up a second factor.
    """
    messages.info(
        request, _("Your e-mail address is set by an administrator. Ask one to change it.")
    )
    return redirect("admin:index")


class SecondFactorMiddleware:
    """Keeps a signed-in person out of the desk until a second factor is set up.

    allauth asks for the second factor of those who have one but lets everybody else in; on a desk
    that opens sealed accounts a password alone is not enough. The demonstration and the tests are
    exempt, which production settings can't be.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response
        self._sign_in = reverse("account_login").removesuffix("login/")

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Let the request pass, or send it to the page where the second factor is set up."""
        if settings.REDRESS_MODE != "production" or not self._concerns(request):
            return self.get_response(request)
        records = get_authentication_records(request, request.user)
        used = any(record.get("method") == "mfa" for record in records)
        if used or is_mfa_enabled(request.user):
            return self.get_response(request)
        messages.warning(request, _("Set up a second factor before you open the desk."))
        return redirect("mfa_index")

    def _concerns(self, request: HttpRequest) -> bool:
        """Say whether a signed-in person asks for a page of the desk that is not about sign-in."""
        path = request.path_info
        return (
            path.startswith(DESK)
            and not path.startswith(self._sign_in)
            and request.user.is_authenticated
        )
