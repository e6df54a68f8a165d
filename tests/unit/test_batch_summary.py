"""summary.xlsx and the letters: order, links, shared remarks; text stays text."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import unquote

import openpyxl
import pytest

from itareport.batch.lists import letters, summary
from itareport.batch.record.entry import Complaint, DocumentFiles, Entry
from itareport.batch.record.key_facts import KeyFacts
from reports import KINDS

REMARK = ("i1", "a" * 16, "ผู้มีส่วนได้ส่วนเสียบางส่วนมีความเห็นว่า")


def facts(name, district="เมืองพัทลุง", kind="เทศบาลตำบล", **more):
    indicators = tuple(f"9{n}.25" for n in range(10))
    return KeyFacts(
        f"รายงาน ITA 2568 {name}", kind, name, district, "พัทลุง", 2568, "94.90", "ผ่าน",
        indicators, **more,
    )  # fmt: skip


def entry(of, state="done", **more) -> Entry:
    name = of.name if isinstance(of, KeyFacts) else of
    known = of if isinstance(of, KeyFacts) else None
    docx, pdf = f"พัทลุง/{name} #1.docx", f"พัทลุง/{name} #1.pdf"
    files = (DocumentFiles("report", docx=docx, pdf=pdf, pages=9),) if state == "done" else ()
    done: dict = {"files": files}
    return Entry(name, f"in/{name}.yaml", state, letter=name, facts=known, **(done | more))


def wrong(code="D200", severity="error", text="ข้อ e7 ไม่มีคะแนน", place="บรรทัด 4"):
    return Complaint(code, severity, place, "ข้อ e7", text, "โปรดเติมคะแนน")


@pytest.fixture
def written(tmp_path):
    def write(*entries, unrelated=(), told=()):
        known = {one.source: one for one in entries}
        sources, read = list(known), lambda sources: [known[source] for source in sources]
        summary.write(summary.Content(sources, read, unrelated, told, "ก"), tmp_path, KINDS)
        return openpyxl.load_workbook(tmp_path / "summary.xlsx")

    return write


def column(sheet, heading):
    titles = [cell.value for cell in sheet[1]]
    return [row[titles.index(heading)].value for row in sheet.iter_rows(min_row=2)]


def test_the_failed_come_first_then_drafts_each_in_thai_order(written):
    sheet = written(
        entry(facts("แม่ขรี", "ตะโหมด")),
        entry(facts("เขาเจียก")),
        entry(facts("ชัยบุรี")),
        entry(facts("โคกม่วง", "เขาชัยสน")),
        entry(facts("พัทลุง", "", "องค์การบริหารส่วนจังหวัด")),
        entry(facts("ลำปำ", kind="องค์การบริหารส่วนตำบล")),
        entry(facts("เสีย", "ศรีบรรพต"), "failed", problems=(wrong(),)),
        entry("อ่านไม่ได้", "failed", problems=(wrong(),)),
        entry(facts("ร่าง", "ศรีบรรพต", has_drafts=True)),
    )["รายงาน"]
    assert column(sheet, "สถานะ") == ["จัดทำไม่ได้"] * 2 + ["มีร่างรอยืนยัน"] + ["เรียบร้อย"] * 6
    assert column(sheet, "หน่วยงาน") == [
        "อ่านไม่ได้.yaml", "เทศบาลตำบลเสีย", "เทศบาลตำบลร่าง",
        "องค์การบริหารส่วนจังหวัดพัทลุง", "เทศบาลตำบลโคกม่วง",
        "เทศบาลตำบลแม่ขรี", "เทศบาลตำบลเขาเจียก", "เทศบาลตำบลชัยบุรี", "องค์การบริหารส่วนตำบลลำปำ",
    ]  # fmt: skip
    assert column(sheet, "ไฟล์ข้อมูล")[0] == "in/อ่านไม่ได้.yaml"
    assert column(sheet, "เรื่องแรกที่ต้องแก้ไข")[1] == "ข้อ e7 ไม่มีคะแนน"
    assert sheet.freeze_panes == "C2"
    assert sheet.row_dimensions[1].height >= 48
    assert sheet.auto_filter.ref.endswith("10")
    assert {cell.font.name for row in sheet for cell in row} == {"TH Sarabun New"}


def test_the_status_is_the_worst_and_says_what_to_mend(written):
    twice = wrong("O613", "warning", "มีไฟล์ข้อมูลอื่นอยู่ด้วย")
    sheet = written(
        entry(facts("ก", has_drafts=True)),
        entry(facts("ข", has_drafts=True), problems=(wrong("D240", "warning", "คะแนนรวมไม่ตรง"),)),
        entry(facts("ค"), problems=(twice,)),
        entry(facts("ง"), "waiting"),
        entry(facts("จ"), "unsent"),
        entry(facts("ฉ"), problems=(wrong("D248", "warning"),)),
    )["รายงาน"]
    assert dict(zip(column(sheet, "หน่วยงาน"), column(sheet, "สถานะ"), strict=True)) == {
        "เทศบาลตำบลข": "ต้องแก้ไข", "เทศบาลตำบลค": "ต้องแก้ไข", "เทศบาลตำบลง": "ยังไม่ได้จัดทำ",
        "เทศบาลตำบลจ": "ยังไม่ส่ง", "เทศบาลตำบลก": "มีร่างรอยืนยัน", "เทศบาลตำบลฉ": "เรียบร้อย",
    }  # fmt: skip
    assert column(sheet, "เรื่องแรกที่ต้องแก้ไข")[:2] == [
        "ข้อ e7: คะแนนรวมไม่ตรง", "ข้อ e7: มีไฟล์ข้อมูลอื่นอยู่ด้วย",
    ]  # fmt: skip


def test_the_first_sheets_are_for_paper_and_one_is_for_each_district(written):
    book = written(
        entry(facts("ก", "ตะโหมด")),
        entry(facts("ข", "กงหรา", "องค์การบริหารส่วนตำบล"), "failed", problems=(wrong(),)),
        entry(facts("ค", kind="เทศบาลเมือง")),
        entry("เสีย", "failed", problems=(wrong(),)),
    )
    assert book.sheetnames == [
        "สรุปสำหรับพิมพ์", "อำเภอกงหรา", "อำเภอตะโหมด", "หน่วยงานอื่น", "รายงาน",
    ]  # fmt: skip
    sheet = book["สรุปสำหรับพิมพ์"]
    assert sheet["A1"].value.endswith("ITA ปีงบประมาณ พ.ศ. ๒๕๖๘")
    assert "จังหวัดพัทลุง" in sheet["A2"].value
    assert sheet["A3"].value == "ทั้งหมด ๔ แห่ง · จัดทำไม่ได้ ๒ · เรียบร้อย ๒"
    assert [cell.value for cell in sheet[7]][:6] == [
        "๒", "องค์การบริหารส่วนตำบลข", "กงหรา", "๙๔.๙๐", "ผ่าน", "จัดทำไม่ได้",
    ]  # fmt: skip
    assert sheet.print_title_rows == "$5:$5"
    assert min(cell.font.size for row in sheet for cell in row if cell.value) >= 14
    assert [row[1].value for row in book["หน่วยงานอื่น"].iter_rows(min_row=6)] == [
        "เสีย.yaml", "เทศบาลเมืองค",
    ]  # fmt: skip


def test_a_letter_to_an_agency_of_a_table_speaks_of_no_file_or_cell(tmp_path):
    text = _letter(tmp_path, entry(facts("ก"), "failed", row=True, problems=(wrong(),)))["ก"]
    assert "ไฟล์ข้อมูล" not in text
    assert "บรรทัด 4" not in text
    assert "ผ่าน  อำเภอเมืองพัทลุง" in text
    assert "แจ้งข้อมูลที่ถูกต้องกลับมา" in text


def test_figures_are_numbers_and_files_are_links_that_move_with_the_folder(written):
    sheet = written(entry(facts("ควนเสาธง"), problems=(wrong(severity="warning"),)))["รายงาน"]
    assert column(sheet, "คะแนนรวม") == [94.9]
    assert column(sheet, "ตัวชี้วัดที่ 10") == [99.25]
    assert (column(sheet, "ข้อผิดพลาด"), column(sheet, "คำเตือน")) == ([0], [1])
    assert column(sheet, "จำนวนหน้า") == [9]
    links = [cell.hyperlink.target for cell in sheet[2] if cell.hyperlink]
    assert [unquote(link) for link in links] == ["พัทลุง/ควนเสาธง #1.docx", "พัทลุง/ควนเสาธง #1.pdf"]
    assert "#" not in "".join(links)


def test_text_never_becomes_a_formula(written):
    for text in ("=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("http://x","y")', "\x01=1"):
        sheet = written(entry(facts(text, text, text)))["รายงาน"]
        of_text = [cell for cell in sheet[2] if cell.value is not None and not cell.is_date]
        assert not [cell.coordinate for cell in of_text if cell.data_type == "f"]
        assert column(sheet, "อำเภอ") == [text.replace("\x01", "")]


def test_remarks_that_many_share_are_marked_and_listed(written):
    own = ("i2", "b" * 16, "เขียนเอง")
    shared = [
        entry(facts(f"ก{n}", remarks=(REMARK, own) if n == 0 else (REMARK,))) for n in range(3)
    ]
    book = written(*shared, entry(facts("ข", remarks=(("i1", "c" * 16, "อื่น"),))))
    assert column(book["รายงาน"], "ข้อวิเคราะห์ที่ซ้ำกับหน่วยงานอื่น") == [1, 1, 1, 0]
    rows = [[cell.value for cell in row] for row in book["ข้อวิเคราะห์ที่ซ้ำกัน"].iter_rows(min_row=2)]
    assert [row[:3] for row in rows] == [[REMARK[2], "i1", 3]]
    assert rows[0][3].startswith("ทต.ก0 (เมืองพัทลุง), ทต.ก1")
    assert "ข้อวิเคราะห์ที่ซ้ำกัน" not in written(*shared[:2]).sheetnames


def test_what_a_finding_is_about_is_said_and_what_tables_tell_has_a_sheet(written):
    book = written(
        entry(facts("ก"), "failed", problems=(wrong(text="คะแนน 101 ไม่อยู่ระหว่าง 0 ถึง 100"),)),
        told=["ก.xlsx แถว 7: ค่าต่างกัน", "ก.xlsx แถว 8: ค่าต่างกัน"],
    )
    assert column(book["รายงาน"], "เรื่องแรกที่ต้องแก้ไข") == ["ข้อ e7: คะแนน 101 ไม่อยู่ระหว่าง 0 ถึง 100"]
    told = column(book["เรื่องของตาราง"], "เรื่องของตารางที่ต้องดู")
    assert told == ["ก.xlsx แถว 7: ค่าต่างกัน", "ก.xlsx แถว 8: ค่าต่างกัน"]


def test_every_row_of_every_sheet_is_as_high_as_its_text(written):
    """Headless LibreOffice fits no row of a file that openpyxl wrote."""
    shared = [entry(facts(f"ชื่อที่ยาวมากของหน่วยงาน{n}", remarks=(REMARK,))) for n in range(40)]
    failed = entry(facts("ก"), "failed", problems=(wrong(text="คะแนน " * 40),))
    told = ["ก.xlsx แถว 7: ค่าต่างกัน " * 9]
    book = written(*shared, failed, unrelated=["ก" * 300], told=told)
    assert len(book.sheetnames) >= 6
    for sheet in book:
        first = 6 if sheet["A5"].value == "ที่" else 1
        printed = len(summary._printed(10)) if sheet.title == "รายงาน" else sheet.max_column
        for line in sheet.iter_rows(min_row=first, max_col=printed):
            cells = [cell for cell in line if isinstance(cell.value, str)]
            if cells:
                widths = [sheet.column_dimensions[cell.column_letter].width for cell in cells]
                texts = zip(cells, widths, strict=True)
                needed = max(len(one.value) / 1.4 / width for one, width in texts)
                high = sheet.row_dimensions[line[0].row].height
                assert high >= 24 * min(needed, 17), (sheet.title, line[0].row)
                assert all(one.alignment.wrap_text for one in cells)


def test_files_of_earlier_data_are_not_shown_as_the_report(written):
    files = (DocumentFiles("report", docx="พัทลุง/ก.docx"),)
    old = {"files": files, "problems": (wrong(), wrong("O618", "warning"))}
    sheet = written(entry(facts("ก"), "failed", **old))["รายงาน"]
    assert column(sheet, "ไฟล์ Word") == [None]


def _letter(tmp_path, *entries, before=()):
    letters.write(entries, before, tmp_path)
    return {p.stem: p.read_text("utf-8-sig") for p in (tmp_path / "ต้องแก้ไข").glob("*.txt")}


def test_a_letter_lists_what_to_mend_then_what_to_look_at(tmp_path):
    doubt = wrong("D248", "warning", "คะแนนรวมไม่ตรงกับสูตร")
    ours = wrong("P504", text="LibreOffice หยุด")
    of = entry(facts("ก"), "failed", problems=(doubt, wrong(), ours))
    text = _letter(tmp_path, of)["ก"]
    assert text.startswith("เรื่อง")
    assert "เทศบาลตำบลก" in text
    assert "บรรทัด 4" in text
    assert text.index("ไม่มีคะแนน") < text.index("คะแนนรวม")
    assert "LibreOffice" not in text


def test_a_letter_of_drafts_asks_to_confirm_them_and_not_to_mend(tmp_path):
    draft = wrong("D455", "warning", "โปรแกรมเขียนข้อความร่าง")
    doubt = wrong("D248", "warning", "คะแนนรวมไม่ตรงกับสูตร")
    of = entry(facts("ก", has_drafts=True), problems=(doubt, draft))
    text = _letter(tmp_path, of)["ก"]
    assert text.startswith("เรื่อง  ขอให้ตรวจทานและยืนยันข้อความร่าง")
    assert "ข้อมูลครบถ้วน" not in text
    assert text.index("แล้วยืนยัน") < text.index("โปรแกรมเขียน") < text.index("ไม่ต้องแก้ไข")
    assert "1. บรรทัด 4 (ข้อ e7): คะแนนรวม" in text


def test_a_letter_asks_to_read_drafts_only_where_the_agency_has_them(tmp_path):
    draft = wrong("D455", "warning", "โปรแกรมเขียนข้อความร่าง")
    of = entry(facts("ก", has_drafts=True), "failed", row=True, problems=(wrong(), draft))
    assert "ร่าง" not in _letter(tmp_path, of)["ก"]
    assert "ร่าง" in _letter(tmp_path, replace(of, state="done"))["ก"]


def test_a_letter_about_no_agency_is_for_those_who_keep_the_file(tmp_path):
    text = _letter(tmp_path, entry("ก", "failed", problems=(wrong(),)))["ก"]
    assert "ถึง  ผู้ดูแลไฟล์ข้อมูล\nไฟล์ข้อมูล  ก.yaml" in text.replace("\r", "")
    assert "หน่วยงาน" not in text


def test_only_those_who_have_something_to_mend_get_a_letter(tmp_path):
    out_of_order = entry(facts("ข"), "failed", problems=(wrong("P504"),))
    doubtful = entry(facts("ค"), problems=(wrong("D248", "warning"),))
    assert _letter(tmp_path, out_of_order, doubtful, entry(facts("ง"))) == {}
    assert not (tmp_path / "ต้องแก้ไข").exists()


def test_a_letter_goes_when_it_is_mended_and_others_stay(tmp_path):
    bad = entry(facts("ก"), "failed", problems=(wrong(),))
    _letter(tmp_path, bad)
    (tmp_path / "ต้องแก้ไข" / "ของผู้ใช้.txt").write_text("x", encoding="utf-8")
    assert set(_letter(tmp_path, replace(bad, state="done", problems=()), before=["ก"])) == {
        "ของผู้ใช้"
    }
