"""The key ring: versioned keys of the environment that wrap data keys.

The first version is the primary one and wraps; all of them unwrap. To rotate, put a new version
in front, run `rotate_vault_keys`, and take the old version out when the command says that no key
hangs on it any more. Sealed values are not touched by this: only their data keys are re-wrapped.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from core.vault.envelope import KEY_BYTES, BadEnvelope, close, context, open_envelope, subkey

MAX_VERSION = 255


class RingKeyMissing(Exception):
    """A data key is wrapped under a version that the environment no longer holds."""

    def __init__(self, version: int) -> None:
        super().__init__(f"No key of version {version} in VAULT_KEYS.")
        self.version = version


class BadWrapping(Exception):
    """A wrapped data key does not open: damaged, swapped with another row, or a wrong ring key."""


@dataclass(frozen=True, slots=True)
class Ring:
    """A ring of 32-byte keys by version, primary first."""

    keys: Mapping[int, bytes] = field(repr=False)

    def __post_init__(self) -> None:
        if not self.keys:
            raise ImproperlyConfigured("VAULT_KEYS is empty: nothing can be sealed.")
        for version, key in self.keys.items():
            if not 0 < version <= MAX_VERSION or len(key) != KEY_BYTES:
                raise ImproperlyConfigured(
                    f"VAULT_KEYS version {version} must be 1 to 255 with {KEY_BYTES} bytes."
                )

    @property
    def primary(self) -> int:
        """The version that new wrappings use."""
        return next(iter(self.keys))

    def wrap(self, data_key: bytes, *, key_id: UUID, purpose: str) -> tuple[int, bytes]:
        """Return (ring version, wrapped bytes), bound to the row's id and purpose."""
        version = self.primary
        about = _about(key_id, purpose)
        return version, close(data_key, key=self.keys[version], about=about)

    def unwrap(self, wrapped: bytes, *, version: int, key_id: UUID, purpose: str) -> bytes:
        """Return the data key; raises RingKeyMissing or BadWrapping."""
        try:
            key = self.keys[version]
        except KeyError:
            raise RingKeyMissing(version) from None
        try:
            return open_envelope(wrapped, key=key, about=_about(key_id, purpose))
        except BadEnvelope:
            raise BadWrapping from None


def _about(key_id: UUID, purpose: str) -> bytes:
    return context(b"redress data key", key_id.bytes, purpose.encode())


def current_ring() -> Ring:
    """The ring of the settings; read at each use, so that a test may override it."""
    return Ring(settings.VAULT_KEYS)


def lookup_subkey(label: str) -> bytes:
    """A key of its own for one lookup use, from settings.BLIND_INDEX_KEY.

    Blind indexes, browser-held sealing and attempt counters each take another label. Replacing
    BLIND_INDEX_KEY loses open drafts and contact lookups, never anything sealed under a data key.
    """
    master: bytes = settings.BLIND_INDEX_KEY
    if len(master) < KEY_BYTES:
        raise ImproperlyConfigured(f"BLIND_INDEX_KEY must have at least {KEY_BYTES} bytes.")
    return subkey(master, label=label)
