"""Who may come in. A person enters with the case key; staff through `Case.objects.visible_to`.

There is no third door. A wrong key, a malformed one and one that never existed answer alike.
"""

import secrets
from datetime import datetime, timedelta
from hashlib import sha256

from django.utils.translation import gettext_lazy as _

from core import access_keys, attempts
from grievance.models import Case, CaseVisit

VISIT = timedelta(minutes=30)
"""How long a visit lasts without a page being opened (our own value)."""
_RENEW_WHEN_LEFT = timedelta(minutes=25)
_TRIES, _WINDOW_SECONDS = 10, 15 * 60
"""Wrong keys from one address in a quarter of an hour (our own value). Right ones do not count."""


class TooManyTries(Exception):
    """The same visitor tried too many keys. Bounds guessing, and load, without naming anyone."""

    sentence = _("That was too many tries. Wait 15 minutes, then try again.")


def case_for_key(text: str, *, client: str, at: datetime) -> Case | None:
    """Return the case of this key, or None for any key that opens nothing.

    In: the key as typed, in any script's digits, and the visitor's network address, which is
    hashed at once and forgotten after a quarter of an hour. Raises TooManyTries.
    """
    if not attempts.allow("case_key", client, limit=_TRIES, seconds=_WINDOW_SECONDS):
        raise TooManyTries
    try:
        key = access_keys.normalise(text)
    except access_keys.NotAKey:
        return None
    found: Case | None = Case.objects.filter(
        key_fingerprint__in=access_keys.fingerprints(key)
    ).first()
    if found is not None:
        attempts.forgive("case_key", client)
    return found


def open_visit(case: Case, *, at: datetime) -> str:
    """Start a visit and return its token, which only the visitor's browser keeps."""
    token = secrets.token_urlsafe(32)
    CaseVisit(token_digest=_digest(token), case=case, expires_at=at + VISIT).save(force_insert=True)
    return token


def case_for_visit(token: str, *, at: datetime) -> Case | None:
    """Return the case of a running visit and prolong the visit, or None."""
    visit = (
        CaseVisit.objects.select_related("case")
        .filter(token_digest=_digest(token), expires_at__gt=at)
        .first()
    )
    if visit is None:
        return None
    # Prolonged at most every few minutes: a page read is not a page written.
    if visit.expires_at - at < _RENEW_WHEN_LEFT:
        CaseVisit.objects.filter(pk=visit.pk).update(expires_at=at + VISIT)
    return visit.case


def end_visit(token: str) -> None:
    """End a visit at once. Unknown tokens are fine."""
    CaseVisit.objects.filter(token_digest=_digest(token)).delete()


def _digest(token: str) -> bytes:
    # The token has 256 random bits, so a plain hash cannot be turned round by guessing.
    return sha256(token.encode("utf-8", "replace")).digest()
