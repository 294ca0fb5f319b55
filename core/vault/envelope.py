"""AES-256-GCM, and nothing else: no database, no settings, no clock.

An envelope is a 12-byte random nonce followed by the ciphertext and its 16-byte tag. The context
(additional authenticated data) is not stored: whoever opens must know it, which is what makes a
value moved to another place refuse to open.
"""

import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES = 32
NONCE_BYTES = 12
TAG_BYTES = 16


class BadEnvelope(Exception):
    """The bytes are damaged, or were sealed with another key or for another context."""


def new_key() -> bytes:
    """32 bytes from the system's random source."""
    return secrets.token_bytes(KEY_BYTES)


def context(*parts: bytes) -> bytes:
    """Join parts so that no two different lists of parts give the same bytes."""
    return b"".join(len(part).to_bytes(4, "big") + part for part in parts)


def close(clear: bytes, *, key: bytes, about: bytes) -> bytes:
    """Seal `clear` under a 32-byte key, bound to the context `about`."""
    # Random nonces are safe up to about 2**32 values under one key; a data key seals a few
    # thousand values and a ring key wraps far fewer data keys than that.
    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, clear, about)


def open_envelope(envelope: bytes, *, key: bytes, about: bytes) -> bytes:
    """Return the clear bytes; raises BadEnvelope without saying which of the checks failed."""
    if len(envelope) < NONCE_BYTES + TAG_BYTES:
        raise BadEnvelope
    try:
        return AESGCM(key).decrypt(envelope[:NONCE_BYTES], envelope[NONCE_BYTES:], about)
    except InvalidTag:
        raise BadEnvelope from None


def subkey(master: bytes, *, label: str, salt: bytes | None = None) -> bytes:
    """A 32-byte key of its own for one use, by HKDF-SHA256 from `master`.

    Two uses never share a key, so that what one of them shows an attacker (a lookup value, say)
    is worthless against the other.
    """
    kdf = HKDF(algorithm=hashes.SHA256(), length=KEY_BYTES, salt=salt, info=label.encode())
    return kdf.derive(master)
