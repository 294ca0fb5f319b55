"""How grave a walked harm is taken to be, from its code and its level. Our own reviewed values.

A file of public cases knows no scores. Scale and irremediability follow the main harm, by the
anchors in `grievance.severity`; scope follows the level of harm. Good enough to walk with, and
never used for a real case, where people rate what they see.
"""

from grievance.management.walking.rows import Row
from grievance.severity import Severity
from remedy.models import Beneficiary, Reversibility
from stakeholders.vocabulary import Harm, LevelOfHarm

_USUAL = (2, 1)
GRAVITY: dict[Harm, tuple[int, int]] = {
    Harm.BIOMETRIC_SURVEILLANCE: (2, 2),
    Harm.BIOMETRIC_EMOTION_RECOGNITION: (2, 2),
    Harm.SURVEILLANCE_PRIVACY: (2, 2),
    Harm.DATA_EXPOSURE_BREACH: (2, 3),
    Harm.DATA_EXPOSURE_HANDOVER: (3, 3),
    Harm.SENSITIVE_DATA_SHARING: (2, 3),
    Harm.HARMFUL_CONTENT_AMPLIFICATION: (4, 4),
    Harm.NCII_DEEPFAKE: (3, 3),
    Harm.CHILD_SEXUAL_ABUSE: (4, 4),
    Harm.CHILD_DESIGN_HARM: (3, 2),
    Harm.DIGITAL_ATTACK_HRD: (3, 3),
    Harm.STATE_VIOLENCE_ENABLING: (4, 4),
    Harm.FORCED_LABOUR_WORKING_CONDITIONS: (4, 2),
    Harm.CHILD_LABOUR_SUPPLY_CHAIN: (4, 3),
    Harm.OCCUPATIONAL_DISEASE_SAFETY: (3, 3),
    Harm.WORKER_PSYCHOLOGICAL_HARM: (3, 2),
    Harm.WORKPLACE_HARASSMENT_GBV: (4, 4),
    Harm.ENVIRONMENT_LIVELIHOOD: (3, 3),
    Harm.LAND_DISPLACEMENT: (3, 3),
    Harm.RETALIATION: (3, 2),
    Harm.INTERNET_SHUTDOWN_ASSIST: (3, 2),
}
"""Scale and irremediability, 0 to 4. A harm that is not named here has the usual ones."""

_SCOPE = {
    LevelOfHarm.INDIVIDUAL: 1,
    LevelOfHarm.GROUP: 2,
    LevelOfHarm.COLLECTIVE: 3,
    LevelOfHarm.SOCIETAL: 4,
}
_WHOM = {
    LevelOfHarm.INDIVIDUAL: Beneficiary.PERSON,
    LevelOfHarm.GROUP: Beneficiary.GROUP,
    LevelOfHarm.COLLECTIVE: Beneficiary.GROUP,
    LevelOfHarm.SOCIETAL: Beneficiary.POPULATION,
}


def level_of(row: Row) -> LevelOfHarm:
    """Return the level that the row tells; one person where it tells none."""
    return LevelOfHarm(row.level_of_harm or LevelOfHarm.INDIVIDUAL)


def severity_of(row: Row) -> Severity:
    """Return the scores for a row: those of its gravest harm, and the scope of its level."""
    pairs = [GRAVITY.get(Harm(harm), _USUAL) for harm in row.harms] or [_USUAL]
    scale, irremediability = max(pairs, key=max)
    return Severity(scale, _SCOPE[level_of(row)], irremediability)


def beneficiary_of(row: Row) -> Beneficiary:
    """Return for whom the elements of the row stand."""
    return _WHOM[level_of(row)]


def reversibility_of(harm: str) -> Reversibility:
    """Return whether a harm of this kind can be undone."""
    _scale, irremediability = GRAVITY.get(Harm(harm), _USUAL)
    if irremediability >= 4:
        return Reversibility.IRREVERSIBLE
    return Reversibility.PARTLY if irremediability >= 2 else Reversibility.REVERSIBLE
