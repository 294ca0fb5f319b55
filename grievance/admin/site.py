"""The desk: one AdminSite with pages of our own beside the tables."""

from typing import Any

from django.conf import settings
from django.contrib.admin import AdminSite
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from grievance import operating
from grievance.admin import (
    absences,
    assistance,
    bundles,
    case,
    case_history,
    channels,
    elsewhere,
    files,
    outbox,
    overrides,
    queue_page,
    read_log,
    referrals,
    remedy_page,
    respondents,
    routes,
)
from grievance.admin.permissions import RoleAdmin, may_enter
from stakeholders.roles import Permission, can

MENU = (
    ("queue", _("Cases"), frozenset({Permission.SEE_QUEUE})),
    ("channels", _("Other channels"), frozenset({Permission.SCREEN})),
    ("read_log", _("Read log"), frozenset({Permission.SEE_READ_LOG})),
    ("outbox", _("Outbox"), frozenset({Permission.SEE_OUTBOX})),
    ("absences", _("Who is away"), frozenset({Permission.SEE_QUEUE, Permission.MANAGE_PEOPLE})),
    (
        "tables",
        _("Reference data and people"),
        frozenset({Permission.EDIT_REFERENCE, Permission.MANAGE_PEOPLE, Permission.SEE_HISTORY}),
    ),
)


class Desk(AdminSite):
    """Where staff work. Who gets in and sees what is decided by roles alone."""

    site_header = _("Redress desk")
    site_title = _("Redress desk")
    index_title = _("Reference data and people")
    site_url = None
    enable_nav_sidebar = False

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        """Take our own tables only.

        Apps that bring admin pages of their own would show them to superusers past the roles.
        """
        if isinstance(admin_class, type) and issubclass(admin_class, RoleAdmin):
            super().register(model_or_iterable, admin_class, **options)

    def has_permission(self, request: HttpRequest) -> bool:
        """Whether the person may enter at all."""
        return may_enter(request.user)

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        """Add the desk's menu to what every page knows."""
        return super().each_context(request) | {
            "desk_menu": _menu(request),
            "desk_alarm": _alarm(request),
            "desk_zone": settings.REDRESS_CALENDAR_ZONE.key,
        }

    def index(  # type: ignore[override]
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponseBase:
        """Send everybody to where their work is."""
        menu = _menu(request)
        return redirect(menu[0]["url"]) if menu else self.tables(request)

    @method_decorator(never_cache)
    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Send people to the one sign-in page; never take a password here.

        The admin's own form knows no second factor and no limit on attempts. A signed-in person
        without a role could post somebody else's password to it.
        """
        if self.has_permission(request):
            return redirect("admin:index")
        if request.user.is_authenticated:
            return TemplateResponse(request, "desk/no_role.html", status=403)
        wanted = request.GET.get(REDIRECT_FIELD_NAME) or reverse("admin:index")
        return redirect_to_login(wanted, reverse("account_login"))

    def password_change(  # type: ignore[override]
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponseBase:
        """Passwords, too, are changed in one place only."""
        return redirect("account_change_password")

    def tables(self, request: HttpRequest) -> HttpResponse:
        """List the tables of reference data and people."""
        response: HttpResponse = super().index(request)
        return response

    def get_urls(self) -> list[URLPattern | URLResolver]:
        """Put our pages before the tables."""
        pages = (
            path("queue/", queue_page.show, name="queue"),
            path("case/<int:pk>/", case.show, name="case"),
            path("case/<int:pk>/account/", case.read_account, name="case_account"),
            path("case/<int:pk>/file/<int:file_pk>/", files.hand_out, name="case_file"),
            path("case/<int:pk>/address/", case.open_address, name="case_address"),
            path("case/<int:pk>/remedy/", remedy_page.show, name="case_remedy"),
            path("case/<int:pk>/share/", assistance.take_share, name="case_take_share"),
            path("case/<int:pk>/referrals/", referrals.show, name="case_referrals"),
            path(
                "case/<int:pk>/referrals/text/<str:reference>.txt",
                referrals.hand_out,
                name="case_referral_text",
            ),
            path("case/<int:pk>/referrals/<slug:step>/", referrals.press, name="case_referral_do"),
            path("case/<int:pk>/routes/", routes.show, name="case_routes"),
            path("case/<int:pk>/respondent/", respondents.show, name="case_respondent"),
            path(
                "case/<int:pk>/respondent/<slug:step>/",
                respondents.press,
                name="case_respondent_do",
            ),
            path("case/<int:pk>/duties/", overrides.show, name="case_duties"),
            path("case/<int:pk>/duties/<slug:step>/", overrides.press, name="case_duty_do"),
            path("case/<int:pk>/elsewhere/", elsewhere.show, name="case_elsewhere"),
            path("case/<int:pk>/elsewhere/<slug:step>/", elsewhere.press, name="case_elsewhere_do"),
            path("case/<int:pk>/bundles/", bundles.show, name="case_bundles"),
            path("case/<int:pk>/bundles/<slug:step>/", bundles.press, name="case_bundle_do"),
            path("case/<int:pk>/do/<slug:verb>/", case.press, name="case_do"),
            path("case/<int:pk>/history/", case_history.show, name="case_history"),
            path("case/<int:pk>/read-log/", read_log.of_case, name="case_read_log"),
            path("read-log/", read_log.show, name="read_log"),
            path("channels/", channels.show, name="channels"),
            path("channels/open/", channels.open_one, name="channels_open_one"),
            path("channels/file/", channels.open_many, name="channels_open_many"),
            path("absences/", absences.show, name="absences"),
            path("absences/note/", absences.note, name="absence_note"),
            path("absences/<int:pk>/end/", absences.end, name="absence_end"),
            path("outbox/", outbox.show, name="outbox"),
            path("outbox/again/", outbox.all_again, name="outbox_all_again"),
            path("outbox/<int:pk>/again/", outbox.again, name="outbox_again"),
            path("tables/", self.tables, name="tables"),
        )
        for page in pages:
            page.callback = self.admin_view(page.callback)
        # No table here has pages on a public site; Django's way there breaks on a mistyped id.
        stock = [page for page in super().get_urls() if getattr(page, "name", "") != "view_on_site"]
        return [*pages, *stock]


def _alarm(request: HttpRequest) -> operating.Overview | None:
    """Return how the machinery stands, to those who look after it, where something is wrong."""
    if not can(request.user, Permission.SEE_OUTBOX):
        return None
    found = operating.overview(at=timezone.now())
    return None if found.is_well else found


def _menu(request: HttpRequest) -> list[dict[str, Any]]:
    """Return the entries that this person may open, the present one marked."""
    entries = []
    for name, label, permissions in MENU:
        if any(can(request.user, permission) for permission in permissions):
            url = reverse(f"admin:{name}")
            entries.append({"url": url, "label": label, "here": request.path == url})
    return entries
