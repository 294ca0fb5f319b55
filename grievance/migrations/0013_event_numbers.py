"""Give each event its place in the story of its case; those that are there get one by their time."""

from django.db import migrations, models

NUMBER_THOSE_THERE = """
UPDATE grievance_caseevent AS event
SET number = counted.number
FROM (
    SELECT id, row_number() OVER (PARTITION BY case_id ORDER BY at, id) AS number
    FROM grievance_caseevent
) AS counted
WHERE event.id = counted.id
"""


class Migration(migrations.Migration):

    dependencies = [
        ('grievance', '0012_channels'),
    ]

    operations = [
        migrations.AddField(
            model_name='caseevent',
            name='number',
            field=models.PositiveIntegerField(editable=False, null=True),
        ),
        migrations.RunSQL(NUMBER_THOSE_THERE, migrations.RunSQL.noop),
        migrations.AlterField(
            model_name='caseevent',
            name='number',
            field=models.PositiveIntegerField(editable=False),
        ),
        migrations.RemoveIndex(
            model_name='caseevent',
            name='event_story',
        ),
        migrations.AddIndex(
            model_name='caseevent',
            index=models.Index(fields=['case', 'at', 'number'], name='event_story'),
        ),
        migrations.AddConstraint(
            model_name='caseevent',
            constraint=models.UniqueConstraint(fields=('case', 'number'), name='event_numbered_once'),
        ),
    ]
