"""Whom a case is about, finer than an organisation, and how that side was heard (R042, R102).

The organisation itself stands on the case. Where only a unit of it is meant, the unit's name is
sealed, and each liaison of the organisation stands here with what ties them to the matter.
"""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from core.ledger.history import track
from core.ledger.tracked import TrackedQuerySet
from core.vault import SealedField
from grievance.models.case import Case
from stakeholders.models import User


class UnitComplainedOf(models.Model):
    """The unit or site of the organisation complained of; without a name the whole of it is."""

    case = models.OneToOneField(Case, models.PROTECT, related_name="unit_complained_of")
    # Free text: a site may be so small that its name tells who complained.
    name = SealedField(
        place="grievance.UnitComplainedOf.name", null=True, verbose_name=_("unit or site")
    )
    named_by_id = models.BigIntegerField(_("named by"))
    named_at = models.DateTimeField(_("named"))

    objects: ClassVar = TrackedQuerySet.as_manager()
    history = track()

    class Meta:
        verbose_name = _("unit of a partner complained of")
        verbose_name_plural = _("units of partners complained of")

    def __str__(self) -> str:
        return f"unit complained of {self.pk}"


class Tie(models.TextChoices):
    """What ties a liaison to the matter."""

    NONE = "none", _("Not complained of")
    OF_UNIT = "of_unit", _("Belongs to the unit complained of")
    COMPLAINED_OF = "complained_of", _("Is complained of")


KEPT_OUT = (Tie.OF_UNIT, Tie.COMPLAINED_OF)
"""Whoever is tied like this never reads anything of the case."""


class RespondentPerson(models.Model):
    """One liaison, looked at for one case: complained of, of the unit, or neither."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="respondent_people")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("person")
    )
    tie = models.CharField(_("tie to the matter"), max_length=16, choices=Tie)

    objects: ClassVar = TrackedQuerySet.as_manager()
    history = track()

    class Meta:
        verbose_name = _("person on the side complained of")
        verbose_name_plural = _("people on the side complained of")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "user"], name="respondent_person_once"),
        ]

    def __str__(self) -> str:
        return f"respondent person {self.pk}"


def only_a_unit(case: Case) -> bool:
    """Whether a unit is complained of, and not the whole of its organisation. One query."""
    if case.respondent_organisation_id is None:
        return False
    return UnitComplainedOf.objects.filter(case=case, name__isnull=False).exists()


def whole_respondent(case: Case) -> int | None:
    """Return the id of the organisation complained of as a whole, if any."""
    return None if only_a_unit(case) else case.respondent_organisation_id


def complains_of_whole(case: Case, organisation_id: int | None) -> bool:
    """Whether this organisation is complained of as a whole, or nobody has said how much of it."""
    if organisation_id is None or organisation_id != case.respondent_organisation_id:
        return False
    return not only_a_unit(case)


def without_respondents(
    users: QuerySet[User], case: Case, organisation_id: int | None
) -> QuerySet[User]:
    """Leave out the people of this organisation who are, or may be, complained of in this case.

    Where only a unit is meant, whoever nobody has looked at yet is left out as well: a liaison who
    joined later may be of that very unit.
    """
    seen = RespondentPerson.objects.filter(case=case)
    if organisation_id == case.respondent_organisation_id and only_a_unit(case):
        return users.filter(pk__in=seen.filter(tie=Tie.NONE).values("user_id"))
    return users.exclude(pk__in=seen.filter(tie__in=KEPT_OUT).values("user_id"))


def hidden_from(user: User) -> Q:
    """Return what is kept from this liaison among referrals, because of whom their cases are about.

    For rows with `case` and `organisation`. The same rule as `without_respondents`.
    """
    seen = RespondentPerson.objects.filter(case=OuterRef("case"), user=user)
    unit = UnitComplainedOf.objects.filter(case=OuterRef("case"), name__isnull=False)
    not_looked_at = (
        Q(case__respondent_organisation=F("organisation"))
        & Q(Exists(unit))
        & ~Q(Exists(seen.filter(tie=Tie.NONE)))
    )
    return Q(Exists(seen.filter(tie__in=KEPT_OUT))) | not_looked_at


class HandedBy(models.TextChoices):
    """By what way the side complained of got the summary. Never by access to the portal."""

    MEETING = "in_meeting", _("In a meeting")
    LETTER = "by_letter", _("By letter")
    MAIL = "by_mail", _("By e-mail")
    CALL = "by_call", _("On the telephone")


class RespondentSummary(models.Model):
    """What the side complained of was told so that it could answer, and what it answered (R102)."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="respondent_summaries")
    summary = SealedField(place="grievance.RespondentSummary.summary")
    # SHA-256 of the UTF-8 text, in hexadecimal digits: whoever holds the text can prove it.
    summary_hash = models.CharField(_("hash of what was handed over"), max_length=64)
    handed_by = models.CharField(_("handed over"), max_length=16, choices=HandedBy)
    # Whoever is afraid, or wants nobody there to know, has said that this may go all the same.
    person_agreed = models.BooleanField(_("the person agrees"), default=False)
    written_by_id = models.BigIntegerField(_("written by"))
    handed_at = models.DateTimeField(_("handed over at"))
    answer = SealedField(
        place="grievance.RespondentSummary.answer", null=True, verbose_name=_("answer")
    )
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    # What the person reads of the answer: a text of ours, never the answer by itself.
    for_person = SealedField(
        place="grievance.RespondentSummary.for_person",
        null=True,
        verbose_name=_("what the person reads of it"),
    )
    released_at = models.DateTimeField(_("shown to the person"), null=True, blank=True)

    objects: ClassVar = TrackedQuerySet.as_manager()
    history = track()

    class Meta:
        verbose_name = _("hearing of the side complained of")
        verbose_name_plural = _("hearings of the side complained of")
        ordering = ("pk",)
        constraints: ClassVar = [
            models.CheckConstraint(
                name="respondent_summary_hash_is_sha256",
                condition=Q(summary_hash__regex=r"^[0-9a-f]{64}$"),
            ),
            models.CheckConstraint(
                name="respondent_answer_has_time",
                condition=Q(answer__isnull=True, answered_at__isnull=True)
                | Q(answer__isnull=False, answered_at__gte=F("handed_at")),
            ),
            models.CheckConstraint(
                name="respondent_released_has_time",
                condition=Q(for_person__isnull=True, released_at__isnull=True)
                | Q(
                    for_person__isnull=False,
                    released_at__isnull=False,
                    answered_at__isnull=False,
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"respondent summary {self.pk}"
