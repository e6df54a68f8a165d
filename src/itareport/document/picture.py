"""The agency's own pictures: found, read, and checked by decoding; the only door to Pillow."""

from __future__ import annotations

import io
import re
import struct
import warnings
import zlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from itareport.document import drawing
from itareport.files import inputs, windows
from itareport.ita.model import Report
from itareport.problems import FieldPath, Problem, problem

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageFile import ImageFile

MAX_BYTES = 10_000_000
MAX_PIXELS = 50_000_000  # a picture this large costs more memory than any office needs


@dataclass(frozen=True, slots=True)
class Purpose:
    """What a picture is for: the label of its field and the width in pixels that prints well."""

    label: str
    good_width: int


EMBLEM = Purpose("ตราหน่วยงาน", 300)
GRAPH = Purpose("ภาพกราฟ", 900)


def beside(file: Path, named: str) -> Path:
    """Return the place of a picture that a data file names: beside the file, or its whole path.

    On Windows a picture on a server is looked for beside the file all the same, where it is not.
    """
    if windows.IS_HERE and windows.is_on_a_server(named):
        return file.parent / named.replace("\\", "/").rpartition("/")[2]
    return file.parent / named


def read(
    file: Path, use: Purpose, where: FieldPath, reader: inputs.Read = inputs.read
) -> tuple[drawing.Picture | None, tuple[Problem, ...]]:
    """Read a picture file; None with an error where it cannot be used."""
    try:
        data = reader(file, MAX_BYTES)
    except inputs.FileTooLargeError:
        return None, (_too_large(file, use, where, size="เกิน 10 MB", limit="10 MB"),)
    except OSError:
        return None, (problem("D170", where, label=use.label, file=file.name),)
    try:
        picture = decoded(data, MAX_PIXELS)
    except _TooManyPixelsError:
        return None, (_too_large(file, use, where, size="เกิน 50 ล้านจุด", limit="50 ล้านจุด"),)
    if picture is None:
        return None, (problem("D171", where, label=use.label, file=file.name),)
    size = f"{picture.width} x {picture.height}"
    if picture.width < use.good_width:
        wanted = use.good_width
        return picture, (
            problem("D173", where, label=use.label, file=file.name, size=size, wanted=wanted),
        )
    return picture, ()


class _TooManyPixelsError(ValueError):
    """A picture is larger than any office needs."""


_JPEG, _PNG = b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"
_END_OF_PNG = b"\0\0\0\0IEND\xaeB`\x82"
_AROUND = 12
"""Bytes of a chunk of a PNG that are not its data: its length, its name and its check sum."""
_MARKER = re.compile(rb"\xff([^\x00\xff\xd0-\xd7])", re.DOTALL)
_END_OF_JPEG = b"\xd9"
_BROKEN = (
    OSError, SyntaxError, ValueError, TypeError, LookupError, EOFError, OverflowError,
    struct.error,
)  # fmt: skip
"""What Pillow raises for broken pictures."""
_QUALITY = 95
"""Of a JPEG that is written anew."""


@lru_cache(maxsize=2)
def decoded(data: bytes, most_pixels: int) -> drawing.Picture | None:
    """Decode a PNG or JPEG picture; return it as it goes into a document, None if it is broken.

    A whole, upright picture of eight bits is kept byte for byte, without what may follow its end.
    One that its camera turned, of CMYK or of 16 bits is written anew: Word would show it otherwise.
    """
    from PIL import Image

    own = _without_tail(data)
    if own is None:
        return None
    Image.MAX_IMAGE_PIXELS = most_pixels
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            return _picture(own)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _TooManyPixelsError from error
    except _BROKEN:
        return None


def _without_tail(data: bytes) -> bytes | None:
    """Return a picture up to its end mark: phones and editors leave bytes behind it."""
    if data.startswith(_PNG):
        at = len(_PNG)
        while at < len(data) and not data.startswith(_END_OF_PNG, at):
            at += int.from_bytes(data[at : at + 4], "big") + _AROUND
        return data[: at + len(_END_OF_PNG)] if at < len(data) else None
    at = 2 if data.startswith(_JPEG) else len(data)
    while marker := _MARKER.search(data, at):
        if marker[1] == _END_OF_JPEG:
            return data[: marker.end()]
        at = marker.end() + int.from_bytes(data[marker.end() : marker.end() + 2], "big")
    return None


