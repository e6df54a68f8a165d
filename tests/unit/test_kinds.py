"""Kinds of agency of an office's own: every fault of the file, and how kinds are looked up."""

from __future__ import annotations

from pathlib import Path

import pytest

from itareport.ita import catalogue
from itareport.problems import ExitStatus, ItaReportError, Problem
from reports import KINDS

SCHOOLS = """\
kinds:
  - name: โรงเรียน
    abbreviation: รร.
    executive: ผู้อำนวยการโรงเรียน
    units: [ฝ่ายวิชาการ, กลุ่มงานคลัง]
    staff: ข้าราชการครู
  - name: จังหวัด
    executive: ผู้ว่าราชการจังหวัด
    has_district: false
"""
FAMILY = """\
families:
  - name: โรงเรียน
    executive: ผู้อำนวยการโรงเรียน
    office: กลุ่มอำนวยการ
    secretary: รองผู้อำนวยการโรงเรียน
    staff: ข้าราชการครู
    law: ระเบียบโรงเรียน
    council: คณะกรรมการสถานศึกษา
"""


def read(folder: Path, *texts: str) -> catalogue.Kinds:
    """Return the kinds that a command knows with these files of an office."""
    files = [folder / f"{number}" / "kinds.yaml" for number, _ in enumerate(texts)]
    for file, text in zip(files, texts, strict=True):
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return catalogue.own(files).kinds


def problems(folder: Path, *texts: str) -> tuple[Problem, ...]:
    with pytest.raises(ItaReportError) as raised:
        read(folder, *texts)
    assert raised.value.exit_status is ExitStatus.CATALOGUE
    return raised.value.problems


def edited(old: str, new: str, text: str = SCHOOLS) -> str:
    assert text.count(old) == 1, old
    return text.replace(old, new)


# -- faults of a file ----------------------------------------------------------------------

FAULTS = [
    ("    staff: ข้าราชการครู", "    stuff: ข้าราชการครู", "C203", 6, "แก้เป็น staff"),
    ("    executive: ผู้อำนวยการโรงเรียน\n", "", "C202", 2, "executive ตามแบบของไฟล์ประเภทหน่วยงาน"),
    ("name: จังหวัด", "name:", "C202", 7, "เพิ่ม name"),
    ("has_district: false", "has_district: บางที", "C204", 9, "true หรือ false"),
    ("units: [ฝ่ายวิชาการ, กลุ่มงานคลัง]", "units: ฝ่ายวิชาการ", "C204", 5, "รายการ"),
    ("abbreviation: รร.", "abbreviation: [รร.]", "C204", 3, "ข้อความ"),
    ("abbreviation: รร.", r'abbreviation: "\uE000"', "C205", 3, "ลบอักขระ"),
    ("name: จังหวัด", "name: โรงเรียน", "C207", 7, "แก้หรือลบแถว"),
    ("has_district: false", "abbreviation: รร", "C207", 9, "แก้หรือลบแถว"),
    ("name: จังหวัด", "name: หน่วยงานอื่น", "C232", 7, "ใช้ชื่อหรือคำย่ออื่น"),
    ("abbreviation: รร.", "abbreviation: ทต", "C232", 3, "เดียวกัน"),
    ("name: จังหวัด", "name: อบต.", "C232", 7, "เดียวกัน"),
    ("has_district: false", "family: โรงเรียน", "C233", 9, "เพิ่มกลุ่มนั้นใน families"),
]


@pytest.mark.parametrize(("old", "new", "code", "line", "remedy"), FAULTS)
def test_a_fault_is_told_at_its_line(
    tmp_path: Path, old: str, new: str, code: str, line: int, remedy: str
) -> None:
    (found,) = problems(tmp_path, edited(old, new))
    assert (found.code, found.place and found.place.line) == (code, line)
    assert remedy in found.remedy


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("kinds:\n", "C202"),
        ("kinds: []\n", "C204"),
        ("kinds: โรงเรียน\n", "C204"),
        ("kinds: [โรงเรียน]\n", "C204"),
        (f"fiscal_year: 2570\n{SCHOOLS}", "C203"),
        (SCHOOLS.replace(": โรงเรียน", ": 'โรงเรียน"), "C201"),
        (f"{SCHOOLS}{FAMILY.replace('    law: ระเบียบโรงเรียน', '')}", "C202"),
        (f"{SCHOOLS}{FAMILY}{FAMILY.removeprefix('families:')}", "C207"),
    ],
)
def test_a_file_of_another_shape_is_refused(tmp_path: Path, text: str, code: str) -> None:
    assert problems(tmp_path, text)[0].code == code


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    text = edited("abbreviation: รร.", "abbreviation: ทต.").replace("has_district: false", "ก: ข")
    assert [found.code for found in problems(tmp_path, text)] == ["C203"]
    text = edited("abbreviation: รร.", "abbreviation: ทต.").replace(
        "has_district: false", "family: ก"
    )
    assert [found.code for found in problems(tmp_path, text)] == ["C232", "C233"]


