"""A data file as a report with places, or every problem of it in Thai."""

from __future__ import annotations

import itertools
import json
import os
import sys

import pytest
import yaml

from itareport.ita import catalogue, described
from itareport.problems import SENTENCES, ExitStatus, Flag, ItaReportError, Place, Problem, Severity
from itareport.reading import load
from reports import clean_data, clean_report

HEAD = """\
fiscal_year: 2568
agency: {kind: เทศบาลตำบล, name: ควนเสาธง, district: ตะโหมด, province: พัทลุง}
result:
  total: 94.90
  level: ผ่าน
  indicators: [{no: 1, score: 99.17}]
scores:
  - {code: i1, score: 98.33}
plan:
  - {issue: 1, measures: [มาตรการ]}
signatures: [{}]
"""


def loaded(text: str) -> load.Loaded:
    return load.load_bytes(text.encode(), "ก.yaml")


def edited(old: str, new: str) -> load.Loaded:
    """Load the smallest whole file with one change."""
    assert old in HEAD
    return loaded(HEAD.replace(old, new))


def refused(path) -> Problem:
    with pytest.raises(ItaReportError) as caught:
        load.load(path)
    assert caught.value.exit_status is ExitStatus.DATA
    (found,) = caught.value.problems
    return found


# -- the file ------------------------------------------------------------------------------


def test_the_smallest_whole_file():
    found = loaded(HEAD)
    assert found.problems == ()
    assert found.report is not None
    assert found.report.scores[0].code == "i1"
    assert found.places["scores", 0, "score"] == Place("ก.yaml", 8, 23)


@pytest.mark.parametrize("suffix", [".yaml", ".yml", ".YAML", ".json"])
def test_both_kinds_are_read_alike(tmp_path, suffix):
    year = catalogue.load(2568)
    file = tmp_path / f"ข้อมูล{suffix}"
    file.write_text(json.dumps(clean_data(year), ensure_ascii=False), encoding="utf-8")
    found = load.load(file)
    assert found.report == clean_report(year)
    assert found.problems == ()
    assert found.places[()] == Place(file.name, 1, 1)


def test_the_example_has_no_problem(example):
    found = load.load(example)
    assert found.report is not None
    assert found.problems == ()


def test_a_missing_file_names_one_that_may_be_meant(tmp_path):
    (tmp_path / "รายงาน.yaml").touch()
    (tmp_path / "รายงาน.docx").touch()
    found = refused(tmp_path / "รายงานน.yaml")
    assert found.code == "D100"
    assert "อาจหมายถึง “รายงาน.yaml”" in found.remedy
    assert found.place == Place("รายงานน.yaml")
    assert "อาจ" not in refused(tmp_path / "ไม่มี" / "ก.yaml").remedy


def test_only_a_name_alike_is_suggested(tmp_path):
    (tmp_path / "ควนเสาธง-2568.yaml").touch()
    assert "อาจ" not in refused(tmp_path / "ท่าเดื่อ-2568.yaml").remedy
    assert "“ควนเสาธง-2568.yaml”" in refused(tmp_path / "ควนเสาธง-2568.yml").remedy


def test_a_folder_names_a_file_that_it_has(tmp_path):
    folder = tmp_path / "ก.yaml"
    folder.mkdir()
    found = refused(folder)
    assert found.code == "D101"
    assert "ในโฟลเดอร์นี้ไม่มี" in found.remedy
    (folder / "ข้อมูล.yaml").touch()
    assert "เช่น “ข้อมูล.yaml”" in refused(folder).remedy


def test_a_file_that_may_not_be_read(tmp_path, monkeypatch):
    file = tmp_path / "ก.yaml"
    file.write_text(HEAD, encoding="utf-8")
    file.chmod(0)
    if os.access(file, os.R_OK):  # root reads all the same

        def denied(*_arguments, **_options):
            raise PermissionError(13, "Permission denied")

        monkeypatch.setattr(type(file), "open", denied)
    found = refused(file)
    assert found.code == "D102"
    assert "ไม่มีสิทธิ์อ่าน" in found.message


def test_what_is_no_ordinary_file_is_not_waited_for(tmp_path):
    pipe = tmp_path / "ก.yaml"
    os.mkfifo(pipe)
    assert refused(pipe).code == "D102"


