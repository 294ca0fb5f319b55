"""The duty follows the nexus: evidence for each answer, a second person for less, and the database.

What a table cannot say in a check is said in triggers: what looks at other rows. They raise a
check violation under a name of their own, as a constraint does. Rules on columns that are new are
not valid for older rows, which have nothing to fill them with; new rows keep them.
"""

import core.vault.sealed
import django.db.models.deletion
from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models

# Nobody knows any more when it was planned; the due date is the latest day that fits.
WHEN_IT_WAS_PLANNED = """
UPDATE remedy_remedymeasure SET planned_on = due_on WHERE planned_on IS NULL;
UPDATE remedy_leveragestep SET planned_on = due_on WHERE planned_on IS NULL;
"""

ELEMENT_OF_ITS_CASE = """
ALTER TABLE remedy_harmelement
    ADD CONSTRAINT element_of_one_remediation UNIQUE (id, remediation_id);
ALTER TABLE remedy_offer
    ADD CONSTRAINT offer_of_one_remediation UNIQUE (id, remediation_id);
ALTER TABLE remedy_remedymeasure
    ADD CONSTRAINT measure_answers_an_element_of_its_case
        FOREIGN KEY (element_id, remediation_id)
        REFERENCES remedy_harmelement (id, remediation_id),
    ADD CONSTRAINT measure_is_in_an_offer_of_its_case
        FOREIGN KEY (offer_id, remediation_id)
        REFERENCES remedy_offer (id, remediation_id);
"""
UNDO_ELEMENT_OF_ITS_CASE = """
ALTER TABLE remedy_remedymeasure
    DROP CONSTRAINT measure_is_in_an_offer_of_its_case,
    DROP CONSTRAINT measure_answers_an_element_of_its_case;
ALTER TABLE remedy_offer DROP CONSTRAINT offer_of_one_remediation;
ALTER TABLE remedy_harmelement DROP CONSTRAINT element_of_one_remediation;
"""

# An offer is written before its measures point to it, so this looks when the transaction ends.
OFFER_HOLDS_A_MEASURE = """
CREATE FUNCTION remedy_offer_holds_a_measure() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM remedy_remedymeasure WHERE offer_id = NEW.id) THEN
        RAISE EXCEPTION 'an offer holds a measure'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'offer_holds_a_measure';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER offer_holds_a_measure AFTER INSERT ON remedy_offer
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION remedy_offer_holds_a_measure();
"""
UNDO_OFFER_HOLDS_A_MEASURE = """
DROP TRIGGER offer_holds_a_measure ON remedy_offer;
DROP FUNCTION remedy_offer_holds_a_measure();
"""

# The lock makes two who write at once wait for each other, as the verb does.
SHARES_TO_A_HUNDRED = """
CREATE FUNCTION remedy_shares_to_a_hundred() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM remedy_remediation WHERE id = NEW.remediation_id FOR UPDATE;
    IF (SELECT sum(percent) > 100
            OR sum(contribution) FILTER (WHERE contribution_state <> 'refused') > 100
          FROM remedy_responsibilityshare WHERE remediation_id = NEW.remediation_id) THEN
        RAISE EXCEPTION 'the shares come to more than a hundred'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'shares_to_a_hundred';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER shares_to_a_hundred AFTER INSERT OR UPDATE ON remedy_responsibilityshare
    FOR EACH ROW EXECUTE FUNCTION remedy_shares_to_a_hundred();
"""
UNDO_SHARES_TO_A_HUNDRED = """
DROP TRIGGER shares_to_a_hundred ON remedy_responsibilityshare;
DROP FUNCTION remedy_shares_to_a_hundred();
"""

# The parts of one agreement are written one after the other: they are counted at the end.
FUNDING_TO_A_HUNDRED = """
CREATE FUNCTION remedy_funding_to_a_hundred() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT sum(percent) <> 100 FROM remedy_funding
         WHERE measure_id = NEW.measure_id AND version = NEW.version) THEN
        RAISE EXCEPTION 'the parts of the funding come to a hundred'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'funding_to_a_hundred';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER funding_to_a_hundred AFTER INSERT ON remedy_funding
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION remedy_funding_to_a_hundred();
"""
UNDO_FUNDING_TO_A_HUNDRED = """
DROP TRIGGER funding_to_a_hundred ON remedy_funding;
DROP FUNCTION remedy_funding_to_a_hundred();
"""

