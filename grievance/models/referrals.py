"""A referral: the exact words for one organisation or body, and what came back."""

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
from grievance.models.consents import Consent, standing
from grievance.models.overrides import ConsentOverride
from grievance.models.proceedings import Proceeding
from grievance.models.respondents import hidden_from
from grievance.referral_states import AWAITED as _AWAITED
from grievance.referral_states import NOT_SENT as _NOT_SENT
from grievance.referral_states import WITH_THEM as _WITH_THEM
from grievance.referral_states import Recipient, ReferralState
from stakeholders.models import Mechanism, Organisation, User
from stakeholders.roles import Role, roles_of
from stakeholders.vocabulary import RemedyForm

# As in case references: no I, L, O or U.
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def _in_order(states: frozenset[ReferralState]) -> tuple[ReferralState, ...]:
    """Return the states in their own order, so that a constraint reads the same in every run."""
    return tuple(state for state in ReferralState if state in states)


NOT_SENT = _in_order(_NOT_SENT)
AWAITED = _in_order(_AWAITED)
"""An answer is still owed."""
WITH_THEM = _in_order(_WITH_THEM)
"""It lies with them: an organisation may still read it."""
OPEN = (*NOT_SENT, *AWAITED)
"""Something is still to come. One at a time for each recipient of a case."""


def new_referral_reference() -> str:
    """Return a random name such as S-7KQ4M-2XD9P.

    Its own, and never the case's: two suppliers can't find out that they were asked about the
    same case, and a guess tells nothing.
    """
    letters = "".join(secrets.choice(_ALPHABET) for _ in range(10))
    return f"S-{letters[:5]}-{letters[5:]}"


class ReturnReason(models.TextChoices):
    """Why a referral came back without their answer."""

    OVERDUE = "overdue", _("No answer in substance came in time.")
    BY_STAFF = "by_staff", _("We took it back.")
    CASE_ENDED = "case_ended", _("The case has ended.")
    EXPIRED = "expired", _("The consent has run out.")
    UNSAFE = "unsafe", _("It became urgent, or it is not safe there any more.")


class SentBy(models.TextChoices):
    """By which way of its own a body got it. Nobody there signs in here."""

    FORM = "form", _("By a form on their website")
    EMAIL = "email", _("By e-mail")
    LETTER = "letter", _("By letter")
    IN_PERSON = "in_person", _("In person")


class ReferralQuerySet(TrackedQuerySet["Referral"]):
    """Questions asked of referrals."""

    def awaited(self) -> Self:
        """Return those to which an answer is still owed."""
        return self.filter(state__in=AWAITED)

    def readable_by(self, user: User, *, at: datetime) -> Self:
        """Return what a liaison may read: the only door of the supplier desk.

        Only their own organisation's, only while it is with them, and only while the person's
        consent stands or a law goes before it; never for whoever is complained of. Whatever is
        left out answers as if it had never been.
        """
        if roles_of(user) != {Role.SUPPLIER_LIAISON}:
            return self.none()
        theirs = self.filter(
            organisation__in=user.memberships.values("organisation"),
            state__in=WITH_THEM,
        )
        lawful = Q(override__isnull=False) | standing(at=at, prefix="consent__")
        return theirs.filter(lawful).exclude(hidden_from(user))


class Referral(models.Model):
    """One text for one recipient. What they read is `rendition`, word for word, and no more.

    It is made when the person is asked, so that they agree to the very words that go.
    """

    reference = models.CharField(
        _("reference"), max_length=16, unique=True, default=new_referral_reference, editable=False
    )
    case = models.ForeignKey(Case, models.PROTECT, related_name="referrals")
    # Exactly one of the two, and the same as in the consent.
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("organisation"),
    )
    mechanism = models.ForeignKey(
        Mechanism,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("body elsewhere"),
    )
    # Exactly one of the two: the person's word, or a law that goes before it.
    consent = models.ForeignKey(
        Consent, models.PROTECT, null=True, blank=True, related_name="referrals"
    )
    override = models.OneToOneField(
        ConsentOverride,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="referral",
        verbose_name=_("duty to report"),
    )
    rendition = SealedField(place="grievance.Referral.rendition")
    # SHA-256 of the UTF-8 text, in hexadecimal digits: whoever holds the text can prove it.
    rendition_hash = models.CharField(_("hash of what was sent"), max_length=64)
    state = models.CharField(
        _("state"), max_length=16, choices=ReferralState, default=ReferralState.PROPOSED
    )
    sent_by_id = models.BigIntegerField(null=True, blank=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    # No limit of ours binds a body: for one there is no date.
    due_at = models.DateTimeField(_("answer due"), null=True, blank=True)
    sent_by_way = models.CharField(_("sent on"), max_length=12, choices=SentBy, blank=True)
    # What the body does with it, beside the case.
    proceeding = models.ForeignKey(
        Proceeding, models.PROTECT, null=True, blank=True, related_name="referrals"
    )
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
                | Q(state__in=[*NOT_SENT, *WITH_THEM], returned_at__isnull=True),
            ),
            models.CheckConstraint(
                name="referral_on_consent_or_duty",
                condition=Q(consent__isnull=False) ^ Q(override__isnull=False),
            ),
            models.CheckConstraint(
                name="referral_to_one_recipient",
                condition=Q(organisation__isnull=False) ^ Q(mechanism__isnull=False),
            ),
            # What was proposed has not gone; what an answer is owed to has, and when is known.
            models.CheckConstraint(
                name="referral_sent_by_its_state",
                condition=Q(
                    state__in=NOT_SENT,
                    sent_at__isnull=True,
                    due_at__isnull=True,
                    sent_by_way="",
                )
                | Q(state__in=[*WITH_THEM, ReferralState.DECLINED], sent_at__isnull=False)
                | Q(state__in=[ReferralState.RETURNED, ReferralState.REVOKED]),
            ),
            models.CheckConstraint(
                name="referral_sent_as_its_recipient_needs",
                condition=Q(sent_at__isnull=True, due_at__isnull=True, sent_by_way="")
                | Q(
                    sent_at__isnull=False,
                    organisation__isnull=False,
                    due_at__isnull=False,
                    sent_by_way="",
                )
                | (
                    Q(sent_at__isnull=False, mechanism__isnull=False, due_at__isnull=True)
                    & ~Q(sent_by_way="")
                ),
            ),
            models.UniqueConstraint(
                fields=["case", "organisation"],
                condition=Q(state__in=OPEN),
                name="referral_one_open_per_organisation",
            ),
            models.UniqueConstraint(
                fields=["case", "mechanism"],
                condition=Q(state__in=OPEN),
                name="referral_one_open_per_body",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def is_awaited(self) -> bool:
        """Whether an answer is still owed."""
        return self.state in AWAITED

    def is_late(self, *, at: datetime) -> bool:
        """Whether an answer is owed whose date is over at `at`."""
        return self.is_awaited and self.due_at is not None and self.due_at < at

    @property
    def recipient(self) -> Organisation | Mechanism:
        """Who reads it."""
        found = self.organisation or self.mechanism
        assert found is not None  # a check of the table
        return found

    @property
    def to(self) -> Recipient:
        """Of which kind the recipient is."""
        return Recipient.BODY if self.organisation_id is None else Recipient.ORGANISATION


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
    """One thing that the supplier or the body said on a referral. Sealed; nobody edits it.

    A body has no account here: the author is then the member of staff who noted its words.
    """

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
