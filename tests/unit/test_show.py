import io
import json
import os
import re
from pathlib import Path

import pytest

from itareport.actions import catalogues
from itareport.actions.outcome import FileOutcome, of_files
from itareport.problems import ExitStatus, ItaReportError, Place, problem
from itareport.terminal import show
from itareport.terminal.progress import Progress

DATA = problem("D122", ("scores", 0, "score"), label="ข้อ i1", value="101")
FULL = problem("O602", file="a.docx", folder="out")


def _status(*problems_of_files):
    return of_files(FileOutcome(problems) for problems in problems_of_files).exit_status


def _printed(outcome, capsys):
    show.lines(show.of_files(of_files([outcome]), verbose=False))
    return capsys.readouterr().out


@pytest.mark.parametrize(
    ("files", "status"),
    [
        ([()], ExitStatus.OK),
        ([(DATA,)], ExitStatus.DATA),
        ([(FULL, DATA)], ExitStatus.DATA),
        ([(), (DATA,)], ExitStatus.SOME_FAILED),
        ([(FULL,), (DATA,)], ExitStatus.DATA),
    ],
)
def test_the_status_of_one_and_of_several_files(files, status):
    assert _status(*files) == status


def test_a_problem_is_told_with_place_field_and_remedy(capsys):
    placed = DATA.at(Place("a.yaml", 12, 5))
    out = _printed(FileOutcome((placed,), file="x/a.yaml"), capsys)
    assert "  บรรทัด 12 คอลัมน์ 5 (ข้อ i1): คะแนน 101" in out
    assert re.search(r" \| โปรด.* \[D122\]$", out, re.MULTILINE)


def test_a_problem_of_another_file_names_that_file():
    stream = io.StringIO()
    show.problems([DATA.at(Place("c.yaml", 3))], stream=stream, file="a.yaml")
    assert "ไฟล์ c.yaml บรรทัด 3" in stream.getvalue()


def _of_line(line, value="101"):
    found = problem("D122", ("scores", line, "score"), label=f"ข้อ i{line}", value=value)
    return found.at(Place("a.yaml", line))


def test_a_sentence_that_repeats_is_printed_once_with_its_places(capsys):
    out = _printed(FileOutcome(tuple(map(_of_line, range(1, 4))), file="a.yaml"), capsys)
    assert "ข้อผิดพลาด (3)" in out
    assert out.count("คะแนน 101 ไม่อยู่ระหว่าง") == out.count("[D122]") == 1
    assert "(3 แห่ง) | โปรด" in out
    assert "\n    บรรทัด 1 (ข้อ i1)\n    บรรทัด 2 (ข้อ i2)\n    บรรทัด 3 (ข้อ i3)\n" in out


@pytest.mark.parametrize(("value", "what"), [("101", "แห่ง"), (None, "เรื่องชนิดเดียวกัน")])
def test_of_one_kind_twenty_are_printed(capsys, value, what):
    lines = range(1, 251)
    found = tuple(_of_line(line, value or str(line + 100)) for line in lines)
    outcome = of_files([FileOutcome((*found, FULL), file="a.yaml")])
    show.lines(show.of_files(outcome, verbose=False))
    out = capsys.readouterr().out
    assert "ข้อผิดพลาด (251)" in out
    assert "บรรทัด 20 " in out
    assert "บรรทัด 21 " not in out
    assert f"อีก 230 {what} ดูทั้งหมดได้ด้วย -v" in out
    assert "[O602]" in out  # another kind is not crowded out
    show.lines(show.of_files(outcome, verbose=True))
    out = capsys.readouterr().out
    assert "บรรทัด 250 " in out
    assert "ดูทั้งหมดได้" not in out