@pytest.mark.parametrize("name", ["ก\0.yaml", "ก" * 300 + ".yaml", "ก\udcff.yaml"], ids=ascii)
def test_a_name_that_cannot_be(tmp_path, name):
    found = refused(tmp_path / name)
    assert found.code in {"D100", "D102"}
    assert str(found).isprintable()
    assert str(found).encode()


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("ก.csv", "สมุดงาน"),
        ("ก.docx", "เอกสาร"),
        ("ก.pdf", "เอกสาร"),
        ("ก.png", "ภาพ"),
        ("ก.txt", ".yaml"),
        ("ก", ".yaml"),
        (".yaml", ".yaml"),
    ],
)
def test_another_kind_of_file_says_what_to_give_instead(tmp_path, name, hint):
    (tmp_path / name).write_text("a: 1", encoding="utf-8")
    found = refused(tmp_path / name)
    assert found.code == "D103"
    assert hint in found.remedy


def test_a_file_of_more_than_two_megabytes_is_not_read_whole(tmp_path):
    file = tmp_path / "ก.yaml"
    with file.open("wb") as sparse:
        sparse.truncate(10**10)
    assert refused(file).code == "D104"


@pytest.mark.parametrize("text", ["- ก\n", "ก\n", "[fiscal_year]\n", "2568\n"])
def test_a_file_without_fields(text):
    with pytest.raises(ItaReportError) as caught:
        loaded(text)
    assert [p.code for p in caught.value.problems] == ["D115"]


# -- values --------------------------------------------------------------------------------

