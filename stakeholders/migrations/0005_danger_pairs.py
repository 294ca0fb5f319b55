import django.contrib.postgres.fields
import django.core.validators
import simple_history.models
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('stakeholders', '0004_supplier_mechanisms'),
    ]

    operations = [
        migrations.CreateModel(
            name='DangerPair',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=60, unique=True, verbose_name='code')),
                ('country', models.CharField(max_length=2, validators=[django.core.validators.RegexValidator('^[A-Z]{2}$', 'Write the country as two capital letters (ISO 3166), such as KE.')], verbose_name='country')),
                ('flag', models.CharField(blank=True, choices=[('under_18', 'Under 18'), ('survivor', 'Survivor'), ('intimate_image', 'Intimate image'), ('hacked_account', 'Hacked account'), ('defender_or_journalist', 'Defender or journalist'), ('platform_user', 'Platform user'), ('platform_appeal_done', "Platform's appeal done"), ('state_involved', 'State involved'), ('danger_orientation', 'Danger for orientation'), ('danger_belief', 'Danger for belief'), ('danger_migration', 'Danger for migration status'), ('anonymous', 'Anonymous'), ('consent_police', 'Police wanted')], max_length=30, verbose_name='who is in danger')),
                ('harm', models.CharField(blank=True, choices=[('surveillance_privacy', 'Surveillance and loss of privacy'), ('biometric_surveillance', 'Biometric surveillance'), ('biometric_emotion_recognition', 'Emotion or trait recognition'), ('data_exposure_breach', 'Data leak or breach'), ('data_exposure_handover', 'Data handed over'), ('sensitive_data_sharing', 'Sensitive data shared'), ('tracking_profiling', 'Tracking and profiling'), ('wrongful_algorithmic_decision', 'Wrong decision by a system'), ('algorithmic_discrimination', 'Discrimination by data or algorithm'), ('exclusion_digital_service', 'Shut out of a digital service'), ('automated_decision_employment', 'Automated decision about work'), ('censorship_content_removal', 'Wrongful removal or blocking'), ('internet_shutdown_assist', 'Help with a network shutdown'), ('harmful_content_amplification', 'Harmful content spread'), ('disinformation_manipulation', 'Manipulation of opinion or vote'), ('freedom_of_thought_interference', 'Interference with thought'), ('ncii_deepfake', 'Intimate or synthetic images'), ('online_harassment_impersonation', 'Online harassment or fake profile'), ('child_sexual_abuse', 'Sexual abuse of a child'), ('child_design_harm', 'Design that harms children'), ('digital_attack_hrd', 'Digital attack on civil society'), ('state_violence_enabling', 'Enabling State violence'), ('forced_labour_working_conditions', 'Forced labour or abusive conditions'), ('recruitment_fees', 'Recruitment fees'), ('child_labour_supply_chain', 'Child labour'), ('wages_hours_dismissal', 'Pay, hours or dismissal'), ('freedom_of_association', 'Union rights'), ('occupational_disease_safety', 'Safety and health at work'), ('worker_psychological_harm', 'Psychological harm from work'), ('workplace_harassment_gbv', 'Harassment or sexual violence around work'), ('environment_livelihood', 'Environment and livelihood'), ('land_displacement', 'Land and displacement'), ('consumer_deception_dark_patterns', 'Misleading design or terms'), ('retaliation', 'Retaliation'), ('denial_of_remedy', 'Complaint ignored or blocked'), ('other_unsure', 'Something else or not sure')], max_length=60, verbose_name='in matters of')),
                ('kinds', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('company_based', 'Company mechanism'), ('supplier_based', 'Supplier mechanism'), ('multi_stakeholder_or_industry', 'Multi-stakeholder or industry scheme'), ('dfi_accountability_mechanism', 'Development-finance mechanism'), ('arbitration', 'Arbitration'), ('independent_mediation', 'Independent mediation'), ('oecd_ncp', 'OECD National Contact Point'), ('nhri', 'National human rights institution'), ('equality_body', 'Equality body'), ('data_protection_authority', 'Data protection authority'), ('digital_services_coordinator', 'Digital Services Coordinator'), ('online_safety_regulator', 'Online safety regulator'), ('out_of_court_dispute_body', 'Out-of-court dispute body'), ('consumer_authority', 'Consumer authority'), ('labour_body', 'Labour inspectorate or conciliation'), ('labour_tribunal', 'Labour court or tribunal'), ('ombudsperson', 'Ombudsperson'), ('supply_chain_authority', 'Supply-chain authority'), ('ai_authority', 'AI authority'), ('police_prosecutor', 'Police or prosecutor'), ('court_civil', 'Civil court'), ('court_criminal', 'Criminal court'), ('court_constitutional', 'Constitutional or public-law court'), ('public_inquiry', 'Public inquiry'), ('international_body', 'International or regional body'), ('digital_security_helpline', 'Digital-security helpline'), ('online_gbv_or_child_safety', 'Online abuse helpline'), ('child_safety_hotline', 'Child abuse material hotline'), ('support_organisation', 'Support organisation')], max_length=60), blank=True, default=list, size=None, verbose_name='kinds of bodies')),
                ('dangerous', models.BooleanField(default=True, verbose_name='dangerous')),
                ('source', models.TextField(verbose_name='source')),
                ('certainty', models.CharField(choices=[('sourced', 'Sourced'), ('well_known', 'Well known'), ('project_value', 'Own value')], max_length=20, verbose_name='how the entry is known')),
                ('checked', models.CharField(choices=[('stored_copy', 'Stored copy read'), ('repository_snapshot', 'Data-set snapshot read'), ('stored_country_list', 'Country list read'), ('recalled', 'Recalled'), ('project_value', 'Own value')], max_length=30, verbose_name='what was read')),
                ('checked_on', models.DateField(blank=True, null=True, verbose_name='checked on')),
                ('in_use', models.BooleanField(default=True, verbose_name='in use')),
            ],
            options={
                'verbose_name': 'danger of a route',
                'verbose_name_plural': 'dangers of routes',
                'ordering': ('code',),
            },
        ),
        migrations.CreateModel(
            name='HistoricalDangerPair',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('actor_kind', models.CharField(choices=[('complainant', 'complainant'), ('staff', 'staff'), ('liaison', 'liaison'), ('auditor', 'auditor'), ('system', 'system')], max_length=16)),
                ('actor_id', models.BigIntegerField(null=True)),
                ('verb', models.CharField(max_length=64)),
                ('event_id', models.UUIDField(db_index=True)),
                ('reason_code', models.CharField(blank=True, max_length=64)),
                ('code', models.SlugField(max_length=60, verbose_name='code')),
                ('country', models.CharField(max_length=2, validators=[django.core.validators.RegexValidator('^[A-Z]{2}$', 'Write the country as two capital letters (ISO 3166), such as KE.')], verbose_name='country')),
                ('flag', models.CharField(blank=True, choices=[('under_18', 'Under 18'), ('survivor', 'Survivor'), ('intimate_image', 'Intimate image'), ('hacked_account', 'Hacked account'), ('defender_or_journalist', 'Defender or journalist'), ('platform_user', 'Platform user'), ('platform_appeal_done', "Platform's appeal done"), ('state_involved', 'State involved'), ('danger_orientation', 'Danger for orientation'), ('danger_belief', 'Danger for belief'), ('danger_migration', 'Danger for migration status'), ('anonymous', 'Anonymous'), ('consent_police', 'Police wanted')], max_length=30, verbose_name='who is in danger')),
                ('harm', models.CharField(blank=True, choices=[('surveillance_privacy', 'Surveillance and loss of privacy'), ('biometric_surveillance', 'Biometric surveillance'), ('biometric_emotion_recognition', 'Emotion or trait recognition'), ('data_exposure_breach', 'Data leak or breach'), ('data_exposure_handover', 'Data handed over'), ('sensitive_data_sharing', 'Sensitive data shared'), ('tracking_profiling', 'Tracking and profiling'), ('wrongful_algorithmic_decision', 'Wrong decision by a system'), ('algorithmic_discrimination', 'Discrimination by data or algorithm'), ('exclusion_digital_service', 'Shut out of a digital service'), ('automated_decision_employment', 'Automated decision about work'), ('censorship_content_removal', 'Wrongful removal or blocking'), ('internet_shutdown_assist', 'Help with a network shutdown'), ('harmful_content_amplification', 'Harmful content spread'), ('disinformation_manipulation', 'Manipulation of opinion or vote'), ('freedom_of_thought_interference', 'Interference with thought'), ('ncii_deepfake', 'Intimate or synthetic images'), ('online_harassment_impersonation', 'Online harassment or fake profile'), ('child_sexual_abuse', 'Sexual abuse of a child'), ('child_design_harm', 'Design that harms children'), ('digital_attack_hrd', 'Digital attack on civil society'), ('state_violence_enabling', 'Enabling State violence'), ('forced_labour_working_conditions', 'Forced labour or abusive conditions'), ('recruitment_fees', 'Recruitment fees'), ('child_labour_supply_chain', 'Child labour'), ('wages_hours_dismissal', 'Pay, hours or dismissal'), ('freedom_of_association', 'Union rights'), ('occupational_disease_safety', 'Safety and health at work'), ('worker_psychological_harm', 'Psychological harm from work'), ('workplace_harassment_gbv', 'Harassment or sexual violence around work'), ('environment_livelihood', 'Environment and livelihood'), ('land_displacement', 'Land and displacement'), ('consumer_deception_dark_patterns', 'Misleading design or terms'), ('retaliation', 'Retaliation'), ('denial_of_remedy', 'Complaint ignored or blocked'), ('other_unsure', 'Something else or not sure')], max_length=60, verbose_name='in matters of')),
                ('kinds', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('company_based', 'Company mechanism'), ('supplier_based', 'Supplier mechanism'), ('multi_stakeholder_or_industry', 'Multi-stakeholder or industry scheme'), ('dfi_accountability_mechanism', 'Development-finance mechanism'), ('arbitration', 'Arbitration'), ('independent_mediation', 'Independent mediation'), ('oecd_ncp', 'OECD National Contact Point'), ('nhri', 'National human rights institution'), ('equality_body', 'Equality body'), ('data_protection_authority', 'Data protection authority'), ('digital_services_coordinator', 'Digital Services Coordinator'), ('online_safety_regulator', 'Online safety regulator'), ('out_of_court_dispute_body', 'Out-of-court dispute body'), ('consumer_authority', 'Consumer authority'), ('labour_body', 'Labour inspectorate or conciliation'), ('labour_tribunal', 'Labour court or tribunal'), ('ombudsperson', 'Ombudsperson'), ('supply_chain_authority', 'Supply-chain authority'), ('ai_authority', 'AI authority'), ('police_prosecutor', 'Police or prosecutor'), ('court_civil', 'Civil court'), ('court_criminal', 'Criminal court'), ('court_constitutional', 'Constitutional or public-law court'), ('public_inquiry', 'Public inquiry'), ('international_body', 'International or regional body'), ('digital_security_helpline', 'Digital-security helpline'), ('online_gbv_or_child_safety', 'Online abuse helpline'), ('child_safety_hotline', 'Child abuse material hotline'), ('support_organisation', 'Support organisation')], max_length=60), blank=True, default=list, size=None, verbose_name='kinds of bodies')),
                ('dangerous', models.BooleanField(default=True, verbose_name='dangerous')),
                ('source', models.TextField(verbose_name='source')),
                ('certainty', models.CharField(choices=[('sourced', 'Sourced'), ('well_known', 'Well known'), ('project_value', 'Own value')], max_length=20, verbose_name='how the entry is known')),
                ('checked', models.CharField(choices=[('stored_copy', 'Stored copy read'), ('repository_snapshot', 'Data-set snapshot read'), ('stored_country_list', 'Country list read'), ('recalled', 'Recalled'), ('project_value', 'Own value')], max_length=30, verbose_name='what was read')),
                ('checked_on', models.DateField(blank=True, null=True, verbose_name='checked on')),
                ('in_use', models.BooleanField(default=True, verbose_name='in use')),
                ('history_id', models.BigAutoField(editable=False, primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
            ],
            options={
                'verbose_name': 'historical danger of a route',
                'verbose_name_plural': 'historical dangers of routes',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.AddField(
            model_name='historicalmechanism',
            name='nhri_roles',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('foundational', 'Foundational'), ('indirect', 'Indirect'), ('direct', 'Direct')], max_length=60), blank=True, default=list, help_text='For institutions for human rights alone.', size=None, verbose_name='part in remedy'),
        ),
        migrations.AddField(
            model_name='historicalorganisation',
            name='financed_by',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.SlugField(max_length=60), blank=True, default=list, size=None, verbose_name='who finances it'),
        ),
        migrations.AddField(
            model_name='historicalorganisation',
            name='member_of',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.SlugField(max_length=60), blank=True, default=list, size=None, verbose_name='schemes to which it belongs'),
        ),
        migrations.AddField(
            model_name='mechanism',
            name='nhri_roles',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('foundational', 'Foundational'), ('indirect', 'Indirect'), ('direct', 'Direct')], max_length=60), blank=True, default=list, help_text='For institutions for human rights alone.', size=None, verbose_name='part in remedy'),
        ),
        migrations.AddField(
            model_name='organisation',
            name='financed_by',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.SlugField(max_length=60), blank=True, default=list, size=None, verbose_name='who finances it'),
        ),
        migrations.AddField(
            model_name='organisation',
            name='member_of',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.SlugField(max_length=60), blank=True, default=list, size=None, verbose_name='schemes to which it belongs'),
        ),
        migrations.AddConstraint(
            model_name='dangerpair',
            constraint=models.CheckConstraint(condition=models.Q(('country', ''), ('country__regex', '^[A-Z]{2}$'), _connector='OR'), name='danger_country_is_a_code'),
        ),
        migrations.AddConstraint(
            model_name='dangerpair',
            constraint=models.CheckConstraint(condition=models.Q(('certainty__in', ['sourced', 'well_known', 'project_value'])), name='danger_certainty_is_known'),
        ),
        migrations.AddConstraint(
            model_name='dangerpair',
            constraint=models.CheckConstraint(condition=models.Q(('checked__in', ['stored_copy', 'repository_snapshot', 'stored_country_list', 'recalled', 'project_value'])), name='danger_checked_is_known'),
        ),
        migrations.AddConstraint(
            model_name='dangerpair',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('flag', ''), ('harm__gt', '')), models.Q(('flag__gt', ''), ('harm', '')), _connector='OR'), name='danger_of_a_flag_or_a_harm', violation_error_message='Choose who is in danger, or the harm, and not both.'),
        ),
        migrations.AddConstraint(
            model_name='dangerpair',
            constraint=models.CheckConstraint(condition=models.Q(('dangerous', True), models.Q(('certainty', 'sourced'), ('checked_on__isnull', False)), _connector='OR'), name='danger_is_denied_by_a_source', violation_error_message='Only a source that somebody read on a day can say that a route is safe.'),
        ),
    ]
