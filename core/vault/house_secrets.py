"""Secrets of the house itself, such as a colleague's authenticator secret.

They belong to no record and no person who is read about, so they have neither a data key nor a
read log; but a copied database must not open the desk. Sealed under the ring, so rotation is:
new ones use the primary version, older ones open as long as their version is on the ring.
"""

import base64
import binascii

from core.vault.envelope import BadEnvelope, close, context, open_envelope
from core.vault.ring import BadWrapping, RingKeyMissing, current_ring


def seal_house_secret(text: str, *, label: str) -> str:
    """Return printable sealed text. `label` says what it is and must be given again to open."""
    ring = current_ring()
    envelope = close(text.encode(), key=ring.keys[ring.primary], about=_about(label))
    return f"{ring.primary}.{base64.urlsafe_b64encode(envelope).decode()}"


def open_house_secret(sealed: str, *, label: str) -> str:
    """Open what `seal_house_secret` gave. Raises RingKeyMissing, BadWrapping."""
    version, _, encoded = sealed.partition(".")
    if not version.isdecimal():
        raise BadWrapping
    key = current_ring().keys.get(int(version))
    if key is None:
        raise RingKeyMissing(int(version))
    try:
        envelope = base64.urlsafe_b64decode(encoded)
        return open_envelope(envelope, key=key, about=_about(label)).decode()
    except (BadEnvelope, binascii.Error):
        raise BadWrapping from None


def _about(label: str) -> bytes:
    return context(b"redress house secret", label.encode())
