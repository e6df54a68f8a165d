"""Words that LibreOffice's copy holds together, and the lists of its cells."""

import pytest
from lxml import etree

import documents
import pdfs
from itareport.document import structure
from itareport.files import assets, opc
from itareport.pdf import office
from itareport.pdf.office import line_ends, lists

NAME = "องค์การบริหารส่วนตำบลเกาะพลับพลา"
WHOLE = "องค์|การ|บริหาร|ส่วน|ตำบล|เกาะ|พ|ลั|บ|พ|ลา"
PARTED = "องค์|การ|บริหาร/ส่วน|ตำบล/เกาะ|พ|ลั|บ|พ|ลา"


def joined(text: str, width: int | None = None, name: str = NAME, above: str = "") -> str:
    """Return a text in a cell of that width, or outside of tables, with | where it is joined.

    A / stands where it may part.
    """
    inner = documents.paragraph(text)
    if width:
        size = f'<w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>'
        inner = f"<w:tbl><w:tr><w:tc>{size}{inner}</w:tc></w:tr></w:tbl>"
    before = documents.paragraph(above) if above else ""
    tree = etree.fromstring(f'<w:body xmlns:w="{structure.W}">{before}{inner}</w:body>')
    line_ends.joiner(name)(tree)
    return seen(documents.text_of(tree[-1]))


def seen(text: str) -> str:
    return text.replace("\u2060", "|").replace("\u200b", "/")


TITLE = f"รองปลัดองค์การบริหารส่วนตำบล รักษาราชการแทน ปลัด{NAME}"


def test_a_title_with_the_agencys_name_is_whole_outside_of_tables():
    """In a cell it stands after other words: สำนักปลัด… may have to be parted there."""
    assert joined(TITLE) == (f"รอง|ปลัด|องค์|การ|บริหาร|ส่วน|ตำบล รักษา|ราชการ|แทน ปลัด|{WHOLE}")
    assert joined(f"ปลัด{NAME}", 4082) == f"ปลัด{WHOLE}"
    assert joined("ปลัดเทศบาลนคร", name="") == "ปลัด|เทศ|บาล|นคร"


@pytest.mark.parametrize(("deputy", "seams"), [("", ""), ("รอง", "รอง|")])
def test_a_title_as_long_as_a_line_is_parted_before_the_name(deputy, seams):
    """What would be wider than its line, if joined, LibreOffice would cut inside a syllable."""
    indented = etree.fromstring(
        f'<w:styles xmlns:w="{structure.W}"><w:style w:styleId="Signed"><w:pPr>'
        '<w:ind w:left="6000"/></w:pPr></w:style></w:styles>'
    )
    inner = '<w:p><w:pPr><w:pStyle w:val="Signed"/></w:pPr><w:r><w:t>{}</w:t></w:r></w:p>'
    tree = etree.fromstring(
        f'<w:body xmlns:w="{structure.W}">{inner.format(f"{deputy}นายก{NAME}")}</w:body>'
    )
    line_ends.joiner(NAME, [indented])(tree)
    said = seen(documents.text_of(tree))
    assert said == f"{seams}นายก|องค์|การ|บริหาร|ส่วน|ตำบล/เกาะ|พ|ลั|บ|พ|ลา"


def test_who_signs_keeps_each_name_whole_and_its_place_beside_it():
    name, line = "(นายวิชัย ใจดี ณ เชียงใหม่)", "(ลงชื่อ)......ผู้อนุมัติ"
    whole = "(|นา|ย|วิ|ชั|ย ใจ|ดี ณ|\u00a0|เชี|ย|ง|ให|ม่|)"
    assert joined(name, above=line) == whole
    assert joined(name, above="ผู้อนุมัติ") == name
    assert joined(name) == name


@pytest.mark.parametrize(
    ("width", "wanted"),
    [
        (None, WHOLE),
        (4082, WHOLE),
        (2551, PARTED),
        (1446, PARTED),
        (1400, "องค์|การบริหารส่วนตำบลเกาะ|พ|ลั|บ|พ|ลา"),
    ],
)
def test_a_name_is_joined_as_far_as_its_line_is_wide(width, wanted):
    assert joined(f"ของ{NAME} ได้", width) == f"ของ{wanted} ได้"


def test_the_proper_name_is_joined_alone_too_and_a_line_too_narrow_joins_nothing():
    assert joined("บ้านเกาะพลับพลา", 1446) == "บ้านเกาะ|พ|ลั|บ|พ|ลา"
    assert joined("บ้านเกาะพลับพลา", 900) == "บ้านเกาะพลับพลา"
    assert joined("บ้านเกาะพลับพลา", name="") == "บ้านเกาะพลับพลา"