AGENCY = "agency: {kind: เทศบาลตำบล, name: ควนเสาธง, district: ตะโหมด, province: พัทลุง}"
MEASURES = "แผนแถวที่ 1 ประเด็นที่ 1 มาตรการ โครงการ หรือกิจกรรม"
POINT = f"{MEASURES} รายการที่ 1"
VALUES = [
    # the code, an edit of the whole file, the label, words of the message, words of the remedy
    ("D120", ("fiscal_year: 2568\n", ""), "", "ปีงบประมาณ", "fiscal_year เช่น 2568"),
    ("D120", ("fiscal_year: 2568", "fiscal_year:"), "", "ปีงบประมาณ", "fiscal_year"),
    ("D120", (", province: พัทลุง", ""), "หน่วยงาน", "จังหวัด", "province"),
    ("D120", ("province: พัทลุง", "province: ' '"), "หน่วยงาน", "จังหวัด", "province"),
    ("D120", ("level: ผ่าน", "level: ~"), "ผลการประเมิน", "ระดับผลการประเมิน", "level เช่น ผ่าน"),
    ("D121", ("94.90", "'94,9O'"), "คะแนนภาพรวม", "94,9O", "ใช้จุด (.)"),
    ("D121", ("98.33", "98.33%"), "ข้อ i1", "98.33%", "เฉพาะตัวเลข ไม่ใส่ %"),
    ("D121", ("98.33", "98.33 คะแนน"), "ข้อ i1", "98.33 คะแนน", "เฉพาะตัวเลข"),
    ("D121", ("98.33", "-"), "ข้อ i1", "“-”", "หากข้อนี้ไม่มีคะแนน โปรดใช้ missing: ไม่ถูกประเมิน"),
    ("D121", ("total: 94.90", "total: '-'"), "คะแนนภาพรวม", "“-”", "เช่น 83.81"),
    ("D121", ("98.33", "NaN"), "ข้อ i1", "NaN", "83.81"),
    ("D121", ("98.33", "ร้อย"), "ข้อ i1", "ร้อย", "83.81"),
    ("D122", ("98.33", "101"), "ข้อ i1", "101", "ITAS"),
    ("D122", ("99.17", "-1"), "ตัวชี้วัดที่ 1", "-1", "ITAS"),
    ("D123", ("98.33", "98.333"), "ข้อ i1", "98.333", "2 ตำแหน่ง"),
    ("D124", ("code: i1", "code: ก"), "คะแนนแถวที่ 1 รหัสข้อ", "“ก”", "e7"),
    ("D125", ("no: 1", "no: หนึ่ง"), "ตัวชี้วัดแถวที่ 1 ลำดับตัวชี้วัด", "หนึ่ง", "ตัวเลข"),
    ("D126", ("2568", "2025"), "ปีงบประมาณ", "2025", "พ.ศ."),
    ("D127", ("level: ผ่าน", "level: ผ่าน\n  announced: พรุ่งนี้"), "วันที่ประกาศผล", "พรุ่งนี้", "ต.ค. 68"),
    ("D128", ("[มาตรการ]", r'["ก\nข"]'), POINT, "“ก”", "รวม"),
    ("D129", ("level:", "levle: ก\n  level:"), "ผลการประเมิน", "levle", "รวมเนื้อความไว้ในช่อง level"),
    ("D129", ("level:", "levle:"), "ผลการประเมิน", "levle", "แก้เป็น level"),
    ("D129", ("province:", "provinces:"), "หน่วยงาน", "provinces", "แก้เป็น province"),
    ("D129", ("province:", "Province:"), "หน่วยงาน", "Province", "แก้เป็น province"),
    ("D129", ("signatures:", "signature:"), "", "signature", "แก้เป็น signatures"),
    ("D129", ("score: 98.33", "scores: 98.33"), "ข้อ i1", "scores", "แก้เป็น score"),
    ("D129", ("level:", "website: ก\n  level:"), "ผลการประเมิน", "website", "กลุ่ม agency"),
    ("D129", ("[มาตรการ]}", "[ก], ข ค}"), "แผนแถวที่ 1 ประเด็นที่ 1", "ข ค", "จุลภาคใน { } คั่นช่อง"),
    ("D143", ("measures:", "มาตรการ:"), "แผนแถวที่ 1 ประเด็นที่ 1", "คือช่อง measures", "measures:"),
    ("D143", ("level:", "ระดับผลการประเมิน:"), "ผลการประเมิน", "ภาษาอังกฤษ", "แก้เป็น level:"),
    ("D129", ("level:", "ระดับผลการประเมิน: ก\n  level:"), "ผลการประเมิน", "ระดับผล", "ช่อง level"),
    ("D129", ("level:", "zzz:\n  level:"), "ผลการประเมิน", "zzz", "ลบช่องนี้ซึ่งไม่มีค่า (ช่องที่มีคือ total"),
    ("D129", ("level:", "zzz: ก\n  level:"), "ผลการประเมิน", "zzz", "ย้ายเนื้อความไปไว้ในช่องที่ถูก"),
    ("D129", ("level:", "mark: ก\n  level:"), "ผลการประเมิน", "mark", "ย้ายเนื้อความไปไว้ในช่องที่ถูก"),
    ("D142", ("score: 98.33", "score: 98,33"), "ข้อ i1", "“98,33”", "แก้เป็น 98.33"),
    ("D142", ("total: 94.90", "total: 94,90"), "คะแนนภาพรวม", "“94,90”", "แก้เป็น 94.90"),
    ("D142", ("total: 94.90", "total: ๙๔, ๙"), "คะแนนภาพรวม", "“๙๔, ๙”", "แก้เป็น ๙๔.๙"),
    ("D141", ("code: i1", "code:i1"), "", "“code:i1”", "เป็น code: i1"),
    ("D144", ("[มาตรการ]}", '"-มาตรการ"}'), MEASURES, "“-มาตรการ”", "เป็น - มาตรการ"),
    ("D130", ("98.33", "98.33, missing: ไม่ถูกประเมิน"), "ข้อ i1", "missing", "ลบ"),
    ("D131", (", score: 98.33", ""), "ข้อ i1", "ไม่มีคะแนน", "missing: ไม่แสดงในผลที่เผยแพร่"),
    ("D131", ("98.33", ""), "ข้อ i1", "ไม่มีคะแนน", "missing: ไม่ถูกประเมิน"),
    ("D132", ("98.33", "98.33, part1: 90"), "ข้อ i1", "part1", "part2"),
    ("D133", (AGENCY, "agency: ควนเสาธง"), "หน่วยงาน", "ข้อความ", "kind, name"),
    ("D133", ("{code: i1, score: 98.33}", "i1"), "คะแนนแถวที่ 1", "ข้อความ", "code, score"),
    ("D133", ("signatures: [{}]", "signatures: [~]"), "ผู้ลงนามคนที่ 1", "ค่าว่าง", "role, name"),
    ("D134", ("[มาตรการ]", "{ก: มาตรการ}"), MEASURES, "กลุ่มของช่อง", "ใส่ - นำหน้า"),
    ("D134", ("signatures: [{}]", "signatures: {}"), "ผู้ลงนาม", "กลุ่มของช่อง", "ใส่ - นำหน้า"),
    ("D135", ("98.33", "[98.33]"), "ข้อ i1", "รายการ", "ค่าเดียว"),
    ("D135", ("[มาตรการ]", "[{จัดอบรม: สองครั้ง}]"), POINT, "กลุ่มของช่อง", "คำพูด"),
    ("D146", ("[มาตรการ]", "[จัดอบรม: สองครั้ง]"), POINT, "“: ”", '"จัดอบรม: สองครั้ง"'),
    ("D135", ("level: ผ่าน", "level: {ก: ข}"), "ระดับผลการประเมิน", "กลุ่มของช่อง", "ค่าเดียว"),
    (
        "D136",
        ("score: 98.33", "missing: ไม่แสดง"),
        "ข้อ i1 เหตุที่ไม่มีคะแนน",
        "ไม่แสดง",
        "ไม่ถูกประเมิน หรือ ไม่แสดงในผลที่เผยแพร่",
    ),
    (
        "D136",
        ("level:", "tools: [{tool: eit, part: 3, score: 90}]\n  level:"),
        "คะแนน EIT ส่วนที่ 3 ส่วนของเครื่องมือ",
        "3",
        "1 หรือ 2",
    ),
    ("D137", ("[{}]", "[]"), "ผู้ลงนาม", "อย่างน้อย 1", "เพิ่ม"),
    ("D138", ("[{}]", "[{}, {}, {}, {}, {}, {}]"), "ผู้ลงนาม", "มี 6 รายการ รับได้ไม่เกิน 5", "ลด"),
    (
        "D147",
        ("[{}]", "[{position: [ก, ข, ค]}]"),
        "ผู้ลงนามคนที่ 1 ตำแหน่ง",
        "มี 3 บรรทัด พิมพ์ได้ไม่เกิน 2",
        "รวมบรรทัด",
    ),
    ("D150", ("[มาตรการ]", r'["ก\aข"]'), POINT, "BELL (U+0007) ใกล้ “ก?ข”", "ลบ"),
    ("D152", ("name: ควนเสาธง", 'name: "\\u0378"'), "ชื่อหน่วยงาน", "U+0378", "ลบ"),
    ("D153", ("name: ควนเสาธง", "name: \ue000"), "ชื่อหน่วยงาน", "U+E000", "แทน"),
    ("D153", ("name: ควนเสาธง", "name: ที\ue000่"), "ชื่อหน่วยงาน", "U+E000", "แทน"),
    ("D154", ("name: ควนเสาธง", "name: ้ควนเสาธง"), "ชื่อหน่วยงาน", "ไม้โท (U+0E49)", "พยัญชนะ"),
]


