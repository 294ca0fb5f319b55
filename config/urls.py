"""Which address leads where. Public pages carry their language in front; the desk does not."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import include, path
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from config import health, metrics
from config.desk import address_is_given, liaisons_to_their_pages


@never_cache
@require_safe
def in_your_language(request: HttpRequest) -> HttpResponse:
    """Send a visitor to the front page in the language that the browser asks for."""
    return redirect(f"/{get_language() or 'en'}/")


admin.site.login = liaisons_to_their_pages(admin.site.login)  # type: ignore[method-assign]

urlpatterns = [
    path("", in_your_language, name="root"),
    # Probes of the container platform and of the load balancer.
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
    path("metrics", metrics.show, name="metrics"),
    # Below /desk/, so that the cookie of the desk's session reaches no public page.
    path("desk/accounts/email/", address_is_given, name="account_email"),
    path("desk/accounts/", include("allauth.urls")),
    # A liaison's session is staff's session with other rights, so their pages lie there too.
    path("desk/supplier/", include("grievance.suppliers.urls", namespace="suppliers")),
    path("desk/", admin.site.urls),
    *i18n_patterns(
        path("", include("grievance.openness.urls", namespace="openness")),
        path("raise/", include("grievance.intake.urls", namespace="intake")),
        path("case/", include("grievance.tracking.urls", namespace="tracking")),
        prefix_default_language=True,
    ),
]
