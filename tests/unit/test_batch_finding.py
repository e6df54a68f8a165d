"""What a batch takes up, what it leaves aside and says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from itareport.batch.sources import finding
from itareport.problems import ItaReportError
from reports import KINDS


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
        tmp_path, "in/ก.yaml", "in/~$ก.xlsx", "in/.~lock.ก.xlsx#", "in/.ซ่อน.yaml", "in/.git/ข.yaml",
        "in/ก (ผลตรวจ).xlsx", "in/ก (ผลตรวจ 2).xlsx", "in/คำสั่ง.docx", "in/ตรา.png",
    )  # fmt: skip
    found = _found(tmp_path, "in")
    assert [source.path.name for source in found.sources] == ["ก.yaml"]
    told = {Path(name).name for names in found.skipped.values() for name in names}
    assert told == {
        "~$ก.xlsx", ".~lock.ก.xlsx#", ".ซ่อน.yaml", ".git", "ก (ผลตรวจ).xlsx", "ก (ผลตรวจ 2).xlsx",
        "คำสั่ง.docx",
    }  # fmt: skip
    assert len(found.skipped) == 4


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
