"""How a case ended, as its person reads it: our outcome with its reasons, their own answer beside
it, and how other people looked at it again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core import vault
from core.actors import Actor
from grievance import reading
from grievance.lifecycle import reckoning, running
from grievance.models import (
    Appeal,
    AppealDecision,
    Case,
    Conclusion,
    Refusal,
    RefusalDecision,
    RefusalKind,
    reason_words,
)
from grievance.reading.remedy import OpenedRemedy
from stakeholders.models import Mechanism
from stakeholders.vocabulary import Answer, CaseStatus, ClockKind, CompanyOutcome, PersonVerdict

_ENDED: dict[str, Promise] = {
    CompanyOutcome.WITHDRAWN: _(
        "You ended the case yourself. If you change your mind, write to us here."
    ),
    CompanyOutcome.OUT_OF_SCOPE: _("We cannot take this up. You can read the reasons below."),
    CompanyOutcome.NOT_ESTABLISHED: _(
        "We could not find that it happened as you told us. You can read the reasons below."
    ),
    CompanyOutcome.NO_NEXUS: _(
        "We found no tie between our company and what happened. You can read the reasons below."
    ),
    CompanyOutcome.REMEDIED_FULL: _("We say that it has been put right."),
    CompanyOutcome.REMEDIED_PARTIAL: _("We say that a part of it has been put right."),
    CompanyOutcome.LEVERAGE_EFFECT: _(
        "Others caused the harm. We used our influence on them, and something changed."
    ),
    CompanyOutcome.LEVERAGE_NO_EFFECT: _(
        "Others caused the harm. We used our influence on them, and nothing changed."
    ),
    CompanyOutcome.REFERRED: _("Others deal with it now, as you agreed, and we work with them."),
}

_ANSWERED: dict[str, Promise] = {
    PersonVerdict.YES: _("You say: yes, it was put right."),
    PersonVerdict.PARTLY: _("You say: it was put right in part."),
    PersonVerdict.NO: _("You say: no, it was not put right."),
}

_DECIDED: dict[str, Promise] = {
    AppealDecision.UPHELD: _("Other people looked at your case again. The decision stays."),
    AppealDecision.SENT_BACK: _(
        "Other people looked at your case again. The work on it has to go on."
    ),
}

_REMEDIED = (CompanyOutcome.REMEDIED_FULL, CompanyOutcome.REMEDIED_PARTIAL)


@dataclass(frozen=True, repr=False)
class Closing:
    """How the case ended, in the company's words. The person's verdict is kept elsewhere."""

    outcome: str
    outcome_words: Promise | str
    reason_words: Promise | str
    explanation: str
    mechanisms: Sequence[Mechanism]
    decided_at: datetime | None


@dataclass(frozen=True, repr=False)
class GivenVerdict:
    """What the person answered last since the company's decision. Not printable."""

    words: Promise
    details: Sequence[tuple[Promise, Promise]]
    text: str
    at: datetime
    both_stand: Promise | None
    """The sentence for two answers that differ; None where they do not."""
    codes: Mapping[str, str]

    def is_same(self, given: Mapping[str, str]) -> bool:
        """Whether this was said in the same words before, as when a form is sent twice."""
        return {**given, "words": given["words"].strip()} == {**self.codes, "words": self.text}


@dataclass(frozen=True, repr=False)
class SecondLook:
    """An appeal in clear: what the person asked and what the others decided. Not printable."""

    words: str
    filed_at: datetime
    decided_at: datetime | None
    decision_words: Promise | None
    explanation: str


def closing_of(case: Case, *, by: Actor, at: datetime) -> Closing | None:
    """Open the decision that ended the case, also while others look at it again."""
    outcome = case.company_outcome
    if case.status == CaseStatus.APPEAL:
        filed = Appeal.objects.filter(case=case, decision="").first()
        outcome = filed.outcome_before if filed else ""
    if not outcome:
        return None
    words = _ENDED.get(outcome, "")
    if outcome in RefusalKind.values:
        return _refused(case, outcome, words, by=by, at=at)
    found = Conclusion.objects.filter(case=case, outcome=outcome).order_by("at", "pk").last()
    if found is None:
        return Closing(outcome, words, "", "", (), case.closed_at)
    [text] = _open(case, [found.explanation], by=by, at=at)
    return Closing(outcome, words, "", text, (), found.at)


