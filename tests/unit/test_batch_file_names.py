"""Names of reports: all inside the folder, none lost, the same on every system."""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePosixPath, PureWindowsPath

import pytest

from itareport.batch import file_names
from itareport.batch.record.key_facts import KeyFacts
from itareport.ita import names
from reports import KINDS

STRANGE = [
    "../../x", "..", ".", "a/b", "a:b", "a\\b", "CON", "nul", "LPT1", "com¹", "aux.txt", "con .x",
    "ก" * 200, "ก" * 199 + "ข", "จบด้วยจุด.", "จบด้วยวรรค ", ".ซ่อน", "~", "%2e",
    "a\u202eb", "a\u200bb",
    "ÅB", "A\u030aB", "åb", "report.docx", "SUMMARY.XLSX", "run.jsonl", "ต้องแก้ไข", "-rf", '*?<>|"',
]  # fmt: skip
RESERVED = re.compile(r"(con|prn|aux|nul|(com|lpt)[0-9¹²³])(\..*)?$", re.IGNORECASE)


def facts(name="ควนเสาธง", district="ตะโหมด", province="พัทลุง", kind="เทศบาลตำบล"):
    stem = names.safe(f"รายงาน ITA 2568 {KINDS.short_name(kind, name)}")
    return KeyFacts(stem, kind, name, district, province, 2568)


def path(of):
    return file_names.document(of, of.stem)


def assert_safe(name: str) -> None:
    """A name lies inside, and every system can have it."""
    path = PurePosixPath(name)
    assert not path.is_absolute()
    assert ".." not in path.parts
    assert not PureWindowsPath(name).drive
    for part in path.parts:
        assert 0 < len(part.encode()) <= names.MAX_BYTES, part
        assert not set(part) & set('<>:"\\|?*'), part
        assert all(unicodedata.category(c) not in {"Cc", "Cf", "Cs"} for c in part), part
        assert not RESERVED.match(part), part
        assert part == part.strip(". "), part
        assert part == unicodedata.normalize("NFC", part), part


def folded(name: str) -> str:
    return unicodedata.normalize("NFC", name.casefold())


def test_a_hundred_strange_agencies_keep_a_name_each():
    agencies = [facts(name=name) for name in STRANGE]
    agencies += [facts(district=name) for name in STRANGE]
    agencies += [facts(province=name) for name in STRANGE]
    agencies += [facts("ดอนทราย", place) for place in ("ควนขนุน", "ปากพะยูน")]
    agencies += [facts("ดอนทราย", "ควนขนุน", kind=kind) for kind in ("เทศบาลตำบล", "หน่วยงานอื่น")]
    agencies += [facts(), facts(), facts(), facts(kind="องค์การบริหารส่วนจังหวัด", district="")] * 2
    assert len(agencies) >= 100
    given = file_names.FileNames()
    made = [given.claim((f"{n}", "report"), path(one)) for n, one in enumerate(agencies)]
    for name in made:
        assert_safe(f"{name}.docx")
    assert len({folded(name) for name in made}) == len(agencies)
    assert not {folded(PurePosixPath(name).parts[0]) for name in made} & {
        "summary.xlsx", "run.jsonl", "ต้องแก้ไข",
    }  # fmt: skip


def test_a_usual_report_lies_in_its_province_and_district():
    assert path(facts()) == "พัทลุง/ตะโหมด/รายงาน ITA 2568 ทต.ควนเสาธง"


def test_an_agency_without_district_lies_in_its_province():
    pao = facts("พัทลุง", "", kind="องค์การบริหารส่วนจังหวัด")
    assert path(pao) == "พัทลุง/รายงาน ITA 2568 อบจ.พัทลุง"


def test_a_source_keeps_its_name_whoever_comes_first():
    plain = path(facts())
    first = file_names.FileNames()
    assert first.claim(("a", "report"), plain) == plain
    hashed = first.claim(("b", "report"), plain)
    assert hashed != plain
    later = file_names.FileNames([(("b", "report"), plain)])
    assert later.claim(("a", "report"), plain) != plain
    assert later.claim(("b", "report"), plain) == plain
    again = file_names.FileNames([(("a", "report"), plain), (("b", "report"), hashed)])
    assert again.claim(("b", "report"), plain) == hashed
    assert again.claim(("a", "report"), plain) == plain


def test_an_identity_does_not_hang_on_spaces_or_forms():
    assert facts("บ้าน นา").agency == facts("บ้านนา").agency
    assert facts("นำ").agency != facts("นา").agency


@pytest.mark.parametrize(
    ("of", "file", "name"),
    [
        (facts(), "ก", "ทต.ควนเสาธง อ.ตะโหมด จ.พัทลุง"),
        (facts("พัทลุง", "", kind="องค์การบริหารส่วนจังหวัด"), "ก", "อบจ.พัทลุง จ.พัทลุง"),
        (None, "ก", "ผู้ดูแลไฟล์ ก"),
    ],
)
def test_a_letter_is_called_by_its_agency(of, file, name):
    assert file_names.letter(of, file) == name
