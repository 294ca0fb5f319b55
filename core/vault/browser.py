"""Sealing with a secret that only the visitor's browser keeps.

Half-written text belongs to nobody yet: no record, no data key, nobody who may read it. So the
key comes from a random secret in the visitor's cookie; the server stores neither the secret nor
the key, finds the row by a keyed hash of the secret, and cannot read the row while the visitor is
away. A copy of the database opens nothing.
"""

import base64
import hashlib
import hmac
import re
import secrets

from core.vault.envelope import BadEnvelope, close, context, open_envelope, subkey
from core.vault.ring import lookup_subkey
from core.vault.sealed import NotSealedHere

_SECRET_BYTES = 32
_SECRET = re.compile(r"[A-Za-z0-9_-]{43}", re.ASCII)


class NotASecret(ValueError):
    """The cookie does not hold a secret of ours."""


def new_secret() -> str:
    """43 URL-safe characters holding 256 random bits."""
    return secrets.token_urlsafe(_SECRET_BYTES)


def row_id(secret: str) -> str:
    """The 64 hexadecimal characters to find the row by; raises NotASecret."""
    mac = hmac.new(lookup_subkey("browser row"), _decoded(secret), hashlib.sha256)
    return mac.hexdigest()


def seal_for(secret: str, clear: bytes, place: str) -> bytes:
    """Seal bytes for the holder of `secret`, bound to `place`; raises NotASecret."""
    return close(clear, key=_key(secret), about=context(b"redress browser", place.encode()))


def open_with(secret: str, token: bytes, place: str) -> bytes:
    """Open what seal_for made; raises NotASecret, NotSealedHere."""
    about = context(b"redress browser", place.encode())
    try:
        return open_envelope(bytes(token), key=_key(secret), about=about)
    except BadEnvelope:
        raise NotSealedHere from None


def _key(secret: str) -> bytes:
    # Salted with a key of the environment: a stolen cookie and a stolen backup are not enough.
    return subkey(_decoded(secret), label="browser seal", salt=lookup_subkey("browser salt"))


def _decoded(secret: str) -> bytes:
    if not _SECRET.fullmatch(secret):
        raise NotASecret("Not a secret of this site.")
    return base64.urlsafe_b64decode(secret + "=")
