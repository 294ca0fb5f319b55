"""Copies to look at: the same picture or paper without what it tells besides (R048).

A telephone writes where and when a picture was taken, and with which device, into the file; a PDF
carries its author and may carry programs. Staff look at a copy that has none of it. The original
stays sealed, as evidence.
"""

import io
import warnings
from collections.abc import Iterator
from typing import Any

import pikepdf
from PIL import Image, ImageOps

from grievance.models import MediaType

MOST_PIXELS = 60_000_000
"""Width times height that we are ready to open (our own value): bounds memory, not quality."""
LONGEST_SIDE = 2400
"""Pixels of the copy: enough to read a photographed page."""
MOST_OBJECTS = 200_000
MOST_UNPACKED = 64 * 1024 * 1024
"""Bytes that one packed part of a PDF may unfold to (our own value)."""
# qpdf sets itself no such limits, and takes them once for the whole process.
pikepdf.settings.set_qpdf_limits(
    flate_max_memory=MOST_UNPACKED,
    run_length_max_memory=MOST_UNPACKED,
    png_max_memory=MOST_UNPACKED,
    tiff_max_memory=MOST_UNPACKED,
    dct_max_memory=4 * MOST_UNPACKED,
)

_FORMATS = {
    MediaType.JPEG: "JPEG",
    MediaType.PNG: "PNG",
    MediaType.WEBP: "WEBP",
    MediaType.GIF: "GIF",
}
VIEWABLE = frozenset({*_FORMATS, MediaType.PDF})


class NotReadable(Exception):
    """The content is not what it says, is damaged, is locked, or would grow beyond bounds."""


def copy_to_view(content: bytes, kind: MediaType) -> bytes | None:
    """Return a copy without metadata, of the same kind; None where we make none.

    Pictures that move become a still one. Raises NotReadable.
    """
    if kind in _FORMATS:
        return _picture(content, kind)
    if kind == MediaType.PDF:
        return _paper(content)
    return None


def _picture(content: bytes, kind: MediaType) -> bytes:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=(_FORMATS[kind],)) as opened:
                if opened.width * opened.height > MOST_PIXELS:
                    raise NotReadable
                return _redrawn(opened, kind)
    except NotReadable:
        raise
    # Decoders of strangers' bytes raise whatever their format's corners make them raise.
    except Exception:  # noqa: BLE001
        raise NotReadable from None


def _redrawn(opened: Image.Image, kind: MediaType) -> bytes:
    """Draw the pixels onto a new picture: nothing but them comes along."""
    opened.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
    turned = ImageOps.exif_transpose(opened)
    turned.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    clear = kind != MediaType.JPEG and turned.has_transparency_data
    drawn = turned.convert("RGBA" if clear else "RGB")
    fresh = Image.new(drawn.mode, drawn.size)
    fresh.paste(drawn)
    out = io.BytesIO()
    fresh.save(out, _FORMATS[kind], **({"quality": 88} if kind == MediaType.JPEG else {}))
    return out.getvalue()


# Keys of a PDF's dictionaries that describe it, its author or its device, carry other files, or do
# something when the paper is opened, clicked or printed.
_TELLING = ("/Metadata", "/PieceInfo", "/LastModified", "/AF", "/Info", "/Thumb")
_ACTING = ("/OpenAction", "/AA", "/JS", "/JavaScript", "/EmbeddedFiles", "/EF", "/XFA")
_HARMLESS_ACTIONS = frozenset({"/GoTo", "/Named"})
_CARRIERS = frozenset({"/FileAttachment", "/RichMedia", "/Screen", "/Movie", "/Sound", "/3D"})


