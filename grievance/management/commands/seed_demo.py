"""`manage.py seed_demo`: the demonstration's company, sign-ins and grievances."""

import json
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone, translation

from grievance.lifecycle import Refused
from grievance.management.demo import keepsake, seeding, world
from grievance.management.people import TeamMissing
from grievance.management.quiet import quietly
from stakeholders.models import Issue


class Command(BaseCommand):
    """Makes the demonstration where it is missing, and tells how to look at it."""

    help = (
        "Make a demonstration: a made-up company, a sign-in for each role, and grievances in "
        "several languages and stages. Safe to repeat. Refuses on a production installation."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--json", action="store_true", help="Print one JSON line and nothing else."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.REDRESS_MODE == "production":
            raise CommandError("A production installation takes no demonstration data.")
        try:
            with quietly(), translation.override("en"):
                case_key = seeding.seed(now=timezone.now())
        except (TeamMissing, Issue.DoesNotExist):
            raise CommandError(
                "The reference data are not loaded. Run manage.py load_reference first."
            ) from None
        except Refused as refused:
            raise CommandError(f"The demonstration can't be made: {refused}") from refused
        if options["json"]:
            self.stdout.write(json.dumps({"sign_ins": _sign_ins(), "case_key": case_key}))
        else:
            self._tell(case_key)

    def _tell(self, case_key: str) -> None:
        for post in world.POSTS:
            password = keepsake.password_for(post.username)
            self.stdout.write(f"{post.role.label:<20} {post.username:<15} {password}")
        self.stdout.write(f"Case key: {case_key}")


def _sign_ins() -> list[dict[str, str]]:
    return [
        {
            "role": post.role.value,
            "username": post.username,
            "password": keepsake.password_for(post.username),
        }
        for post in world.POSTS
    ]
