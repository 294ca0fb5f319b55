"""How the machinery stands: for operators, in counts and ages. Nothing of any case.

What is late here is late for people, so an alarm goes three ways: to the log, by mail to whoever
keeps the house running, and onto the desk, which still works when no worker does.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from smtplib import SMTPException

import structlog
from django.conf import settings
from django.core.mail import send_mail
from django.db.models import Count

from core import heartbeats, outbox
from core.outbox import Standing
from grievance import duties
from grievance.models import Clock

log = structlog.get_logger(__name__)

MAIL_EVERY = timedelta(hours=1)
SILENT_AFTER = timedelta(minutes=5)
"""The beat notes itself every 15 seconds and a worker does something every half minute."""
_ALARM = "alarm"


@dataclass(frozen=True, slots=True)
class Overview:
    """How things stand at one moment. An age is None where there has been no sign yet."""

    outbox: Standing
    beat: timedelta | None
    worker: timedelta | None

    @property
    def beat_minutes(self) -> int:
        """The age of the beat's last sign in minutes, rounded up; 0 without any."""
        return _minutes_up(self.beat)

    @property
    def worker_minutes(self) -> int:
        """The age of a worker's last sign in minutes, rounded up; 0 without any."""
        return _minutes_up(self.worker)

    @property
    def oldest_minutes(self) -> int:
        """How long the oldest unsent notice should have been gone, in full minutes."""
        return int(self.outbox.oldest.total_seconds()) // 60

    @property
    def is_stuck(self) -> bool:
        """Whether notices do not leave."""
        return self.outbox.is_stuck(timedelta(minutes=settings.REDRESS_ALARM_MINUTES))

    @property
    def beat_is_silent(self) -> bool:
        """Whether the beat was heard once and is not heard any more."""
        return self.beat is not None and self.beat > SILENT_AFTER

    @property
    def worker_is_silent(self) -> bool:
        """Whether a worker was heard once and none is heard any more."""
        return self.worker is not None and self.worker > SILENT_AFTER

    @property
    def is_well(self) -> bool:
        """Whether nothing here needs anybody."""
        return not (self.is_stuck or self.beat_is_silent or self.worker_is_silent)


def _minutes_up(age: timedelta | None) -> int:
    return 0 if age is None else max(0, int(age.total_seconds())) // 60 + 1


def overview(*, at: datetime) -> Overview:
    """Look at the outbox and at the signs of life. Four statements."""
    signs = heartbeats.all_heartbeats()
    beat = signs.pop(heartbeats.BEAT, None)
    signs.pop(_ALARM, None)
    latest = max((sign.at for sign in signs.values()), default=None)
    return Overview(
        outbox=outbox.standing(at=at),
        beat=at - beat.at if beat else None,
        worker=at - latest if latest else None,
    )


def watch(*, at: datetime) -> None:
    """Raise the alarm where notices do not leave: always in the log, once an hour by mail."""
    now = outbox.standing(at=at)
    if not now.is_stuck(timedelta(minutes=settings.REDRESS_ALARM_MINUTES)):
        return
    seconds = int(now.oldest.total_seconds())
    log.error("outbox.stuck", seconds=seconds, count=now.queued + now.sending)
    if not settings.REDRESS_OPERATOR_EMAIL:
        return
    if not heartbeats.is_time_for(_ALARM, every=MAIL_EVERY, at=at):
        return
    try:
        _tell_operator(now)
    except (SMTPException, OSError) as failure:
        # The same mail server, most likely. The log has said it; the next minute tries again.
        heartbeats.forget(_ALARM)
        log.error("outbox.alarm_not_sent", error=type(failure).__name__)


def _tell_operator(now: Standing) -> None:
    """Send the counts and nothing else. In English, as the log is: it is read by machines too."""
    minutes = int(now.oldest.total_seconds()) // 60
    body = (
        f"The oldest unsent message has waited {minutes} minutes.\n"
        f"Waiting: {now.queued}. Being sent: {now.sending}. Given up: {now.given_up}.\n"
    )
    send_mail(
        subject="Messages do not leave",
        message=body,
        from_email=settings.REDRESS_NOTICE_FROM,
        recipient_list=[settings.REDRESS_OPERATOR_EMAIL],
    )


def running_clocks(*, at: datetime) -> tuple[int, Mapping[int, int]]:
    """Return how many clocks run, and how many of them are past their last moment, by level.

    Paused clocks count as running: their time is not over. A person's own time and a question to
    them run too, and are never late. No kind, case or country is told apart;
    small numbers could point to a person.
    """
    running = Clock.objects.filter(stopped_at__isnull=True)
    owed = running.filter(paused_at__isnull=True, kind__in=duties.OWED)
    late = owed.filter(last_at__lt=at).values_list("level").annotate(count=Count("pk"))
    return running.count(), dict(late.order_by("level"))
