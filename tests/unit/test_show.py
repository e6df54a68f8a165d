import io
import json
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
    assert "  [D122] บรรทัด 12 คอลัมน์ 5 (ข้อ i1): คะแนน 101" in out
    assert " | โปรด" in out


def test_a_problem_of_another_file_names_that_file():
    stream = io.StringIO()
    show.problems([DATA.at(Place("c.yaml", 3))], stream=stream, file="a.yaml")
    assert "ไฟล์ c.yaml บรรทัด 3" in stream.getvalue()


def test_of_very_many_problems_the_first_are_printed(capsys):
    placed = [DATA.at(Place("a.yaml", line)) for line in range(1, 251)]
    out = _printed(FileOutcome(tuple(placed), file="a.yaml"), capsys)
    assert "ข้อผิดพลาด (250)" in out
    assert "บรรทัด 200 " in out
    assert "บรรทัด 201 " not in out
    assert "อีก 50 เรื่อง" in out


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
