"""Remedies of what goes out and comes back, each followed by program: lists, forms and scans."""

from __future__ import annotations

import contextlib
import io
import shlex
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl
import pypdfium2
import pytest

import agencies
from itareport.actions import convert, draft_copy, prepare
from itareport.batch import agency_forms
from itareport.ita import catalogue
from itareport.pdf import pdf_sections, signed_pages
from itareport.problems import SENTENCES, ItaReportError, Problem
from itareport.reading.workbook import layout
from itareport.reading.workbook.wide import columns
from itareport.terminal import cli
from itareport.web import downloads
from itareport.web.store import Folder, Intake
from itareport.web.store.report_list import key_of
from pdfs import by_hand
from remedies import Followed, OfCommand, try_remedy, words

Step = Callable[[Any, Problem], object]
YEAR = catalogue.load(2568)
EXAMPLE = Path(__file__).parents[2] / "examples" / "kuansaothong-2568.yaml"
ROW = agencies.row("ควนเสาธง", "ตะโหมด", i1="80.00")


@pytest.fixture(autouse=True)
def _in_its_folder(tmp_path: Path) -> Iterator[None]:
    with contextlib.chdir(tmp_path):
        yield


def problems_of(act: Callable[[], Any]) -> Sequence[Problem]:
    """Return the problems that hinder an act, or that its outcome tells."""
    try:
        return act().problems
    except ItaReportError as error:
        return error.problems


def in_rows(file: Path, sheets: Sequence[str], values: Mapping[str, Any]) -> None:
    """Type into every filled row of the sheets, by the header."""
    book = openpyxl.load_workbook(file)
    for sheet in (book[name] for name in sheets):
        for line in sheet.iter_rows(min_row=layout.HEADER_ROW + 1):
            for head in sheet[layout.HEADER_ROW]:
                if head.value in values and line[0].value:
                    line[head.column - 1].value = values[head.value]
    book.save(file)


# -- a list of agencies ------------------------------------------------------------------------


@dataclass
class OfList:
    """A run over one agency's data, and the list of those that should send some."""

    file: Path
    lines: list[str]

    def told(self) -> Sequence[Problem]:
        """Make the report; return what is wrong with the list."""
        data = agencies.write(Path("ก.json"), agencies.data())
        if self.file.suffix == ".xlsx":
            book = openpyxl.Workbook()
            for line in self.lines:
                book.active.append(line.split(","))
            book.save(self.file)
        else:
            self.file.write_text("\n".join(self.lines), encoding="utf-8")
        try:
            agencies.make(data, Path("ผล"), expecting=self.file)
        except ItaReportError as error:
            return error.problems
        return ()


def listed(name: str, *lines: str) -> Callable[[Path], OfList]:
    """Begin with a list of that name."""
    return lambda folder: OfList(folder / name, list(lines))


def save_as(trial: OfList, problem: Problem) -> None:
    trial.file = trial.file.with_suffix(words(problem, r"Excel \(\*(\.\w+)\)"))


def head_column(trial: OfList, problem: Problem) -> None:
    trial.lines.insert(0, words(problem, "หัวคอลัมน์ “(.+?)”"))


def one_a_line(trial: OfList, problem: Problem) -> None:
    trial.lines = [words(problem, "พร้อมประเภท เช่น (.+)")]


def delete_line(trial: OfList, problem: Problem) -> None:
    assert "ลบบรรทัดนี้" in problem.remedy
    trial.lines.remove(words(problem, "“(.+?)” ไม่มีประเภท"))


LISTS: dict[str, tuple[Callable[[Path], Any], Step]] = {
    "D501": (listed("ก.docx", "ชื่อหน่วยงาน", "ทต.ควนเสาธง"), save_as),
    "D502": (listed("ก.txt"), one_a_line),
    "D503": (listed("ก.txt", "รายชื่อของจังหวัด", "ทต.ควนเสาธง"), delete_line),
}


