"""Numbers for Prometheus: read from the database when asked, so every process tells the same.

Served only to whoever has the token, and not at all without one. Counts and ages of the machinery
alone: nothing is told apart by country, issue, status or team, because a count of one is a person.
"""

import secrets
from collections.abc import Iterator

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.registry import Collector

from core import heartbeats
from grievance import operating

_SWEEPS = frozenset(
    {"deliver_notices", "sweep_clocks", "watch_outbox", "expire_consents"}
    | {"remind_of_reviews", "purge_expired"}
)


@never_cache
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Answer 200 with the metrics to the right bearer token, 404 to everybody else."""
    token = settings.METRICS_TOKEN
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not token or not secrets.compare_digest(given.encode(), token.encode()):
        return HttpResponseNotFound("Not found.\n", content_type="text/plain")
    registry = CollectorRegistry()
    registry.register(_Collector())
    return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


class _Collector(Collector):
    """Reads everything anew for each scrape."""

    def describe(self) -> list[Metric]:
        """Describe nothing beforehand: registering would read the database once more."""
        return []

    def collect(self) -> Iterator[Metric]:
        """Yield the outbox, the clocks, and the sweeps with their signs of life."""
        yield from self._outbox()
        yield from self._clocks()
        yield from self._sweeps()

    def _outbox(self) -> Iterator[Metric]:
        now = operating.overview(at=timezone.now()).outbox
        yield _gauge(
            "redress_outbox_oldest_seconds",
            "How long the oldest unsent notice should have been gone.",
            now.oldest.total_seconds(),
        )
        family = GaugeMetricFamily(
            "redress_outbox_messages", "Notices that have not arrived, by state.", labels=["state"]
        )
        for state in ("queued", "sending", "held", "given_up"):
            family.add_metric([state], getattr(now, state))
        yield family

    def _clocks(self) -> Iterator[Metric]:
        running, late = operating.running_clocks(at=timezone.now())
        yield _gauge("redress_clocks_running", "Time limits that run now.", running)
        family = GaugeMetricFamily(
            "redress_clocks_overdue",
            "Time limits past their last moment, by the level that they were taken to.",
            labels=["level"],
        )
        for level, count in late.items():
            family.add_metric([str(level)], count)
        yield family

    def _sweeps(self) -> Iterator[Metric]:
        at = timezone.now()
        ages = GaugeMetricFamily(
            "redress_heartbeat_age_seconds", "Since the last sign of life.", labels=["of"]
        )
        took = GaugeMetricFamily(
            "redress_sweep_seconds", "How long the last run took.", labels=["sweep"]
        )
        rows = GaugeMetricFamily(
            "redress_sweep_rows", "Rows of the last run, by result.", labels=["sweep", "result"]
        )
        signs = heartbeats.all_heartbeats()
        for name in sorted(_SWEEPS & signs.keys()):
            sign = signs[name]
            took.add_metric([name], sign.seconds)
            rows.add_metric([name, "done"], sign.done)
            rows.add_metric([name, "failed"], sign.failed)
        for name in sorted((_SWEEPS | {heartbeats.BEAT}) & signs.keys()):
            ages.add_metric([name], (at - signs[name].at).total_seconds())
        latest = max((signs[name].at for name in _SWEEPS & signs.keys()), default=None)
        if latest is not None:
            ages.add_metric(["worker"], (at - latest).total_seconds())
        yield from (ages, took, rows)


def _gauge(name: str, told: str, value: float) -> Metric:
    return GaugeMetricFamily(name, told, value=value)
