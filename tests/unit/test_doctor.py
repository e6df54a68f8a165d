from pathlib import Path

import pytest

from itareport.actions import doctor
from itareport.files import assets
from itareport.ita import catalogue
from itareport.pdf import office, verify
from itareport.problems import ExitStatus, ItaReportError, problem

NAMES = (
    "Python", "LibreOffice", "แบบอักษร", "แม่แบบ", "แค็ตตาล็อก", "โปรแกรมอ่าน PDF",
    "ทดลองแปลงเป็น PDF", "หน้ากรอก", "โฟลเดอร์ผลลัพธ์",
)  # fmt: skip


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    """Let LibreOffice be told of, but not started; a test of its own starts it."""
    found = office.Office(Path("/opt/soffice"), "", "LibreOffice 7.4")
    monkeypatch.setattr(office, "find", lambda: found)
    monkeypatch.setattr(office, "version", lambda _: "7.4.7.2")
    monkeypatch.setattr(office, "to_pdf", lambda _: b"%PDF")
    monkeypatch.setattr(verify, "pdf", lambda *_: verify.Verified((), 1))


def refuse(code, **facts):
    def raise_it(*_):
        raise ItaReportError(problem(code, **facts))

    return raise_it


def rows(out):
    return {row.name: row for row in doctor.machine(out).rows}


def test_a_machine_that_has_everything(tmp_path):
    found = doctor.machine(tmp_path / "out" / "ลึก").rows
    assert tuple(row.name for row in found) == NAMES
    assert [row for row in found if not row.ok or row.remedy or row.status] == []
    assert not list(tmp_path.iterdir())


def test_it_says_where_and_which(tmp_path, repo):
    found = rows(tmp_path)
    assert found["LibreOffice"].detail == "รุ่น 7.4.7.2 ที่ /opt/soffice"
    assert found["แม่แบบ"].detail == str(repo / "templates" / "report.docx")
    assert "2568" in found["แค็ตตาล็อก"].detail


@pytest.mark.parametrize(
    ("where", "what", "code", "name"),
    [
        (office, "version", "P502", "LibreOffice"),
        (catalogue, "load", "D110", "แค็ตตาล็อก"),
        (verify, "library", "P517", "โปรแกรมอ่าน PDF"),
        (office, "to_pdf", "P503", "ทดลองแปลงเป็น PDF"),
    ],
)
def test_each_fault_has_its_row_and_remedy(monkeypatch, where, what, code, name):
    facts = dict.fromkeys(("year", "known", "newest", "command", "status", "seconds"), "๑")
    monkeypatch.setattr(where, what, refuse(code, **facts))
    found = rows(Path())
    assert [row.name for row in found.values() if not row.ok] == [name]
    assert found[name].status == (ExitStatus.DATA if code == "D110" else ExitStatus.PDF)
    assert "โปรด" in found[name].remedy


def test_no_libreoffice(monkeypatch, tmp_path):
    monkeypatch.setattr(office, "find", lambda: None)
    row = rows(tmp_path)["LibreOffice"]
    assert not row.ok
    assert "apt install" in row.remedy


def test_a_pdf_with_a_strange_font(monkeypatch, tmp_path):
    strange = verify.Verified((problem("P513", fonts="Arial"),), 1)
    monkeypatch.setattr(verify, "pdf", lambda *_: strange)
    row = rows(tmp_path)["ทดลองแปลงเป็น PDF"]
    assert "Arial" in row.detail


def test_fonts_and_template_that_are_not_there(monkeypatch, tmp_path):
    monkeypatch.setattr(assets, "fonts_dir", lambda: tmp_path)
    monkeypatch.setattr(assets, "template", lambda *_: tmp_path / "report.docx")
    found = rows(tmp_path)
    assert found["แบบอักษร"].status == ExitStatus.FONTS
    assert found["แม่แบบ"].status == ExitStatus.TEMPLATE


def test_every_fault_of_the_fonts_is_told(monkeypatch, tmp_path, repo):
    for file in (repo / "fonts").iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    (tmp_path / "THSarabunNew-Bold.ttf").unlink()
    (tmp_path / "THSarabunNew-Italic.ttf").write_bytes(b"no font")
    (tmp_path / "fonts.conf").unlink()
    monkeypatch.setattr(assets, "fonts_dir", lambda: tmp_path)
    row = rows(tmp_path)["แบบอักษร"]
    told = [n for n in ("Regular", "Bold.", "-Italic.", "fonts.conf") if n in row.detail]
    assert told == ["Bold.", "-Italic.", "fonts.conf"]
    assert row.remedy.count("โปรดติดตั้งโปรแกรมใหม่") == 3


def test_of_very_many_faults_the_first_are_told():
    def many():
        raise ItaReportError(*(problem("F400", file=n) for n in range(12)))

    row = doctor._row("ก", many)
    assert row.detail.count("ไม่พบไฟล์") == 5
    assert row.detail.endswith(" และอีก 7 เรื่อง")
    assert row.remedy.count("โปรด") == 1


def test_a_template_that_is_damaged(monkeypatch, tmp_path):
    (tmp_path / "report.docx").write_bytes(b"no zip")
    monkeypatch.setattr(assets, "template", lambda *_: tmp_path / "report.docx")
    assert rows(tmp_path)["แม่แบบ"].status == ExitStatus.TEMPLATE


@pytest.mark.parametrize("out", ["ไฟล์", "ไฟล์/ใต้ไฟล์", "/proc/1/nowhere"])
def test_a_folder_that_cannot_be_written(tmp_path, out):
    (tmp_path / "ไฟล์").write_text("")
    row = rows(tmp_path / out)["โฟลเดอร์ผลลัพธ์"]
    assert row.status == ExitStatus.OUTPUT
    assert "-o" in row.remedy


@pytest.mark.pdf
@pytest.mark.usefixtures("soffice")
def test_the_trial_is_a_real_one(monkeypatch):
    monkeypatch.undo()
    assert doctor._row("", doctor._conversion).ok
    assert doctor._row("", doctor._office).ok