def test_a_list_without_kinds_gets_the_head_that_the_remedy_names(tmp_path):
    begin = listed("ก.csv", "ควนเสาธง")
    try_remedy("D503", Followed(begin, head_column), tmp_path)


# -- forms from a table, and what comes back -----------------------------------------------------


def as_table(_folder: Path) -> Path:
    """Write a table of one agency."""
    return agencies.table(Path("ก.csv"), ROW)


def another_row(score: str) -> None:
    agencies.table(Path("ก.csv"), ROW | {"i2": score})


@dataclass
class OfForms:
    """A table whose forms are given."""

    out: Path

    def told(self) -> Sequence[Problem]:
        """Give the forms; return what is told."""
        return problems_of(lambda: agency_forms.give([Path("ก.csv")], self.out, prepare.Options()))


def worked_on(folder: Path) -> OfForms:
    """Begin with a form that somebody worked on, and a table that was changed since."""
    trial, form = OfForms(folder / "ผล"), returned(folder)
    in_rows(form, [layout.PLAN], {"งบประมาณ": "5,000"})
    another_row("97.00")
    return trial


def returned(folder: Path) -> Path:
    """Give the form of a table, and return where it lies."""
    return agency_forms.give([as_table(folder)], folder / "ผล", prepare.Options()).outputs[0]


def move_away(trial: OfForms, problem: Problem) -> None:
    assert "ย้ายไปไว้ที่อื่น" in problem.remedy
    (form,) = trial.out.rglob(words(problem, "แบบกรอก “(.+?)”"))
    form.rename(trial.out.parent / form.name)


@dataclass
class OfTables:
    """A run over files of which a table is one."""

    files: list[Path]

    def told(self) -> Sequence[Problem]:
        """Make the reports; return what the journal tells of them."""
        agencies.make(self.files, Path("รายงาน"))
        return [
            Problem(
                one["code"], one["severity"], (), "", one["text"], SENTENCES[one["code"]].remedy
            )
            for line in agencies.lines(Path("รายงาน"))
            for one in line["problems"]
        ]


def changed_since(folder: Path) -> OfTables:
    """Begin with a form that came back, and a table that was changed since it was given."""
    form = returned(folder)
    in_rows(form, [layout.SCORES, layout.PLAN], {"ข้อความร่าง": None})
    back = form.rename(folder / "คืน.xlsx")
    another_row("97.00")
    return OfTables([Path("ก.csv"), back])


def same_in_both(_trial: OfTables, problem: Problem) -> None:
    another_row(words(problem, "ไฟล์ของหน่วยงานเป็น “([0-9.]+)”"))


def filled(file: Path) -> Path:
    """Fill the first row of a table that the program made, with few more: quickly saved."""
    book, known = openpyxl.load_workbook(file), columns.Known(YEAR)
    for name in (columns.TABLE, *SHEETS):
        book[name].delete_rows(layout.HEADER_ROW + 20, book[name].max_row)
    sheet = book[columns.TABLE]
    values = {known.column(name).header: value for name, value in ROW.items()}
    for head in sheet[layout.HEADER_ROW]:
        sheet.cell(layout.HEADER_ROW + 1, head.column).value = values.get(str(head.value))
    book.save(file)
    return file


def half_confirmed(folder: Path) -> OfTables:
    """Begin with drafts in a table that are confirmed by a name without a date."""
    table = filled(convert.new_wide(2568, "พัทลุง", folder / "ก.xlsx", ()).outputs[0])
    file = draft_copy.copy(table, None).outputs[0]
    in_rows(file, SHEETS, {"ผู้ยืนยัน": "นายสมชาย ใจดี"})
    return OfTables([file])


def name_and_date(trial: OfTables, problem: Problem) -> None:
    name, date = words(problem, "เช่น (.+?) และ "), words(problem, "เช่น .+? และ (.+)$")
    in_rows(trial.files[0], SHEETS, {"ผู้ยืนยัน": name, "วันที่ยืนยัน": date})


def of_another_year(_folder: Path) -> OfTables:
    """Begin with a table in which a row has another year than the others."""
    of_years("2568", "2567", "2568")
    return OfTables([Path("ก.csv")])


