"""The verdict of a body that speaks for many, or why none could be asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from core.refusals import Refused
from core.vault import Sealed
from remedy.lifecycle.assess import lock
from remedy.lifecycle.choosing import UnknownChoice, known
from remedy.models import COLLECTIVE, CollectiveHarm, CollectiveVerdict, HarmPath, NotAsked
from stakeholders.vocabulary import Answer, PersonVerdict

_SAID = (PersonVerdict.YES, PersonVerdict.PARTLY, PersonVerdict.NO)


class NotCollective(Refused):
    sentence = _("The harm is rated as one to single people. They alone say what it was worth.")


class BodyOrReason(Refused):
    sentence = _("Name who speaks for the people and what they say, or why nobody was asked.")


class WhatWasDoneToAsk(Refused):
    sentence = _("Write what was done to find somebody who speaks for them.")


class OnlyWhoAgreed(Refused):
    sentence = _("Only a body that agreed is named in public, with the words that it gave for it.")


class NotIndependentOfIt(Refused):
    sentence = _("You took part in the work on this case. Somebody else has to write this down.")


@dataclass(frozen=True, kw_only=True, repr=False)
class Published:
    """What a body wants to be read in public: its words, and that it agrees to be named."""

    agreed: bool = False
    words: str = ""


UNPUBLISHED = Published()


def describe_many(
    remediation_id: int,
    *,
    population: Sealed,
    mechanism: Sealed,
    path: str,
    discriminates: str,
    lost_chances: str,
    autonomy: str,
    participation: str,
    by_id: int,
    at: datetime,
) -> CollectiveHarm:
    """Describe a harm to many: whom it met and how; earlier descriptions stay (R083).

    Raises NotCollective, UnknownChoice.
    """
    known(path, HarmPath)
    for answer in (discriminates, lost_chances, autonomy, participation):
        known(answer, Answer)
    remediation = lock(remediation_id)
    if remediation.level_of_harm not in COLLECTIVE:
        raise NotCollective
    described = CollectiveHarm(
        remediation=remediation,
        population=population,
        mechanism=mechanism,
        path=path,
        discriminates=discriminates,
        lost_chances=lost_chances,
        autonomy=autonomy,
        participation=participation,
        described_by_id=by_id,
        at=at,
    )
    described.save(force_insert=True)
    return described


def note_collective_verdict(
    remediation_id: int,
    *,
    body: str,
    delivered: str,
    not_asked: str,
    noted_by_id: int,
    at: datetime,
    note: Sealed | None = None,
    published: Published = UNPUBLISHED,
    excluded_ids: Sequence[int] = (),
) -> CollectiveVerdict:
    """Write down what a body says, or why none was asked; earlier ones stay (R083).

    `excluded_ids` are those who worked on the case: none of them writes it down. Raises
    NotCollective, BodyOrReason, WhatWasDoneToAsk, OnlyWhoAgreed, NotIndependentOfIt, UnknownChoice.
    """
    words = published.words.strip()
    if noted_by_id in excluded_ids:
        raise NotIndependentOfIt
    name = body.strip()
    if bool(not_asked) == bool(name) or bool(name) != bool(delivered):
        raise BodyOrReason
    if bool(words) > published.agreed or (published.agreed and not name):
        raise OnlyWhoAgreed
    if not_asked:
        known(not_asked, NotAsked)
        if note is None:
            raise WhatWasDoneToAsk
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
        note=note,
        words=words,
        may_publish=published.agreed,
        excluded_ids=sorted(excluded_ids),
        noted_by_id=noted_by_id,
        at=at,
    )
    verdict.save(force_insert=True)
    return verdict