def _paper(content: bytes) -> bytes:
    try:
        with pikepdf.open(io.BytesIO(content), suppress_warnings=True) as pdf:
            if pdf.is_encrypted or len(pdf.objects) > MOST_OBJECTS or not len(pdf.pages):
                raise NotReadable
            for found in pdf.objects:
                _clean(found)
            if "/Info" in pdf.trailer:
                del pdf.trailer["/Info"]
            out = io.BytesIO()
            # What nothing points to any more is not written.
            pdf.save(out, deterministic_id=True)
            return out.getvalue()
    except NotReadable:
        raise
    # As above: a damaged paper may fail anywhere in the library.
    except Exception:  # noqa: BLE001
        raise NotReadable from None


def _clean(found: Any) -> None:
    """Take telling and acting entries out of one object and what stands directly inside it."""
    for one in _inside(found):
        if not isinstance(one, pikepdf.Dictionary | pikepdf.Stream):
            continue
        _drop(one, *_TELLING, *_ACTING)
        action = one.get("/A")
        if action is not None and not _is_harmless(action):
            del one["/A"]
        if str(one.get("/Subtype", "")) in _CARRIERS:
            one["/Subtype"] = pikepdf.Name("/Text")
            _drop(one, "/FS")
        if isinstance(one, pikepdf.Stream) and "/DCTDecode" in str(one.get("/Filter", "")):
            _clean_picture(one)


def _drop(found: Any, *keys: str) -> None:
    for key in keys:
        if key in found:
            del found[key]


def _is_harmless(action: Any) -> bool:
    return (
        isinstance(action, pikepdf.Dictionary)
        and str(action.get("/S", "")) in _HARMLESS_ACTIONS
        and "/Next" not in action
    )


def _inside(found: Any) -> Iterator[Any]:
    """The object and its direct children, however deep; indirect ones come by themselves."""
    waiting = [found]
    while waiting:
        one = waiting.pop()
        yield one
        if isinstance(one, pikepdf.Array):
            children = list(one)
        elif isinstance(one, pikepdf.Dictionary | pikepdf.Stream):
            children = [value for _key, value in one.items()]
        else:
            continue
        waiting.extend(
            child
            for child in children
            if isinstance(child, pikepdf.Object) and not child.is_indirect
        )


def _clean_picture(stream: Any) -> None:
    """Take the telephone's notes out of a JPEG inside a paper, without redrawing it."""
    if str(stream.get("/Filter", "")) == "/DCTDecode":
        stream.write(
            without_notes(stream.read_raw_bytes()),
            filter=stream["/Filter"],
            decode_parms=stream.get("/DecodeParms"),
        )
        return
    # A picture packed twice cannot be looked into here; it is drawn anew.
    picture = pikepdf.PdfImage(stream).as_pil_image().convert("RGB")
    stream.write(picture.tobytes())
    stream["/ColorSpace"] = pikepdf.Name("/DeviceRGB")
    stream["/BitsPerComponent"] = 8
    stream["/Width"], stream["/Height"] = picture.size
    _drop(stream, "/Decode", "/DecodeParms")


# Segments of a JPEG that a viewer needs: JFIF, the colour profile, Adobe's colour transform.
_NEEDED_NOTES = frozenset({0xE0, 0xE2, 0xEE})


def without_notes(jpeg: bytes) -> bytes:
    """Return a JPEG without EXIF, XMP, IPTC and comments. Raises NotReadable."""
    if jpeg[:2] != b"\xff\xd8":
        raise NotReadable
    kept, place = [jpeg[:2]], 2
    while place + 4 <= len(jpeg):
        if jpeg[place] != 0xFF:
            raise NotReadable
        mark = jpeg[place + 1]
        if mark == 0xFF:  # fill byte
            place += 1
            continue
        if mark == 0xDA:  # the picture itself begins
            end = jpeg.rfind(b"\xff\xd9")
            kept.append(jpeg[place : end + 2] if end > place else jpeg[place:])
            return b"".join(kept)
        end = place + 2 + int.from_bytes(jpeg[place + 2 : place + 4], "big")
        is_note = 0xE0 <= mark <= 0xEF or mark == 0xFE
        if not is_note or mark in _NEEDED_NOTES:
            kept.append(jpeg[place:end])
        place = end
    raise NotReadable
