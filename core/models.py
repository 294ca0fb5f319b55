"""The tables of core, gathered from the parts that own them."""

from core.heartbeats import Heartbeat
from core.outbox.models import OutboxMessage
from core.vault.keys import DataKey
from core.vault.reading import ReadLog

__all__ = ["DataKey", "Heartbeat", "OutboxMessage", "ReadLog"]
