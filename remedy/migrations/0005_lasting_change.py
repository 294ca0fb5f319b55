import core.vault.sealed
import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('stakeholders', '0001_initial'),
        ('remedy', '0004_duty_by_nexus'),
    ]

    operations = [
        migrations.CreateModel(
            name='CollectiveHarm',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('population', core.vault.sealed.SealedField(place='remedy.CollectiveHarm.population')),
                ('path', models.CharField(choices=[('decisions', 'A system decides about people.'), ('data', 'Data of many is taken, used or given away.'), ('content', 'Content spreads, or is held back.'), ('access', 'A service is shut off, or shuts people out.'), ('surroundings', 'Work, land, water or air is spoiled.')], max_length=16, verbose_name='how it reached them')),
                ('mechanism', core.vault.sealed.SealedField(place='remedy.CollectiveHarm.mechanism')),
                ('discriminates', models.CharField(choices=[('yes', 'Yes'), ('no', 'No'), ('unknown', 'Not known')], max_length=8, verbose_name='one group is treated worse')),
                ('lost_chances', models.CharField(choices=[('yes', 'Yes'), ('no', 'No'), ('unknown', 'Not known')], max_length=8, verbose_name='chances were lost')),
                ('autonomy', models.CharField(choices=[('yes', 'Yes'), ('no', 'No'), ('unknown', 'Not known')], max_length=8, verbose_name='people can decide less for themselves')),
                ('participation', models.CharField(choices=[('yes', 'Yes'), ('no', 'No'), ('unknown', 'Not known')], max_length=8, verbose_name='people can take less part in public life')),
                ('described_by_id', models.BigIntegerField()),
                ('at', models.DateTimeField(verbose_name='described')),
            ],
            options={
                'verbose_name': 'harm to many',
                'verbose_name_plural': 'harms to many',
                'ordering': ('at', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='SystematicError',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('error', models.CharField(choices=[('wrongly_marked', 'It marks people for what does not fit them.'), ('wrongly_missed', 'It passes over people to whom it owes something.'), ('worse_for_some', 'It works worse for one group than for others.'), ('wrong_data', 'It rests on wrong or old data.')], max_length=16, verbose_name='what goes wrong')),
                ('bias_test', models.CharField(choices=[('asked', 'It was asked for.'), ('done', 'It was done.'), ('not_asked', 'It was not asked for.')], max_length=16, verbose_name='test for discrimination')),
                ('description', core.vault.sealed.SealedField(place='remedy.SystematicError.description')),
                ('compared', core.vault.sealed.SealedField(place='remedy.SystematicError.compared')),
                ('confirmed_by_id', models.BigIntegerField()),
                ('at', models.DateTimeField(verbose_name='confirmed')),
            ],
            options={
                'verbose_name': 'systematic error',
                'verbose_name_plural': 'systematic errors',
                'ordering': ('at', 'pk'),
            },
        ),
        migrations.RemoveConstraint(
            model_name='collectiveverdict',
            name='collective_verdict_or_why_not',
        ),
        migrations.RemoveConstraint(
            model_name='followup',
            name='follow_up_noted_asks_the_person',
        ),
        migrations.AddField(
            model_name='collectiveverdict',
            name='excluded_ids',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, size=None),
        ),
        migrations.AddField(
            model_name='collectiveverdict',
            name='may_publish',
            field=models.BooleanField(default=False, verbose_name='the body agrees to be named in public'),
        ),
        migrations.AddField(
            model_name='collectiveverdict',
            name='note',
            field=core.vault.sealed.SealedField(null=True, place='remedy.CollectiveVerdict.note'),
        ),
        migrations.AddField(
            model_name='collectiveverdict',
            name='words',
            field=models.TextField(blank=True, max_length=2000, verbose_name='their words'),
        ),
        migrations.AddField(
            model_name='historicalsystemicaction',
            name='measure',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='remedy.remedymeasure', verbose_name='measure'),
        ),
        migrations.AddField(
            model_name='historicalsystemicaction',
            name='others_found',
            field=models.PositiveIntegerField(blank=True, null=True, verbose_name='others found'),
        ),
        migrations.AddField(
            model_name='historicalsystemicaction',
            name='others_told',
            field=models.PositiveIntegerField(blank=True, null=True, verbose_name='of them told how to come to us'),
        ),
        migrations.AddField(
            model_name='systemicaction',
            name='measure',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='systemic_actions', to='remedy.remedymeasure', verbose_name='measure'),
        ),
        migrations.AddField(
            model_name='systemicaction',
            name='others_found',
            field=models.PositiveIntegerField(blank=True, null=True, verbose_name='others found'),
        ),
        migrations.AddField(
            model_name='systemicaction',
            name='others_told',
            field=models.PositiveIntegerField(blank=True, null=True, verbose_name='of them told how to come to us'),
        ),
        migrations.AddConstraint(
            model_name='collectiveverdict',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(models.Q(('body', ''), _negated=True), ('delivered__in', ['yes', 'partly', 'no']), ('not_asked', '')), models.Q(('body', ''), ('delivered', ''), models.Q(('not_asked', ''), _negated=True), ('note__isnull', False)), _connector='OR'), name='collective_verdict_or_why_not'),
        ),
        migrations.AddConstraint(
            model_name='collectiveverdict',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('may_publish', True), models.Q(('body', ''), _negated=True)), models.Q(('may_publish', False), ('words', '')), _connector='OR'), name='collective_words_are_those_of_a_body_that_agreed'),
        ),
        migrations.AddConstraint(
            model_name='collectiveverdict',
            constraint=models.CheckConstraint(condition=models.Q(('excluded_ids__contains', [models.F('noted_by_id')]), _negated=True), name='collective_verdict_noted_by_other_people'),
        ),
        migrations.AddConstraint(
            model_name='followup',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('note__isnull', True), ('noted_by_id__isnull', True), ('result', '')), models.Q(models.Q(('result', ''), _negated=True), ('note__isnull', False), ('noted_by_id__isnull', False)), _connector='OR'), name='follow_up_noted_wholly_or_not'),
        ),
        migrations.AddConstraint(
            model_name='systemicaction',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('others_found__isnull', True), ('others_told__isnull', True)), models.Q(('kind', 'look_back'), ('others_found__gte', models.F('others_told'))), _connector='OR'), name='systemic_search_says_how_many'),
        ),
        migrations.AddConstraint(
            model_name='systemicaction',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'look_back'), _negated=True), ('state', 'planned'), models.Q(('others_found__isnull', False), ('others_told__isnull', False)), _connector='OR'), name='systemic_search_is_done_with_a_number'),
        ),
        migrations.AddField(
            model_name='collectiveharm',
            name='remediation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='collective_harms', to='remedy.remediation'),
        ),
        migrations.AddField(
            model_name='systematicerror',
            name='look_back',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='error', to='remedy.systemicaction', verbose_name='search for others'),
        ),
        migrations.AddField(
            model_name='systematicerror',
            name='product',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='stakeholders.product', verbose_name='product or service'),
        ),
        migrations.AddField(
            model_name='systematicerror',
            name='remediation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='systematic_errors', to='remedy.remediation'),
        ),
    ]
