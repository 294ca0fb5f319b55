"""Makes the demonstration, or completes it; a second time changes nothing."""

from datetime import datetime

from django.db import transaction

from core import access_keys
from grievance.management.demo import keepsake, world
from grievance.management.demo.keepsake import Keepsake
from grievance.management.demo.playing import Stage
from grievance.management.demo.stories import SAMPLE, STORIES
from grievance.management.people import appoint
from stakeholders.models import User
from stakeholders.roles import Role


def seed(*, now: datetime) -> str:
    """Seed what is missing and return the sample's case key as people read it.

    All or nothing. Raises TeamMissing without the reference data, and what the verbs raise.
    """
    with transaction.atomic():
        kept = keepsake.recall()
        fresh = not world.is_there()
        if fresh:
            # Before the people: the supplier's liaison belongs to one of its partners.
            world.make(at=now - max(story.ago for story in STORIES))
        people = _people(kept, at=now)
        stage = Stage(people, now=now)
        if fresh:
            for story in STORIES:
                key = stage.play(story)
                kept.case_key = key if story is SAMPLE else kept.case_key
        elif not kept.opens_a_case():
            # The key is lost, and nobody can find it again. A fresh sample takes its place.
            kept.case_key = stage.play(SAMPLE)
        if kept != keepsake.recall():
            keepsake.keep(kept, at=now)
    return access_keys.show(kept.case_key)


def _people(kept: Keepsake, *, at: datetime) -> dict[Role, User]:
    """Make the sign-ins and see to it that each opens with the password that is printed."""
    people = {}
    for post in world.POSTS:
        password = keepsake.password_for(post.username)
        user = appoint(post, verb=world.VERB, at=at)
        if not _opens(user, password, kept.hashes.get(post.username)):
            user.set_password(password)
            user.save(update_fields=["password"])
        kept.hashes[post.username] = user.password
        people[post.role] = user
    return people


def _opens(user: User, password: str, known_hash: str | None) -> bool:
    """Say whether the password is right. A hash seen before spares the slow check at each start."""
    if not user.has_usable_password():
        return False
    return user.password == known_hash or user.check_password(password)
