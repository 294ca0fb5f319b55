"""What the demonstration remembers between two starts, for itself alone.

The case key of the sample is known once, at submission, and stands nowhere in clear. It is kept
here as a receipt is kept for a visitor: sealed, in a row of drafts, with a secret that is not in
the database. The visitor's secret is in a cookie; this one is made from the SECRET_KEY, which is
fit for a demonstration and for nothing else.
"""

import base64
import hashlib
import hmac
import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.conf import settings

from core import access_keys
from core.vault import NotSealedHere
from core.vault.browser import open_with, row_id, seal_for
from grievance.models import Case, Draft

_PLACE = "grievance.Draft.demonstration"
_FOR_EVER = timedelta(days=36_500)
_GROUPS, _GROUP = 4, 5


@dataclass(repr=False)
class Keepsake:
    """The sample's case key, and for each sign-in the hash that belongs to its own password."""

    case_key: str = ""
    hashes: dict[str, str] = field(default_factory=dict)

    def opens_a_case(self) -> bool:
        """Say whether the key still opens a case: the pepper may have changed, or the data."""
        try:
            key = access_keys.normalise(self.case_key)
        except access_keys.NotAKey:
            return False
        return Case.objects.filter(key_fingerprint__in=access_keys.fingerprints(key)).exists()


def recall() -> Keepsake:
    """Return what was kept; an empty one where nothing was, or where it does not open any more."""
    row = Draft.objects.filter(pk=row_id(_secret())).first()
    if row is None:
        return Keepsake()
    try:
        known = json.loads(open_with(_secret(), bytes(row.sealed), _PLACE))
    except NotSealedHere:
        return Keepsake()
    return Keepsake(known["case_key"], known["hashes"])


def keep(keepsake: Keepsake, *, at: datetime) -> None:
    """Keep it for the next start."""
    clear = json.dumps({"case_key": keepsake.case_key, "hashes": keepsake.hashes}).encode()
    Draft.objects.update_or_create(
        pk=row_id(_secret()),
        defaults={
            "sealed": seal_for(_secret(), clear, _PLACE),
            "expires_at": at + _FOR_EVER,
            "submitted_at": at,
        },
    )


def password_for(username: str) -> str:
    """Return the password of a demonstration's sign-in: of this installation, always the same."""
    letters = base64.b32encode(_derived(f"password of {username}")).decode().lower()
    return "-".join(letters[i * _GROUP : (i + 1) * _GROUP] for i in range(_GROUPS))


def _secret() -> str:
    return base64.urlsafe_b64encode(_derived("keepsake")).decode().rstrip("=")


def _derived(purpose: str) -> bytes:
    message = f"redress demonstration: {purpose}".encode()
    return hmac.new(settings.SECRET_KEY.encode(), message, hashlib.sha256).digest()
