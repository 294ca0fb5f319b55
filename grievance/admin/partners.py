"""The register of partners' own mechanisms: trust, with what people said of it beside it."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from grievance.admin.catalogue import TranslatedReferenceAdmin
from grievance.models import Consent, PartnerRating
from stakeholders.models import SupplierMechanism

FEWEST_ANSWERS = 5
"""Below this, a share would tell what one person said (our own value)."""


@admin.register(SupplierMechanism)
class SupplierMechanismAdmin(TranslatedReferenceAdmin):
    """Partners' own mechanisms: only those marked as trusted are ever offered to a person."""

    list_display = ("partner", "status", "self_rating", "people_say", "reviewed_on")
    list_filter = ("status",)
    list_select_related = ("organisation",)
    search_fields = ("organisation__name",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[SupplierMechanism]:
        """Count what people said, with the rows and not one by one."""
        rows: QuerySet[SupplierMechanism] = super().get_queryset(request)
        said = (
            Consent.objects.filter(organisation=OuterRef("organisation"))
            .exclude(rating="")
            .order_by()
            .values("organisation")
        )
        good = Count("pk", filter=Q(rating=PartnerRating.GOOD))
        return rows.annotate(
            said=Subquery(said.annotate(n=Count("pk")).values("n"), output_field=IntegerField()),
            good=Subquery(said.annotate(n=good).values("n"), output_field=IntegerField()),
        )

    @admin.display(description=_("organisation"), ordering="organisation__name")
    def partner(self, row: SupplierMechanism) -> str:
        """The partner's name."""
        return str(row.organisation)

    @admin.display(description=_("found safe and fair by people"))
    def people_say(self, row: SupplierMechanism) -> str:
        """How many of those who told us, once they are enough not to be told apart."""
        said, good = getattr(row, "said", None) or 0, getattr(row, "good", None) or 0
        if said < FEWEST_ANSWERS:
            return str(_("too few answers to show"))
        return str(_("%(good)d of %(said)d")) % {"good": good, "said": said}
