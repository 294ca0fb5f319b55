import django.contrib.postgres.fields
import django.db.models.deletion
import simple_history.models
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('grievance', '0015_respondents_and_overrides'),
    ]

    operations = [
        migrations.CreateModel(
            name='CaseMatter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('impact', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=2), blank=True, default=list, size=None, verbose_name='further countries of harm')),
                ('data', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=2), blank=True, default=list, size=None, verbose_name='countries of the data')),
                ('perpetrator', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=2), blank=True, default=list, size=None, verbose_name='countries of whoever did it')),
                ('filer_role', models.CharField(blank=True, choices=[('affected_person', 'Affected person'), ('affected_group', 'Affected group'), ('relative', 'Relative or friend'), ('child_guardian', 'Parent or guardian'), ('representative', 'Representative with mandate'), ('worker_representative', 'Worker representative'), ('trade_union', 'Trade union'), ('civil_society', 'Civil society group'), ('lawyer', 'Lawyer'), ('journalist', 'Journalist or media'), ('whistleblower', 'Whistleblower'), ('bystander', 'Bystander'), ('staff_issue_spotter', 'Staff member'), ('regulator', 'Regulator'), ('mechanism_own_initiative', 'Mechanism itself'), ('company', 'Another company')], max_length=32, verbose_name='who raises it')),
                ('group', models.CharField(blank=True, choices=[('worker_own', 'Own worker'), ('worker_supplier', "Supplier's worker"), ('worker_platform', 'Platform worker'), ('content_moderator_labeller', 'Moderator or labeller'), ('job_applicant', 'Job applicant'), ('former_worker', 'Former worker'), ('customer', 'Customer'), ('end_user', 'End user'), ('non_user_affected', 'Affected non-user'), ('community_member', 'Community member'), ('indigenous_people', 'Indigenous people'), ('child', 'Child'), ('parent_guardian', 'Parent or guardian'), ('survivor_of_violence', 'Survivor of violence'), ('human_rights_defender', 'Human rights defender'), ('journalist', 'Journalist'), ('union', 'Trade union'), ('civil_society', 'Civil society'), ('whistleblower', 'Whistleblower'), ('public_official', 'Public official'), ('researcher', 'Researcher'), ('relative_of_affected', 'Relative'), ('unknown_population', 'Population not known by name')], max_length=32, verbose_name='who is affected')),
                ('flags', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('under_18', 'Under 18'), ('survivor', 'Survivor'), ('intimate_image', 'Intimate image'), ('hacked_account', 'Hacked account'), ('defender_or_journalist', 'Defender or journalist'), ('platform_user', 'Platform user'), ('platform_appeal_done', "Platform's appeal done"), ('state_involved', 'State involved'), ('danger_orientation', 'Danger for orientation'), ('danger_belief', 'Danger for belief'), ('danger_migration', 'Danger for migration status'), ('consent_police', 'Police wanted')], max_length=32), blank=True, default=list, size=None, verbose_name='what changes the way')),
            ],
            options={
                'verbose_name': 'matter of a case',
                'verbose_name_plural': 'matters of cases',
            },
        ),
        migrations.CreateModel(
            name='HistoricalCaseMatter',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('actor_kind', models.CharField(choices=[('complainant', 'complainant'), ('staff', 'staff'), ('liaison', 'liaison'), ('auditor', 'auditor'), ('system', 'system')], max_length=16)),
                ('actor_id', models.BigIntegerField(null=True)),
                ('verb', models.CharField(max_length=64)),
                ('event_id', models.UUIDField(db_index=True)),
                ('reason_code', models.CharField(blank=True, max_length=64)),
                ('impact', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=2), blank=True, default=list, size=None, verbose_name='further countries of harm')),
                ('data', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=2), blank=True, default=list, size=None, verbose_name='countries of the data')),
                ('perpetrator', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=2), blank=True, default=list, size=None, verbose_name='countries of whoever did it')),
                ('filer_role', models.CharField(blank=True, choices=[('affected_person', 'Affected person'), ('affected_group', 'Affected group'), ('relative', 'Relative or friend'), ('child_guardian', 'Parent or guardian'), ('representative', 'Representative with mandate'), ('worker_representative', 'Worker representative'), ('trade_union', 'Trade union'), ('civil_society', 'Civil society group'), ('lawyer', 'Lawyer'), ('journalist', 'Journalist or media'), ('whistleblower', 'Whistleblower'), ('bystander', 'Bystander'), ('staff_issue_spotter', 'Staff member'), ('regulator', 'Regulator'), ('mechanism_own_initiative', 'Mechanism itself'), ('company', 'Another company')], max_length=32, verbose_name='who raises it')),
                ('group', models.CharField(blank=True, choices=[('worker_own', 'Own worker'), ('worker_supplier', "Supplier's worker"), ('worker_platform', 'Platform worker'), ('content_moderator_labeller', 'Moderator or labeller'), ('job_applicant', 'Job applicant'), ('former_worker', 'Former worker'), ('customer', 'Customer'), ('end_user', 'End user'), ('non_user_affected', 'Affected non-user'), ('community_member', 'Community member'), ('indigenous_people', 'Indigenous people'), ('child', 'Child'), ('parent_guardian', 'Parent or guardian'), ('survivor_of_violence', 'Survivor of violence'), ('human_rights_defender', 'Human rights defender'), ('journalist', 'Journalist'), ('union', 'Trade union'), ('civil_society', 'Civil society'), ('whistleblower', 'Whistleblower'), ('public_official', 'Public official'), ('researcher', 'Researcher'), ('relative_of_affected', 'Relative'), ('unknown_population', 'Population not known by name')], max_length=32, verbose_name='who is affected')),
                ('flags', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('under_18', 'Under 18'), ('survivor', 'Survivor'), ('intimate_image', 'Intimate image'), ('hacked_account', 'Hacked account'), ('defender_or_journalist', 'Defender or journalist'), ('platform_user', 'Platform user'), ('platform_appeal_done', "Platform's appeal done"), ('state_involved', 'State involved'), ('danger_orientation', 'Danger for orientation'), ('danger_belief', 'Danger for belief'), ('danger_migration', 'Danger for migration status'), ('consent_police', 'Police wanted')], max_length=32), blank=True, default=list, size=None, verbose_name='what changes the way')),
                ('history_id', models.BigAutoField(editable=False, primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
            ],
            options={
                'verbose_name': 'historical matter of a case',
                'verbose_name_plural': 'historical matters of cases',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.AlterField(
            model_name='historicalstateresponse',
            name='grounds',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('crime', 'It may be a crime.'), ('privacy', 'It is a severe or widespread breach of privacy.'), ('cross_border', 'More than one country is involved.')], max_length=16), default=list, size=None, verbose_name='why'),
        ),
        migrations.AlterField(
            model_name='stateresponse',
            name='grounds',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('crime', 'It may be a crime.'), ('privacy', 'It is a severe or widespread breach of privacy.'), ('cross_border', 'More than one country is involved.')], max_length=16), default=list, size=None, verbose_name='why'),
        ),
        migrations.AddField(
            model_name='casematter',
            name='case',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='matter', to='grievance.case'),
        ),
        migrations.AddField(
            model_name='historicalcasematter',
            name='case',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='grievance.case'),
        ),
    ]
