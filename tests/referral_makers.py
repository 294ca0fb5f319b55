"""Referrals for tests, made by the real verbs: Chidi asks and sends, the person agrees."""

from core.actors import Actor, ActorKind
from grievance import lifecycle
from grievance.models import Consent, ConsentState, Referral
from stakeholders.models import Mechanism, Organisation
from tests import people
from tests.makers import Made

RENDITION = "Workers at one of your sites say that cameras score them. Is that so, and since when?"


def liaison(post: people.Post) -> Actor:
    """Return a supplier's liaison as the actor of a verb."""
    return Actor(ActorKind.LIAISON, people.the(post).pk)


def supplier_of(post: people.Post) -> Organisation:
    """Return the supplier for which this liaison answers."""
    people.the(post)
    found: Organisation = Organisation.objects.get(name=post.organisation)
    return found


def asked(
    made: Made, *scopes: str, of: people.Post = people.JONA, text: str = RENDITION
) -> Consent:
    """Chidi asks the person whether this text may go to a liaison's supplier."""
    organisation = supplier_of(of)
    lifecycle.ask_consent(
        made.id,
        by=people.by(people.CHIDI),
        at=made.at,
        organisation_id=organisation.pk,
        scopes=scopes or ("facts",),
        purpose="answer",
        body="May we ask them?",
        rendition=text,
        previewed=lifecycle.hash_of(text),
    )
    found: Consent = Consent.objects.get(
        case_id=made.id, organisation=organisation, state=ConsentState.ASKED
    )
    return found


def agreed(
    made: Made, *scopes: str, of: people.Post = people.JONA, text: str = RENDITION
) -> Consent:
    """The person agrees to all that Chidi asks."""
    consent = asked(made, *scopes, of=of, text=text)
    lifecycle.give_consent(
        made.id,
        at=made.at,
        consent_id=consent.pk,
        scopes=scopes or ("facts",),
        knows_risk=True,
    )
    consent.refresh_from_db()
    return consent


def referred(made: Made, text: str = RENDITION, *, of: people.Post = people.JONA) -> Referral:
    """Chidi sends a text to the supplier that the person agreed to."""
    return sent(made, agreed(made, of=of, text=text))


def sent(made: Made, consent: Consent, *, way: str = "") -> Referral:
    """Chidi sends what was proposed with this consent; to a body by a way of its own."""
    referral = Referral.objects.get(consent=consent)
    lifecycle.send_referral(
        made.id, by=people.by(people.CHIDI), at=made.at, referral_id=referral.pk, way=way
    )
    referral.refresh_from_db()
    return referral


def asked_about_body(
    made: Made, body: Mechanism, *, text: str = RENDITION, purpose: str = "answer"
) -> Consent:
    """Chidi asks the person whether this text may go to a body of the directory."""
    lifecycle.ask_consent(
        made.id,
        by=people.by(people.CHIDI),
        at=made.at,
        mechanism_id=body.pk,
        scopes=["facts"],
        purpose=purpose,
        body="May we pass it on to them?",
        rendition=text,
        previewed=lifecycle.hash_of(text),
    )
    found: Consent = Consent.objects.get(case_id=made.id, mechanism=body, state=ConsentState.ASKED)
    return found


def passed_on(made: Made, body: Mechanism, *, way: str = "letter") -> Referral:
    """The person agrees, and Chidi passes the text on to a body."""
    consent = asked_about_body(made, body)
    lifecycle.give_consent(
        made.id, at=made.at, consent_id=consent.pk, scopes=["facts"], knows_risk=True
    )
    return sent(made, consent, way=way)
