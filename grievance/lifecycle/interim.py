"""Interim measures: asked for, taken or not within hours, looked at again, undone (R097 to R099).

They stand beside the case and decide nothing of it. What is found on the case later neither needs
nor follows from them.
"""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from core import vault
from core.actors import Actor
from core.refusals import Refused
from grievance import notices
from grievance.lifecycle import running
from grievance.lifecycle.turn import Turn, staff_id, text_of, turn
from grievance.models import InterimKind, InterimMeasure, InterimRefusal, InterimState, PosterTold
from grievance.states import Verb
from stakeholders.vocabulary import ClockKind

_PLACE = "grievance.InterimMeasure."


class UnknownInterim(Refused):
    sentence = _("Choose one of the answers.")


class InterimMovedOn(Refused):
    sentence = _("This measure has moved on in the meantime, so this step is not open any more.")


class EvidenceFirst(Refused):
    sentence = _("Preserve the evidence first, and confirm it.")


class NotWeighed(Refused):
    sentence = _(
        "For content, write on what law the measure rests, why it is needed and why it is not "
        "too much, and say whether whoever published it was told."
    )


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Weighed:
    """What was weighed before content is touched. Words of staff, in clear until they are kept."""

    legality: str = ""
    necessity: str = ""
    proportionality: str = ""
    poster: str = ""

    @property
    def is_whole(self) -> bool:
        """Whether nothing of it is missing."""
        words = (self.legality, self.necessity, self.proportionality)
        return all(text.strip() for text in words) and self.poster in PosterTold.values


def ask_interim(case_id: int, *, by: Actor, at: datetime, kind: str, request: str) -> None:
    """Ask for something to be done at once. Its clock runs in hours from now.

    Raises UnknownInterim, EmptyText and the refusals of `turn`.
    """
    if kind not in InterimKind.values:
        raise UnknownInterim
    words = text_of(request)
    with turn(case_id, Verb.ASK_INTERIM, by=by, at=at, reason_code=kind) as now:
        made = InterimMeasure(
            case=now.case,
            kind=kind,
            request=_sealed(now, words, "request"),
            asked_by_id=staff_id(now),
            asked_at=at,
        )
        made.save(force_insert=True)
        now.data["interim"] = made.pk
        running.start(now, ClockKind.INTERIM_MEASURE)


def take_interim(
    case_id: int,
    *,
    by: Actor,
    at: datetime,
    interim_id: int,
    evidence_kept: bool,
    weighed: Weighed,
) -> None:
    """Do what was asked for, after its evidence was preserved. It is looked at again in days.

    What touches content is weighed first. Raises EvidenceFirst, NotWeighed, InterimMovedOn.
    """
    with turn(case_id, Verb.TAKE_INTERIM, by=by, at=at) as now:
        found = _of_case(now, interim_id, InterimState.ASKED)
        if not evidence_kept:
            raise EvidenceFirst
        if found.is_on_content:
            if not weighed.is_whole:
                raise NotWeighed
            found.legality = _sealed(now, text_of(weighed.legality), "legality")
            found.necessity = _sealed(now, text_of(weighed.necessity), "necessity")
            found.proportionality = _sealed(
                now, text_of(weighed.proportionality), "proportionality"
            )
            found.poster = weighed.poster
        found.evidence_kept = True
        _decide(now, found, InterimState.TAKEN)
        running.start(now, ClockKind.INTERIM_REVIEW)


def refuse_interim(case_id: int, *, by: Actor, at: datetime, interim_id: int, reason: str) -> None:
    """Decide against what was asked for; the person reads why. Raises UnknownInterim."""
    if reason not in InterimRefusal.values:
        raise UnknownInterim
    with turn(case_id, Verb.REFUSE_INTERIM, by=by, at=at, reason_code=reason) as now:
        found = _of_case(now, interim_id, InterimState.ASKED)
        found.refusal = reason
        _decide(now, found, InterimState.REFUSED)


def keep_interim(case_id: int, *, by: Actor, at: datetime, interim_id: int) -> None:
    """Look at a measure again and leave it standing: it is looked at again after that."""
    with turn(case_id, Verb.KEEP_INTERIM, by=by, at=at) as now:
        found = _of_case(now, interim_id, InterimState.TAKEN)
        found.reviewed_at = at
        found.save(update_fields=["reviewed_at"])
        now.data |= {"interim": found.pk, "kind": found.kind}
        _review_again(now)


def lift_interim(case_id: int, *, by: Actor, at: datetime, interim_id: int) -> None:
    """Undo a measure."""
    with turn(case_id, Verb.LIFT_INTERIM, by=by, at=at) as now:
        found = _of_case(now, interim_id, InterimState.TAKEN)
        found.state = InterimState.LIFTED
        found.lifted_at = at
        found.save(update_fields=["state", "lifted_at"])
        now.data |= {"interim": found.pk, "kind": found.kind}
        _review_again(now)
        notices.tell_person_of(now.case, notices.Notice.MESSAGE, now.event_id, at=at)


def _decide(now: Turn, found: InterimMeasure, state: InterimState) -> None:
    found.state = state
    found.decided_by_id = staff_id(now)
    found.decided_at = now.at
    found.save()
    now.data |= {"interim": found.pk, "kind": found.kind}
    if not InterimMeasure.objects.filter(case=now.case, state=InterimState.ASKED).exists():
        running.stop(now, ClockKind.INTERIM_MEASURE)
    notices.tell_person_of(now.case, notices.Notice.MESSAGE, now.event_id, at=now.at)


def _review_again(now: Turn) -> None:
    """Count the time to the next review from the standing measure that nobody saw the longest."""
    standing = InterimMeasure.objects.filter(case=now.case, state=InterimState.TAKEN)
    seen = [one.reviewed_at or one.decided_at for one in standing]
    running.stop(now, ClockKind.INTERIM_REVIEW)
    if seen:
        running.start(now, ClockKind.INTERIM_REVIEW, since=min(at for at in seen if at))


def _of_case(now: Turn, interim_id: int, state: InterimState) -> InterimMeasure:
    found: InterimMeasure | None = (
        InterimMeasure.objects.select_for_update()
        .filter(case=now.case, pk=interim_id, state=state)
        .first()
    )
    if found is None:
        raise InterimMovedOn
    return found


def _sealed(now: Turn, words: str, field: str) -> vault.Sealed:
    return vault.seal(words, key=now.case.record_key, place=f"{_PLACE}{field}")
