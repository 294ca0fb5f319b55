"""The evidence bundle: a ZIP that a stranger can check with one command (R062, R064, R099).

Pure: no database, no clock. In go documents in clear with what is known of their way; out come
bytes. Inside stand `document-01.pdf` and so on, `manifest.json`, `README.txt` and `SHA256SUMS`,
which `sha256sum -c SHA256SUMS` reads. No name of a person, of a file or of the case is written by
us: people are "person", "staff-1", "supplier-1", counted anew in each bundle.
"""

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from core.actors import Actor, ActorKind

MANIFEST, NOTE, SUMS = "manifest.json", "README.txt", "SHA256SUMS"
FORMAT = "redress-evidence-bundle/2"

_WORDS = {
    ActorKind.COMPLAINANT: "person",
    ActorKind.STAFF: "staff",
    ActorKind.LIAISON: "supplier",
    ActorKind.AUDITOR: "auditor",
    ActorKind.SYSTEM: "system",
}


@dataclass(frozen=True, slots=True)
class Touch:
    """One thing that was done with a document: `what` is a code, `at` is aware."""

    what: str
    at: datetime
    by: Actor


@dataclass(frozen=True, slots=True)
class Opening:
    """One row of the read log: `what` is a kind of document, `why` a code of the house."""

    what: str
    at: datetime
    by: Actor
    why: str
    count: int


@dataclass(frozen=True, repr=False)
class Document:
    """One document in clear. Not printable. `ending` is that of its name, without the dot."""

    content: bytes
    what: str
    media_type: str
    ending: str
    received_at: datetime
    received_from: Actor
    custody: Sequence[Touch]
    openings: Sequence[Opening] = ()
    """Those of this one document, where the read log knows it apart from others."""


@dataclass(frozen=True, repr=False)
class Bundle:
    """The finished ZIP, and the SHA-256 of its manifest in hexadecimal digits. Not printable."""

    content: bytes
    manifest_hash: str


def bundle(
    documents: Sequence[Document],
    openings: Sequence[Opening],
    *,
    body: str,
    note: str,
    at: datetime,
) -> Bundle:
    """Return the bundle of these documents for `body`, with `note` as its README."""
    hands = _Hands()
    files: dict[str, bytes] = {}
    listed = []
    for number, document in enumerate(documents, start=1):
        name = f"document-{number:02}.{document.ending}"
        files[name] = document.content
        listed.append(_line(name, document, hands))
    manifest = {
        "format": FORMAT,
        "for": body,
        "made_at": _utc(at),
        "documents": listed,
        "openings": _opened(openings, hands),
    }
    written = (json.dumps(manifest, ensure_ascii=False, indent=2) + "\n").encode()
    files |= {MANIFEST: written, NOTE: note.encode()}
    sums = "".join(f"{_sha256(content)}  {name}\n" for name, content in files.items())
    files[SUMS] = sums.encode()
    return Bundle(_zip(files, at), _sha256(written))


def _line(name: str, document: Document, hands: "_Hands") -> dict[str, Any]:
    return {
        "file": name,
        "what": document.what,
        "media_type": document.media_type,
        "size": len(document.content),
        "sha256": _sha256(document.content),
        "received_at": _utc(document.received_at),
        "received_from": hands.name(document.received_from),
        "custody": [
            {"what": one.what, "at": _utc(one.at), "by": hands.name(one.by)}
            for one in document.custody
        ],
        "openings": _opened(document.openings, hands),
    }


def _opened(openings: Sequence[Opening], hands: "_Hands") -> list[dict[str, Any]]:
    return [
        {
            "what": one.what,
            "at": _utc(one.at),
            "by": hands.name(one.by),
            "why": one.why,
            "count": one.count,
        }
        for one in openings
    ]


class _Hands:
    """Names for people that hold inside one bundle only: who is who there cannot be looked up."""

    def __init__(self) -> None:
        self._seen: dict[Actor, str] = {}
        self._counts: dict[ActorKind, int] = {}

    def name(self, by: Actor) -> str:
        if by.kind in (ActorKind.COMPLAINANT, ActorKind.SYSTEM):
            return _WORDS[by.kind]
        if by not in self._seen:
            self._counts[by.kind] = self._counts.get(by.kind, 0) + 1
            self._seen[by] = f"{_WORDS[by.kind]}-{self._counts[by.kind]}"
        return self._seen[by]


def _zip(files: Mapping[str, bytes], at: datetime) -> bytes:
    out = io.BytesIO()
    moment = at.astimezone(UTC)
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            info = zipfile.ZipInfo(name, moment.timetuple()[:6])
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            archive.writestr(info, content)
    return out.getvalue()


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _utc(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
