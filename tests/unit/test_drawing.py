import io
import struct
import zlib

import pytest
from lxml import etree
from PIL import Image

from itareport.document import drawing

WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"


def _image(kind: str, size=(400, 200)) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", size, "navy").save(buffer, kind)
    return buffer.getvalue()


@pytest.mark.parametrize(("kind", "extension"), [("PNG", "png"), ("JPEG", "jpeg")])
def test_type_and_size_are_read_from_the_bytes(kind, extension):
    picture = drawing.read_picture(_image(kind))
    assert (picture.extension, picture.width, picture.height) == (extension, 400, 200)


def test_a_progressive_jpeg_with_a_profile_is_read():
    buffer = io.BytesIO()
    Image.new("RGB", (40, 30)).save(buffer, "JPEG", progressive=True, icc_profile=b"x" * 3000)
    picture = drawing.read_picture(buffer.getvalue())
    assert (picture.width, picture.height) == (40, 30)


@pytest.mark.parametrize("data", [b"", b"GIF89a" + b"0" * 50, b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff",
                                  b"<svg/>", b"\xff\xd8\xff\xe0\x00\x00" * 9])  # fmt: skip
def test_anything_else_is_no_picture(data):
    assert drawing.read_picture(data) is None


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_picture_cut_short_is_refused(kind):
    assert drawing.read_picture(_image(kind)[:-40]) is None


def test_a_picture_without_width_is_refused():
    header = struct.pack(">IIBBBBB", 0, 10, 8, 2, 0, 0, 0)
    chunk = b"IHDR" + header
    data = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + chunk
    data += struct.pack(">I", zlib.crc32(chunk)) + b"\0\0\0\0IEND\xaeB`\x82"
    assert drawing.read_picture(data) is None


def test_a_picture_is_fitted_into_its_box_and_described():
    parts = drawing.Parts()
    picture = drawing.read_picture(_image("PNG"))
    element = etree.fromstring(parts.picture(picture, "emblem", (3.5, 3.5), 'ตรา "ก" & ข'))
    extent = element.find(f".//{WP}extent")
    assert (int(extent.get("cx")), int(extent.get("cy"))) == (1_260_000, 630_000)
    assert element.find(f".//{WP}docPr").get("descr") == 'ตรา "ก" & ข'
    assert parts.parts == {"word/media/emblem.png": picture.data}
    assert parts.defaults == {"png": "image/png"}


def test_two_drawings_have_their_own_numbers():
    parts = drawing.Parts()
    picture = drawing.read_picture(_image("JPEG"))
    drawn = [parts.picture(picture, name, (1, 1), "ก") for name in ("emblem", "graph")]
    elements = [etree.fromstring(xml) for xml in drawn]
    assert [e.find(f".//{WP}docPr").get("id") for e in elements] == ["1", "2"]
    assert len({r[0] for r in parts.relationships}) == 2