@pytest.mark.parametrize(("code", "edit", "label", "message", "remedy"), VALUES)
def test_a_value_that_is_wrong_is_told_with_its_place(code, edit, label, message, remedy):
    found = edited(*edit)
    assert found.report is None
    (told,) = found.problems
    assert (told.code, told.label) == (code, label)
    assert message in told.message
    assert remedy in told.remedy
    assert told.place is not None
    assert told.place.file == "ก.yaml"
    first_changed = HEAD[: HEAD.index(edit[0])].count("\n") + 1
    assert told.place.line is not None
    assert abs(told.place.line - first_changed) <= 2 or told.where == ("fiscal_year",)


def test_every_code_of_the_values_has_its_case():
    shown = {code for code, *_ in VALUES}
    ours = {code for code in SENTENCES if "D120" <= code <= "D147" or "D150" <= code <= "D154"}
    assert ours - shown == {
        "D139",  # a note
        "D140",  # what no value brings about
        "D145",  # the reader's
        "D151",  # JSON alone can say half a surrogate pair
    }


@pytest.mark.parametrize("field", ["agency__name", "result__total", "fiscal_year", "plan"])
def test_half_a_surrogate_pair_in_json(field):
    data = clean_data(catalogue.load(2568), **{field: "ก\ud800"})
    found = load.load_bytes(json.dumps(data).encode(), "ก.json")
    assert "D151" in [told.code for told in found.problems]
    assert all(str(told).encode() for told in found.problems)


def test_half_a_surrogate_pair_in_a_name_of_a_field():
    found = load.load_bytes(json.dumps({"ก\ud800": {"\udc00": 1}}).encode(), "ก.json")
    assert "D129" in [told.code for told in found.problems]
    assert all(str(told).encode() for told in found.problems)


def test_a_complaint_that_the_table_does_not_know_is_told_all_the_same():
    from pydantic import BaseModel, ValidationError

    from itareport.reading.load import complaints

    class Report(BaseModel):
        fiscal_year: float

    with pytest.raises(ValidationError) as caught:
        Report.model_validate({"fiscal_year": "ก"})
    (told,) = complaints.problems(caught.value, {"fiscal_year": "ก"}, ())
    assert told.code == "D140"
    assert "“ก”" in told.message


def test_all_problems_are_told_at_once():
    text = (
        HEAD.replace("2568", "68")
        .replace("94.90", "101")
        .replace("{code: i1, score: 98.33}", "{code: ก, score: x, part1: 90, missing: ไม่มี, xyz: 1}")
        .replace("issue: 1", "issue: หนึ่ง")
        .replace("[{}]", '[{name: "\\a", date: x}]')
    )
    found = loaded(text)
    assert [(p.code, p.where) for p in found.problems] == [
        ("D126", ("fiscal_year",)),
        ("D122", ("result", "total")),
        ("D124", ("scores", 0, "code")),
        ("D121", ("scores", 0, "score")),
        ("D136", ("scores", 0, "missing")),
        ("D130", ("scores", 0, "missing")),
        ("D129", ("scores", 0, "xyz")),
        ("D125", ("plan", 0, "issue")),
        ("D150", ("signatures", 0, "name")),
        ("D127", ("signatures", 0, "date")),
    ]


