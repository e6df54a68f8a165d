"""Small documents on their way to PDF, and small PDFs made by hand, for tests."""

from __future__ import annotations

import ctypes
import html
import re
from collections.abc import Iterator, Sequence

import pypdfium2
import pypdfium2.raw as pdfium

from itareport.files import opc
from itareport.pdf.verify import pdf_text

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_C = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_P = "http://schemas.openxmlformats.org/package/2006"
_FORMAT = "application/vnd.openxmlformats"
_WORD = f"{_FORMAT}-officedocument.wordprocessingml"
_TYPES = {
    "word/document.xml": f"{_WORD}.document.main+xml",
    "word/styles.xml": f"{_WORD}.styles+xml",
    "word/header1.xml": f"{_WORD}.header+xml",
    "docProps/core.xml": f"{_FORMAT}-opc.core-properties+xml",
}
_NAMESPACES = f'xmlns:w="{_W}" xmlns:r="{_R}" xmlns:wp="{_WP}" xmlns:a="{_A}" xmlns:c="{_C}"'


def paragraph(text: str, *, align: str = "left", run: str = "", style: str = "") -> str:
    """Return a paragraph of one run; `run` is the XML of its properties."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return (
        f'<w:p><w:pPr>{named}<w:jc w:val="{align}"/></w:pPr><w:r><w:rPr>{run}</w:rPr>'
        f'<w:t xml:space="preserve">{html.escape(text)}</w:t></w:r></w:p>'
    )


def table(*rows: Sequence[str]) -> str:
    """Return a table whose first row is its header."""
    grid = '<w:gridCol w:w="3000"/>' * len(rows[0])
    made = "".join(
        f"<w:tr>{'' if n else '<w:trPr><w:tblHeader/></w:trPr>'}"
        + "".join(f"<w:tc><w:p><w:r><w:t>{cell}</w:t></w:r></w:p></w:tc>" for cell in row)
        + "</w:tr>"
        for n, row in enumerate(rows)
    )
    return f"<w:tbl><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>{made}</w:tbl>"


def chart(number: int, title: str, description: str) -> str:
    """Return a paragraph with the chart of that number; `docx` adds its part."""
    return (
        f'<w:p><w:r><w:drawing><wp:inline><wp:extent cx="5000000" cy="2500000"/>'
        f'<wp:docPr id="{50 - number}" name="กราฟ {number}" title="{title}" descr="{description}"/>'
        f'<a:graphic><a:graphicData uri="{_C}"><c:chart r:id="chart{number}"/></a:graphicData>'
        "</a:graphic></wp:inline></w:drawing></w:r></w:p>"
    )


def docx(*body: str, font: str = "TH SarabunPSK", numbers: str = "thaiNumbers") -> bytes:
    """Make a .docx with numbered pages, its title set and Thai as its language."""
    inner = "".join(body)
    charts = re.findall(r'r:id="(chart\d+)"', inner)
    section = (
        '<w:sectPr><w:headerReference w:type="default" r:id="header"/>'
        f'<w:pgSz w:w="11906" w:h="16838"/><w:pgNumType w:fmt="{numbers}"/></w:sectPr>'
    )
    parts = {
        "word/document.xml": f"<w:document {_NAMESPACES}><w:body>{inner}{section}</w:body>"
        "</w:document>",
        "word/styles.xml": _styles(font),
        "word/header1.xml": f'<w:hdr {_NAMESPACES}><w:p><w:pPr><w:jc w:val="center"/></w:pPr>'
        '<w:r><w:t xml:space="preserve">- </w:t></w:r><w:fldSimple w:instr="PAGE"><w:r><w:t>1'
        '</w:t></w:r></w:fldSimple><w:r><w:t xml:space="preserve"> -</w:t></w:r></w:p></w:hdr>',
        "docProps/core.xml": f'<cp:coreProperties xmlns:cp="{_P}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>รายงาน</dc:title>'
        "</cp:coreProperties>",
        "_rels/.rels": _relations(
            ("main", f"{_R}/officeDocument", "word/document.xml"),
            ("core", f"{_P}/relationships/metadata/core-properties", "docProps/core.xml"),
        ),
        "word/_rels/document.xml.rels": _relations(
            ("styles", f"{_R}/styles", "styles.xml"),
            ("header", f"{_R}/header", "header1.xml"),
            *((name, f"{_R}/chart", f"charts/{name}.xml") for name in charts),
        ),
    }
    parts |= {f"word/charts/{name}.xml": _chart(name, font) for name in charts}
    parts["[Content_Types].xml"] = _content_types(parts)
    return opc.write({name: xml.encode() for name, xml in parts.items()})


def endless(document: bytes = b"", style: str = "H1") -> bytes:
    """Return a .docx of two styles that stand on each other: LibreOffice reads it for ever."""
    normal = '<w:name w:val="Normal"/>'
    parts = opc.read(document or docx(paragraph("ก", style=style)))
    styles = parts["word/styles.xml"].decode()
    assert normal in styles
    looped = styles.replace(normal, f'{normal}<w:basedOn w:val="{style}"/>')
    return opc.write(parts | {"word/styles.xml": looped.encode()})


def _styles(font: str) -> str:
    fonts = f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}" w:eastAsia="{font}" w:cs="{font}"/>'
    return (
        f"<w:styles {_NAMESPACES}><w:docDefaults><w:rPrDefault><w:rPr>{fonts}"
        '<w:sz w:val="32"/><w:szCs w:val="32"/><w:lang w:val="th-TH" w:bidi="th-TH"/></w:rPr>'
        '</w:rPrDefault></w:docDefaults><w:style w:type="paragraph" w:default="1" '
        'w:styleId="Normal"><w:name w:val="Normal"/></w:style><w:style w:type="paragraph" '
        'w:styleId="H1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/><w:pPr>'
        '<w:outlineLvl w:val="0"/></w:pPr></w:style></w:styles>'
    )


def _chart(label: str, font: str) -> str:
    values = '<c:numLit><c:ptCount val="1"/><c:pt idx="0"><c:v>50</c:v></c:pt></c:numLit>'
    axes = "".join(
        f'<c:{kind}><c:axId val="{own}"/><c:scaling/><c:delete val="0"/><c:axPos val="{side}"/>'
        f'<c:crossAx val="{other}"/></c:{kind}>'
        for kind, own, other, side in (("catAx", 1, 2, "b"), ("valAx", 2, 1, "l"))
    )
    return (
        f"<c:chartSpace {_NAMESPACES}><c:chart><c:autoTitleDeleted val='1'/><c:plotArea>"
        '<c:barChart><c:barDir val="col"/><c:ser><c:idx val="0"/><c:order val="0"/><c:cat>'
        f'<c:strLit><c:ptCount val="1"/><c:pt idx="0"><c:v>ชื่อ{label}</c:v></c:pt></c:strLit>'
        f"</c:cat><c:val>{values}</c:val></c:ser><c:axId val='1'/><c:axId val='2'/></c:barChart>"
        f"{axes}</c:plotArea></c:chart><c:txPr><a:bodyPr/><a:p><a:pPr><a:defRPr>"
        f'<a:latin typeface="{font}"/><a:cs typeface="{font}"/></a:defRPr></a:pPr></a:p></c:txPr>'
        "</c:chartSpace>"
    )


def _relations(*rows: tuple[str, str, str]) -> str:
    items = "".join(
        f'<Relationship Id="{name}" Type="{kind}" Target="{target}"/>'
        for name, kind, target in rows
    )
    return f'<Relationships xmlns="{_P}/relationships">{items}</Relationships>'


def _content_types(parts: dict[str, str]) -> str:
    chart_type = f"{_FORMAT}-officedocument.drawingml.chart+xml"
    items = "".join(
        f'<Override PartName="/{name}" ContentType="{_TYPES.get(name, chart_type)}"/>'
        for name in parts
        if not name.endswith(".rels")
    )
    return (
        f'<Types xmlns="{_P}/content-types"><Default Extension="rels" '
        f'ContentType="{_FORMAT}-package.relationships+xml"/>{items}</Types>'
    )


def text(pdf: bytes) -> str:
    """Return the text of a PDF, pages parted by form feeds."""
    pages = pdf_text.pages(pdf)
    assert pages is not None
    return "\f".join(page.text for page in pages)


def by_hand(*pages: str, resources: str = "", objects: Sequence[str] = ()) -> bytes:
    """Make a PDF of pages given as content streams; further objects are numbered from 3."""
    first = 3 + len(objects)
    kids = " ".join(f"{first + 2 * n} 0 R" for n in range(len(pages)))
    bodies = [
        "<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Count {len(pages)}/Kids[{kids}]>>",
        *objects,
    ]
    for n, content in enumerate(pages):
        bodies.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Resources<<{resources}>>"
            f"/Contents {first + 2 * n + 1} 0 R>>"
        )
        bodies.append(stream(content))
    made, offsets = b"%PDF-1.7\n", []
    for number, body in enumerate(bodies, 1):
        offsets.append(len(made))
        made += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    table_of = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    size = len(bodies) + 1
    return made + (
        f"xref\n0 {size}\n0000000000 65535 f \n{table_of}"
        f"trailer <</Size {size}/Root 1 0 R>>\nstartxref\n{len(made)}\n%%EOF"
    ).encode("latin-1")


def stream(content: str, entries: str = "") -> str:
    return f"<<{entries}/Length {len(content)}>>\nstream\n{content}\nendstream"


_LINE = 5  # points; between the words of a line are fewer


def bold_lines(pdf: bytes) -> list[str]:
    """Return the lines of a PDF's bold words, those of each cell apart; no blanks are in them."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [line for page in document for line in _bold_lines(page.get_textpage())]


