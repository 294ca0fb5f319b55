import core.vault.sealed
import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("grievance", "0014_referral_recipients"),
        ("stakeholders", "0004_supplier_mechanisms"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="HistoricalConsentOverride",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                (
                    "actor_kind",
                    models.CharField(
                        choices=[
                            ("complainant", "complainant"),
                            ("staff", "staff"),
                            ("liaison", "liaison"),
                            ("auditor", "auditor"),
                            ("system", "system"),
                        ],
                        max_length=16,
                    ),
                ),
                ("actor_id", models.BigIntegerField(null=True)),
                ("verb", models.CharField(max_length=64)),
                ("event_id", models.UUIDField(db_index=True)),
                ("reason_code", models.CharField(blank=True, max_length=64)),
                (
                    "duty",
                    models.CharField(
                        choices=[
                            (
                                "child_abuse_online",
                                "To report the sexual abuse of a child that shows online.",
                            ),
                            ("child_in_danger", "To report that a child is in danger."),
                            (
                                "threat_to_life",
                                "To report a suspected crime that threatens somebody’s life or safety.",
                            ),
                            (
                                "planned_crime",
                                "To report a grave crime that can still be prevented.",
                            ),
                            ("data_breach", "To report a breach of personal data."),
                            (
                                "work_accident",
                                "To report an accident at work or a disease from work.",
                            ),
                            ("ai_incident", "To report a serious incident with an AI system."),
                            ("binding_order", "To obey an order of a court or an authority."),
                        ],
                        max_length=24,
                        verbose_name="duty",
                    ),
                ),
                (
                    "reason",
                    core.vault.sealed.SealedField(
                        place="grievance.ConsentOverride.reason", verbose_name="reason"
                    ),
                ),
                (
                    "silence",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("law_forbids", "A law forbids to tell the person of the report."),
                            ("ordered", "A court or an authority has ordered to keep it secret."),
                        ],
                        max_length=16,
                        verbose_name="why the person is not told",
                    ),
                ),
                (
                    "silence_note",
                    core.vault.sealed.SealedField(
                        null=True,
                        place="grievance.ConsentOverride.silence_note",
                        verbose_name="reason for not telling",
                    ),
                ),
                (
                    "silence_lifted_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="told later, at"),
                ),
                ("proposed_by_id", models.BigIntegerField(verbose_name="proposed by")),
                ("proposed_at", models.DateTimeField(verbose_name="proposed")),
                (
                    "decision",
                    models.CharField(
                        blank=True,
                        choices=[("approved", "approved"), ("turned_down", "turned down")],
                        max_length=16,
                        verbose_name="decision",
                    ),
                ),
                (
                    "decided_by_id",
                    models.BigIntegerField(blank=True, null=True, verbose_name="decided by"),
                ),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="decided")),
                (
                    "note",
                    core.vault.sealed.SealedField(
                        null=True,
                        place="grievance.ConsentOverride.note",
                        verbose_name="note to the colleague",
                    ),
                ),
                (
                    "passed_on",
                    core.vault.sealed.SealedField(
                        null=True,
                        place="grievance.ConsentOverride.passed_on",
                        verbose_name="what was passed on",
                    ),
                ),
                (
                    "passed_on_hash",
                    models.CharField(
                        blank=True, max_length=64, verbose_name="hash of what was passed on"
                    ),
                ),
                (
                    "passed_on_by_id",
                    models.BigIntegerField(blank=True, null=True, verbose_name="passed on by"),
                ),
                (
                    "passed_on_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="passed on"),
                ),
                (
                    "reference",
                    core.vault.sealed.SealedField(
                        null=True,
                        place="grievance.ConsentOverride.reference",
                        verbose_name="reference there",
                    ),
                ),
                (
                    "history_id",
                    models.BigAutoField(editable=False, primary_key=True, serialize=False),
                ),
                ("history_date", models.DateTimeField(db_index=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
            ],
            options={
                "verbose_name": "historical duty to report",
                "verbose_name_plural": "historical duties to report",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalRespondentPerson",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                (
                    "actor_kind",
                    models.CharField(
                        choices=[
                            ("complainant", "complainant"),
                            ("staff", "staff"),
                            ("liaison", "liaison"),
                            ("auditor", "auditor"),
                            ("system", "system"),
                        ],
                        max_length=16,
                    ),
                ),
                ("actor_id", models.BigIntegerField(null=True)),
                ("verb", models.CharField(max_length=64)),
                ("event_id", models.UUIDField(db_index=True)),
                ("reason_code", models.CharField(blank=True, max_length=64)),
                (
                    "tie",
                    models.CharField(
                        choices=[
                            ("none", "Not complained of"),
                            ("of_unit", "Belongs to the unit complained of"),
                            ("complained_of", "Is complained of"),
                        ],
                        max_length=16,
                        verbose_name="tie to the matter",
                    ),
                ),
                (
                    "history_id",
                    models.BigAutoField(editable=False, primary_key=True, serialize=False),
                ),
                ("history_date", models.DateTimeField(db_index=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
            ],
            options={
                "verbose_name": "historical person on the side complained of",
                "verbose_name_plural": "historical people on the side complained of",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalRespondentSummary",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                (
                    "actor_kind",
                    models.CharField(
                        choices=[
                            ("complainant", "complainant"),
                            ("staff", "staff"),
                            ("liaison", "liaison"),
                            ("auditor", "auditor"),
                            ("system", "system"),
                        ],
                        max_length=16,
                    ),
                ),
                ("actor_id", models.BigIntegerField(null=True)),
                ("verb", models.CharField(max_length=64)),
                ("event_id", models.UUIDField(db_index=True)),
                ("reason_code", models.CharField(blank=True, max_length=64)),
                (
                    "summary",
                    core.vault.sealed.SealedField(place="grievance.RespondentSummary.summary"),
                ),
                (
                    "summary_hash",
                    models.CharField(max_length=64, verbose_name="hash of what was handed over"),
                ),
                (
                    "handed_by",
                    models.CharField(
                        choices=[
                            ("in_meeting", "In a meeting"),
                            ("by_letter", "By letter"),
                            ("by_mail", "By e-mail"),
                            ("by_call", "On the telephone"),
                        ],
                        max_length=16,
                        verbose_name="handed over",
                    ),
                ),
                (
                    "person_agreed",
                    models.BooleanField(default=False, verbose_name="the person agrees"),
                ),
                ("written_by_id", models.BigIntegerField(verbose_name="written by")),
                ("handed_at", models.DateTimeField(verbose_name="handed over at")),
                (
                    "answer",
                    core.vault.sealed.SealedField(
                        null=True, place="grievance.RespondentSummary.answer", verbose_name="answer"
                    ),
                ),
                (
                    "answered_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="answered"),
                ),
                (
                    "for_person",
                    core.vault.sealed.SealedField(
                        null=True,
                        place="grievance.RespondentSummary.for_person",
                        verbose_name="what the person reads of it",
                    ),
                ),
                (
                    "released_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="shown to the person"),
                ),
                (
                    "history_id",
                    models.BigAutoField(editable=False, primary_key=True, serialize=False),
                ),
                ("history_date", models.DateTimeField(db_index=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
            ],
            options={
                "verbose_name": "historical hearing of the side complained of",
                "verbose_name_plural": "historical hearings of the side complained of",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalUnitComplainedOf",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                (
                    "actor_kind",
                    models.CharField(
                        choices=[
                            ("complainant", "complainant"),
                            ("staff", "staff"),
                            ("liaison", "liaison"),
                            ("auditor", "auditor"),
                            ("system", "system"),
                        ],
                        max_length=16,
                    ),
                ),
                ("actor_id", models.BigIntegerField(null=True)),
                ("verb", models.CharField(max_length=64)),
                ("event_id", models.UUIDField(db_index=True)),
                ("reason_code", models.CharField(blank=True, max_length=64)),
                (
                    "name",
                    core.vault.sealed.SealedField(
                        null=True,
                        place="grievance.UnitComplainedOf.name",
                        verbose_name="unit or site",
                    ),
                ),
                ("named_by_id", models.BigIntegerField(verbose_name="named by")),
                ("named_at", models.DateTimeField(verbose_name="named")),
                (
                    "history_id",
                    models.BigAutoField(editable=False, primary_key=True, serialize=False),
                ),
                ("history_date", models.DateTimeField(db_index=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
            ],
            options={
                "verbose_name": "historical unit of a partner complained of",
                "verbose_name_plural": "historical units of partners complained of",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="RespondentPerson",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "tie",
                    models.CharField(
                        choices=[
                            ("none", "Not complained of"),
                            ("of_unit", "Belongs to the unit complained of"),
                            ("complained_of", "Is complained of"),
                        ],
                        max_length=16,
                        verbose_name="tie to the matter",
                    ),
                ),
            ],
            options={
                "verbose_name": "person on the side complained of",
                "verbose_name_plural": "people on the side complained of",
            },
        ),
        migrations.CreateModel(
            name="RespondentSummary",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "summary",
                    core.vault.sealed.SealedField(place="grievance.RespondentSummary.summary"),
                ),
                (
                    "summary_hash",
                    models.CharField(max_length=64, verbose_name="hash of what was handed over"),
                ),
                (
                    "handed_by",
                    models.CharField(
                        choices=[
                            ("in_meeting", "In a meeting"),
                            ("by_letter", "By letter"),
                            ("by_mail", "By e-mail"),
                            ("by_call", "On the telephone"),
                        ],
                        max_length=16,
                        verbose_name="handed over",
                    ),
                ),
                (
                    "person_agreed",
                    models.BooleanField(default=False, verbose_name="the person agrees"),
                ),
                ("written_by_id", models.BigIntegerField(verbose_name="written by")),
                ("handed_at", models.DateTimeField(verbose_name="handed over at")),
                (
                    "answer",
                    core.vault.sealed.SealedField(
                        null=True, place="grievance.RespondentSummary.answer", verbose_name="answer"
                    ),
                ),
                (
                    "answered_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="answered"),
                ),
                (
                    "for_person",
                    core.vault.sealed.SealedField(
                        null=True,
                        place="grievance.RespondentSummary.for_person",
                        verbose_name="what the person reads of it",
                    ),
                ),
                (
                    "released_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="shown to the person"),
                ),
            ],
            options={
                "verbose_name": "hearing of the side complained of",
                "verbose_name_plural": "hearings of the side complained of",
                "ordering": ("pk",),
            },
        ),
        migrations.CreateModel(
            name="UnitComplainedOf",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "name",
                    core.vault.sealed.SealedField(
                        null=True,
                        place="grievance.UnitComplainedOf.name",
                        verbose_name="unit or site",
                    ),
                ),
                ("named_by_id", models.BigIntegerField(verbose_name="named by")),
                ("named_at", models.DateTimeField(verbose_name="named")),
            ],
            options={
                "verbose_name": "unit of a partner complained of",
                "verbose_name_plural": "units of partners complained of",
            },
        ),
        migrations.AlterField(
            model_name="referral",
            name="consent",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="referrals",
                to="grievance.consent",
            ),
        ),
        migrations.CreateModel(
            name="ConsentOverride",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "duty",
                    models.CharField(
                        choices=[
                            (
                                "child_abuse_online",
                                "To report the sexual abuse of a child that shows online.",
                            ),
                            ("child_in_danger", "To report that a child is in danger."),
                            (
                                "threat_to_life",
                                "To report a suspected crime that threatens somebody’s life or safety.",
                            ),
                            (
                                "planned_crime",
                                "To report a grave crime that can still be prevented.",
                            ),
                            ("data_breach", "To report a breach of personal data."),
                            (
                                "work_accident",
                                "To report an accident at work or a disease from work.",
                            ),
                            ("ai_incident", "To report a serious incident with an AI system."),
                            ("binding_order", "To obey an order of a court or an authority."),
                        ],
                        max_length=24,
                        verbose_name="duty",
                    ),
                ),
                (
                    "reason",
                    core.vault.sealed.SealedField(
                        place="grievance.ConsentOverride.reason", verbose_name="reason"
                    ),
                ),
                (
                    "silence",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("law_forbids", "A law forbids to tell the person of the report."),
                            ("ordered", "A court or an authority has ordered to keep it secret."),
                        ],
                        max_length=16,
                        verbose_name="why the person is not told",
                    ),
                ),
                (
                    "silence_note",
                    core.vault.sealed.SealedField(
                        null=True,
                        place="grievance.ConsentOverride.silence_note",
                        verbose_name="reason for not telling",
                    ),
                ),
                (
                    "silence_lifted_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="told later, at"),
                ),
                ("proposed_by_id", models.BigIntegerField(verbose_name="proposed by")),
                ("proposed_at", models.DateTimeField(verbose_name="proposed")),
                (
                    "decision",
                    models.CharField(
                        blank=True,
                        choices=[("approved", "approved"), ("turned_down", "turned down")],
                        max_length=16,
                        verbose_name="decision",
                    ),
                ),
                (
                    "decided_by_id",
                    models.BigIntegerField(blank=True, null=True, verbose_name="decided by"),
                ),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="decided")),
                (
                    "note",
                    core.vault.sealed.SealedField(
                        null=True,
                        place="grievance.ConsentOverride.note",
                        verbose_name="note to the colleague",
                    ),
                ),
                (
                    "passed_on",
                    core.vault.sealed.SealedField(
                        null=True,
                        place="grievance.ConsentOverride.passed_on",
                        verbose_name="what was passed on",
                    ),
                ),
                (
                    "passed_on_hash",
                    models.CharField(
                        blank=True, max_length=64, verbose_name="hash of what was passed on"
                    ),
                ),
                (
                    "passed_on_by_id",
                    models.BigIntegerField(blank=True, null=True, verbose_name="passed on by"),
                ),
                (
                    "passed_on_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="passed on"),
                ),
                (
                    "reference",
                    core.vault.sealed.SealedField(
                        null=True,
                        place="grievance.ConsentOverride.reference",
                        verbose_name="reference there",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="overrides",
                        to="grievance.case",
                    ),
                ),
                (
                    "mechanism",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="stakeholders.mechanism",
                        verbose_name="body elsewhere",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="stakeholders.organisation",
                        verbose_name="organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "duty to report",
                "verbose_name_plural": "duties to report",
                "ordering": ("pk",),
            },
        ),
        migrations.AddField(
            model_name="historicalreferral",
            name="override",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="grievance.consentoverride",
                verbose_name="duty to report",
            ),
        ),
        migrations.AddField(
            model_name="referral",
            name="override",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="referral",
                to="grievance.consentoverride",
                verbose_name="duty to report",
            ),
        ),
        migrations.AddConstraint(
            model_name="referral",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("consent__isnull", False), ("override__isnull", False), _connector="XOR"
                ),
                name="referral_on_consent_or_duty",
            ),
        ),
        migrations.AddField(
            model_name="historicalconsentoverride",
            name="case",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="grievance.case",
            ),
        ),
        migrations.AddField(
            model_name="historicalconsentoverride",
            name="mechanism",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="stakeholders.mechanism",
                verbose_name="body elsewhere",
            ),
        ),
        migrations.AddField(
            model_name="historicalconsentoverride",
            name="organisation",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="stakeholders.organisation",
                verbose_name="organisation",
            ),
        ),
        migrations.AddField(
            model_name="historicalrespondentperson",
            name="case",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="grievance.case",
            ),
        ),
        migrations.AddField(
            model_name="historicalrespondentperson",
            name="user",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="person",
            ),
        ),
        migrations.AddField(
            model_name="historicalrespondentsummary",
            name="case",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="grievance.case",
            ),
        ),
        migrations.AddField(
            model_name="historicalunitcomplainedof",
            name="case",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="grievance.case",
            ),
        ),
        migrations.AddField(
            model_name="respondentperson",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="respondent_people",
                to="grievance.case",
            ),
        ),
        migrations.AddField(
            model_name="respondentperson",
            name="user",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="person",
            ),
        ),
        migrations.AddField(
            model_name="respondentsummary",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="respondent_summaries",
                to="grievance.case",
            ),
        ),
        migrations.AddField(
            model_name="unitcomplainedof",
            name="case",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="unit_complained_of",
                to="grievance.case",
            ),
        ),
        migrations.AddConstraint(
            model_name="consentoverride",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("mechanism__isnull", True), ("organisation__isnull", False)),
                    models.Q(("mechanism__isnull", False), ("organisation__isnull", True)),
                    _connector="OR",
                ),
                name="override_tells_one_recipient",
            ),
        ),
        migrations.AddConstraint(
            model_name="consentoverride",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("decided_by_id__isnull", True),
                    models.Q(("decided_by_id", models.F("proposed_by_id")), _negated=True),
                    _connector="OR",
                ),
                name="override_needs_two_people",
            ),
        ),
        migrations.AddConstraint(
            model_name="consentoverride",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("decided_at__isnull", True),
                        ("decided_by_id__isnull", True),
                        ("decision", ""),
                    ),
                    models.Q(
                        ("decided_at__isnull", False),
                        ("decided_by_id__isnull", False),
                        ("decision__in", ["approved", "turned_down"]),
                    ),
                    _connector="OR",
                ),
                name="override_decided_wholly_or_not",
            ),
        ),
        migrations.AddConstraint(
            model_name="consentoverride",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("silence", ""),
                        ("silence_lifted_at__isnull", True),
                        ("silence_note__isnull", True),
                    ),
                    models.Q(
                        models.Q(("silence", ""), _negated=True), ("silence_note__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="override_silent_with_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="consentoverride",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("passed_on__isnull", True),
                        ("passed_on_at__isnull", True),
                        ("passed_on_by_id__isnull", True),
                        ("passed_on_hash", ""),
                        ("reference__isnull", True),
                    ),
                    models.Q(
                        ("decision", "approved"),
                        ("passed_on__isnull", False),
                        ("passed_on_at__gte", models.F("decided_at")),
                        ("passed_on_by_id__isnull", False),
                        ("passed_on_hash__regex", "^[0-9a-f]{64}$"),
                    ),
                    _connector="OR",
                ),
                name="override_passed_on_only_when_approved",
            ),
        ),
        migrations.AddConstraint(
            model_name="consentoverride",
            constraint=models.UniqueConstraint(
                condition=models.Q(("decision", "")),
                fields=("case",),
                name="override_one_open_per_case",
            ),
        ),
        migrations.AddConstraint(
            model_name="respondentperson",
            constraint=models.UniqueConstraint(
                fields=("case", "user"), name="respondent_person_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="respondentsummary",
            constraint=models.CheckConstraint(
                condition=models.Q(("summary_hash__regex", "^[0-9a-f]{64}$")),
                name="respondent_summary_hash_is_sha256",
            ),
        ),
        migrations.AddConstraint(
            model_name="respondentsummary",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answer__isnull", True), ("answered_at__isnull", True)),
                    models.Q(
                        ("answer__isnull", False), ("answered_at__gte", models.F("handed_at"))
                    ),
                    _connector="OR",
                ),
                name="respondent_answer_has_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="respondentsummary",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("for_person__isnull", True), ("released_at__isnull", True)),
                    models.Q(
                        ("answered_at__isnull", False),
                        ("for_person__isnull", False),
                        ("released_at__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="respondent_released_has_time",
            ),
        ),
    ]