def test_no_problem_is_told_twice():
    found = edited("98.33", r'"9\a8.33"')
    assert [p.code for p in found.problems] == ["D150"]


def test_a_note_on_a_field_hides_no_error_of_it():
    found = edited("98.33", "'9\u00a08,33'")
    assert found.report is None
    assert [p.code for p in found.problems] == ["D156", "D121"]


def test_a_problem_speaks_neither_english_nor_of_our_classes():
    found = loaded("fiscal_year: [1]\nagency: 1\nresult: {indicators: 1}\nscores: [1]\nplan: x\n")
    assert len(found.problems) > 5
    for told in found.problems:
        said = f"{told.label} {told.message}"
        assert not any(
            word in said for word in ("Input", "should", "valid", "Report", "Agency", "type=")
        )
        assert told.remedy.startswith("โปรด")


def test_long_and_unprintable_values_are_cut_in_messages():
    (told,) = edited("98.33", "ร" * 5000).problems
    assert len(told.message) < 120
    (told,) = edited("level:", '"\\t{}%s": 1\n  level:').problems
    assert told.code == "D129"
    assert told.message.isprintable()


def test_empty_fields_that_may_be_left_out_are():
    found = loaded(HEAD + "remarks:\ngraph: ~\nissues: null\n")
    assert found.problems == ()
    assert found.report is not None
    assert (found.report.remarks, found.report.graph) == ((), None)


def test_an_empty_point_stays_for_the_check_to_find():
    found = edited("[มาตรการ]", "[มาตรการ, ~, '']")
    assert found.report is not None
    assert found.report.plan[0].measures == ("มาตรการ", "", "")


def test_an_explicit_empty_remark_is_kept():
    found = loaded(HEAD + 'remarks: [{code: i1, text: ""}]\n')
    assert found.report is not None
    assert found.report.remarks[0].text == ""


# -- text that YAML would lose or part -----------------------------------------------------

PLAN = "  - {issue: 1, measures: [มาตรการ]}\n"


def planned(*lines: str) -> load.Loaded:
    """Load the smallest whole file with another row of the plan."""
    row = "  - issue: 1\n" + "".join(f"    {line}\n" for line in lines)
    assert PLAN in HEAD
    return loaded(HEAD.replace(PLAN, row))


@pytest.mark.parametrize(
    ("line", "comment", "column"),
    [
        ("measures: [ก]\n    steps:\n      - คู่มือ #1 ของตำบล", "#1 ของตำบล", 16),
        ("measures:\n      - คู่มือ # 1 ของตำบล", "# 1 ของตำบล", 16),
        ("measures:\n      - 'คู่มือ' #ก", "#ก", 18),
        ("measures:\n      - #1 ของตำบล", "#1 ของตำบล", 9),
        ("measures: คู่มือ #๑", "#๑", 22),
    ],
)
def test_text_after_a_hash_is_told(line, comment, column):
    found = planned(line)
    assert found.report is not None
    (told,) = found.problems
    assert (told.code, told.severity) == ("D118", Severity.WARNING)
    assert f"“{comment}”" in told.message
    assert told.place is not None
    assert told.place.column == column


@pytest.mark.parametrize(
    "line",
    [
        "measures:\n      - คู่มือ # ใช้ของเดิม",
        "measures:\n      - คู่มือ#1",
        'measures:\n      - "คู่มือ #1 ของตำบล"',
        "measures: [คู่มือ] #1",
        "measures: [คู่มือ]  ### แก้แล้ว",
        "measures: [คู่มือ]\n    #steps: [ก]",
        "measures:\n      - |\n        คู่มือ #1 ของตำบล",
    ],
)
def test_other_comments_are_left_alone(line):
    assert planned(line).problems == ()


def test_a_comment_after_a_figure_is_no_text():
    assert edited("98.33}", "98.33}  #แก้แล้ว").problems == ()
    assert edited("  total: 94.90", "  total: 94.90 #แก้แล้ว").problems == ()
    (told,) = edited("level: ผ่าน", "level: ผ่าน #แก้แล้ว").problems
    assert told.code == "D118"


@pytest.mark.parametrize(
    ("items", "first", "last"),
    [
        ("ตัวชี้วัดที่ 8 (e7, e9)", "ตัวชี้วัดที่ 8 (e7", "e9)"),
        ("ข้อ i1, ตัวชี้วัดที่ 8 (e7, e8, e9), ก", "ตัวชี้วัดที่ 8 (e7", "e9)"),
        ("โครงการ “ก, ข” ของตำบล", "โครงการ “ก", "ข” ของตำบล"),
        ("อบรม 1,200 คน", "อบรม 1", "200 คน"),
        ("งบ 1,200,000 บาท", "งบ 1", "000 บาท"),
    ],
)
def test_a_text_parted_by_its_commas_is_told(items, first, last):
    found = planned(f"findings: [{items}]")
    assert found.report is not None
    (told,) = found.problems
    assert (told.code, told.severity) == ("D119", Severity.WARNING)
    assert f"“{first}” และ “{last}”" in told.message
    assert "- นำหน้า" in told.remedy


