"""A referral: the exact words that went to a supplier, and what came back."""

import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.ledger.append_only import AppendOnly
from core.ledger.history import track
from core.ledger.tracked import TrackedQuerySet
from core.vault import SealedField
from grievance.models.case import Case
from grievance.models.consents import Consent, ConsentState
from stakeholders.models import Organisation, User
from stakeholders.roles import Role, roles_of
from stakeholders.vocabulary import RemedyForm

# As in case references: no I, L, O or U.
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def new_referral_reference() -> str:
    """Return a random name such as S-7KQ4M-2XD9P.

    Its own, and never the case's: two suppliers can't find out that they were asked about the
    same case, and a guess tells nothing.
    """
    letters = "".join(secrets.choice(_ALPHABET) for _ in range(10))
    return f"S-{letters[:5]}-{letters[5:]}"


class ReferralState(models.TextChoices):
    """Where a referral stands."""

    SENT = "sent", _("sent")
    ACKNOWLEDGED = "acknowledged", _("they have received it")
    IN_PROGRESS = "in_progress", _("they work on it")
    ANSWERED = "answered", _("answered")
    DECLINED = "declined", _("handed back by them")
    RETURNED = "returned", _("taken back by us")
    REVOKED = "revoked", _("taken back by the person")


AWAITED = (ReferralState.SENT, ReferralState.ACKNOWLEDGED, ReferralState.IN_PROGRESS)
"""An answer is still owed."""
WITH_THEM = (*AWAITED, ReferralState.ANSWERED)
"""The supplier may still read it."""


class ReturnReason(models.TextChoices):
    """Why a referral came back without their answer."""

    OVERDUE = "overdue", _("No answer in substance came in time.")
    BY_STAFF = "by_staff", _("We took it back.")
    CASE_ENDED = "case_ended", _("The case has ended.")


class ReferralQuerySet(TrackedQuerySet["Referral"]):
    """Questions asked of referrals."""

    def awaited(self) -> Self:
        """Return those to which an answer is still owed."""
        return self.filter(state__in=AWAITED)

    def readable_by(self, user: User, *, at: datetime) -> Self:
        """Return what a liaison may read: the only door of the supplier desk.

        Only their own organisation's, only while it is with them, and only while the person's
        consent stands. Whatever is left out answers as if it had never been.
        """
        if roles_of(user) != {Role.SUPPLIER_LIAISON}:
            return self.none()
        return self.filter(
            organisation__in=user.memberships.values("organisation"),
            state__in=WITH_THEM,
            consent__state=ConsentState.GIVEN,
            consent__expires_at__gt=at,
        )


class Referral(models.Model):
    """One question to one supplier. What they read is `rendition`, word for word, and no more."""

    reference = models.CharField(
        _("reference"), max_length=16, unique=True, default=new_referral_reference, editable=False
    )
    case = models.ForeignKey(Case, models.PROTECT, related_name="referrals")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name=_("organisation")
    )
    consent = models.ForeignKey(Consent, models.PROTECT, related_name="referrals")
    rendition = SealedField(place="grievance.Referral.rendition")
    # SHA-256 of the UTF-8 text, in hexadecimal digits: whoever holds the text can prove it.
    rendition_hash = models.CharField(_("hash of what was sent"), max_length=64)
    state = models.CharField(
        _("state"), max_length=16, choices=ReferralState, default=ReferralState.SENT
    )
    sent_by_id = models.BigIntegerField()
    sent_at = models.DateTimeField(_("sent"))
    due_at = models.DateTimeField(_("answer due"))
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    returned_at = models.DateTimeField(_("came back"), null=True, blank=True)
    return_reason = models.CharField(
        _("why it came back"), max_length=16, choices=ReturnReason, blank=True
    )

    objects: ClassVar = ReferralQuerySet.as_manager()
    history = track()

    class Meta:
        verbose_name = _("referral")
        verbose_name_plural = _("referrals")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="referral_hash_is_sha256",
                condition=Q(rendition_hash__regex=r"^[0-9a-f]{64}$"),
            ),
            models.CheckConstraint(
                name="referral_answered_has_time",
                condition=~Q(state=ReferralState.ANSWERED) | Q(answered_at__isnull=False),
            ),
            models.CheckConstraint(
                name="referral_back_has_time",
                condition=Q(
                    state__in=[
                        ReferralState.DECLINED,
                        ReferralState.RETURNED,
                        ReferralState.REVOKED,
                    ],
                    returned_at__isnull=False,
                )
                | Q(state__in=WITH_THEM, returned_at__isnull=True),
            ),
            models.UniqueConstraint(
                fields=["case"], condition=Q(state__in=AWAITED), name="referral_one_awaited"
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def is_awaited(self) -> bool:
        """Whether an answer is still owed."""
        return self.state in AWAITED


class EntryKind(models.TextChoices):
    """What a liaison says, and what we answer where they ask us for help."""

    ACKNOWLEDGEMENT = "acknowledgement", _("Received")
    STEP = "step", _("Step")
    ANSWER = "answer", _("Answer")
    HAND_BACK = "hand_back", _("Handed back")
    PROPOSAL = "proposal", _("Proposed measure")
    HELP = "help", _("Request for help")
    HELP_ANSWER = "help_answer", _("Our answer to the request for help")


class HelpKind(models.TextChoices):
    """With what a partner asks us to help (R054)."""

    ADVICE = "advice", _("Advice")
    TRAINING = "training", _("Training")
    COST_SHARE = "cost_share", _("A share of the cost")


DETAILS: Mapping[str, type[models.TextChoices]] = {
    EntryKind.PROPOSAL: RemedyForm,
    EntryKind.HELP: HelpKind,
}
"""Entries that carry a code beside their words, and its list."""


class ReferralEntry(AppendOnly):
    """One thing that the supplier said on a referral. Sealed; nobody edits it."""

    referral = models.ForeignKey(Referral, models.PROTECT, related_name="entries")
    author_id = models.BigIntegerField()
    kind = models.CharField(max_length=16, choices=EntryKind)
    # A code of DETAILS: the form of remedy proposed, the kind of help asked for.
    detail = models.CharField(max_length=32, blank=True)
    # The request for help that this entry of ours answers.
    answers = models.ForeignKey("self", models.PROTECT, null=True, related_name="answered_by")
    body = SealedField(place="grievance.ReferralEntry.body", null=True)
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("entry of a referral")
        verbose_name_plural = _("entries of referrals")
        ordering: ClassVar = ["at", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="referral_entry_has_its_detail",
                condition=Q(kind__in=[EntryKind.PROPOSAL, EntryKind.HELP]) ^ Q(detail=""),
            ),
            models.CheckConstraint(
                name="referral_entry_answers_a_request",
                condition=Q(kind=EntryKind.HELP_ANSWER) ^ Q(answers__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"entry {self.pk}"

    @property
    def detail_in_words(self) -> str:
        """The form of remedy or the kind of help, in the reader's language; else empty."""
        return str(DETAILS[self.kind](self.detail).label) if self.detail else ""
