"""All stories of the demonstration, in the order in which the grievances came in."""

from django.conf import settings

from grievance.management.demo import (
    stories_ar,
    stories_en,
    stories_es,
    stories_fr,
    stories_pt,
    stories_referred,
    stories_remedied_ar,
    stories_remedied_en,
    stories_remedied_fr,
    stories_ru,
    stories_zh,
)
from grievance.management.demo.telling import Story

_WRITTEN = (
    *stories_en.STORIES,
    *stories_remedied_en.STORIES,
    *stories_referred.STORIES,
    *stories_fr.STORIES,
    *stories_remedied_fr.STORIES,
    *stories_ar.STORIES,
    *stories_remedied_ar.STORIES,
    *stories_es.STORIES,
    *stories_zh.STORIES,
    *stories_ru.STORIES,
    *stories_pt.STORIES,
)
_SERVED = {code for code, _name in settings.LANGUAGES}

# A grievance can only have come in through pages that are served in its language.
STORIES: tuple[Story, ...] = tuple(
    sorted(
        (story for story in _WRITTEN if story.account.language in _SERVED),
        key=lambda story: story.ago,
        reverse=True,
    )
)

SAMPLE: Story = next(story for story in STORIES if story.is_sample)
"""The case whose key is shown at each start: an offer lies with the person."""
