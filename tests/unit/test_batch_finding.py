"""What a batch takes up, what it leaves aside and says so."""

from __future__ import annotations

import os
from pathlib import Path

import openpyxl
import pytest

from itareport.actions import check
from itareport.batch.sources import finding, marked_copies
from itareport.ita import names
from itareport.problems import ItaReportError
from reports import KINDS
from workbooks import AGENCY, changed


def _touch(place, *names):
    for name in names:
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_text("{}")


def _found(tmp_path, *inputs):
    return finding.find([tmp_path / name for name in inputs], tmp_path / "out", KINDS)


def test_data_files_of_folders_come_in_order_each_once(tmp_path):
    _touch(tmp_path, "in/ข.yaml", "in/ก.json", "in/ย่อย/ค.xlsx", "in/ย่อย/ลึก/ง.yml", "จ.yaml")
    found = _found(tmp_path, "จ.yaml", "in", "in/ก.json")
    shown = [source.path.relative_to(tmp_path).as_posix() for source in found.sources]
    assert shown == ["จ.yaml", "in/ก.json", "in/ข.yaml", "in/ย่อย/ค.xlsx", "in/ย่อย/ลึก/ง.yml"]
    assert found.skipped == {}


def test_what_is_left_aside_is_told_with_the_reason(tmp_path):
    _touch(
        tmp_path, "in/ก.xlsx", "in/~$ก.xlsx", "in/.~lock.ก.xlsx#", "in/.ซ่อน.yaml", "in/.git/ข.yaml",
        "in/ก (ผลตรวจ).xlsx", "in/ก (ผลตรวจ 2).xlsx", "in/คำสั่ง.docx", "in/ตรา.png",
    )  # fmt: skip
    found = _found(tmp_path, "in")
    assert [source.path.name for source in found.sources] == ["ก.xlsx"]
    told = {Path(name).name for names in found.skipped.values() for name in names}
    assert told == {
        "~$ก.xlsx", ".~lock.ก.xlsx#", ".ซ่อน.yaml", ".git", "ก (ผลตรวจ).xlsx", "ก (ผลตรวจ 2).xlsx",
        "คำสั่ง.docx",
    }  # fmt: skip
    assert len(found.skipped) == 4


def test_the_summary_of_another_run_is_no_data(tmp_path):
    _touch(tmp_path, "in/ก.yaml", "in/ผล/run.jsonl", "in/ผล/summary.xlsx", "in/summary.xlsx")
    found = _found(tmp_path, "in")
    shown = [source.path.relative_to(tmp_path).as_posix() for source in found.sources]
    assert shown == ["in/summary.xlsx", "in/ก.yaml"]
    assert [str(tmp_path / "in/ผล/summary.xlsx")] in found.skipped.values()


def _marked(tmp_path, *, corrected=None):
    """Make a workbook and its marked copy, in which somebody may have corrected a cell."""
    file = tmp_path / "in" / "ก.xlsx"
    file.parent.mkdir()
    file.write_bytes(changed(lambda _book: None))
    (copy,) = check.file(file, annotate=True).outputs
    os.utime(file, (1, 1))
    if corrected:
        book = openpyxl.load_workbook(copy)
        corrected(book)
        book.properties.lastModifiedBy = "ผู้แก้"  # the time of saving may be the same second
        book.save(copy)
    return file, copy


def _correct(book):
    book[AGENCY]["B7"] = "อำเภอใหม่"


@pytest.mark.parametrize(
    ("corrected", "age", "is_told"),
    [(_correct, 2, True), (_correct, 0, False), (lambda _book: None, 2, False), (None, 2, False)],
)
def test_a_marked_copy_beside_its_workbook_is_told_of_where_it_was_corrected(
    tmp_path, corrected, age, is_told
):
    file, copy = _marked(tmp_path, corrected=corrected)
    os.utime(copy, (age, age))
    found = _found(tmp_path, "in")
    assert [source.path for source in found.sources] == [file]
    ((reason, names),) = found.skipped.items()
    assert names == [str(copy)]
    assert ("แก้ไขทีหลัง" in reason) is is_told


