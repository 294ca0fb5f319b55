"""All stories of the demonstration, in the order in which the grievances came in."""

from grievance.management.demo import stories_ar, stories_en, stories_fr
from grievance.management.demo.telling import Story

STORIES: tuple[Story, ...] = tuple(
    sorted(
        (*stories_en.STORIES, *stories_fr.STORIES, *stories_ar.STORIES),
        key=lambda story: story.ago,
        reverse=True,
    )
)

SAMPLE: Story = next(story for story in STORIES if story.is_sample)