@pytest.mark.parametrize(
    "items",
    [
        "ข้อ i1, ข้อ i2",
        "ข้อ i1 (ก), ข้อ i2 (ข)",
        "'ก (e7', 'e9)'",
        "1) ก, 2) ข",
        "ก (ข, ค",
        "ปี 2568, 2569",
        "ปี 2568,2569",
        "กอง 1,กอง 2",
        "อบรม 1,\n" + " " * 22 + "200 คน",  # as far to the right as behind the comma
    ],
)
def test_items_that_stand_by_themselves_are_left_alone(items):
    assert planned(f"findings: [{items}]").problems == ()


def test_a_dash_lost_in_a_list_is_told_with_its_line():
    joined = planned("measures:", "  - ก", "   ข", "  - ค")
    first = planned("measures:", "  ก", "  - ข")
    assert [p.code for p in (*joined.problems, *first.problems)] == ["D149", "D149"]
    assert [p.place.line for p in (*joined.problems, *first.problems) if p.place] == [13, 12]
    (glued,) = planned("measures:", "  - ก", "   -ข").problems
    assert (glued.code, glued.place and glued.place.line) == ("D144", 13)
    assert planned("measures:", "  - ก", "    ข", "  - ค").problems == ()
    assert planned("measures: ก", "  ข").problems == ()


# -- one slip, one message -----------------------------------------------------------------

ROWS = "  - {code: i1, score: 98.33}\n"


def scored(*rows: str) -> load.Loaded:
    return loaded(HEAD.replace(ROWS, "".join(f"  - {row}\n" for row in rows)))


def test_colons_without_a_space_are_told_once():
    rows = [f"{{code:i{n}, score:100.00}}" for n in (1, 2, 3)]
    found = scored(*rows, "{code: i4, score: 1}", "{code: i5, score:100.00}")
    (told,) = found.problems
    assert told.code == "D141"
    assert told.message == "ไม่มีเว้นวรรคหลัง : ใน “code:i1” รวม 7 แห่ง (บรรทัด 8-10, 12)"
    assert told.remedy == "โปรดเติมเว้นวรรค เป็น code: i1"
    assert (told.place and told.place.line, told.place and told.place.column) == (8, 6)
    assert found.report is None
    assert found.part is not None
    scores = [str(row.score) for row in found.part.report.scores]
    assert scores == ["100.00", "100.00", "100.00", "1.00", "100.00"]


def test_decimal_commas_are_told_once():
    found = scored("{code: i1, score: 97,50}", "{code: e1, part1: 100,00, part2: 100,00}")
    (told,) = found.problems
    assert told.code == "D142"
    assert told.message == "คะแนน “97,50” ใช้จุลภาคคั่นทศนิยม รวม 3 แห่ง (บรรทัด 8-9)"
    assert told.remedy == "โปรดแก้เป็น 97.50"
    assert found.part is not None
    assert str(found.part.report.scores[1].part2) == "100.00"


@pytest.mark.parametrize("value", ["1,200", "97,505", "97,", ",5", "97,5,0"])
def test_other_commas_are_no_decimal_commas(value):
    (told,) = edited("98.33", f"'{value}'").problems
    assert told.code == "D121"


def test_a_name_without_its_letter_is_read_as_meant():
    found = edited("measures:", "measure:")
    (told,) = found.problems
    assert (told.code, told.place and told.place.column) == ("D129", 16)
    assert found.part is not None
    assert found.part.report.plan[0].measures == ("มาตรการ",)
    assert found.places["plan", 0, "measures"].line == 10


def test_one_text_is_a_list_of_one_point():
    found = edited("[{}]", "[{position: ปลัดเทศบาล}]")
    assert found.problems == ()
    assert found.report is not None
    assert found.report.signatures[0].position == ("ปลัดเทศบาล",)
    report = planned("measures: มาตรการ, และอีกหนึ่ง", "steps: ''").report
    assert report is not None
    assert report.plan[0].measures == ("มาตรการ, และอีกหนึ่ง",)
    assert report.plan[0].steps == ()


def test_a_fault_in_a_block_has_its_own_line():
    text = "remarks:\n  - code: i1\n    text: |\n      ก\n\n      ข\ue000ค\n      ง ้\n"
    first, second = loaded(HEAD + text).problems
    assert (first.code, first.place) == ("D153", Place("ก.yaml", 17))
    assert (second.code, second.place) == ("D154", Place("ก.yaml", 18))