@pytest.mark.parametrize("again", [SCHOOLS, edited("name: จังหวัด", "name: กรม")])
def test_one_kind_in_two_files_is_refused_with_the_other_file(tmp_path: Path, again: str) -> None:
    found = problems(tmp_path, SCHOOLS, again)
    assert {one.code for one in found} == {"C231"}
    assert found[0].place is not None
    assert (found[0].place.line, "kinds.yaml" in found[0].message) == (2, True)


def test_one_abbreviation_of_two_kinds_in_two_files_is_refused(tmp_path: Path) -> None:
    other = "kinds: [{name: โรงพยาบาล, abbreviation: รร., executive: ผู้อำนวยการโรงพยาบาล}]"
    assert [found.code for found in problems(tmp_path, SCHOOLS, other)] == ["C232"]


# -- what the kinds then are ---------------------------------------------------------------


def test_without_a_file_they_are_the_packaged_ones() -> None:
    assert catalogue.own(()).kinds is KINDS
    assert KINDS.offered == (
        "เทศบาลตำบล", "เทศบาลเมือง", "เทศบาลนคร", "องค์การบริหารส่วนตำบล", "องค์การบริหารส่วนจังหวัด",
        "เมืองพัทยา", "หน่วยงานอื่น",
    )  # fmt: skip


def test_own_kinds_come_after_the_packaged_ones(tmp_path: Path) -> None:
    kinds = read(tmp_path, SCHOOLS)
    assert kinds.names == (*KINDS.names, "โรงเรียน", "จังหวัด")
    assert kinds.short_name("โรงเรียน", "วัดกลาง") == "รร.วัดกลาง"
    assert kinds.short_name("จังหวัด", "พัทลุง") == "จังหวัดพัทลุง"
    assert kinds.meant("รร") == kinds.meant(" รร. ") == kinds.kind("โรงเรียน")
    assert KINDS.kind("โรงเรียน") is None


def test_a_kind_whose_name_has_a_space_is_the_one_meant(tmp_path: Path) -> None:
    kinds = read(tmp_path, edited("name: จังหวัด", "name: โรงเรียน สาธิต"))
    assert kinds.meant("โรงเรียน สาธิต") == kinds.meant("โรงเรียนสาธิต") == kinds.kind("โรงเรียน สาธิต")


def test_an_own_kind_replaces_the_packaged_one_of_its_name(tmp_path: Path) -> None:
    own = "kinds: [{name: เทศบาลตำบล, executive: นายกเทศมนตรีตำบล, units: [กองคลัง]}]"
    kinds = read(tmp_path, own)
    assert kinds.names == KINDS.names
    (before, after) = (each.kind("เทศบาลตำบล") for each in (KINDS, kinds))
    assert before
    assert after
    assert (before.short, after.short) == ("ทต.", "เทศบาลตำบล")
    assert after.units == ("กองคลัง",)


def test_an_own_family_is_found_by_its_kinds(tmp_path: Path) -> None:
    kinds = read(tmp_path, edited("staff: ข้าราชการครู", "family: โรงเรียน") + FAMILY)
    family = kinds.family(kinds.kind("โรงเรียน"))
    assert family
    assert family.terms[-1] == "คณะกรรมการสถานศึกษา"
    assert kinds.family(kinds.kind("จังหวัด")) is None
    assert kinds.family(None) is None


def test_the_exported_file_changes_nothing(tmp_path: Path) -> None:
    assert read(tmp_path, catalogue.export(None).decode()) == KINDS


def test_a_name_may_hold_the_word_for_another_kind_only_where_the_kind_has_no_family(
    tmp_path: Path,
) -> None:
    kinds = read(tmp_path, SCHOOLS)
    assert kinds.not_in_names(kinds.kind("โรงเรียน")) == ("โรงเรียน", "รร.")
    for known in (kinds.kind("เทศบาลตำบล"), None):
        assert {"เทศบาล", "อบต.", "เทศบาลนคร"} <= set(kinds.not_in_names(known))
        assert "โรงเรียน" not in kinds.not_in_names(known)
