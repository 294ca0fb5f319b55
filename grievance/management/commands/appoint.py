"""`manage.py appoint NAME`: make the first sign-in of a new house, or another one.

Django's own `createsuperuser` is no use here: people are tracked, so each needs an act with an
author, and a superuser has no short cut past the roles. The administrator made here appoints the
others at the desk.
"""

import getpass
from argparse import ArgumentParser
from typing import Any
from uuid import uuid4

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone

from core.actors import SYSTEM
from core.ledger.history import Stamp, stamped
from grievance.management.people import OrganisationMissing, Post, appoint
from stakeholders.models import User
from stakeholders.roles import Role


class Command(BaseCommand):
    help = "Makes a sign-in with a role. Asks for the password; nothing secret is an argument."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--email", required=True, help="for notices; they hold no content")
        parser.add_argument("--role", default=Role.ADMINISTRATOR.value, choices=Role.values)
        parser.add_argument("--language", default="en")
        parser.add_argument(
            "--organisation", default="", help="for a supplier liaison: the supplier's name"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        name = options["username"]
        if User.objects.filter(username=name).exists():
            raise CommandError(f"There is a sign-in {name} already. Change it at the desk.")
        try:
            User.username_validator(name)
            validate_email(options["email"])
            password = self._password(User(username=name, email=options["email"]))
        except ValidationError as wrong:
            raise CommandError(" ".join(wrong.messages)) from wrong
        post = Post(
            username=name,
            role=Role(options["role"]),
            first_name="",
            last_name="",
            language=options["language"],
            email=options["email"],
            organisation=options["organisation"],
        )
        at = timezone.now()
        with transaction.atomic(), stamped(Stamp(SYSTEM, "appoint", uuid4(), at)):
            try:
                user = appoint(post, verb="appoint", at=at)
            except OrganisationMissing as missing:
                raise CommandError(
                    f"No supplier {missing} is listed: add it at the desk, or correct the name."
                ) from missing
            user.set_password(password)
            user.save(update_fields=["password"])
        self.stdout.write(f"{name} can sign in as {post.role.label}.")

    def _password(self, user: User) -> str:
        first = getpass.getpass("Password: ")
        if first != getpass.getpass("The same password again: "):
            raise CommandError("The two passwords differ. Nothing was made.")
        validate_password(first, user)
        return first
