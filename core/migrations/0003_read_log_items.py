from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0002_heartbeats_and_holds"),
    ]

    operations = [
        migrations.AddField(
            model_name="readlog",
            name="item",
            field=models.CharField(blank=True, default="", max_length=64),
        ),
    ]