def test_set_words_are_joined_the_longest_first():
    assert joined("หลักเกณฑ์ ผู้มีส่วนได้ส่วนเสีย") == "หลัก|เกณฑ์ ผู้|มี|ส่วน|ได้|ส่วน|เสีย"
    assert joined("ระบบ E-Service ตรวจสอบ") == "ระบบ E-|Service ตรวจ|สอบ"
    assert joined("งบประมาณ", 1134) == "งบประมาณ", "too wide for the column, in which it is cut"


def test_a_number_stays_on_the_line_of_its_word():
    said = joined("(มาตรการที่ ๕.๑) ส่วนที่ 2 พ.ศ. ๒๕๖๙ มาตรการที่ทำ ข้อ e๘ ได้ 1,215 คะแนน")
    assert said == (
        "(มาตรการ|ที่\u00a0๕.๑) ส่วน|ที่\u00a02 พ.ศ.\u00a0๒๕๖๙ มาตรการที่ทำ ข้อ\u00a0e๘ ได้ 1,215\u00a0คะแนน"
    )


@pytest.mark.parametrize(("width", "blank"), [(1134, " "), (1250, "\u00a0")])
def test_a_year_as_wide_as_its_column_is_not_joined_and_so_not_cut(width, blank):
    assert joined("พ.ศ. ๒๕๗๐", width) == f"พ.ศ.{blank}๒๕๗๐"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("ผู้แทนชุมชนไม่ทราบ", "ผู้|แทนชุมชนไม่|ทราบ"),
        ("ว่า การสร้างความเชื่อมั่น", "ว่า การ|สร้างความ|เชื่อ|มั่น"),
        ("เรื่องราชการทั่วไป โครงการอื่น", "เรื่องราชการทั่วไป โครงการอื่น"),
        ("ราคา ผู้ ความ", "ราคา ผู้ ความ"),
    ],
)
def test_what_begins_a_word_does_not_end_a_line(text, wanted):
    assert joined(text, 4585) == joined(text) == wanted
    assert joined(text, 1276).replace("เชื่อ|มั่น", "เชื่อมั่น") == text, "too narrow"


def test_every_line_of_the_list_is_a_word_with_seams():
    lines = assets.line_ends().read_text(encoding="utf-8").splitlines()
    words = [line for line in lines if not line.startswith("#")]
    assert len(words) == len(set(words)) >= 45
    assert all("|" in word and set(word) - set("|/") for word in words)


def test_joiners_are_in_the_copy_only_and_the_name_comes_with_the_document():
    given = pdfs.docx(pdfs.paragraph(f"ใน{NAME} งบประมาณ"))
    creator = f"<dc:title>รายงาน</dc:title><dc:creator>{NAME}</dc:creator>".encode()
    parts = opc.read(given)
    core = parts["docProps/core.xml"].replace("<dc:title>รายงาน</dc:title>".encode(), creator)
    copy = opc.read(office.adjusted(opc.write(parts | {"docProps/core.xml": core})).data)
    said = documents.text_of(etree.fromstring(copy["word/document.xml"]))
    assert seen(said) == f"ใน{WHOLE} งบ|ประมาณ"
    assert b"\xe2\x81\xa0" not in given


NUMBERING = (
    f'<w:numbering xmlns:w="{structure.W}">'
    '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/></w:lvl>'
    '</w:abstractNum><w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0">'
    '<w:numFmt w:val="decimal"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num></w:numbering>'
)
STYLES = (
    f'<w:styles xmlns:w="{structure.W}"><w:style w:styleId="Point"><w:pPr><w:numPr>'
    '<w:numId w:val="1"/></w:numPr></w:pPr></w:style></w:styles>'
)


def test_each_cell_has_bullets_of_its_own():
    point = '<w:p><w:pPr><w:pStyle w:val="Point"/><w:jc w:val="left"/></w:pPr></w:p>'
    own = '<w:p><w:pPr><w:numPr><w:numId w:val="{}"/></w:numPr></w:pPr></w:p>'
    cells = "".join(f"<w:tc>{inner}</w:tc>" for inner in (point * 2, own.format(1), own.format(2)))
    body = etree.fromstring(f'<w:body xmlns:w="{structure.W}">{point}{cells}</w:body>')
    numbering = etree.fromstring(NUMBERING)
    lists.part_by_cells(body, etree.fromstring(STYLES), numbering)
    numbers = [e.get(structure.w("val")) for e in body.iter(structure.w("numId"))]
    assert numbers == ["3", "3", "4", "2"], "decimals go on counting"
    assert [etree.QName(e).localname for e in body[1][0][0]] == ["pStyle", "numPr", "jc"]
    added = [
        (n.get(structure.w("numId")), n[0].get(structure.w("val")))
        for n in numbering.iterfind(structure.w("num"))
    ]
    assert added == [("1", "0"), ("2", "1"), ("3", "0"), ("4", "0")]
