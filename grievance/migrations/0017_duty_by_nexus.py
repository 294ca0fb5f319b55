"""The database refuses an end that the nexus does not allow, whoever asks for it.

It says less than the rules (`remedy.rules`), so that it never stands in the way of a rightful end:
the least that has to be there for each outcome. It looks whenever the status or the outcome of a
closed case is written, and raises a check violation, as a constraint does.
"""

import core.vault.sealed
from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models

ENDS_ON_A_GROUND = """
CREATE FUNCTION grievance_case_ends_on_a_ground() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    outcome text := NEW.company_outcome;
    nexus text;
    settled boolean;
    owed boolean;
    missing text;
BEGIN
    -- What the person wishes needs no ground.
    IF outcome = 'withdrawn' THEN
        RETURN NULL;
    END IF;
    SELECT r.nexus, NOT r.nexus_provisional AND r.nexus NOT IN ('', 'undetermined')
      INTO nexus, settled FROM remedy_remediation r WHERE r.id = NEW.remediation_id;
    settled := coalesce(settled, false);
    owed := EXISTS (SELECT FROM remedy_remedymeasure m
                     WHERE m.remediation_id = NEW.remediation_id
                       AND m.state IN ('offered', 'accepted', 'delivered'));
    IF outcome IN ('out_of_scope', 'not_established', 'no_nexus') AND NOT EXISTS (
            SELECT FROM grievance_refusal f
             WHERE f.case_id = NEW.id AND f.kind = outcome AND f.decision = 'confirmed'
               AND f.decided_by_id <> f.proposed_by_id) THEN
        missing := 'a second person has not confirmed it';
    ELSIF outcome IN ('remedied_full', 'remedied_partial', 'leverage_effect',
                      'leverage_no_effect', 'referred') AND NOT EXISTS (
            SELECT FROM grievance_conclusion c
             WHERE c.case_id = NEW.id AND c.outcome = NEW.company_outcome) THEN
        missing := 'nobody has concluded it';
    ELSIF owed AND outcome <> 'out_of_scope' THEN
        missing := 'a measure is still owed';
    ELSIF outcome = 'out_of_scope' AND NEW.remediation_id IS NOT NULL THEN
        missing := 'it was found in scope';
    ELSIF outcome IN ('not_established', 'no_nexus') AND NOT (settled AND nexus = 'no_nexus') THEN
        missing := 'the nexus says otherwise';
    ELSIF outcome IN ('leverage_effect', 'leverage_no_effect') AND (
            NOT settled OR nexus <> 'linked' OR NOT EXISTS (
                SELECT FROM remedy_leveragestep s
                 WHERE s.remediation_id = NEW.remediation_id AND s.result <> '')) THEN
        missing := 'influence is not what is owed, or was not used';
    ELSIF outcome IN ('remedied_full', 'remedied_partial') AND (
            NOT settled OR nexus = 'no_nexus' OR NOT EXISTS (
                SELECT FROM remedy_remedymeasure m
                 WHERE m.remediation_id = NEW.remediation_id AND m.state = 'verified')) THEN
        missing := 'no remedy was delivered and checked';
    ELSIF outcome = 'dormant' AND NEW.remediation_id IS NOT NULL AND (
            NOT settled OR nexus IN ('caused', 'contributed')) THEN
        missing := 'silence ends no duty';
    END IF;
    IF missing IS NOT NULL THEN
        RAISE EXCEPTION 'the case cannot end so: %', missing
            USING ERRCODE = 'check_violation', CONSTRAINT = 'case_ends_on_a_ground';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER case_ends_on_a_ground AFTER INSERT OR UPDATE OF status, company_outcome
    ON grievance_case FOR EACH ROW WHEN (NEW.status = 'closed')
    EXECUTE FUNCTION grievance_case_ends_on_a_ground();
"""
UNDO_ENDS_ON_A_GROUND = """
DROP TRIGGER case_ends_on_a_ground ON grievance_case;
DROP FUNCTION grievance_case_ends_on_a_ground();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('grievance', '0016_case_matter'),
        ('remedy', '0004_duty_by_nexus'),
    ]

    operations = [
        migrations.AddField(
            model_name='conclusion',
            name='cooperation',
            field=core.vault.sealed.SealedField(null=True, place='grievance.Conclusion.cooperation'),
        ),
        # Earlier ends by referral have no such words, and get none.
        AddConstraintNotValid(
            model_name='conclusion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('cooperation__isnull', False), ('outcome', 'referred')), models.Q(models.Q(('outcome', 'referred'), _negated=True), ('cooperation__isnull', True)), _connector='OR'), name='conclusion_by_referral_says_how_we_cooperate'),
        ),
        migrations.RunSQL(ENDS_ON_A_GROUND, UNDO_ENDS_ON_A_GROUND),
    ]
