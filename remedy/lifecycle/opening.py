"""Opening the remediation of a matter found in scope."""

from __future__ import annotations

from datetime import datetime

from remedy.models import Remediation


def open_remediation(*, at: datetime) -> Remediation:
    """Open the remediation of a matter found in scope at `at` (aware).

    Needs a current stamp (`core.ledger.history.stamped`), so that history says who found it.
    Returns the saved row; the caller points to it.
    """
    remediation = Remediation(opened_at=at)
    remediation.save()
    return remediation