def test_a_marked_copy_that_cannot_be_read_is_one(tmp_path):
    _, copy = _marked(tmp_path)
    copy.write_bytes(b"PK")
    assert list(_found(tmp_path, "in").skipped) == [marked_copies.PLAIN]


def test_a_marked_copy_alone_is_data_and_of_several_the_newest(tmp_path):
    file, copy = _marked(tmp_path)
    file.unlink()
    assert [source.path for source in _found(tmp_path, "in").sources] == [copy]
    newer, again = (copy.with_stem(f"{file.stem} ({n})") for n in ("ผลตรวจ 2", "ผลตรวจ) (ผลตรวจ"))
    for n, other in enumerate((copy, again, newer)):
        other.write_bytes(copy.read_bytes())
        os.utime(other, (n, n))
    found = _found(tmp_path, "in")
    assert [source.path for source in found.sources] == [newer]
    assert found.skipped == {marked_copies.PLAIN: [str(again), str(copy)]}


def test_copies_of_copies_have_one_mark(tmp_path):
    _, copy = _marked(tmp_path)
    old = copy.with_stem(f"{copy.stem} (ผลตรวจ 2)")
    copy.rename(old)
    (again,) = check.file(old, annotate=True).outputs
    assert again == copy
    assert names.without_check_mark(old.stem) == "ก"


def test_a_drafted_copy_is_data_like_any_other(tmp_path):
    _touch(tmp_path, "in/ก.yaml", "in/ก (ร่าง).yaml")
    assert len(_found(tmp_path, "in").sources) == 2


def test_the_folder_of_results_inside_the_inputs_is_left_aside(tmp_path):
    _touch(tmp_path, "ก.yaml", "out/summary.xlsx", "out/พัทลุง/ข.json")
    found = _found(tmp_path, ".")
    assert [source.path.name for source in found.sources] == ["ก.yaml"]
    assert found.skipped == {"โฟลเดอร์ผลลัพธ์": [str(tmp_path / "out")]}


def test_a_link_to_a_folder_is_followed_and_each_folder_is_read_once(tmp_path):
    _touch(tmp_path, "in/ก.yaml", "ที่อื่น/ข.yaml", "out/พัทลุง/ค.json")
    links = {"ไป": "ที่อื่น", "วน": "in", "ผล": "out/พัทลุง", "ไปอีก": "ที่อื่น"}
    for name, target in links.items():
        (tmp_path / "in" / name).symlink_to(tmp_path / target, target_is_directory=True)
    (tmp_path / "ที่อื่น" / "กลับ").symlink_to(tmp_path / "in", target_is_directory=True)
    found = _found(tmp_path, "in")
    assert [source.path.name for source in found.sources] == ["ก.yaml", "ข.yaml"]
    told = {Path(name).name: why for why, names in found.skipped.items() for name in names}
    assert set(told) == {"วน", "ผล", "ไปอีก", "กลับ"}
    assert len(set(told.values())) == 2


def test_a_file_that_is_named_is_taken_whatever_it_is(tmp_path):
    _touch(tmp_path, "บันทึก.txt")
    for name, code in (("บันทึก.txt", "D450"), ("ไม่มี.yaml", "D100")):
        (source,) = _found(tmp_path, name).sources
        with pytest.raises(ItaReportError) as told:
            source.payload()
        assert told.value.problems[0].code == code


def test_an_identity_is_the_same_from_any_working_folder(tmp_path, monkeypatch):
    _touch(tmp_path, "in/ก.yaml")
    (absolute,) = _found(tmp_path, "in").sources
    monkeypatch.chdir(tmp_path / "in")
    (relative,) = finding.find([Path("ก.yaml")], tmp_path / "out", KINDS).sources
    assert relative.key == absolute.key == "../in/ก.yaml"
