"""Explicit sealing: data keys, sealed values, and the one way to open them.

Import from here; the modules below are how it is done. Two sibling doors have their own names:
`core.vault.browser` for a visitor's draft and `core.vault.blind` for finding a contact.
"""

from core.vault.keys import (
    DataKey,
    KeyDestroyed,
    destroy_data_key,
    new_data_key,
    new_data_keys,
    rewrap_all,
    versions_in_use,
)
from core.vault.reading import NotText, ReadLog, open, open_many, seal
from core.vault.ring import BadWrapping, RingKeyMissing, current_ring
from core.vault.sealed import NotSealedHere, Sealed, SealedField

__all__ = [
    "BadWrapping",
    "DataKey",
    "KeyDestroyed",
    "NotSealedHere",
    "NotText",
    "ReadLog",
    "RingKeyMissing",
    "Sealed",
    "SealedField",
    "current_ring",
    "destroy_data_key",
    "new_data_key",
    "new_data_keys",
    "open",
    "open_many",
    "rewrap_all",
    "seal",
    "versions_in_use",
]
