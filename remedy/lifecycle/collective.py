"""The verdict of a body that speaks for many, or why none could be asked."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from core.refusals import Refused
from remedy.lifecycle.assess import lock
from remedy.lifecycle.choosing import UnknownChoice, known
from remedy.models import COLLECTIVE, CollectiveVerdict, NotAsked
from stakeholders.vocabulary import PersonVerdict

_SAID = (PersonVerdict.YES, PersonVerdict.PARTLY, PersonVerdict.NO)


class NotCollective(Refused):
    sentence = _("The harm is rated as one to single people. They alone say what it was worth.")


class BodyOrReason(Refused):
    sentence = _("Name who speaks for the people and what they say, or why nobody was asked.")


def note_collective_verdict(
    remediation_id: int,
    *,
    body: str,
    delivered: str,
    not_asked: str,
    noted_by_id: int,
    at: datetime,
) -> CollectiveVerdict:
    """Write down what a body says, or why none was asked; earlier ones stay (R083).

    Raises NotCollective, BodyOrReason, UnknownChoice.
    """
    name = body.strip()
    if bool(not_asked) == bool(name) or bool(name) != bool(delivered):
        raise BodyOrReason
    if not_asked:
        known(not_asked, NotAsked)
    elif delivered not in _SAID:
        raise UnknownChoice
    remediation = lock(remediation_id)
    if remediation.level_of_harm not in COLLECTIVE:
        raise NotCollective
    verdict = CollectiveVerdict(
        remediation=remediation,
        body=name,
        delivered=delivered,
        not_asked=not_asked,
        noted_by_id=noted_by_id,
        at=at,
    )
    verdict.save(force_insert=True)
    return verdict
