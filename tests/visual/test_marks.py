"""Thai vowels and tone marks stand over and under their consonants, however lines are set.

A mark that LibreOffice throws out of its column is in the PDF's text all the same: only the
places of the letters tell.
"""

import pytest

import pdfs
from itareport.pdf import office
from itareport.pdf.office.copies import Copy

pytestmark = [pytest.mark.pdf, pytest.mark.usefixtures("soffice")]

DENSE = (
    "หน่วยงานได้พัฒนาระบบ E-Service ที่ทันสมัยเวลา 08.30 น. มีเจ้าหน้าที่คอยปรับปรุง แก้ไข/ นี้เป็นข้อมูล"
    "ที่ถูกต้องครบถ้วนเป็นปัจจุบันและน้ำใจไมตรีเปี๊ยะปิ่นคู่ผู้ใหญ่ ข้อ o๑๐ มี (ร่าง) ผู้รู้ ITA ปี ๒๕๖๘ นี้ "
)


def stress(align: str) -> bytes:
    """Make paragraphs that begin one letter later each, so that lines end after every word."""
    return pdfs.docx(*(pdfs.paragraph(f"{'ก' * n} {DENSE * 3}", align=align) for n in range(24)))


@pytest.mark.parametrize("align", ["thaiDistribute", "left", "both", "distribute"])
def test_marks_stand_at_their_consonants(align):
    assert pdfs.detached_marks(office.to_pdf(stress(align))) == []


def test_a_mark_that_is_torn_off_would_be_seen(monkeypatch):
    """The fault that the office copy steps around: justified lines, given as they are."""
    monkeypatch.setattr(office, "adjusted", lambda data: Copy(data, (), thai_page_numbers=False))
    torn = pdfs.detached_marks(office.to_pdf(stress("both")))
    assert any(found.endswith(("ที", "นี", "มี", "ปี")) for found in torn), torn
