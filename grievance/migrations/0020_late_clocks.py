from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('grievance', '0019_state_response_clock'),
    ]

    operations = [
        migrations.AddField(
            model_name='casetask',
            name='owner_id',
            field=models.BigIntegerField(blank=True, null=True, verbose_name='who does it'),
        ),
        migrations.AddField(
            model_name='historicalcasetask',
            name='owner_id',
            field=models.BigIntegerField(blank=True, null=True, verbose_name='who does it'),
        ),
    ]
