from django.db import migrations, models

SAFE_TIMES = [
    ('any', 'At any time of day'),
    ('mornings', 'Only in the morning, from 8 to 12'),
    ('afternoons', 'Only in the afternoon, from 12 to 5'),
    ('evenings', 'Only in the evening, from 5 to 8'),
]


class Migration(migrations.Migration):

    dependencies = [
        ('grievance', '0004_clock_engine'),
    ]

    operations = [
        operation
        for model in ('complainant', 'historicalcomplainant')
        for operation in (
            migrations.AddField(
                model_name=model,
                name='safe_time',
                field=models.CharField(
                    choices=SAFE_TIMES,
                    default='any',
                    max_length=16,
                    verbose_name='when it is safe to write',
                ),
            ),
            migrations.AddField(
                model_name=model,
                name='wants_link',
                field=models.BooleanField(default=False, verbose_name='wants a link in letters'),
            ),
        )
    ]
