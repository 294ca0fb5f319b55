"""Playbooks in several languages; what staff wrote before stands as the English text."""

from django.db import migrations, models

COPY_ENGLISH = """
UPDATE remedy_playbook
SET name_en = NULLIF(name, ''),
    triggers_en = NULLIF(triggers, ''),
    steps_en = NULLIF(steps, ''),
    interim_en = NULLIF(interim, ''),
    who_decides_en = NULLIF(who_decides, ''),
    referrals_en = NULLIF(referrals, '')
WHERE name_en IS NULL
"""


class Migration(migrations.Migration):

    dependencies = [
        ('remedy', '0005_lasting_change'),
    ]

    operations = [
        migrations.AddField(
            model_name='historicalleveragestep',
            name='clause',
            field=models.CharField(blank=True, choices=[('respect_rights', 'Respect human rights'), ('remedy_duty', 'Provide remedy, or work together on it'), ('own_mechanism', 'Have a grievance mechanism'), ('audit', 'Let others look into it'), ('cost_sharing', 'Share the cost of remedy'), ('no_retaliation', 'No retaliation'), ('responsible_exit', 'End the relationship responsibly')], max_length=24, verbose_name='contract clause'),
        ),
        migrations.AddField(
            model_name='historicalpartnerreadiness',
            name='noted_on',
            field=models.DateField(editable=False, null=True, verbose_name='written down on'),
        ),
        migrations.AddField(
            model_name='historicalpartnerreadiness',
            name='owner',
            field=models.CharField(default='', help_text='A unit of the company.', max_length=120, verbose_name='who answers for it'),
        ),
        migrations.AddField(
            model_name='historicalplaybook',
            name='code',
            field=models.CharField(blank=True, db_index=True, max_length=40, null=True, verbose_name='code'),
        ),
        migrations.AddField(
            model_name='historicalplaybook',
            name='communication',
            field=models.TextField(blank=True, help_text='Inside and outside the house. Nothing that could show who complained.', verbose_name='who is told what, and by whom'),
        ),
        migrations.AddField(
            model_name='historicalplaybook',
            name='communication_ar',
            field=models.TextField(blank=True, help_text='Inside and outside the house. Nothing that could show who complained.', null=True, verbose_name='who is told what, and by whom'),
        ),
        migrations.AddField(
            model_name='historicalplaybook',
            name='communication_en',
            field=models.TextField(blank=True, help_text='Inside and outside the house. Nothing that could show who complained.', null=True, verbose_name='who is told what, and by whom'),
        ),
        migrations.AddField(
            model_name='historicalplaybook',
            name='communication_es',
            field=models.TextField(blank=True, help_text='Inside and outside the house. Nothing that could show who complained.', null=True, verbose_name='who is told what, and by whom'),
        ),
        migrations.AddField(
            model_name='historicalplaybook',
            name='communication_fr',
            field=models.TextField(blank=True, help_text='Inside and outside the house. Nothing that could show who complained.', null=True, verbose_name='who is told what, and by whom'),
        ),
        migrations.AddField(
            model_name='historicalplaybook',
            name='communication_pt',
            field=models.TextField(blank=True, help_text='Inside and outside the house. Nothing that could show who complained.', null=True, verbose_name='who is told what, and by whom'),
        ),
        migrations.AddField(
            model_name='historicalplaybook',
            name='communication_ru',
            field=models.TextField(blank=True, help_text='Inside and outside the house. Nothing that could show who complained.', null=True, verbose_name='who is told what, and by whom'),
        ),
        migrations.AddField(
            model_name='historicalplaybook',
            name='communication_zh_hans',
            field=models.TextField(blank=True, help_text='Inside and outside the house. Nothing that could show who complained.', null=True, verbose_name='who is told what, and by whom'),
        ),
        migrations.AddField(
            model_name='historicalplaybook',
            name='interim_ar',
            field=models.TextField(blank=True, null=True, verbose_name='interim measures'),
        ),
        migrations.AddField(
            model_name='historicalplaybook',
            name='interim_en',
            field=models.TextField(blank=True, null=True, verbose_name='interim measures'),
        ),
        migrations.AddField(
            model_name='historicalplaybook',
            name='interim_es',
            field=models.TextField(blank=True, null=True, verbose_name='interim measures'),
        ),
        migrations.AddField(
            model_name='historicalplaybook',
            name='interim_fr',
            field=models.TextField(blank=True, null=True, verbose_name='interim measures'),
        ),
        migrations.AddField(
            model_name='historicalplaybook',
            name='interim_pt',
            field=models.TextField(blank=True, null=True, verbose_name='interim measures'),
        ),
        migrations.AddField(
            model_name='historicalplaybook',
            name='interim_ru',
            field=models.TextField(blank=True, null=True, verbose_name='interim measures'),
        ),
        migrations.AddField(
            model_name='historicalplaybook',
            name='interim_zh_hans',
            field=models.TextField(blank=True, null=True, verbose_name='interim measures'),
        ),
        migrations.AddField(
            model_name='historicalplaybook',
            name='learning',
            field=models.TextField(blank=True, verbose_name='what is looked at afterwards'),
        ),
        migrations.AddField(
            model_name='historicalplaybook',
            name='learning_ar',
            field=models.TextField(blank=True, null=True, verbose_name='what is looked at afterwards'),
        ),
        migrations.AddField(
            model_name='historicalplaybook',
            name='learning_en',
            field=models.TextField(blank=True, null=True, verbose_name='what is looked at afterwards'),
        ),
        migrations.AddField(
            model_name='historicalplaybook',
            name='learning_es',
            field=models.TextField(blank=True, null=True, verbose_name='what is looked at afterwards'),
        ),
        migrations.AddField(
            model_name='historicalplaybook',
            name='learning_fr',
            field=models.TextField(blank=True, null=True, verbose_name='what is looked at afterwards'),
        ),
        migrations.AddField(
            model_name='historicalplaybook',
            name='learning_pt',
            field=models.TextField(blank=True, null=True, verbose_name='what is looked at afterwards'),
        ),
        migrations.AddField(
            model_name='historicalplaybook',
            name='learning_ru',
            field=models.TextField(blank=True, null=True, verbose_name='what is looked at afterwards'),
        ),
        migrations.AddField(
            model_name='historicalplaybook',
            name='learning_zh_hans',
            field=models.TextField(blank=True, null=True, verbose_name='what is looked at afterwards'),
        ),
        migrations.AddField(
            model_name='historicalplaybook',
            name='name_ar',
            field=models.CharField(db_index=True, max_length=120, null=True, verbose_name='name'),
        ),
        migrations.AddField(
            model_name='historicalplaybook',
            name='name_en',
            field=models.CharField(db_index=True, max_length=120, null=True, verbose_name='name'),
        ),
        migrations.AddField(
            model_name='historicalplaybook',
            name='name_es',
            field=models.CharField(db_index=True, max_length=120, null=True, verbose_name='name'),
        ),
        migrations.AddField(
            model_name='historicalplaybook',
            name='name_fr',
            field=models.CharField(db_index=True, max_length=120, null=True, verbose_name='name'),
        ),
        migrations.AddField(
            model_name='historicalplaybook',
            name='name_pt',
            field=models.CharField(db_index=True, max_length=120, null=True, verbose_name='name'),
        ),
        migrations.AddField(
            model_name='historicalplaybook',
            name='name_ru',
            field=models.CharField(db_index=True, max_length=120, null=True, verbose_name='name'),
        ),
        migrations.AddField(
            model_name='historicalplaybook',
            name='name_zh_hans',
            field=models.CharField(db_index=True, max_length=120, null=True, verbose_name='name'),
        ),
        migrations.AddField(
            model_name='historicalplaybook',
            name='referrals_ar',
            field=models.TextField(blank=True, null=True, verbose_name='who else can help'),
        ),
        migrations.AddField(
            model_name='historicalplaybook',
            name='referrals_en',
            field=models.TextField(blank=True, null=True, verbose_name='who else can help'),
        ),
        migrations.AddField(
            model_name='historicalplaybook',
            name='referrals_es',
            field=models.TextField(blank=True, null=True, verbose_name='who else can help'),
        ),
        migrations.AddField(
            model_name='historicalplaybook',
            name='referrals_fr',
            field=models.TextField(blank=True, null=True, verbose_name='who else can help'),
        ),
        migrations.AddField(
            model_name='historicalplaybook',
            name='referrals_pt',
            field=models.TextField(blank=True, null=True, verbose_name='who else can help'),
        ),
        migrations.AddField(
            model_name='historicalplaybook',
            name='referrals_ru',
            field=models.TextField(blank=True, null=True, verbose_name='who else can help'),
        ),
        migrations.AddField(
            model_name='historicalplaybook',
            name='referrals_zh_hans',
            field=models.TextField(blank=True, null=True, verbose_name='who else can help'),
        ),
        migrations.AddField(
            model_name='historicalplaybook',
            name='source',
            field=models.CharField(blank=True, max_length=200, verbose_name='source'),
        ),
        migrations.AddField(
            model_name='historicalplaybook',
            name='steps_ar',
            field=models.TextField(help_text='One step to a line: hours, a colon, and what is done. The first 24 hours come first.', null=True, verbose_name='steps'),
        ),
        migrations.AddField(
            model_name='historicalplaybook',
            name='steps_en',
            field=models.TextField(help_text='One step to a line: hours, a colon, and what is done. The first 24 hours come first.', null=True, verbose_name='steps'),
        ),
        migrations.AddField(
            model_name='historicalplaybook',
            name='steps_es',
            field=models.TextField(help_text='One step to a line: hours, a colon, and what is done. The first 24 hours come first.', null=True, verbose_name='steps'),
        ),
        migrations.AddField(
            model_name='historicalplaybook',
            name='steps_fr',
            field=models.TextField(help_text='One step to a line: hours, a colon, and what is done. The first 24 hours come first.', null=True, verbose_name='steps'),
        ),
        migrations.AddField(
            model_name='historicalplaybook',
            name='steps_pt',
            field=models.TextField(help_text='One step to a line: hours, a colon, and what is done. The first 24 hours come first.', null=True, verbose_name='steps'),
        ),
        migrations.AddField(
            model_name='historicalplaybook',
            name='steps_ru',
            field=models.TextField(help_text='One step to a line: hours, a colon, and what is done. The first 24 hours come first.', null=True, verbose_name='steps'),
        ),
        migrations.AddField(
            model_name='historicalplaybook',
            name='steps_zh_hans',
            field=models.TextField(help_text='One step to a line: hours, a colon, and what is done. The first 24 hours come first.', null=True, verbose_name='steps'),
        ),
        migrations.AddField(
            model_name='historicalplaybook',
            name='triggers_ar',
            field=models.TextField(null=True, verbose_name='when it is used'),
        ),
        migrations.AddField(
            model_name='historicalplaybook',
            name='triggers_en',
            field=models.TextField(null=True, verbose_name='when it is used'),
        ),
        migrations.AddField(
            model_name='historicalplaybook',
            name='triggers_es',
            field=models.TextField(null=True, verbose_name='when it is used'),
        ),
        migrations.AddField(
            model_name='historicalplaybook',
            name='triggers_fr',
            field=models.TextField(null=True, verbose_name='when it is used'),
        ),
        migrations.AddField(
            model_name='historicalplaybook',
            name='triggers_pt',
            field=models.TextField(null=True, verbose_name='when it is used'),
        ),
        migrations.AddField(
            model_name='historicalplaybook',
            name='triggers_ru',
            field=models.TextField(null=True, verbose_name='when it is used'),
        ),
        migrations.AddField(
            model_name='historicalplaybook',
            name='triggers_zh_hans',
            field=models.TextField(null=True, verbose_name='when it is used'),
        ),
        migrations.AddField(
            model_name='historicalplaybook',
            name='who_decides_ar',
            field=models.TextField(null=True, verbose_name='who decides'),
        ),
        migrations.AddField(
            model_name='historicalplaybook',
            name='who_decides_en',
            field=models.TextField(null=True, verbose_name='who decides'),
        ),
        migrations.AddField(
            model_name='historicalplaybook',
            name='who_decides_es',
            field=models.TextField(null=True, verbose_name='who decides'),
        ),
        migrations.AddField(
            model_name='historicalplaybook',
            name='who_decides_fr',
            field=models.TextField(null=True, verbose_name='who decides'),
        ),
        migrations.AddField(
            model_name='historicalplaybook',
            name='who_decides_pt',
            field=models.TextField(null=True, verbose_name='who decides'),
        ),
        migrations.AddField(
            model_name='historicalplaybook',
            name='who_decides_ru',
            field=models.TextField(null=True, verbose_name='who decides'),
        ),
        migrations.AddField(
            model_name='historicalplaybook',
            name='who_decides_zh_hans',
            field=models.TextField(null=True, verbose_name='who decides'),
        ),
        migrations.AddField(
            model_name='historicalremedymeasure',
            name='language',
            field=models.CharField(blank=True, max_length=12, verbose_name='language'),
        ),
        migrations.AddField(
            model_name='leveragestep',
            name='clause',
            field=models.CharField(blank=True, choices=[('respect_rights', 'Respect human rights'), ('remedy_duty', 'Provide remedy, or work together on it'), ('own_mechanism', 'Have a grievance mechanism'), ('audit', 'Let others look into it'), ('cost_sharing', 'Share the cost of remedy'), ('no_retaliation', 'No retaliation'), ('responsible_exit', 'End the relationship responsibly')], max_length=24, verbose_name='contract clause'),
        ),
        migrations.AddField(
            model_name='partnerreadiness',
            name='noted_on',
            field=models.DateField(editable=False, null=True, verbose_name='written down on'),
        ),
        migrations.AddField(
            model_name='partnerreadiness',
            name='owner',
            field=models.CharField(default='', help_text='A unit of the company.', max_length=120, verbose_name='who answers for it'),
        ),
        migrations.AddField(
            model_name='playbook',
            name='code',
            field=models.CharField(blank=True, max_length=40, null=True, unique=True, verbose_name='code'),
        ),
        migrations.AddField(
            model_name='playbook',
            name='communication',
            field=models.TextField(blank=True, help_text='Inside and outside the house. Nothing that could show who complained.', verbose_name='who is told what, and by whom'),
        ),
        migrations.AddField(
            model_name='playbook',
            name='communication_ar',
            field=models.TextField(blank=True, help_text='Inside and outside the house. Nothing that could show who complained.', null=True, verbose_name='who is told what, and by whom'),
        ),
        migrations.AddField(
            model_name='playbook',
            name='communication_en',
            field=models.TextField(blank=True, help_text='Inside and outside the house. Nothing that could show who complained.', null=True, verbose_name='who is told what, and by whom'),
        ),
        migrations.AddField(
            model_name='playbook',
            name='communication_es',
            field=models.TextField(blank=True, help_text='Inside and outside the house. Nothing that could show who complained.', null=True, verbose_name='who is told what, and by whom'),
        ),
        migrations.AddField(
            model_name='playbook',
            name='communication_fr',
            field=models.TextField(blank=True, help_text='Inside and outside the house. Nothing that could show who complained.', null=True, verbose_name='who is told what, and by whom'),
        ),
        migrations.AddField(
            model_name='playbook',
            name='communication_pt',
            field=models.TextField(blank=True, help_text='Inside and outside the house. Nothing that could show who complained.', null=True, verbose_name='who is told what, and by whom'),
        ),
        migrations.AddField(
            model_name='playbook',
            name='communication_ru',
            field=models.TextField(blank=True, help_text='Inside and outside the house. Nothing that could show who complained.', null=True, verbose_name='who is told what, and by whom'),
        ),
        migrations.AddField(
            model_name='playbook',
            name='communication_zh_hans',
            field=models.TextField(blank=True, help_text='Inside and outside the house. Nothing that could show who complained.', null=True, verbose_name='who is told what, and by whom'),
        ),
        migrations.AddField(
            model_name='playbook',
            name='interim_ar',
            field=models.TextField(blank=True, null=True, verbose_name='interim measures'),
        ),
        migrations.AddField(
            model_name='playbook',
            name='interim_en',
            field=models.TextField(blank=True, null=True, verbose_name='interim measures'),
        ),
        migrations.AddField(
            model_name='playbook',
            name='interim_es',
            field=models.TextField(blank=True, null=True, verbose_name='interim measures'),
        ),
        migrations.AddField(
            model_name='playbook',
            name='interim_fr',
            field=models.TextField(blank=True, null=True, verbose_name='interim measures'),
        ),
        migrations.AddField(
            model_name='playbook',
            name='interim_pt',
            field=models.TextField(blank=True, null=True, verbose_name='interim measures'),
        ),
        migrations.AddField(
            model_name='playbook',
            name='interim_ru',
            field=models.TextField(blank=True, null=True, verbose_name='interim measures'),
        ),
        migrations.AddField(
            model_name='playbook',
            name='interim_zh_hans',
            field=models.TextField(blank=True, null=True, verbose_name='interim measures'),
        ),
        migrations.AddField(
            model_name='playbook',
            name='learning',
            field=models.TextField(blank=True, verbose_name='what is looked at afterwards'),
        ),
        migrations.AddField(
            model_name='playbook',
            name='learning_ar',
            field=models.TextField(blank=True, null=True, verbose_name='what is looked at afterwards'),
        ),
        migrations.AddField(
            model_name='playbook',
            name='learning_en',
            field=models.TextField(blank=True, null=True, verbose_name='what is looked at afterwards'),
        ),
        migrations.AddField(
            model_name='playbook',
            name='learning_es',
            field=models.TextField(blank=True, null=True, verbose_name='what is looked at afterwards'),
        ),
        migrations.AddField(
            model_name='playbook',
            name='learning_fr',
            field=models.TextField(blank=True, null=True, verbose_name='what is looked at afterwards'),
        ),
        migrations.AddField(
            model_name='playbook',
            name='learning_pt',
            field=models.TextField(blank=True, null=True, verbose_name='what is looked at afterwards'),
        ),
        migrations.AddField(
            model_name='playbook',
            name='learning_ru',
            field=models.TextField(blank=True, null=True, verbose_name='what is looked at afterwards'),
        ),
        migrations.AddField(
            model_name='playbook',
            name='learning_zh_hans',
            field=models.TextField(blank=True, null=True, verbose_name='what is looked at afterwards'),
        ),
        migrations.AddField(
            model_name='playbook',
            name='name_ar',
            field=models.CharField(max_length=120, null=True, unique=True, verbose_name='name'),
        ),
        migrations.AddField(
            model_name='playbook',
            name='name_en',
            field=models.CharField(max_length=120, null=True, unique=True, verbose_name='name'),
        ),
        migrations.AddField(
            model_name='playbook',
            name='name_es',
            field=models.CharField(max_length=120, null=True, unique=True, verbose_name='name'),
        ),
        migrations.AddField(
            model_name='playbook',
            name='name_fr',
            field=models.CharField(max_length=120, null=True, unique=True, verbose_name='name'),
        ),
        migrations.AddField(
            model_name='playbook',
            name='name_pt',
            field=models.CharField(max_length=120, null=True, unique=True, verbose_name='name'),
        ),
        migrations.AddField(
            model_name='playbook',
            name='name_ru',
            field=models.CharField(max_length=120, null=True, unique=True, verbose_name='name'),
        ),
        migrations.AddField(
            model_name='playbook',
            name='name_zh_hans',
            field=models.CharField(max_length=120, null=True, unique=True, verbose_name='name'),
        ),
        migrations.AddField(
            model_name='playbook',
            name='referrals_ar',
            field=models.TextField(blank=True, null=True, verbose_name='who else can help'),
        ),
        migrations.AddField(
            model_name='playbook',
            name='referrals_en',
            field=models.TextField(blank=True, null=True, verbose_name='who else can help'),
        ),
        migrations.AddField(
            model_name='playbook',
            name='referrals_es',
            field=models.TextField(blank=True, null=True, verbose_name='who else can help'),
        ),
        migrations.AddField(
            model_name='playbook',
            name='referrals_fr',
            field=models.TextField(blank=True, null=True, verbose_name='who else can help'),
        ),
        migrations.AddField(
            model_name='playbook',
            name='referrals_pt',
            field=models.TextField(blank=True, null=True, verbose_name='who else can help'),
        ),
        migrations.AddField(
            model_name='playbook',
            name='referrals_ru',
            field=models.TextField(blank=True, null=True, verbose_name='who else can help'),
        ),
        migrations.AddField(
            model_name='playbook',
            name='referrals_zh_hans',
            field=models.TextField(blank=True, null=True, verbose_name='who else can help'),
        ),
        migrations.AddField(
            model_name='playbook',
            name='source',
            field=models.CharField(blank=True, max_length=200, verbose_name='source'),
        ),
        migrations.AddField(
            model_name='playbook',
            name='steps_ar',
            field=models.TextField(help_text='One step to a line: hours, a colon, and what is done. The first 24 hours come first.', null=True, verbose_name='steps'),
        ),
        migrations.AddField(
            model_name='playbook',
            name='steps_en',
            field=models.TextField(help_text='One step to a line: hours, a colon, and what is done. The first 24 hours come first.', null=True, verbose_name='steps'),
        ),
        migrations.AddField(
            model_name='playbook',
            name='steps_es',
            field=models.TextField(help_text='One step to a line: hours, a colon, and what is done. The first 24 hours come first.', null=True, verbose_name='steps'),
        ),
        migrations.AddField(
            model_name='playbook',
            name='steps_fr',
            field=models.TextField(help_text='One step to a line: hours, a colon, and what is done. The first 24 hours come first.', null=True, verbose_name='steps'),
        ),
        migrations.AddField(
            model_name='playbook',
            name='steps_pt',
            field=models.TextField(help_text='One step to a line: hours, a colon, and what is done. The first 24 hours come first.', null=True, verbose_name='steps'),
        ),
        migrations.AddField(
            model_name='playbook',
            name='steps_ru',
            field=models.TextField(help_text='One step to a line: hours, a colon, and what is done. The first 24 hours come first.', null=True, verbose_name='steps'),
        ),
        migrations.AddField(
            model_name='playbook',
            name='steps_zh_hans',
            field=models.TextField(help_text='One step to a line: hours, a colon, and what is done. The first 24 hours come first.', null=True, verbose_name='steps'),
        ),
        migrations.AddField(
            model_name='playbook',
            name='triggers_ar',
            field=models.TextField(null=True, verbose_name='when it is used'),
        ),
        migrations.AddField(
            model_name='playbook',
            name='triggers_en',
            field=models.TextField(null=True, verbose_name='when it is used'),
        ),
        migrations.AddField(
            model_name='playbook',
            name='triggers_es',
            field=models.TextField(null=True, verbose_name='when it is used'),
        ),
        migrations.AddField(
            model_name='playbook',
            name='triggers_fr',
            field=models.TextField(null=True, verbose_name='when it is used'),
        ),
        migrations.AddField(
            model_name='playbook',
            name='triggers_pt',
            field=models.TextField(null=True, verbose_name='when it is used'),
        ),
        migrations.AddField(
            model_name='playbook',
            name='triggers_ru',
            field=models.TextField(null=True, verbose_name='when it is used'),
        ),
        migrations.AddField(
            model_name='playbook',
            name='triggers_zh_hans',
            field=models.TextField(null=True, verbose_name='when it is used'),
        ),
        migrations.AddField(
            model_name='playbook',
            name='who_decides_ar',
            field=models.TextField(null=True, verbose_name='who decides'),
        ),
        migrations.AddField(
            model_name='playbook',
            name='who_decides_en',
            field=models.TextField(null=True, verbose_name='who decides'),
        ),
        migrations.AddField(
            model_name='playbook',
            name='who_decides_es',
            field=models.TextField(null=True, verbose_name='who decides'),
        ),
        migrations.AddField(
            model_name='playbook',
            name='who_decides_fr',
            field=models.TextField(null=True, verbose_name='who decides'),
        ),
        migrations.AddField(
            model_name='playbook',
            name='who_decides_pt',
            field=models.TextField(null=True, verbose_name='who decides'),
        ),
        migrations.AddField(
            model_name='playbook',
            name='who_decides_ru',
            field=models.TextField(null=True, verbose_name='who decides'),
        ),
        migrations.AddField(
            model_name='playbook',
            name='who_decides_zh_hans',
            field=models.TextField(null=True, verbose_name='who decides'),
        ),
        migrations.AddField(
            model_name='remedymeasure',
            name='language',
            field=models.CharField(blank=True, max_length=12, verbose_name='language'),
        ),
        migrations.AddField(
            model_name='verdict',
            name='asking',
            field=models.CharField(blank=True, choices=[('at_closing', 'When the case ended'), ('later', 'Asked again later')], max_length=16, verbose_name='asked'),
        ),
        migrations.AddConstraint(
            model_name='partnerreadiness',
            constraint=models.CheckConstraint(condition=models.Q(('noted_on__isnull', True), ('reviewed_on__lte', models.F('noted_on')), _connector='OR'), name='readiness_is_not_looked_at_in_the_future'),
        ),
        migrations.AddConstraint(
            model_name='verdict',
            constraint=models.CheckConstraint(condition=models.Q(('delivered__in', ['yes', 'partly', 'no'])), name='verdict_is_an_answer_of_the_person'),
        ),
        migrations.RunSQL(COPY_ENGLISH, migrations.RunSQL.noop),
    ]