def of_years(*years: str) -> None:
    """Write a table with a row of each year, each of another agency."""
    named = zip(years, agencies.names(len(years)), strict=True)
    rows = [agencies.row(*name, i1="98.00") | {"ปีงบประมาณ": year} for year, name in named]
    agencies.table(Path("ก.csv"), *rows)


def year_of_the_table(_trial: OfTables, problem: Problem) -> None:
    assert "โปรดแก้ปีงบประมาณของแถวเป็น" in problem.remedy
    year = words(problem, "แต่ตารางเป็นของปี ([0-9]+)")
    of_years(year, year, year)


def renamed(folder: Path) -> OfTables:
    """Begin with a form in which the agency has corrected its name."""
    form = returned(folder)
    book = openpyxl.load_workbook(form)
    (cell,) = [line[1] for line in book[layout.AGENCY] if line[0].value == "ชื่อหน่วยงาน *"]
    cell.value = "ชื่อใหม่"
    book.save(folder / "คืน.xlsx")
    return OfTables([Path("ก.csv"), folder / "คืน.xlsx"])


def name_in_table(_trial: OfTables, problem: Problem) -> None:
    assert "แก้ในตาราง" in problem.remedy
    name = words(problem, "เป็น “(.+?)” ในแบบกรอก")
    agencies.table(Path("ก.csv"), ROW | {"หน่วยงาน": f"เทศบาลตำบล{name}"})


def broken(folder: Path) -> OfTables:
    """Begin with a form that was cut on its way, under a name that tells nothing."""
    (folder / "คืน.xlsx").write_bytes(returned(folder).read_bytes()[:3000])
    return OfTables([Path("ก.csv"), folder / "คืน.xlsx"])


def name_as_agency(trial: OfTables, problem: Problem) -> None:
    trial.files[1] = trial.files[1].rename(words(problem, r"เช่น (\S+\.xlsx)"))


SHEETS = ("ข้อวิเคราะห์", "แผนการดำเนินการ")


def no_table(folder: Path) -> OfCommand:
    """Begin with the data of one agency where a table is asked for."""
    agencies.write(Path("ก.json"), agencies.data())
    return OfCommand(folder, ["batch", "ก.json", "--forms", "-o", "ผล"])


def table_as_named(trial: OfCommand, problem: Problem) -> None:
    """Make a table with the command that the remedy names, and fill a row."""
    assert cli.main([*shlex.split(words(problem, "itareport (new .+)$")), "-o", "ต.xlsx"]) == 0
    filled(Path("ต.xlsx"))
    trial.swap("ก.json", "ต.xlsx")


def table_as_one(folder: Path) -> OfCommand:
    """Begin with a table where the data of one agency are asked for."""
    return OfCommand(folder, ["check", str(as_table(folder))])


def as_batch(trial: OfCommand, problem: Problem) -> None:
    trial.argv = [*shlex.split(words(problem, "itareport (batch .+ --forms)$")), "-o", "ผล"]


FORMS: dict[str, tuple[Callable[[Path], Any], Step]] = {
    "D458": (no_table, table_as_named),
    "D459": (table_as_one, as_batch),
    "D461": (of_another_year, year_of_the_table),
    "O650": (worked_on, move_away),
    "O651": (changed_since, same_in_both),
    "O652": (half_confirmed, name_and_date),
    "O653": (renamed, name_in_table),
    "O654": (broken, name_as_agency),
}


# -- what a unit gives back ----------------------------------------------------------------------


@dataclass
class OfUnit:
    """A folder of reports, and a workbook that a unit gives back."""

    folder: Path
    data: bytes

    def told(self) -> Sequence[Problem]:
        """Drop the workbook; return what hinders."""
        return Intake(Folder(self.folder, prepare.Options())).take_in("คืน.xlsx", self.data).problems


def given_out(folder: Path) -> bytes:
    """Return what a unit is given of the report in a folder."""
    (report,) = folder.glob("*.yaml")
    desk = Folder(folder, prepare.Options()).open(key_of(report.name))
    return downloads.unit_workbook(desk, "กองคลัง", prepare.Options()).data