def _bold_lines(text: pypdfium2.PdfTextPage) -> Iterator[str]:
    font, flags = ctypes.create_string_buffer(128), ctypes.c_int()
    x, y = ctypes.c_double(), ctypes.c_double()
    line, height, end = "", 0.0, 0.0
    for index in range(text.count_chars()):
        character = text.get_text_range(index, 1)
        pdfium.FPDFText_GetFontInfo(text, index, font, len(font), flags)
        if not character.strip() or b"Bold" not in font.value:
            continue
        pdfium.FPDFText_GetCharOrigin(text, index, x, y)
        left, _, right, _ = text.get_charbox(index)
        if abs(y.value - height) > _LINE or left > end + _LINE:
            yield line
            line = ""
        line, height, end = line + character, y.value, right
    yield line


_MARKS = frozenset("\u0e31\u0e34\u0e35\u0e36\u0e37\u0e38\u0e39\u0e3a") | frozenset(
    map(chr, range(0x0E47, 0x0E4F))
)
"""Vowels and tone marks that stand above or below a consonant."""
_GAP = 0.5  # points; a mark that is torn off stands five and more away


def detached_marks(pdf: bytes) -> list[str]:
    """Return every Thai mark that does not stand over or under its consonant, with what is before.

    Text in which a vowel has been thrown out of its column reads right all the same.
    """
    with pypdfium2.PdfDocument(pdf) as document:
        return [found for page in document for found in _detached(page.get_textpage())]