SECOND_LOOK_AT_ITS_DETERMINATION = """
CREATE FUNCTION remedy_second_look_at_its_determination() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM remedy_nexusdetermination
                    WHERE id = NEW.determination_id AND needs_second
                      AND decided_by_id = NEW.decided_by_id) THEN
        RAISE EXCEPTION 'a second look names who decided'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'second_look_at_its_determination';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER second_look_at_its_determination AFTER INSERT ON remedy_nexussecondlook
    FOR EACH ROW EXECUTE FUNCTION remedy_second_look_at_its_determination();
"""
UNDO_SECOND_LOOK_AT_ITS_DETERMINATION = """
DROP TRIGGER second_look_at_its_determination ON remedy_nexussecondlook;
DROP FUNCTION remedy_second_look_at_its_determination();
"""

LESS_ONLY_BY_TWO = """
CREATE FUNCTION remedy_less_only_by_two() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM remedy_nexusdetermination d
                WHERE d.remediation_id = NEW.id AND d.needs_second AND d.decided = NEW.nexus
                  AND d.version = (SELECT max(version) FROM remedy_nexusdetermination
                                    WHERE remediation_id = NEW.id)
                  AND NOT EXISTS (SELECT FROM remedy_nexussecondlook
                                   WHERE determination_id = d.id AND agreed)) THEN
        RAISE EXCEPTION 'a second person has not confirmed this nexus'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'nexus_less_only_by_two';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER nexus_less_only_by_two AFTER UPDATE OF nexus ON remedy_remediation
    FOR EACH ROW WHEN (NEW.nexus IS DISTINCT FROM OLD.nexus)
    EXECUTE FUNCTION remedy_less_only_by_two();
"""
UNDO_LESS_ONLY_BY_TWO = """
DROP TRIGGER nexus_less_only_by_two ON remedy_remediation;
DROP FUNCTION remedy_less_only_by_two();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('remedy', '0003_against_repetition'),
    ]

    operations = [
        migrations.CreateModel(
            name='NexusSecondLook',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('agreed', models.BooleanField(verbose_name='confirmed')),
                ('note', core.vault.sealed.SealedField(null=True, place='remedy.NexusSecondLook.note')),
                ('determination', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='second_look', to='remedy.nexusdetermination')),
                ('decided_by_id', models.BigIntegerField(verbose_name='decided by')),
                ('by_id', models.BigIntegerField(verbose_name='looked at by')),
                ('at', models.DateTimeField(verbose_name='looked at')),
            ],
            options={
                'verbose_name': 'second look at a nexus',
                'verbose_name_plural': 'second looks at a nexus',
            },
        ),
        migrations.AddField(
            model_name='harmelement',
            name='result_note',
            field=core.vault.sealed.SealedField(null=True, place='remedy.HarmElement.result_note'),
        ),
        migrations.AddField(
            model_name='historicalharmelement',
            name='result_note',
            field=core.vault.sealed.SealedField(null=True, place='remedy.HarmElement.result_note'),
        ),
        migrations.AddField(
            model_name='historicalleveragestep',
            name='planned_on',
            field=models.DateField(blank=True, null=True, verbose_name='planned on'),
        ),
        migrations.AddField(
            model_name='leveragestep',
            name='planned_on',
            field=models.DateField(blank=True, null=True, verbose_name='planned on'),
        ),
        migrations.AddField(
            model_name='historicalremediation',
            name='nexus_pending',
            field=models.BooleanField(default=False, verbose_name='waits for a second person'),
        ),
        migrations.AddField(
            model_name='remediation',
            name='nexus_pending',
            field=models.BooleanField(default=False, verbose_name='waits for a second person'),
        ),
        migrations.AddField(
            model_name='nexusdetermination',
            name='needs_second',
            field=models.BooleanField(default=False, verbose_name='needs a second person'),
        ),
        migrations.AddField(
            model_name='nexusdetermination',
            name='own_act_alone_evidence',
            field=core.vault.sealed.SealedField(null=True, place='remedy.NexusDetermination.own_act_alone_evidence'),
        ),
        migrations.AddField(
            model_name='nexusdetermination',
            name='own_act_with_others_evidence',
            field=core.vault.sealed.SealedField(null=True, place='remedy.NexusDetermination.own_act_with_others_evidence'),
        ),
        migrations.AddField(
            model_name='nexusdetermination',
            name='foreseeable_evidence',
            field=core.vault.sealed.SealedField(null=True, place='remedy.NexusDetermination.foreseeable_evidence'),
        ),
        migrations.AddField(
            model_name='nexusdetermination',
            name='risk_reduced_evidence',
            field=core.vault.sealed.SealedField(null=True, place='remedy.NexusDetermination.risk_reduced_evidence'),
        ),
        migrations.AddField(
            model_name='nexusdetermination',
            name='tie_evidence',
            field=core.vault.sealed.SealedField(null=True, place='remedy.NexusDetermination.tie_evidence'),
        ),
        migrations.RemoveConstraint(
            model_name='remedymeasure',
            name='measure_is_not_due_in_the_past',
        ),
        migrations.RemoveConstraint(
            model_name='remedymeasure',
            name='measure_amount_has_a_currency',
        ),
        migrations.RunSQL(WHEN_IT_WAS_PLANNED, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name='remedymeasure',
            constraint=models.CheckConstraint(condition=models.Q(('planned_on__isnull', False), ('due_on__gte', models.F('planned_on'))), name='measure_is_not_due_in_the_past'),
        ),
        migrations.AddConstraint(
            model_name='remedymeasure',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('amount__isnull', True), ('amount_to__isnull', True), ('currency', '')), models.Q(('amount__isnull', False), ('currency__in', ['AED', 'AFN', 'ALL', 'AMD', 'AOA', 'ARS', 'AUD', 'AWG', 'AZN', 'BAM', 'BBD', 'BDT', 'BGN', 'BHD', 'BIF', 'BMD', 'BND', 'BOB', 'BRL', 'BSD', 'BTN', 'BWP', 'BYN', 'BZD', 'CAD', 'CDF', 'CHF', 'CLP', 'CNY', 'COP', 'CRC', 'CUP', 'CVE', 'CZK', 'DJF', 'DKK', 'DOP', 'DZD', 'EGP', 'ERN', 'ETB', 'EUR', 'FJD', 'FKP', 'GBP', 'GEL', 'GHS', 'GIP', 'GMD', 'GNF', 'GTQ', 'GYD', 'HKD', 'HNL', 'HTG', 'HUF', 'IDR', 'ILS', 'INR', 'IQD', 'IRR', 'ISK', 'JMD', 'JOD', 'JPY', 'KES', 'KGS', 'KHR', 'KMF', 'KPW', 'KRW', 'KWD', 'KYD', 'KZT', 'LAK', 'LBP', 'LKR', 'LRD', 'LSL', 'LYD', 'MAD', 'MDL', 'MGA', 'MKD', 'MMK', 'MNT', 'MOP', 'MRU', 'MUR', 'MVR', 'MWK', 'MXN', 'MYR', 'MZN', 'NAD', 'NGN', 'NIO', 'NOK', 'NPR', 'NZD', 'OMR', 'PAB', 'PEN', 'PGK', 'PHP', 'PKR', 'PLN', 'PYG', 'QAR', 'RON', 'RSD', 'RUB', 'RWF', 'SAR', 'SBD', 'SCR', 'SDG', 'SEK', 'SGD', 'SHP', 'SLE', 'SOS', 'SRD', 'SSP', 'STN', 'SYP', 'SZL', 'THB', 'TJS', 'TMT', 'TND', 'TOP', 'TRY', 'TTD', 'TWD', 'TZS', 'UAH', 'UGX', 'USD', 'UYU', 'UZS', 'VES', 'VND', 'VUV', 'WST', 'XAF', 'XCD', 'XCG', 'XOF', 'XPF', 'YER', 'ZAR', 'ZMW', 'ZWG'])), _connector='OR'), name='measure_amount_has_a_currency'),
        ),
        migrations.AddConstraint(
            model_name='leveragestep',
            constraint=models.CheckConstraint(condition=models.Q(('planned_on__isnull', False), ('due_on__gte', models.F('planned_on'))), name='leverage_is_not_due_in_the_past'),
        ),
        migrations.AddConstraint(
            model_name='nexussecondlook',
            constraint=models.CheckConstraint(condition=models.Q(('by_id', models.F('decided_by_id')), _negated=True), name='second_look_by_another'),
        ),
        migrations.AddConstraint(
            model_name='nexussecondlook',
            constraint=models.CheckConstraint(condition=models.Q(('agreed', True), ('note__isnull', False), _connector='OR'), name='second_look_that_turns_down_says_why'),
        ),
        AddConstraintNotValid(
            model_name='harmelement',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('result', ''), ('result_note__isnull', True)), models.Q(models.Q(('result', ''), _negated=True), ('result_note__isnull', False)), _connector='OR'), name='element_result_says_why'),
        ),
        AddConstraintNotValid(
            model_name='nexusdetermination',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('own_act_alone', 'unknown'), ('own_act_alone_evidence__isnull', True)), models.Q(models.Q(('own_act_alone', 'unknown'), _negated=True), ('own_act_alone_evidence__isnull', False)), _connector='OR'), name='determination_own_act_alone_rests_on_evidence'),
        ),
        AddConstraintNotValid(
            model_name='nexusdetermination',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('own_act_with_others', 'unknown'), ('own_act_with_others_evidence__isnull', True)), models.Q(models.Q(('own_act_with_others', 'unknown'), _negated=True), ('own_act_with_others_evidence__isnull', False)), _connector='OR'), name='determination_own_act_with_others_rests_on_evidence'),
        ),
        AddConstraintNotValid(
            model_name='nexusdetermination',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('foreseeable', 'unknown'), ('foreseeable_evidence__isnull', True)), models.Q(models.Q(('foreseeable', 'unknown'), _negated=True), ('foreseeable_evidence__isnull', False)), _connector='OR'), name='determination_foreseeable_rests_on_evidence'),
        ),
        AddConstraintNotValid(
            model_name='nexusdetermination',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('risk_reduced', 'unknown'), ('risk_reduced_evidence__isnull', True)), models.Q(models.Q(('risk_reduced', 'unknown'), _negated=True), ('risk_reduced_evidence__isnull', False)), _connector='OR'), name='determination_risk_reduced_rests_on_evidence'),
        ),
        AddConstraintNotValid(
            model_name='nexusdetermination',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('tie', 'unknown'), ('tie_evidence__isnull', True)), models.Q(models.Q(('tie', 'unknown'), _negated=True), ('tie_evidence__isnull', False)), _connector='OR'), name='determination_tie_rests_on_evidence'),
        ),
        migrations.RunSQL(ELEMENT_OF_ITS_CASE, UNDO_ELEMENT_OF_ITS_CASE),
        migrations.RunSQL(OFFER_HOLDS_A_MEASURE, UNDO_OFFER_HOLDS_A_MEASURE),
        migrations.RunSQL(SHARES_TO_A_HUNDRED, UNDO_SHARES_TO_A_HUNDRED),
        migrations.RunSQL(FUNDING_TO_A_HUNDRED, UNDO_FUNDING_TO_A_HUNDRED),
        migrations.RunSQL(SECOND_LOOK_AT_ITS_DETERMINATION, UNDO_SECOND_LOOK_AT_ITS_DETERMINATION),
        migrations.RunSQL(LESS_ONLY_BY_TWO, UNDO_LESS_ONLY_BY_TWO),
    ]