def with_example(folder: Path) -> Path:
    made = folder / "รายงาน"
    made.mkdir()
    shutil.copy(EXAMPLE, made)
    return made


def without_what_was_given(folder: Path) -> OfUnit:
    reports = with_example(folder)
    book = openpyxl.load_workbook(io.BytesIO(given_out(reports)))
    del book["_unit"]
    book.worksheets[0]["E5"] = "ขั้นตอนของกอง"
    return OfUnit(reports, saved(book))


def copy_into_a_new_one(trial: OfUnit, problem: Problem) -> None:
    assert "กด “แยกแผนให้ส่วนราชการ” ใหม่" in problem.remedy
    old = openpyxl.load_workbook(io.BytesIO(trial.data)).worksheets[0]["E5"].value
    book = openpyxl.load_workbook(io.BytesIO(given_out(trial.folder)))
    book.worksheets[0]["E5"] = old
    trial.data = saved(book)


def saved(book: openpyxl.Workbook) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def another_folder(folder: Path) -> OfUnit:
    sent = given_out(with_example(folder))
    (folder / "ว่าง").mkdir()
    return OfUnit(folder / "ว่าง", sent)


def lay_the_report(trial: OfUnit, problem: Problem) -> None:
    assert "วางไฟล์ข้อมูลของรายงานที่นี่ก่อน" in problem.remedy
    shutil.copy(EXAMPLE, trial.folder)


UNITS: dict[str, tuple[Callable[[Path], Any], Step]] = {
    "D456": (without_what_was_given, copy_into_a_new_one),
    "D457": (another_folder, lay_the_report),
}


# -- a scan of the signed page -------------------------------------------------------------------


@dataclass
class OfScan:
    """A report of three pages, the last of which is signed, and a scan of paper."""

    scan: bytes

    def told(self) -> Sequence[Problem]:
        """Attach the scan; return what hinders."""
        return problems_of(lambda: Told(signed_pages.signed(PAPER, self.scan, "ก.pdf").notes))

    def change(self, change: Callable[[pypdfium2.PdfDocument], object]) -> None:
        """Open the scan, change it and save it."""
        document, buffer = pypdfium2.PdfDocument(self.scan), io.BytesIO()
        change(document)
        document.save(buffer)
        self.scan = buffer.getvalue()


@dataclass(frozen=True)
class Told:
    """What is said of a scan that is taken."""

    problems: Sequence[Problem]


def upright(pdf: bytes) -> bytes:
    return pdf.replace(b"[0 0 200 200]", b"[0 0 200 280]")


def only_the_page_named(trial: OfScan, problem: Problem) -> None:
    page = int(words(problem, "เฉพาะหน้า (\\d+) ของรายงาน"))
    trial.change(lambda document: [document.del_page(n) for n in (2, 1, 0) if n != page - 1])


def turn(trial: OfScan, problem: Problem) -> None:
    assert "โปรดหมุนให้ตั้งตรงแล้วบันทึก" in problem.remedy
    trial.change(lambda document: document[0].set_rotation(90))


INK = "0 0 40 40 re f"
PAPER = upright(by_hand(INK, INK, INK))
SCANS: dict[str, tuple[Callable[[Path], Any], Step]] = {
    "P542": (lambda _: OfScan(PAPER), only_the_page_named),
    "P544": (
        lambda _: OfScan(by_hand(INK).replace(b"[0 0 200 200]", b"[0 0 280 200]")),
        turn,
    ),
}


TABLES = LISTS | FORMS | UNITS | SCANS


@pytest.mark.parametrize("code", TABLES)
def test_what_the_remedy_says_makes_the_problem_go(code, tmp_path, monkeypatch):
    monkeypatch.setattr(pdf_sections, "signature_pages", lambda _pdf: (2,))
    begin, step = TABLES[code]
    try_remedy(code, Followed(begin, step), tmp_path)