# -- what can be checked of a refused report -----------------------------------------------


def test_faulty_rows_give_way_to_stand_ins():
    found = scored("{code: i1, score: -}", "{code: i2, score: 90}", "{code: ข้อหนึ่ง, score: 90}")
    assert found.report is None
    assert found.part is not None
    assert found.part.left_out == {("scores", 0), ("scores", 2)}
    rows = found.part.report.scores
    assert [row.code for row in rows] == ["i1", "i2", "i999"]
    assert rows[0].known == ()
    assert found.part.unsure == {Flag.NEEDS_SCORE, Flag.NEEDS_ALL_SCORES}


@pytest.mark.parametrize(
    ("old", "new", "left"),
    [
        ("94.90", "ร้อย", ("result", "total")),
        ("no: 1", "no: x", ("result", "indicators")),
        ("level:", "announced: x\n  level:", ("result", "announced")),
        ("level:", "tools: [{tool: IIT}]\n  level:", ("result", "tools")),
        ("name: ควนเสาธง", "name: ควนเสาธง, website: [1]", ("agency", "website")),
        ("issue: 1", "issue: 1, steps: [{}]", ("plan", 0)),
        ("[{}]", "[{}, {date: x}]", ("signatures", 1)),
        ("[{}]", "[]", ("signatures",)),
    ],
)
def test_what_is_left_out_is_named(old, new, left):
    found = edited(old, new)
    assert found.report is None
    assert found.part is not None
    assert found.part.left_out == {left}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("2568", "68"),
        ("province: พัทลุง", "province: [1]"),
        ("name: ควนเสาธง", "name: {}"),
        ("plan:", "issues: [{no: 1, items: [x]}]\nplan:"),
    ],
)
def test_nothing_is_checked_where_all_leans_on_what_is_faulty(old, new):
    found = edited(old, new)
    assert (found.report, found.part) == (None, None)


def test_a_sound_report_has_no_part():
    assert loaded(HEAD).part is None


def test_only_sure_problems_are_told_of_a_part():
    report = clean_report(catalogue.load(2568))
    part = load.Part(report, frozenset({("plan", 1)}), frozenset({Flag.NEEDS_PLAN_ROW}))
    told = [
        Problem("D227", Severity.ERROR, ("plan", 0), "", "", ""),
        Problem("D227", Severity.ERROR, ("plan", 1, "steps"), "", "", ""),
        Problem("D260", Severity.WARNING, ("scores", 0), "", "", ""),
        Problem("D201", Severity.ERROR, ("scores", 1), "", "", "", also=(("plan", 1),)),
        Problem("D300", Severity.UNCHECKED, ("scores", 1), "", "", ""),
    ]
    assert part.sure(told) == (told[0],)
    assert load.Part(report).sure(told) == tuple(told)


# -- mending -------------------------------------------------------------------------------


def test_text_is_mended_and_told_with_its_place():
    found = edited("[มาตรการ]", '["\u200bนํ้า\u00a0เเละ"]')
    assert found.report is not None
    assert found.report.plan[0].measures == ("น้ำ และ",)
    (told,) = found.problems
    assert (told.code, told.severity) == ("D156", Severity.NOTE)
    assert told.where == ("plan", 0, "measures", 0)
    assert told.place == Place("ก.yaml", 10, 27)
    for said in (
        "ZWSP) 1 แห่ง",
        "NBSP) เป็นเว้นวรรคธรรมดา 1 แห่ง",
        "สระอำ (ำ) 1 แห่ง",
        "สระแอ (แ) 1 แห่ง",
    ):
        assert said in told.message


def test_text_without_anything_to_mend_is_not_spoken_of():
    assert edited("[มาตรการ]", "[น้ำ และ กี่]").problems == ()


@pytest.mark.parametrize("typed", ["98.33\u00a0", "\u200b98.33", "๙๘.๓๓", " 98 .33 "])
def test_scores_survive_what_sticks_to_them(typed):
    report = edited("98.33", f"'{typed}'").report
    assert report is not None
    assert str(report.scores[0].score) == "98.33"


def test_letters_typed_as_zeros_are_told_once_a_list():
    text = HEAD.replace(
        "{code: i1, score: 98.33}", "{code: ๐๑, score: 1}\n  - {code: 0๒, score: 1}"
    )
    found = loaded(text + "issues: [{no: 1, items: [๐๗, o8]}]\nremarks: [{code: o1, text: ก}]\n")
    assert found.report is not None
    assert [row.code for row in found.report.scores] == ["o1", "o2"]
    scores, issues = found.problems
    assert {told.code for told in found.problems} == {"D139"}
    assert scores.severity is Severity.NOTE
    assert scores.where == ("scores", 0, "code")
    assert "2 แห่ง" in scores.message
    assert "“๐๑” เป็น o1, “0๒” เป็น o2" in scores.message
    assert issues.where == ("issues", 0, "items", 0)


