"""`manage.py propose_nexus --answers …`: what five answers say about the tie, and why.

Needs no database: the rule is pure. Codes are those of the vocabulary.
"""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from remedy.nexus import QUESTIONS, Answers, Proposal, propose
from stakeholders.vocabulary import Answer


class Command(BaseCommand):
    help = "Proposes a nexus from the answers to the five questions, in their order."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--answers",
            required=True,
            metavar="A,A,A,A,A",
            help="five times yes, no or unknown, separated by commas",
        )
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        proposal = propose(_parsed(options["answers"]))
        if options["json"]:
            self.stdout.write(json.dumps(_as_data(proposal), ensure_ascii=False))
            return
        provisional = " (provisional)" if proposal.provisional else ""
        self.stdout.write(f"{proposal.nexus.label}{provisional}")
        for reason in proposal.reasons:
            self.stdout.write(f"  {reason}")
        self.stdout.write(f"Duties: {', '.join(proposal.duties)}")


def _parsed(text: str) -> Answers:
    codes = [code.strip() for code in text.split(",")]
    if len(codes) != len(QUESTIONS):
        raise CommandError(f"There are {len(QUESTIONS)} questions, and {len(codes)} answers.")
    for code in codes:
        if code not in Answer.values:
            raise CommandError(f"{code!r} is none of {', '.join(Answer.values)}.")
    return Answers(*(Answer(code) for code in codes))


def _as_data(proposal: Proposal) -> dict[str, object]:
    return {
        "nexus": proposal.nexus.value,
        "provisional": proposal.provisional,
        "open": [nexus.value for nexus in proposal.open],
        "duties": [duty.value for duty in proposal.duties],
        "reasons": [str(reason) for reason in proposal.reasons],
    }
