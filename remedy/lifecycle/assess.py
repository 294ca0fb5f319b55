"""Assessment: severity, level, origin, shares, harm elements, and the nexus as decided."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db.models import Max, QuerySet, Sum
from django.utils.translation import gettext_lazy as _

from core.refusals import Refused
from core.vault import Sealed
from remedy.lifecycle.choosing import UnknownChoice, known, known_or_empty
from remedy.models import (
    Beneficiary,
    ContributionState,
    ElementResult,
    HarmElement,
    NexusDetermination,
    NexusReason,
    NexusSecondLook,
    NoRestitution,
    Obligation,
    Remediation,
    ResponsibilityShare,
    Reversibility,
    evidence_of,
)
from remedy.nexus import Answers, Proposal, Question, meanwhile, needs_second, propose
from stakeholders.models import Organisation, Product
from stakeholders.vocabulary import Answer, Harm, LevelOfHarm, Nexus, ValueChainStage

WHOLE = 100


class MoreThanAHundred(Refused):
    sentence = _("The shares of responsibility come to more than 100 per cent.")


class ContributionUnclear(Refused):
    sentence = _("Write the part of the cost together with how it stands, or leave both out.")


class DiffersWithoutReason(Refused):
    sentence = _("Your decision differs from the proposal. Choose a reason that says why.")


class NoEvidence(Refused):
    sentence = _("Write for each yes and each no what it rests on, and nothing for an unknown.")


class NothingWaits(Refused):
    sentence = _("No decision on the nexus waits for a second person.")


class OwnDecision(Refused):
    sentence = _("You made this proposal yourself. Another person has to decide on it.")


class NotThisMatter(Refused):
    sentence = _("This belongs to another case.")


def lock(remediation_id: int) -> Remediation:
    """Return the remediation, locked for this transaction."""
    found: Remediation = Remediation.objects.select_for_update().get(pk=remediation_id)
    return found


def rate(
    remediation_id: int,
    *,
    scale: int,
    scope: int,
    irremediability: int,
    level_of_harm: str,
    origin_stage: str,
) -> Remediation:
    """Record severity (0-4 each, checked by the caller's rule), level of harm and origin."""
    known(level_of_harm, LevelOfHarm)
    known(origin_stage, ValueChainStage)
    remediation = lock(remediation_id)
    remediation.severity_scale = scale
    remediation.severity_scope = scope
    remediation.severity_irremediability = irremediability
    remediation.level_of_harm = level_of_harm
    remediation.origin_stage = origin_stage
    remediation.save(
        update_fields=[
            "severity_scale",
            "severity_scope",
            "severity_irremediability",
            "level_of_harm",
            "origin_stage",
        ]
    )
    return remediation


def set_share(
    remediation_id: int,
    *,
    organisation_id: int,
    product_id: int | None,
    nexus: str,
    percent: int,
    obligation: str = "",
    contribution: int | None = None,
    contribution_state: str = "",
) -> ResponsibilityShare:
    """Set the share of one organisation (and product), and what it owes and bears (R074).

    `percent` is its part of the responsibility, `contribution` its part of the cost of the
    remedy; neither comes to more than a hundred over all organisations. Raises MoreThanAHundred,
    ContributionUnclear, UnknownChoice.
    """
    known(nexus, Nexus)
    known_or_empty(obligation, Obligation)
    known_or_empty(contribution_state, ContributionState)
    if (contribution is None) == bool(contribution_state):
        raise ContributionUnclear
    if not 0 <= percent <= WHOLE or not 1 <= (contribution or 1) <= WHOLE:
        raise MoreThanAHundred
    remediation = lock(remediation_id)
    organisation = Organisation.objects.filter(pk=organisation_id).first()
    product = Product.objects.filter(pk=product_id).first() if product_id else None
    if organisation is None or (product_id and product is None):
        raise UnknownChoice
    shares = ResponsibilityShare.objects.filter(remediation=remediation)
    share = shares.filter(organisation=organisation, product=product).first()
    others = shares.exclude(pk=share.pk) if share else shares
    borne = others.exclude(contribution_state=ContributionState.REFUSED)
    if _sum(others, "percent") + percent > WHOLE:
        raise MoreThanAHundred
    bears = 0 if contribution_state == ContributionState.REFUSED else contribution or 0
    if _sum(borne, "contribution") + bears > WHOLE:
        raise MoreThanAHundred
    if share is None:
        share = ResponsibilityShare(
            remediation=remediation, organisation=organisation, product=product
        )
    share.nexus = nexus
    share.percent = percent
    share.obligation = obligation
    share.contribution = contribution
    share.contribution_state = contribution_state
    share.save()
    return share


def _sum(shares: QuerySet[ResponsibilityShare], field: str) -> int:
    return int(shares.aggregate(sum=Sum(field))["sum"] or 0)


def add_element(
    remediation_id: int, *, harm: str, beneficiary: str, reversibility: str, description: Sealed
) -> HarmElement:
    """Add one thing that was harmed."""
    known(harm, Harm)
    known(beneficiary, Beneficiary)
    known(reversibility, Reversibility)
    element = HarmElement(
        remediation=lock(remediation_id),
        harm=harm,
        beneficiary=beneficiary,
        reversibility=reversibility,
        description=description,
    )
    element.save(force_insert=True)
    return element


def rule_out_restitution(remediation_id: int, element_id: int, *, reason: str) -> HarmElement:
    """Say why nothing is put back for an element (R010). Raises UnknownChoice, NotThisMatter."""
    known(reason, NoRestitution)
    element = element_of(lock(remediation_id), element_id)
    element.no_restitution = reason
    element.save(update_fields=["no_restitution"])
    return element


def judge_element(
    remediation_id: int, element_id: int, *, result: str, note: Sealed
) -> HarmElement:
    """Say how far an element was remedied, in the company's view, and why (R126)."""
    known(result, ElementResult)
    element = element_of(lock(remediation_id), element_id)
    element.result = result
    element.result_note = note
    element.save(update_fields=["result", "result_note"])
    return element


def element_of(remediation: Remediation, element_id: int | None) -> HarmElement:
    """Return the element, which must belong to the remediation. Raises NotThisMatter."""
    found: HarmElement | None = HarmElement.objects.filter(
        remediation=remediation, pk=element_id or 0
    ).first()
    if found is None:
        raise NotThisMatter
    return found


def determine(
    remediation_id: int,
    *,
    answers: Answers,
    evidence: Mapping[Question, Sealed],
    decided: str,
    reason: str,
    note: Sealed,
    decided_by_id: int,
    at: datetime,
) -> NexusDetermination:
    """Record a person's decision on the nexus as a new version.

    The proposal is worked out here, from the answers, so that nobody can record another one.
    `evidence` is what each yes and each no rests on. A decision that asks less of the company
    than the answers or than what stands is recorded, and waits for `look_again`: the stronger
    duty stands meanwhile. Raises NoEvidence, DiffersWithoutReason, UnknownChoice.
    """
    known(decided, Nexus)
    known(reason, NexusReason)
    if set(evidence) != {one for one in Question if answers.to(one) != Answer.UNKNOWN}:
        raise NoEvidence
    proposal = propose(answers)
    if decided != proposal.nexus and reason == NexusReason.AS_PROPOSED:
        raise DiffersWithoutReason
    remediation = lock(remediation_id)
    versions = NexusDetermination.objects.filter(remediation=remediation)
    standing = Nexus(remediation.nexus) if remediation.nexus else None
    waits = needs_second(Nexus(decided), proposed=proposal.nexus, standing=standing)
    determination = NexusDetermination(
        remediation=remediation,
        version=(versions.aggregate(last=Max("version"))["last"] or 0) + 1,
        **{question: getattr(answers, question) for question in answers.__slots__},
        **{evidence_of(question): sealed for question, sealed in evidence.items()},
        proposed=proposal.nexus,
        decided=decided,
        provisional=_is_provisional(proposal, decided),
        needs_second=waits,
        reason=reason,
        note=note,
        decided_by_id=decided_by_id,
        at=at,
    )
    determination.save(force_insert=True)
    if waits:
        _wait(remediation, proposal, standing)
    else:
        _stand(remediation, determination)
    return determination


def _is_provisional(proposal: Proposal, nexus: str) -> bool:
    """An unknown keeps the matter open, whoever decides: nobody can wave it through."""
    return proposal.provisional and nexus != Nexus.CAUSED


def _stand(remediation: Remediation, determination: NexusDetermination) -> None:
    remediation.nexus = determination.decided
    remediation.nexus_provisional = determination.provisional
    remediation.nexus_pending = False
    remediation.save(update_fields=["nexus", "nexus_provisional", "nexus_pending"])


def _wait(remediation: Remediation, proposal: Proposal, standing: Nexus | None) -> None:
    stands = meanwhile(proposed=proposal.nexus, standing=standing)
    if stands != standing:
        remediation.nexus = stands
        remediation.nexus_provisional = _is_provisional(proposal, stands)
    remediation.nexus_pending = True
    remediation.save(update_fields=["nexus", "nexus_provisional", "nexus_pending"])


def look_again(
    remediation_id: int, *, agreed: bool, note: Sealed | None, by_id: int, at: datetime
) -> NexusDetermination:
    """A second person confirms or turns down the latest determination, which lowers the duty.

    Confirmed, it stands from here on; turned down, what stood meanwhile goes on standing. Raises
    NothingWaits, OwnDecision.
    """
    remediation = lock(remediation_id)
    if not remediation.nexus_pending:
        raise NothingWaits
    determination: NexusDetermination = NexusDetermination.objects.filter(
        remediation=remediation
    ).latest("version")
    if determination.decided_by_id == by_id:
        raise OwnDecision
    NexusSecondLook(
        determination=determination,
        agreed=agreed,
        note=note,
        decided_by_id=determination.decided_by_id,
        by_id=by_id,
        at=at,
    ).save(force_insert=True)
    if agreed:
        _stand(remediation, determination)
    else:
        remediation.nexus_pending = False
        remediation.save(update_fields=["nexus_pending"])
    return determination
