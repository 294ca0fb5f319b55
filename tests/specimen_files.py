"""Files as people send them: a photo that tells where it was taken, a paper that acts."""

import io
import wave
from typing import Any

import pikepdf
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from PIL.TiffImagePlugin import IFDRational

DEVICE = "Telephone of Amina 7"
AUTHOR = "Author Who Must Stay Unknown"
HIDDEN = b"the embedded list of names"
SCRIPT = "app.alert('the paper acts')"
_GPS, _EXIF_GPS = 0x8825, {1: "S", 2: (1.0, 17.0, 11.52), 3: "E", 4: (36.0, 49.0, 1.2)}


def photo(kind: str = "JPEG", *, size: tuple[int, int] = (320, 200)) -> bytes:
    """A picture with the place where it was taken, the device and a comment in its EXIF."""
    exif = Image.Exif()
    exif[0x0110] = DEVICE
    exif[0x010E] = AUTHOR
    exif.get_ifd(_GPS).update(
        {
            key: tuple(IFDRational(one) for one in value) if isinstance(value, tuple) else value
            for key, value in _EXIF_GPS.items()
        }
    )
    out = io.BytesIO()
    Image.linear_gradient("L").resize(size).convert("RGB").save(out, kind, exif=exif)
    return out.getvalue()


def place_in(picture: bytes) -> dict[int, Any]:
    """What a picture tells about where it was taken."""
    with Image.open(io.BytesIO(picture)) as opened:
        return dict(opened.getexif().get_ifd(_GPS))


def paper() -> bytes:
    """A PDF with an author, XMP, an embedded file, programs, and the photo inside."""
    pdf = pikepdf.new()
    pdf.add_blank_page()
    pdf.docinfo["/Author"] = AUTHOR
    with pdf.open_metadata() as meta:
        meta["dc:creator"] = [AUTHOR]
    pdf.attachments["list.txt"] = HIDDEN
    script = pdf.make_indirect(pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=SCRIPT))
    pdf.Root.OpenAction = script
    pdf.Root.Names.JavaScript = pikepdf.Dictionary(Names=[pikepdf.String("go"), script])
    launch = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot,
        Subtype=pikepdf.Name.Link,
        Rect=[0, 0, 9, 9],
        A=pikepdf.Dictionary(S=pikepdf.Name.Launch, F="calc.exe"),
    )
    image = pdf.make_stream(photo())
    _describe(image)
    page = pdf.pages[0]
    page.Annots = pikepdf.Array([pdf.make_indirect(launch)])
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=image))
    out = io.BytesIO()
    pdf.save(out)
    return out.getvalue()


def _describe(image: Any) -> None:
    image.Type, image.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
    image.Width, image.Height, image.BitsPerComponent = 320, 200, 8
    image.ColorSpace, image.Filter = pikepdf.Name.DeviceRGB, pikepdf.Name.DCTDecode


def sound() -> bytes:
    """A short silence."""
    out = io.BytesIO()
    with wave.open(out, "wb") as one:
        one.setnchannels(1)
        one.setsampwidth(2)
        one.setframerate(8000)
        one.writeframes(b"\0" * 800)
    return out.getvalue()


def sent(name: str, content: bytes, declared: str = "image/jpeg") -> SimpleUploadedFile:
    """A file as a browser sends it; the name and the declared type are the sender's choice."""
    return SimpleUploadedFile(name, content, content_type=declared)