def _detached(text: pypdfium2.PdfTextPage) -> Iterator[str]:
    seen = ""
    left = right = float("inf")  # of the last letter that takes a place of its own
    for index in range(text.count_chars()):
        character = text.get_text_range(index, 1)
        if not character.strip():
            continue
        box = text.get_charbox(index)
        if character not in _MARKS:
            left, right = box[0], box[2]
        elif box[0] > right + _GAP or box[2] < left - _GAP:
            yield f"…{seen}{character}"
        seen = (seen + character)[-12:]


def tagged_rows(data: bytes) -> Iterator[list[str]]:
    """Yield the rows of all tables as the tags have them: their cells' texts, page by page."""
    with pypdfium2.PdfDocument(data) as document:
        for page in document:
            words = _marked_texts(page)
            tree = pdfium.FPDF_StructTree_GetForPage(page)
            try:
                roots = range(pdfium.FPDF_StructTree_CountChildren(tree))
                for root in roots:
                    found = pdfium.FPDF_StructTree_GetChildAtIndex(tree, root)
                    for row in _tagged(found, "TR"):
                        cells = [*_tagged(row, "TD", "TH")]
                        yield ["".join(words.get(n, "") for n in _marks(cell)) for cell in cells]
            finally:
                pdfium.FPDF_StructTree_Close(tree)


def _marked_texts(page) -> dict[int, str]:
    """Return the text of each marked content of a page."""
    reader = page.get_textpage()
    found: dict[int, str] = {}
    for thing in page.get_objects(max_depth=3):
        number = pdfium.FPDFPageObj_GetMarkedContentID(thing)
        if number >= 0 and thing.type == pdfium.FPDF_PAGEOBJ_TEXT:
            length = pdfium.FPDFTextObj_GetText(thing, reader, None, 0)
            units = (ctypes.c_ushort * length)()
            pdfium.FPDFTextObj_GetText(thing, reader, units, length)
            text = bytes(units).decode("utf-16-le").rstrip("\0")
            found[number] = found.get(number, "") + text
    return found


def _tagged(element, *kinds: str) -> Iterator:
    """Yield the elements of those kinds under an element, but none inside another."""
    if _kind(element) in kinds:
        yield element
        return
    for n in range(pdfium.FPDF_StructElement_CountChildren(element)):
        if child := pdfium.FPDF_StructElement_GetChildAtIndex(element, n):
            yield from _tagged(child, *kinds)


def _kind(element) -> str:
    name = ctypes.create_string_buffer(64)
    length = pdfium.FPDF_StructElement_GetType(element, name, len(name))
    return name.raw[: max(length - 2, 0)].decode("utf-16-le")


def _marks(element) -> Iterator[int]:
    """Yield the numbers of the marked contents of an element, those of its children too."""
    for n in range(pdfium.FPDF_StructElement_CountChildren(element)):
        number = pdfium.FPDF_StructElement_GetChildMarkedContentID(element, n)
        if number >= 0:
            yield number
        elif child := pdfium.FPDF_StructElement_GetChildAtIndex(element, n):
            yield from _marks(child)
