"""A mail server with moods that writes down every letter it took, and nothing of those it did not.

It runs in a thread of the harness, which is never killed: its record is what the outbox is
measured against.
"""

import asyncio
import hashlib
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email import message_from_bytes, policy
from typing import Any

from aiosmtpd.controller import Controller

from tests.faults.plan import Mood
from tests.postbox import free_port

LONGEST_STALL = 12.0
"""Seconds. Less than the sender's patience: beyond it nobody could say who has the letter."""


@dataclass(frozen=True, slots=True)
class Taken:
    """One letter that the server took: when it was begun and taken, for whom, what it says."""

    begun: float
    taken: float
    to: str
    text: str
    reply_lost: bool = False


def digest(text: str) -> str:
    """A short name for the words of a letter, however its lines are broken."""
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()[:12]


class MailServer:
    """`mood` may be set at any moment; `taken` holds what was accepted, in order."""

    def __init__(self) -> None:
        self.port = free_port()
        self.mood = Mood.WELL
        self.taken: list[Taken] = []
        self.answers: Counter[Mood] = Counter()
        """How many letters met the server in each mood."""
        self.met = False
        """Whether a letter came since somebody last set this back."""

    # --- what aiosmtpd calls -------------------------------------------------------------------

    async def handle_MAIL(  # noqa: N802
        self, server: Any, session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        session.begun = time.time()
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 OK"

    async def handle_RCPT(  # noqa: N802
        self, server: Any, session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        self.answers[self.mood] += 1
        self.met = True
        if self.mood is Mood.REFUSES_FOR_NOW:
            return "451 4.3.0 Not now"
        if self.mood is Mood.REFUSES_FOR_GOOD:
            return "550 5.7.1 Never"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        if self.mood is Mood.HANGS_UP:
            server.transport.abort()
            return "421 4.3.2 Gone"
        waited = 0.0
        while self.mood is Mood.STALLS and waited < LONGEST_STALL:
            await asyncio.sleep(0.05)
            waited += 0.05
        lost = self.mood is Mood.LOSES_THE_REPLY
        letter = message_from_bytes(envelope.content, policy=policy.default)
        body: Any = letter
        text = digest(body.get_content())
        for address in envelope.rcpt_tos:
            self.taken.append(Taken(session.begun, time.time(), address, text, lost))
        if lost:
            server.transport.abort()
            return "421 4.3.2 Gone"
        return "250 OK"


@contextmanager
def mail_server() -> Iterator[MailServer]:
    """Run the server for the length of a block."""
    box = MailServer()
    controller = Controller(box, hostname="127.0.0.1", port=box.port)
    controller.start()
    try:
        yield box
    finally:
        controller.stop()
