"""The example and the two fixtures of the reference report, from file to document."""

import re

import pytest
from openxml_audit import FileFormat, OpenXmlValidator

from documents import merges, reading, tables
from itareport.actions import build, prepare
from itareport.problems import ExitStatus, Severity

BUILT = ["examples/kuansaothong-2568.yaml", "tests/fixtures/as-normalised.yaml"]
PRINTED = "tests/fixtures/as-printed.yaml"


def _checked(repo, file):
    return prepare.check_file(repo / file, prepare.Options())


def _docx(repo, file, **options) -> bytes:
    checked = _checked(repo, file)
    assert checked.ready is not None
    made, lost = build.docx(checked.ready, prepare.Options(**options))
    assert lost == ()
    return made


@pytest.mark.parametrize("file", BUILT)
def test_the_document_reads_as_it_did(repo, golden, file):
    name = file.rsplit("/", 1)[1].removesuffix(".yaml")
    golden(f"documents/{name}.txt", reading(_docx(repo, file)))


@pytest.mark.parametrize("file", BUILT)
@pytest.mark.parametrize("options", [{}, {"digits": "arabic", "graph": "bar"}, {"graph": "none"}])
def test_microsofts_schemas_find_no_error(repo, tmp_path, file, options):
    (tmp_path / "r.docx").write_bytes(_docx(repo, file, **options))
    validator = OpenXmlValidator(file_format=FileFormat.MICROSOFT_365)
    assert list(validator.validate(str(tmp_path / "r.docx")).errors) == []


@pytest.mark.parametrize("file", BUILT)
def test_the_same_input_gives_the_same_bytes(repo, file):
    assert _docx(repo, file) == _docx(repo, file)


def test_the_example_gives_no_error_and_only_honest_warnings(repo):
    problems = _checked(repo, BUILT[0]).problems
    told = [(p.code, p.message) for p in problems if p.severity is not Severity.UNCHECKED]
    assert [code for code, _ in told] == ["D244"]
    assert all(value in told[0][1] for value in ("90.00", "81.25", "87.50", "93.75"))


def test_the_examples_document_holds_everything_in_order(repo):
    text = reading(_docx(repo, BUILT[0]))
    wanted = [
        "Title: มาตรการส่งเสริมคุณธรรม", "Title: เทศบาลตำบลควนเสาธง", "ReportTitleFirst:",
        "ได้คะแนนภาพรวม ๙๔.๙๐ คะแนน มีผลการประเมินอยู่ในระดับผ่าน", "<drawing>", "H แบบ | ลำดับ", "ส่วนที่ ๑",
        *(f"Heading2: ประเด็นที่ {n}" for n in "๑๒๓๔๕๖๗"), "--- portrait", "ส่วนที่ ๒",
        *(f"  ~ {n}. " for n in "๑๒๓๔๕๖๗"), "--- landscape", "ผู้จัดทำรายงาน", "ผู้ตรวจสอบ", "ผู้อนุมัติ",
    ]  # fmt: skip
    place = 0
    for part in wanted:
        found = text.find(part, place)
        assert found >= 0, part
        place = found


def test_as_normalised_builds_the_tables_of_the_reference(repo):
    made = _docx(repo, BUILT[1])
    found = []
    for table, signs in zip(tables(made)[1:8], merges(made)[1:8], strict=True):
        tool = topic = ""
        for row, sign in zip(table[1:], signs[1:], strict=True):
            topic, tool = row[1][0] or topic, row[2][0] or tool
            if sign[1] != "c":
                found.append(f"issue {row[0][0].rstrip('.')} {topic}")
            found.append(
                f"{tool} {row[3][0].removeprefix('ข้อ ')} {row[4][0]} {_cell(row[5], sign[5])}"
            )
    wanted = (repo / "tests/fixtures/reference-2568.txt").read_text(encoding="utf-8").splitlines()
    thai = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
    assert [line.translate(thai) for line in found] == [
        li for li in wanted if not li.startswith("#")
    ]


def _cell(paragraphs, sign) -> str:
    if sign == "c":
        return "|"
    text = "".join(paragraphs)
    return "K" if text == "รักษาระดับ" else "T" if text else "-"


def test_as_normalised_has_warnings_but_no_error(repo):
    checked = _checked(repo, BUILT[1])
    severities = {p.severity for p in checked.problems}
    assert Severity.WARNING in severities
    assert Severity.ERROR not in severities


@pytest.mark.parametrize(
    ("fault", "pattern"),
    [
        ("1 e3 twice", r"D202.*e3 ซ้ำกัน และไม่พบข้อ e7"),
        ("1 o15 in two issues", r"D249.*o15 อยู่ทั้งในประเด็นที่ 5 และประเด็นที่ 6"),
        ("1 o26 nowhere", r"D200.*o26"),
        ("2 letter variants", r"D139.*“๐๗” เป็น o7"),
        ("2 letter variants in prose", r"D263.*0๘, 0๙"),
        ("3 the numbers of 2567", r"D250.*ประเด็นที่ 2 มีข้อ o12 ซึ่งในปี 2568 คือ รายการการจัดซื้อ"),
        ("4 i15 without a remark", r"D254.*i15"),
        ("4 o27 speaks of o15", r"D256.*o27.*o15 รายงานผลการบริหารและพัฒนาทรัพยากรบุคคลประจำปี"),
        ("5 o14 under 9.2", r"D262.*o14, o15 ใต้ตัวชี้วัดย่อยที่ 9.2.*9.4"),
        *((f"5 {c} unanswered", rf"D260.*ข้อ {c} ได้")
          for c in ("i1", "i2", "i4", "i5", "i6", "i13", "i14", "e1", "e2", "e8", "e9")),
        ("6 two spellings", r"D267.*ควนเสารัง.*ควนเสาธง"),
        ("6 leftover", r"D266.*นำกราฟผลการประเมินฯ"),
        ("6 HTML", r"D227.*<p>"),
        ("7 indicator 10", r"D244.*90.00.*81.25, 87.50 หรือ 93.75"),
        ("7 the EIT half is unsaid", r"D3\d\d.*ตัวชี้วัดที่ 6.*ส่วน"),
        ("8 wrongdoing as fact", r"D257.*i5"),
    ],
)  # fmt: skip
def test_as_printed_names_the_faults_of_the_report(repo, fault, pattern):
    told = "\n".join(f"{p.code} {p}" for p in _checked(repo, PRINTED).problems)
    assert re.search(pattern, told), f"{fault}\n{told}"


def test_as_printed_cannot_be_built(repo, tmp_path):
    built = build.report(repo / PRINTED, build.Run(tmp_path))
    assert built.exit_status == ExitStatus.DATA
    assert list(tmp_path.iterdir()) == []