def _refused(case: Case, outcome: str, words: Promise | str, *, by: Actor, at: datetime) -> Closing:
    refusals = Refusal.objects.filter(
        case=case, kind=outcome, decision=RefusalDecision.CONFIRMED
    ).order_by("decided_at", "pk")
    last = refusals[len(refusals) - 1]
    [text] = _open(case, [last.explanation], by=by, at=at)
    return Closing(
        outcome=outcome,
        outcome_words=words,
        reason_words=reason_words(last.reason),
        explanation=text,
        mechanisms=list(Mechanism.objects.filter(code__in=last.mechanism_codes)),
        decided_at=last.decided_at,
    )


def verdict_of(remedy: OpenedRemedy | None, closing: Closing | None) -> GivenVerdict | None:
    """Return the person's last answer to the decision that stands; None where there is none."""
    if remedy is None or closing is None or closing.decided_at is None:
        return None
    given = [pair for pair in remedy.verdicts if pair[0].at >= closing.decided_at]
    if not given or given[-1][0].delivered not in _ANSWERED:
        return None
    verdict, text = given[-1]
    return GivenVerdict(
        words=_ANSWERED[verdict.delivered],
        details=[
            (question, _IN_SHORT[Answer(answer)])
            for question, answer in zip(
                QUESTIONS.values(), (verdict.adequate, verdict.prompt, verdict.safe), strict=True
            )
            if answer != Answer.UNKNOWN
        ],
        text=text,
        at=verdict.at,
        both_stand=_both_stand(closing.outcome, verdict.delivered),
        codes={name: getattr(verdict, name) for name in ("delivered", *QUESTIONS)},
    )


QUESTIONS: dict[str, Promise] = {
    "adequate": _("Was it enough?"),
    "prompt": _("Did it come in time?"),
    "safe": _("Were you safe?"),
}
"""The smaller questions beside the verdict, by the name of the field."""

_IN_SHORT = {Answer.YES: _("Yes"), Answer.NO: _("No"), Answer.UNKNOWN: _("I don't know")}


def _both_stand(outcome: str, delivered: str) -> Promise | None:
    if delivered == PersonVerdict.YES:
        return None
    if outcome not in _REMEDIED:
        return _("We have ended our part. You say that it is not put right. Both are written down.")
    if delivered == PersonVerdict.NO:
        return _("We say it is done. You say it is not. Both are written down.")
    if outcome == CompanyOutcome.REMEDIED_FULL:
        return _("We say it is done. You say only a part is. Both are written down.")
    return None


def second_looks_of(case: Case, *, by: Actor, at: datetime) -> list[SecondLook]:
    """Open the person's appeals with the decisions on them, oldest first."""
    appeals = list(Appeal.objects.filter(case=case).order_by("filed_at", "pk"))
    sealeds = [one for row in appeals for one in (row.words, row.explanation)]
    texts = iter(_open(case, sealeds, by=by, at=at))
    return [
        SecondLook(
            words=next(texts),
            explanation=next(texts),
            filed_at=row.filed_at,
            decided_at=row.decided_at,
            decision_words=_DECIDED.get(row.decision),
        )
        for row in appeals
    ]


def last_day_to_appeal(case: Case) -> datetime | None:
    """Return the last moment to ask for another look; None where no limit is set."""
    return running.window_until(case)


def decided_by(case: Case, *, at: datetime) -> datetime | None:
    """Return by when an appeal filed at `at` is decided; None where no limit is set."""
    return reckoning.last_moment(case, ClockKind.APPEAL_DECISION, at)


def _open(
    case: Case, sealeds: Sequence[vault.Sealed | None], *, by: Actor, at: datetime
) -> list[str]:
    if not sealeds:
        return []
    opened = vault.open_many(reading.of_case(case, *sealeds), by=by, reason="own_case", at=at)
    return [text or "" for text in opened]
