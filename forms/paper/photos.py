"""A photograph or a PDF from outside as a PDF of ours. Layer: forms.paper.

A photograph is drawn anew from its pixels, so that where and when it was taken goes no further. What is a PDF
already is opened once to see that it can be shown, and kept as it is.
"""

from __future__ import annotations

from io import BytesIO
from typing import Final

from PIL import Image, ImageOps, UnidentifiedImageError

from forms.paper.preview import Pages
from ournydesk.errors import BadInput

LONGEST_SIDE: Final = 2600
"""Pixels: a letter page at about 240 a inch, enough to read small print."""
MOST_PIXELS: Final = 120_000_000
QUALITY: Final = 85
DPI: Final = 236.0
KINDS: Final = ("JPEG", "PNG")


def as_pdf(untrusted: bytes) -> bytes:
    """A PDF of a JPEG, PNG or PDF. Raises BadInput with one sentence for anything else."""
    if untrusted[:1024].lstrip().startswith(b"%PDF-"):
        with Pages(untrusted):
            return untrusted
    try:
        with Image.open(BytesIO(untrusted), formats=KINDS) as found:
            if found.width * found.height > MOST_PIXELS:
                raise BadInput("This photograph has too many pixels. Take it again with a smaller size.")
            upright = ImageOps.exif_transpose(found)
            upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            return _page(upright)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise BadInput("This is no PDF, JPEG or PNG that can be opened. Save or scan it again.") from error


def _page(picture: Image.Image) -> bytes:
    """One page of its pixels on white, without anything else the file said."""
    sheet = Image.new("RGB", picture.size, (255, 255, 255))
    clear = picture.convert("RGBA")
    sheet.paste(clear, mask=clear.getchannel("A"))
    out = BytesIO()
    sheet.save(out, "PDF", quality=QUALITY, resolution=DPI)
    return out.getvalue()
