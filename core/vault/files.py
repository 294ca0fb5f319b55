"""Sealing whole files: bytes of a bounded size under a record's data key.

A sealed file lies outside of the database, where anybody who can write there could swap two of
them. So the context names, besides the place and the data key, the one name under which the file
is stored: a file that was moved or exchanged does not open.
"""

import hashlib
import hmac
from datetime import datetime
from uuid import UUID

from core.actors import Actor
from core.vault.envelope import BadEnvelope, close, context, open_envelope
from core.vault.keys import DataKey
from core.vault.reading import check_reason, write_read_log
from core.vault.ring import current_ring, lookup_subkey
from core.vault.sealed import NotSealedHere

_VERSION = b"\x01"


def seal_file(content: bytes, *, key: DataKey, place: str, name: str) -> bytes:
    """Seal a file under a data key, bound to `place` and to its stored `name`.

    Raises KeyDestroyed.
    """
    about = _about(place, key.id, name)
    return _VERSION + close(content, key=key.clear(current_ring()), about=about)


def open_file(
    token: bytes,
    *,
    key_id: UUID,
    place: str,
    name: str,
    by: Actor,
    reason: str,
    at: datetime,
) -> bytes:
    """Open what seal_file gave and write the read log. Raises KeyDestroyed, NotSealedHere."""
    check_reason(reason)
    key = DataKey.objects.filter(pk=key_id).first()
    if key is None or token[:1] != _VERSION:
        raise NotSealedHere
    clear_key = key.clear(current_ring())
    try:
        content = open_envelope(token[1:], key=clear_key, about=_about(place, key_id, name))
    except BadEnvelope:
        raise NotSealedHere from None
    write_read_log({(place, key_id): 1}, by=by, reason=reason, at=at, item=name)
    return content


def evidence_hash(content: bytes, *, key_id: UUID) -> bytes:
    """32 bytes that prove later what was received (R047).

    Keyed, and different for each data key: whoever has only the table can neither test whether a
    known file is in it nor see that two cases hold the same one.
    """
    mac = hmac.new(lookup_subkey("evidence hash"), key_id.bytes, hashlib.sha256)
    mac.update(content)
    return mac.digest()


def _about(place: str, key_id: UUID, name: str) -> bytes:
    return context(b"redress sealed file", place.encode(), key_id.bytes, name.encode())
