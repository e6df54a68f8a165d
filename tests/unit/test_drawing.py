import io

from lxml import etree
from PIL import Image

from itareport.document import drawing

WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"


def _picture(kind: str) -> drawing.Picture:
    buffer = io.BytesIO()
    Image.new("RGB", (400, 200), "navy").save(buffer, kind)
    return drawing.Picture(buffer.getvalue(), kind.lower(), 400, 200)


def test_a_picture_is_fitted_into_its_box_and_described():
    parts = drawing.Parts()
    picture = _picture("PNG")
    element = etree.fromstring(parts.picture(picture, "emblem", (3.5, 3.5), 'ตรา "ก" & ข'))
    extent = element.find(f".//{WP}extent")
    assert (int(extent.get("cx")), int(extent.get("cy"))) == (1_260_000, 630_000)
    assert element.find(f".//{WP}docPr").get("descr") == 'ตรา "ก" & ข'
    assert parts.parts == {"word/media/emblem.png": picture.data}
    assert parts.defaults == {"png": "image/png"}


def test_two_drawings_have_their_own_numbers():
    parts = drawing.Parts()
    picture = _picture("JPEG")
    drawn = [parts.picture(picture, name, (1, 1), "ก") for name in ("emblem", "graph")]
    elements = [etree.fromstring(xml) for xml in drawn]
    assert [e.find(f".//{WP}docPr").get("id") for e in elements] == ["1", "2"]
    assert len({r[0] for r in parts.relationships}) == 2
