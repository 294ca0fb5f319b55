"""Whose turn it is, where several referrals and questions are open at once.

The case waits for the person while an answer of theirs is owed. News from outside never takes
their question away from them: staff are told by a notice, and have the case back with the
person's last answer. Nobody outside is ever waited for: the case stays ours.
"""

from grievance.lifecycle.clocks import resume_waiting
from grievance.lifecycle.turn import Turn
from grievance.models import BundleConsent, Consent, ConsentState, WaitingFor


def news_from_outside(now: Turn) -> None:
    """Hand the case to staff, because something came in; not while the person is asked."""
    if now.case.is_open and now.case.waiting_for != WaitingFor.PERSON:
        now.set(waiting_for=WaitingFor.STAFF)


def one_question_less(now: Turn) -> None:
    """Hand the case to staff once the person was asked about nobody any more.

    To be called after the question that was answered or withdrawn has been saved.
    """
    if not now.case.is_open:
        return
    asked = {"case": now.case, "state": ConsentState.ASKED}
    if Consent.objects.filter(**asked).exists() or BundleConsent.objects.filter(**asked).exists():
        return
    now.set(waiting_for=WaitingFor.STAFF)
    resume_waiting(now)