def test_codes_in_their_other_forms_need_no_telling():
    assert edited("code: i1", "code: ข้อ I๑").problems == ()


# -- labels --------------------------------------------------------------------------------

DATA = {
    "scores": [{}, {}, {}, {"code": "E๗"}, {"code": "?"}],
    "remarks": [{"code": "o7"}],
    "plan": [{}, {}, {"issue": "๒"}],
    "issues": [{"no": "5", "items": ["i4"]}],
    "result": {
        "indicators": [{"no": "3"}, {}],
        "tools": [{"tool": "eit", "part": "1"}, {}],
        "last_year": {"indicators": [{"no": "4"}]},
    },
}  # fmt: skip


@pytest.mark.parametrize(
    ("path", "label"),
    [
        ((), ""),
        (("fiscal_year",), "ปีงบประมาณ"),
        (("agency",), "หน่วยงาน"),
        (("agency", "province"), "จังหวัด"),
        (("agency", "units", 1), "ส่วนราชการภายใน รายการที่ 2"),
        (("scores",), "คะแนนรายข้อ"),
        (("scores", 3), "ข้อ e7"),
        (("scores", 3, "score"), "ข้อ e7"),
        (("scores", 3, "part1"), "ข้อ e7 คะแนนส่วนที่ 1"),
        (("scores", 4), "คะแนนแถวที่ 5"),
        (("scores", 99), "คะแนนแถวที่ 100"),
        (("remarks", 0, "text"), "ข้อวิเคราะห์ข้อ o7"),
        (("remarks", 1), "ข้อวิเคราะห์แถวที่ 2"),
        (("plan", 2), "แผนแถวที่ 3 ประเด็นที่ 2"),
        (("plan", 0), "แผนแถวที่ 1"),
        (("plan", 2, "steps"), "แผนแถวที่ 3 ประเด็นที่ 2 ขั้นตอนหรือวิธีการดำเนินการ"),
        (("plan", 2, "steps", 1), "แผนแถวที่ 3 ประเด็นที่ 2 ขั้นตอนหรือวิธีการดำเนินการ รายการที่ 2"),
        (("issues", 0), "การจัดข้อประเด็นที่ 5"),
        (("issues", 0, "items", 0), "การจัดข้อประเด็นที่ 5 ข้อในประเด็น รายการที่ 1"),
        (("signatures", 0), "ผู้ลงนามคนที่ 1"),
        (("signatures", 0, "date"), "ผู้ลงนามคนที่ 1 วันที่ลงนาม"),
        (("result",), "ผลการประเมิน"),
        (("result", "total"), "คะแนนภาพรวม"),
        (("result", "indicators", 0), "ตัวชี้วัดที่ 3"),
        (("result", "indicators", 1), "ตัวชี้วัดแถวที่ 2"),
        (("result", "tools", 0), "คะแนน EIT ส่วนที่ 1"),
        (("result", "tools", 1, "score"), "เครื่องมือแถวที่ 2"),
        (("result", "last_year", "total"), "ผลของปีก่อน คะแนนภาพรวม"),
        (("result", "last_year", "indicators", 0, "score"), "ผลของปีก่อน ตัวชี้วัดที่ 4"),
        (("ไม่มี", 3, "ก"), "รายการที่ 4"),
    ],
)
def test_a_field_has_the_name_that_clerks_know(path, label):
    assert described.label(path, DATA) == label


def test_labels_of_a_report_are_those_of_its_data():
    year = catalogue.load(2568)
    data, report = clean_data(year), clean_report(year)
    for path in [
        ("scores", 20),
        ("plan", 2),
        ("result", "indicators", 9),
        ("signatures", 0, "name"),
    ]:
        assert described.label(path, report) == described.label(path, data)
    assert described.label(("scores", 20), report) == "ข้อ e6"


# -- speed ---------------------------------------------------------------------------------


def test_a_whole_file_is_loaded_with_few_calls(example):
    """Reading it twice takes more; so does a composer of Python objects, which is as slow."""
    data = example.read_bytes()
    values = len(load.load_bytes(data, example.name).places)
    calls = itertools.count()
    before = sys.getprofile()
    sys.setprofile(lambda *_: next(calls))
    try:
        load.load_bytes(data, example.name)
    finally:
        sys.setprofile(before)
    of_parser = 0 if hasattr(yaml, "CSafeLoader") else 800
    assert next(calls) < (200 + of_parser) * values
