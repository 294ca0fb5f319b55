import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('grievance', '0013_event_numbers'),
        ('stakeholders', '0004_supplier_mechanisms'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='clock',
            name='clock_one_of_a_limit_running',
        ),
        migrations.RemoveConstraint(
            model_name='consent',
            name='consent_given_has_scope_time_and_end',
        ),
        migrations.RemoveConstraint(
            model_name='consent',
            name='consent_one_open_per_organisation',
        ),
        migrations.RemoveConstraint(
            model_name='consent',
            name='consent_own_way_only_where_safe',
        ),
        migrations.RemoveConstraint(
            model_name='referral',
            name='referral_back_has_time',
        ),
        migrations.RemoveConstraint(
            model_name='referral',
            name='referral_one_awaited',
        ),
        migrations.AddField(
            model_name='clock',
            name='referral',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='clocks', to='grievance.referral'),
        ),
        migrations.AddField(
            model_name='consent',
            name='lasts',
            field=models.CharField(choices=[('30', 'For 30 days'), ('90', 'For 90 days'), ('180', 'For 180 days'), ('case', 'Until the case ends')], default='180', max_length=8, verbose_name='stands'),
        ),
        migrations.AddField(
            model_name='consent',
            name='mechanism',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='stakeholders.mechanism', verbose_name='body elsewhere'),
        ),
        migrations.AddField(
            model_name='historicalclock',
            name='referral',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='grievance.referral'),
        ),
        migrations.AddField(
            model_name='historicalconsent',
            name='lasts',
            field=models.CharField(choices=[('30', 'For 30 days'), ('90', 'For 90 days'), ('180', 'For 180 days'), ('case', 'Until the case ends')], default='180', max_length=8, verbose_name='stands'),
        ),
        migrations.AddField(
            model_name='historicalconsent',
            name='mechanism',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='stakeholders.mechanism', verbose_name='body elsewhere'),
        ),
        migrations.AddField(
            model_name='historicalreferral',
            name='mechanism',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='stakeholders.mechanism', verbose_name='body elsewhere'),
        ),
        migrations.AddField(
            model_name='historicalreferral',
            name='proceeding',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='grievance.proceeding'),
        ),
        migrations.AddField(
            model_name='historicalreferral',
            name='sent_by_way',
            field=models.CharField(blank=True, choices=[('form', 'By a form on their website'), ('email', 'By e-mail'), ('letter', 'By letter'), ('in_person', 'In person')], max_length=12, verbose_name='sent on'),
        ),
        migrations.AddField(
            model_name='referral',
            name='mechanism',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='stakeholders.mechanism', verbose_name='body elsewhere'),
        ),
        migrations.AddField(
            model_name='referral',
            name='proceeding',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='referrals', to='grievance.proceeding'),
        ),
        migrations.AddField(
            model_name='referral',
            name='sent_by_way',
            field=models.CharField(blank=True, choices=[('form', 'By a form on their website'), ('email', 'By e-mail'), ('letter', 'By letter'), ('in_person', 'In person')], max_length=12, verbose_name='sent on'),
        ),
        migrations.AlterField(
            model_name='bundleconsent',
            name='state',
            field=models.CharField(choices=[('asked', 'asked'), ('given', 'given'), ('declined', 'declined'), ('revoked', 'taken back'), ('expired', 'expired'), ('withdrawn', 'not asked any more')], default='asked', max_length=16, verbose_name='state'),
        ),
        migrations.AlterField(
            model_name='consent',
            name='organisation',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='stakeholders.organisation', verbose_name='organisation'),
        ),
        migrations.AlterField(
            model_name='consent',
            name='state',
            field=models.CharField(choices=[('asked', 'asked'), ('given', 'given'), ('declined', 'declined'), ('revoked', 'taken back'), ('expired', 'expired'), ('withdrawn', 'not asked any more')], default='asked', max_length=16, verbose_name='state'),
        ),
        migrations.AlterField(
            model_name='historicalbundleconsent',
            name='state',
            field=models.CharField(choices=[('asked', 'asked'), ('given', 'given'), ('declined', 'declined'), ('revoked', 'taken back'), ('expired', 'expired'), ('withdrawn', 'not asked any more')], default='asked', max_length=16, verbose_name='state'),
        ),
        migrations.AlterField(
            model_name='historicalconsent',
            name='state',
            field=models.CharField(choices=[('asked', 'asked'), ('given', 'given'), ('declined', 'declined'), ('revoked', 'taken back'), ('expired', 'expired'), ('withdrawn', 'not asked any more')], default='asked', max_length=16, verbose_name='state'),
        ),
        migrations.AlterField(
            model_name='historicalreferral',
            name='due_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='answer due'),
        ),
        migrations.AlterField(
            model_name='historicalreferral',
            name='return_reason',
            field=models.CharField(blank=True, choices=[('overdue', 'No answer in substance came in time.'), ('by_staff', 'We took it back.'), ('case_ended', 'The case has ended.'), ('expired', 'The consent has run out.')], max_length=16, verbose_name='why it came back'),
        ),
        migrations.AlterField(
            model_name='historicalreferral',
            name='sent_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='sent'),
        ),
        migrations.AlterField(
            model_name='historicalreferral',
            name='sent_by_id',
            field=models.BigIntegerField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name='historicalreferral',
            name='state',
            field=models.CharField(choices=[('proposed', 'the person is asked'), ('consented', 'the person agreed'), ('sent', 'sent'), ('acknowledged', 'they have received it'), ('in_progress', 'they work on it'), ('answered', 'answered'), ('declined', 'handed back by them'), ('returned', 'taken back by us'), ('revoked', 'the person does not agree, or not any more')], default='proposed', max_length=16, verbose_name='state'),
        ),
        migrations.AlterField(
            model_name='referral',
            name='due_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='answer due'),
        ),
        migrations.AlterField(
            model_name='referral',
            name='organisation',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='stakeholders.organisation', verbose_name='organisation'),
        ),
        migrations.AlterField(
            model_name='referral',
            name='return_reason',
            field=models.CharField(blank=True, choices=[('overdue', 'No answer in substance came in time.'), ('by_staff', 'We took it back.'), ('case_ended', 'The case has ended.'), ('expired', 'The consent has run out.')], max_length=16, verbose_name='why it came back'),
        ),
        migrations.AlterField(
            model_name='referral',
            name='sent_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='sent'),
        ),
        migrations.AlterField(
            model_name='referral',
            name='sent_by_id',
            field=models.BigIntegerField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name='referral',
            name='state',
            field=models.CharField(choices=[('proposed', 'the person is asked'), ('consented', 'the person agreed'), ('sent', 'sent'), ('acknowledged', 'they have received it'), ('in_progress', 'they work on it'), ('answered', 'answered'), ('declined', 'handed back by them'), ('returned', 'taken back by us'), ('revoked', 'the person does not agree, or not any more')], default='proposed', max_length=16, verbose_name='state'),
        ),
        migrations.AddConstraint(
            model_name='clock',
            constraint=models.UniqueConstraint(condition=models.Q(('stopped_at__isnull', True)), fields=('case', 'kind', 'limit', 'referral'), name='clock_one_of_a_limit_running', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='consent',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ('asked', 'declined', 'withdrawn')), models.Q(models.Q(('expires_at__gt', models.F('given_at')), models.Q(('expires_at__isnull', True), ('lasts', 'case')), _connector='OR'), ('given_at__isnull', False), ('scopes__contained_by', models.F('asked_scopes')), ('scopes__contains', ['facts'])), _connector='OR'), name='consent_given_has_scope_time_and_end'),
        ),
        migrations.AddConstraint(
            model_name='consent',
            constraint=models.CheckConstraint(condition=models.Q(('organisation__isnull', False), ('mechanism__isnull', False), _connector='XOR'), name='consent_for_one_recipient'),
        ),
        migrations.AddConstraint(
            model_name='consent',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('purpose', 'own_way'), _negated=True), ('state__in', ('asked', 'declined', 'withdrawn')), ('safe_to_use', 'yes'), _connector='OR'), name='consent_own_way_only_where_safe'),
        ),
        migrations.AddConstraint(
            model_name='consent',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'asked')), fields=('case', 'organisation'), name='consent_one_asked_per_organisation'),
        ),
        migrations.AddConstraint(
            model_name='consent',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'asked')), fields=('case', 'mechanism'), name='consent_one_asked_per_body'),
        ),
        migrations.AddConstraint(
            model_name='referral',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('returned_at__isnull', False), ('state__in', ['declined', 'returned', 'revoked'])), models.Q(('returned_at__isnull', True), ('state__in', ['proposed', 'consented', 'sent', 'acknowledged', 'in_progress', 'answered'])), _connector='OR'), name='referral_back_has_time'),
        ),
        migrations.AddConstraint(
            model_name='referral',
            constraint=models.CheckConstraint(condition=models.Q(('organisation__isnull', False), ('mechanism__isnull', False), _connector='XOR'), name='referral_to_one_recipient'),
        ),
        migrations.AddConstraint(
            model_name='referral',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('due_at__isnull', True), ('sent_at__isnull', True), ('sent_by_way', ''), ('state__in', ('proposed', 'consented'))), models.Q(('sent_at__isnull', False), ('state__in', ['sent', 'acknowledged', 'in_progress', 'answered', 'declined'])), ('state__in', ['returned', 'revoked']), _connector='OR'), name='referral_sent_by_its_state'),
        ),
        migrations.AddConstraint(
            model_name='referral',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('due_at__isnull', True), ('sent_at__isnull', True), ('sent_by_way', '')), models.Q(('due_at__isnull', False), ('organisation__isnull', False), ('sent_at__isnull', False), ('sent_by_way', '')), models.Q(('due_at__isnull', True), ('mechanism__isnull', False), ('sent_at__isnull', False), models.Q(('sent_by_way', ''), _negated=True)), _connector='OR'), name='referral_sent_as_its_recipient_needs'),
        ),
        migrations.AddConstraint(
            model_name='referral',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ('proposed', 'consented', 'sent', 'acknowledged', 'in_progress'))), fields=('case', 'organisation'), name='referral_one_open_per_organisation'),
        ),
        migrations.AddConstraint(
            model_name='referral',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ('proposed', 'consented', 'sent', 'acknowledged', 'in_progress'))), fields=('case', 'mechanism'), name='referral_one_open_per_body'),
        ),
        migrations.AddIndex(
            model_name='consent',
            index=models.Index(condition=models.Q(('state', 'given')), fields=['expires_at'], name='consent_expiry'),
        ),
    ]