def _picture(data: bytes) -> drawing.Picture | None:
    """Decode a picture that has its end, every check sum of it included; None if it is broken."""
    from PIL import ImageOps

    is_png = data.startswith(_PNG)
    if is_png:
        _opened(data).verify()
        if _points(data, 0) != _points(data, 255):
            return None  # some lines are missing, and show what was there before
    elif _small(data) != _small(data[:-2] + _FILLER + data[-2:]):
        return None  # its middle is missing, and what is shown there comes from the filler
    with _opened(data) as image:
        is_deep = any("16" in str(tile.args) for tile in image.tile)
        if image.mode == "P" and image.palette is None:
            return None
        turned = image.getexif().get(_ORIENTATION) in _TURNED
        if not (turned or is_deep or image.mode == "CMYK"):
            return drawing.Picture(data, "png" if is_png else "jpeg", *image.size)
        upright = ImageOps.exif_transpose(image)
        clear = upright.info.get("transparency")
        if is_deep and clear is not None:  # a colour, of as many bits as the points
            upright.info["transparency"] = (
                clear >> 8 if isinstance(clear, int) else tuple(one >> 8 for one in clear)
            )
        written = _written(upright, is_png=is_png)
        return drawing.Picture(written, "png" if is_png else "jpeg", *upright.size)


def _opened(data: bytes) -> ImageFile:
    from PIL import Image

    return Image.open(io.BytesIO(data), formats=("PNG", "JPEG"))


_FILLER = bytes((n * n + 7 * n) % 251 for n in range(4096))
"""Bytes that mean nothing: a decoder that has all of a picture passes them over."""


def _small(data: bytes) -> bytes:
    """Return a JPEG as grey dots, an eighth as wide, after decoding all of it."""
    with _opened(data) as image:
        image.draft("L", (image.width // 8, image.height // 8))
        return image.tobytes()


def _points(data: bytes, fill: int) -> int:
    """Return the check sum of a PNG's points, painted over points that are all alike."""
    with _opened(data) as image:
        image.load_prepare()
        image.im.paste(fill, (0, 0, *image.size))
        image.load()
        return zlib.crc32(image.tobytes())


_ORIENTATION = 0x0112
"""The number of the EXIF entry that says how the camera was held."""
_TURNED = range(2, 9)
"""What that entry says of a picture that is not upright; programs write other numbers for none."""


def _written(image: Image, *, is_png: bool) -> bytes:
    """Write a picture anew, in eight bits and colours that every program shows."""
    made = io.BytesIO()
    profile = None if image.mode == "CMYK" else image.info.get("icc_profile")
    if image.mode.startswith("I"):
        image = image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    elif image.mode == "CMYK":
        image = image.convert("RGB")
    if is_png:
        image.save(made, "PNG", icc_profile=profile)
    else:
        image.save(made, "JPEG", quality=_QUALITY, subsampling=0, icc_profile=profile)
    return made.getvalue()


def as_jpeg(picture: drawing.Picture) -> bytes:
    """Return a picture as a JPEG; what is transparent in it becomes white."""
    from PIL import Image

    if picture.extension == "jpeg":
        return picture.data
    with _opened(picture.data) as image:
        if not image.has_transparency_data:
            return _written(image.convert("RGB"), is_png=False)
        clear = image.convert("RGBA")
        white = Image.new("RGB", clear.size, "white")
        white.paste(clear, mask=clear.getchannel("A"))
        return _written(white, is_png=False)


def left_behind(report: Report, file: Path, copy: Path) -> tuple[Problem, ...]:
    """Report (O619) the pictures of a data file that its copy in another folder does not find.

    The data names a picture by its place beside the file, or by its whole path.
    """
    names = [name for name in (report.agency.emblem, report.graph) if name]
    lost = [
        name for name in names if beside(file, name).is_file() and not beside(copy, name).is_file()
    ]
    if not lost:
        return ()
    pictures, places = (
        ", ".join(f"“{said}”" for said in listed)
        for listed in (lost, [beside(copy, name) for name in lost])
    )
    return (problem("O619", file=copy.name, pictures=pictures, places=places),)


def _too_large(file: Path, use: Purpose, where: FieldPath, size: str, limit: str) -> Problem:
    return problem("D172", where, label=use.label, file=file.name, size=size, limit=limit)
