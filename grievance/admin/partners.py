"""The register of partners' own mechanisms: trust, and beside it all that is known of the partner.

What they say of themselves, what people said who used it, what the contract gives to stand on, and
how ready the partner is to give remedy (R051, R053, R076, R077).
"""

from __future__ import annotations

from collections.abc import Mapping
from statistics import fmean
from typing import Any, ClassVar

from django.contrib import admin
from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

from grievance.admin.catalogue import TranslatedReferenceAdmin
from grievance.models import Consent, PartnerRating
from remedy.models import Clause, PartnerReadiness, Readiness
from stakeholders.models import SupplierMechanism
from stakeholders.vocabulary import EffectivenessCriterion

FEWEST_ANSWERS = 5
"""Below this, a share would tell what one person said (our own value)."""
NOTHING = "–"


@admin.register(SupplierMechanism)
class SupplierMechanismAdmin(TranslatedReferenceAdmin):
    """Partners' own mechanisms: only those marked as trusted are ever offered to a person."""

    list_display = (
        "partner",
        "status",
        "they_say",
        "people_say",
        "clauses",
        "readiness",
        "reviewed_on",
    )
    list_filter = ("status",)
    list_select_related = ("organisation",)
    search_fields = ("organisation__name",)
    readonly_fields = ("people_say", "clauses", "readiness")

    def get_queryset(self, request: HttpRequest) -> QuerySet[SupplierMechanism]:
        """Bring what people said and what is known of the partner with the rows."""
        rows: QuerySet[SupplierMechanism] = super().get_queryset(request)
        said = (
            Consent.objects.filter(organisation=OuterRef("organisation"))
            .exclude(rating="")
            .order_by()
            .values("organisation")
        )
        known = PartnerReadiness.objects.filter(organisation=OuterRef("organisation")).order_by()
        return rows.annotate(
            said=Subquery(said.annotate(all=ArrayAgg("rating")).values("all")),
            level=Subquery(known.values("level")),
            known_clauses=Subquery(known.values("clauses")),
        )

    def get_fieldsets(self, request: HttpRequest, obj: SupplierMechanism | None = None) -> Any:
        """Put the eight criteria together under what they mean."""
        (name, whole), *others = super().get_fieldsets(request, obj)
        criteria = EffectivenessCriterion.values
        whole = {**whole, "fields": [one for one in whole["fields"] if one not in criteria]}
        rated = {"fields": criteria, "description": self.rated_by_themselves}
        return [(name, whole), (_("how they rate it themselves"), rated), *others]

    rated_by_themselves: ClassVar = _("From 0 to 4, by the criteria of UN Guiding Principle 31.")

    @admin.display(description=_("organisation"), ordering="organisation__name")
    def partner(self, row: SupplierMechanism) -> str:
        """The partner's name."""
        return str(row.organisation)

    @admin.display(description=_("how they rate it themselves"))
    def they_say(self, row: SupplierMechanism) -> str:
        """The mean of what they said, from 0 to 4, and of how many criteria they spoke."""
        said = row.self_ratings
        if not said:
            return NOTHING
        mean = number_format(round(fmean(said.values()), 1), decimal_pos=1)
        return f"{mean} ({len(said)}/{len(EffectivenessCriterion)})"

    @admin.display(description=_("found safe and fair by people"))
    def people_say(self, row: SupplierMechanism) -> str:
        """How many of those who told us said what, once they are enough not to be told apart."""
        return ratings_in_words(getattr(row, "said", None) or ())

    @admin.display(description=_("contract clauses"))
    def clauses(self, row: SupplierMechanism) -> str:
        """What the contract with the partner says of remedy."""
        found = getattr(row, "known_clauses", None) or ()
        return "; ".join(str(Clause(code).label) for code in found) or NOTHING

    @admin.display(description=_("readiness"))
    def readiness(self, row: SupplierMechanism) -> str:
        """How ready the partner is to give remedy."""
        level = getattr(row, "level", None)
        return NOTHING if level is None else str(Readiness(level).label)


def ratings_in_words(said: tuple[str, ...] | list[str]) -> str:
    """Return the distribution of people's answers, or that they are too few to show one."""
    if len(said) < FEWEST_ANSWERS:
        return str(_("too few answers to show"))
    labels: Mapping[str, Any] = dict(PartnerRating.choices)
    return "; ".join(f"{labels[code]}: {said.count(code)}" for code in PartnerRating.values)
