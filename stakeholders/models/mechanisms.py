"""The directory: bodies elsewhere to which a person can turn."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.ledger.tracked import TrackedQuerySet
from stakeholders.finder import ANY_THEME, GENERIC_PREFIX, Entry
from stakeholders.models.checks import (
    CODE_LENGTH,
    choice_check,
    code_list,
    country_check,
    country_validator,
    language_validator,
)
from stakeholders.vocabulary import (
    Certainty,
    Checked,
    CodingConfidence,
    Cost,
    Harm,
    IndividualComplaints,
    LanguagesBasis,
    MechanismFamily,
    MechanismKind,
    MechanismScope,
    NhriRole,
    Power,
    Region,
    RemedyForm,
    Respondent,
    WhoMayFile,
)

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

DECIDING_POWERS = frozenset({Power.ADJUDICATES, Power.ORDERS_COMPENSATION, Power.ORDERS_CESSATION})

# In the order of `entry_of_values`. Any language of the warning tells that there is one.
ENTRY_FIELDS = (
    "code",
    "kind",
    "country",
    "scope",
    "region",
    "individual_complaints",
    "themes",
    "respondents",
    "family",
    "powers",
    "remedies_can_order",
    "remedies_by_agreement",
    "who_may_file",
    "languages",
    "cost",
    "danger_note_en",
    "coding",
    "checked",
)


def entry_of_values(values: Sequence[Any]) -> Entry:
    """What the finder has to know of a row whose `ENTRY_FIELDS` these are."""
    row = dict(zip(ENTRY_FIELDS, values, strict=True))
    return Entry(
        code=row["code"],
        kind=row["kind"],
        country=row["country"],
        scope=row["scope"],
        region=row["region"],
        individual_complaints=row["individual_complaints"],
        themes=tuple(row["themes"]),
        respondents=tuple(row["respondents"]),
        family=row["family"],
        powers=tuple(row["powers"]),
        can_order=tuple(row["remedies_can_order"]),
        can_agree=tuple(row["remedies_by_agreement"]),
        who_may_file=tuple(row["who_may_file"]),
        languages=tuple(row["languages"]),
        cost=row["cost"],
        dangerous=bool(row["danger_note_en"]),
        coding=row["coding"],
        checked=row["checked"],
    )


class MechanismQuerySet(TrackedQuerySet["Mechanism"]):
    """Reads of the directory that chain."""

    def in_use(self) -> MechanismQuerySet:
        """Entries that staff have not retired."""
        return self.filter(in_use=True)

    def for_country(self, country: str) -> MechanismQuerySet:
        """Bodies that belong to the State with this ISO 3166 code, and to no other."""
        return self.filter(country=country.upper())

    def open_to_individuals(self) -> MechanismQuerySet:
        """Bodies that take a matter from one person, at least under a condition."""
        return self.exclude(individual_complaints=IndividualComplaints.NO)

    def generic(self) -> MechanismQuerySet:
        """Kinds described in general words, for countries of which no such body is listed."""
        return self.filter(code__startswith=GENERIC_PREFIX)

    def entries(self) -> list[Entry]:
        """What the finder has to know of each row: one query, without names and texts."""
        return [entry_of_values(values) for values in self.values_list(*ENTRY_FIELDS)]

    def get_by_natural_key(self, code: str) -> Mechanism:
        """The entry with this code, for fixtures; raises DoesNotExist."""
        return self.get(code=code)


class Mechanism(models.Model):
    """One body or generic kind, with what it can do and how far the entry can be trusted.

    A row tells apart what a body *can order* (which needs a deciding power) from what may come
    out of an *agreement* there, which never binds by itself.
    """

    code = models.SlugField(_("code"), max_length=CODE_LENGTH, unique=True)
    kind = models.CharField(_("kind"), max_length=40, choices=MechanismKind.choices)
    family = models.CharField(_("family"), max_length=30, choices=MechanismFamily.choices)
    name = models.CharField(_("name"), max_length=200)
    name_local = models.CharField(_("name in its own language"), max_length=250, blank=True)
    country = models.CharField(
        _("country"),
        max_length=2,
        blank=True,
        validators=[country_validator],
        help_text=_("The State to which the body belongs; empty when it is not bound to one."),
    )
    scope = models.CharField(_("reach"), max_length=30, choices=MechanismScope.choices)
    region = models.CharField(_("region"), max_length=30, choices=Region.choices, blank=True)
    url = models.URLField(_("web page"), max_length=300, blank=True)
    complaint_url = models.URLField(_("page for complaints"), max_length=300, blank=True)
    powers = code_list(_("what it can do"), Power.choices)
    remedies_can_order = code_list(_("remedies that it can order"), RemedyForm.choices)
    remedies_by_agreement = code_list(
        _("remedies that can be agreed there"),
        RemedyForm.choices,
        help_text=_("What is agreed there binds nobody by itself."),
    )
    who_may_file = code_list(_("who may turn to it"), WhoMayFile.choices)
    individual_complaints = models.CharField(
        _("takes a matter from one person"), max_length=10, choices=IndividualComplaints.choices
    )
    nhri_roles = code_list(
        _("part in remedy"),
        NhriRole.choices,
        help_text=_("For institutions for human rights alone."),
    )
    respondents = code_list(
        _("against whom"),
        Respondent.choices,
        help_text=_("Empty for help that is not directed against anyone."),
    )
    themes = code_list(_("subjects"), [(ANY_THEME, _("Any subject")), *Harm.choices])
    languages = ArrayField(
        models.CharField(max_length=12, validators=[language_validator]),
        verbose_name=_("languages"),
        default=list,
        blank=True,
    )
    languages_basis = models.CharField(
        _("how the languages are known"), max_length=30, choices=LanguagesBasis.choices
    )
    cost = models.CharField(_("cost"), max_length=20, choices=Cost.choices)
    danger_note = models.TextField(_("what can be dangerous"), blank=True)
    notes = models.TextField(_("notes"), blank=True)
    certainty = models.CharField(
        _("how the entry is known"), max_length=20, choices=Certainty.choices
    )
    coding = models.CharField(
        _("how sure the codes are"), max_length=10, choices=CodingConfidence.choices
    )
    source = models.TextField(_("source"))
    checked = models.CharField(_("what was read"), max_length=30, choices=Checked.choices)
    checked_on = models.DateField(_("checked on"), null=True, blank=True)
    in_use = models.BooleanField(
        _("in use"), default=True, help_text=_("Only entries in use are shown and proposed.")
    )

    objects: ClassVar = models.Manager.from_queryset(MechanismQuerySet)()

    class Meta:
        verbose_name = _("body elsewhere")
        verbose_name_plural = _("bodies elsewhere")
        ordering = ("code",)
        indexes = (models.Index(fields=("country", "kind"), name="mechanism_by_country_and_kind"),)
        constraints = (
            country_check("country", name="mechanism_country_is_a_code"),
            choice_check("kind", MechanismKind, name="mechanism_kind_is_known"),
            choice_check("family", MechanismFamily, name="mechanism_family_is_known"),
            choice_check("scope", MechanismScope, name="mechanism_scope_is_known"),
            choice_check(
                "individual_complaints",
                IndividualComplaints,
                name="mechanism_individual_complaints_is_known",
            ),
            choice_check("languages_basis", LanguagesBasis, name="mechanism_languages_basis_known"),
            choice_check("cost", Cost, name="mechanism_cost_is_known"),
            choice_check("certainty", Certainty, name="mechanism_certainty_is_known"),
            choice_check("coding", CodingConfidence, name="mechanism_coding_is_known"),
            choice_check("checked", Checked, name="mechanism_checked_is_known"),
            models.CheckConstraint(
                condition=models.Q(region="") | models.Q(region__in=Region.values),
                name="mechanism_region_is_known",
            ),
        )

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str]:
        return (self.code,)

    @property
    def is_generic(self) -> bool:
        """Whether this is a kind in general words and not one body."""
        return self.code.startswith(GENERIC_PREFIX)

    @property
    def entry(self) -> Entry:
        """What the finder has to know of this row."""
        return entry_of_values([getattr(self, name) for name in ENTRY_FIELDS])

    def clean(self) -> None:
        """Check what columns mean together; single codes are checked by their fields."""
        problems: dict[str, str | _StrPromise] = {}
        if self.remedies_can_order and not DECIDING_POWERS & set(self.powers):
            problems["remedies_can_order"] = _(
                "Only a body that decides can order a remedy. Add the power or move the remedy."
            )
        if self.scope == MechanismScope.REGIONAL and not self.region:
            problems["region"] = _("Say which countries a body of several countries serves.")
        closed = WhoMayFile.NOT_OPEN_TO_INDIVIDUALS in self.who_may_file
        if closed and self.individual_complaints != IndividualComplaints.NO:
            problems["individual_complaints"] = _(
                "A body that is not open to individuals takes no matter from one person."
            )
        if self.nhri_roles and self.kind != MechanismKind.NHRI:
            problems["nhri_roles"] = _("For institutions for human rights alone.")
        elif NhriRole.DIRECT in self.nhri_roles and (
            self.individual_complaints == IndividualComplaints.NO
        ):
            problems["nhri_roles"] = _("What handles complaints itself takes them from people.")
        if problems:
            raise ValidationError(problems)
