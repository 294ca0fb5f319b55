"""Files of the demonstration, drawn here: what people send, and what staff send them."""

import io
from collections.abc import Sequence

from PIL import Image, ImageDraw, ImageFont

from grievance.files import uploads
from grievance.files.uploads import Upload

_SIZE, _MARGIN, _LETTERS = (720, 460), 48, 24

_TEXTS: dict[str, str] = {
    "answer-to-my-video.png": (
        "Thank you for your video.\n\nYou have not been chosen.\n"
        "Please do not answer this mail.\n\n"
        "Video received: 09:12\nThis mail sent: 09:16"
    ),
    "paid-to-northgate.jpg": (
        "NORTHGATE RECRUITMENT\n\nReceived for one place at work:\n14,800\n\n"
        "No receipt for the tax."
    ),
    "how-sift-is-tested.pdf": (
        "How Sift is tested from now on\n\n1. Nobody is scored for fluency.\n"
        "2. People who stammer test it first.\n3. A person looks at each refusal."
    ),
}
_FORMATS = {"png": "PNG", "jpg": "JPEG", "pdf": "PDF"}


def drawn(names: Sequence[str]) -> list[Upload]:
    """Return the files with these names. Raises KeyError for one that is not known here."""
    return [uploads.judge(name, _drawn(_TEXTS[name], name)) for name in names]


def _drawn(text: str, name: str) -> bytes:
    sheet = Image.new("RGB", _SIZE, "white")
    ImageDraw.Draw(sheet).multiline_text(
        (_MARGIN, _MARGIN), text, fill="black", font=ImageFont.load_default(_LETTERS), spacing=12
    )
    out = io.BytesIO()
    sheet.save(out, _FORMATS[name.rpartition(".")[2]])
    return out.getvalue()