def test_cells_that_share_a_sentence_share_a_line():
    def at(row, value="101"):
        found = problem("D122", ("scores", row, "score"), label=f"ข้อ i{row}", value=value)
        return found.at(Place("a.xlsx", row, 4, "คะแนน", f"D{row}"))

    stream = io.StringIO()
    show.problems([at(3), at(5), at(4, "102")], stream=stream, file="a.xlsx")
    first, second = stream.getvalue().splitlines()[2:]
    assert re.match(r"    D3, D5 +ข้อ i3 และอีก 1 แห่ง  คะแนน 101 .* \[D122\]$", first)
    assert re.match(r"    D4 +ข้อ i4 .* คะแนน 102 ", second)
    stream = io.StringIO()
    found = [at(row, str(100 + row)) for row in range(1, 31)]
    show.problems(found, stream=stream, file="a.xlsx")
    assert "D20 " in stream.getvalue()
    assert "D21 " not in stream.getvalue()
    assert "อีก 10 เรื่องชนิดเดียวกัน [D122]" in stream.getvalue()


def test_what_could_not_be_checked_is_listed_and_counted(capsys):
    out = _printed(FileOutcome((problem("D308", tools="EIT"),), file="a.yaml"), capsys)
    assert "เรื่องที่โปรแกรมตรวจไม่ได้ โปรดตรวจเอง (1)" in out
    assert "[D308]" in out
    assert "มี 1 เรื่องที่โปรแกรมตรวจไม่ได้ โปรดตรวจเอง" in out


def test_a_report_without_its_pdf_is_not_called_unmade(capsys):
    lost = problem("P504", why="ก", status="1")
    out = _printed(FileOutcome((lost,), (Path("out/a.docx"),), "a.yaml"), capsys)
    assert "พบข้อผิดพลาด 1 เรื่อง ได้ไฟล์ Word แล้ว แต่ยังไม่ได้ PDF" in out
    assert "ยังจัดทำรายงานไม่ได้" in _printed(FileOutcome((lost,), (), "a.yaml"), capsys)


def test_of_many_cells_the_first_are_named():
    cells = [Place("a.xlsx", row, 1, "ก", f"A{row}") for row in range(2, 12)]
    stream = io.StringIO()
    first = Place("a.xlsx", 1, 1, "ก", "A1")
    show.problems([DATA.at(first, cells)], stream=stream, file="a.xlsx")
    assert "A1, A2, A3, A4, A5, A6 และอีก 5 แห่ง" in stream.getvalue()


def test_json_holds_every_fact(capsys):
    placed = DATA.at(Place("a.yaml", 12, 5), [Place("a.yaml", 3)])
    show.as_document(of_files([FileOutcome((placed,), (Path("out/a.docx"),), "a.yaml", 3)]))
    facts = json.loads(capsys.readouterr().out)
    assert facts["status"] == 3
    (found,) = facts["files"][0]["problems"]
    assert found["field"] == "scores.0.score"
    assert found["place"] == {"file": "a.yaml", "line": 12, "column": 5}
    assert found["also"] == [{"file": "a.yaml", "line": 3}]


@pytest.mark.parametrize("typed", ["2568", "๒๕๖๘", " 2568 "])
def test_a_year_may_be_typed_in_either_digits(typed):
    assert catalogues.year(typed) == 2568


@pytest.mark.parametrize("typed", ["", "68", "ปี", "25680", "2568.0"])
def test_what_is_no_year_is_told(typed):
    with pytest.raises(ItaReportError):
        catalogues.year(typed)


def test_progress_is_plain_lines_away_from_a_terminal(capsys):
    with Progress(quiet=False) as progress:
        progress("หนึ่ง")
        progress("สอง")
    assert capsys.readouterr().err == "หนึ่ง\nสอง\n"
    with Progress(quiet=True) as progress:
        progress("หนึ่ง")
    assert capsys.readouterr().err == ""


def test_a_file_that_the_message_names_is_not_named_twice():
    found = problem("D100", name="a.yaml", hint="").at(Place("a.yaml"))
    stream = io.StringIO()
    show.problems([found], stream=stream)
    assert stream.getvalue().count("a.yaml") == 1


def test_a_stream_that_nobody_reads_costs_no_file_descriptor():
    reader, writer = os.pipe()
    os.close(reader)
    with open(writer, "w", encoding="utf-8") as stream:  # noqa: PTH123 - a descriptor
        free = _lowest_free()
        assert show.BestEffortStream(stream).write("ก") == 1
        assert _lowest_free() == free


def _lowest_free():
    """Return the number that the next file to be opened gets."""
    found = os.open(os.devnull, os.O_RDONLY)
    os.close(found)
    return found
