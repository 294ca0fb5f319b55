"""Makes one case with a long story through the real verbs; prints its id.

`python -m bench.long_case`: 200 events, of which every fifth is a message of the person and every
fifth one of the staff; the others are names, urgency and hand-overs.
"""

import sys
from datetime import timedelta

import django

django.setup()

from django.db import transaction  # noqa: E402  (needs the settings first)
from django.utils import timezone  # noqa: E402

from core.actors import Actor, ActorKind  # noqa: E402
from grievance import lifecycle  # noqa: E402
from grievance.lifecycle import UrgencyReason  # noqa: E402
from grievance.management.demo.stories import SAMPLE  # noqa: E402
from grievance.models import CaseEvent  # noqa: E402
from stakeholders.models import User  # noqa: E402

EVENTS = 200
_WORDS = "We have looked at the rota of that week and ask the site for the list of shifts. " * 3


def make() -> int:
    """Make the case and return its id."""
    now = timezone.now()
    at = now - timedelta(days=30)
    officer = _actor("intake")
    handler = User.objects.get(username="handler")
    case = lifecycle.submit(SAMPLE.account, at=at).case_id
    lifecycle.acknowledge(case, by=officer, at=at + timedelta(hours=5), message="")
    is_urgent = False
    while CaseEvent.objects.filter(case_id=case).count() < EVENTS:
        turn = CaseEvent.objects.filter(case_id=case).count()
        at += timedelta(hours=3)
        if turn % 5 == 0:
            lifecycle.write_back(case, at=at, body=_WORDS)
        elif turn % 5 == 1:
            lifecycle.write_to_person(case, by=officer, at=at, body=_WORDS)
        elif turn % 5 == 2:
            lifecycle.name_case(case, by=officer, at=at, title=f"Scored by camera ({turn})")
        elif turn % 5 == 3:
            lifecycle.assign(case, by=_actor("lead"), at=at, handler_id=handler.pk)
        elif is_urgent:
            lifecycle.unmark_urgent(
                case, by=officer, at=at, reason_code=UrgencyReason.DANGER_PASSED
            )
            is_urgent = False
        else:
            lifecycle.mark_urgent(case, by=officer, at=at, reason_code=UrgencyReason.RETALIATION)
            is_urgent = True
    return int(case)


def _actor(username: str) -> Actor:
    return Actor(ActorKind.STAFF, User.objects.get(username=username).pk)


if __name__ == "__main__":
    with transaction.atomic():
        made = make()
    print(made)
    sys.exit(0)
