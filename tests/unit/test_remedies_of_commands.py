"""Remedies of commands and of templates, each followed by program: the problem is gone then."""

from __future__ import annotations

import contextlib
import io
import os
import shlex
import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from PIL import Image

import agencies
from documents import paragraphs
from itareport.actions import prepare
from itareport.batch.sources import finding
from itareport.batch.sources.source import Unusable
from itareport.files import assets
from itareport.ita import catalogue
from itareport.problems import ItaReportError, Problem
from itareport.reading.workbook.layout import HEADER_ROW
from itareport.terminal import cli
from itareport.web import server
from remedies import Followed, OfCommand, as_json, try_remedy, words
from reports import KINDS, clean_data, wide_row
from workbooks import PLAN, changed, clean

Step = Callable[[Any, Problem], object]
YEAR = catalogue.load(2568)
NAME = "ข้อมูล.json"


@pytest.fixture(autouse=True)
def _in_its_folder(tmp_path: Path) -> Iterator[None]:
    with contextlib.chdir(tmp_path):
        yield


def data(**changes: Any) -> str:
    """Return a data file of an agency without a fault, or with these fields."""
    return as_json(clean_data(YEAR, **changes))


def begun(*argv: str, **files: str | bytes) -> Callable[[Path], OfCommand]:
    """Return what lays files into the folder, `ข้อมูล.json` first, and gives a command."""

    def begin(folder: Path) -> OfCommand:
        for name, content in (
            {NAME: data()} | {n.replace("__", "."): c for n, c in files.items()}
        ).items():
            file = folder / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content if isinstance(content, bytes) else content.encode())
        return OfCommand(folder, list(argv))

    return begin


def swap(old: str, pattern: str, new: str = "{}") -> Step:
    """Type on the command line what the remedy names."""
    return lambda trial, problem: trial.swap(old, new.format(words(problem, pattern)))


def typed(old: str, new: str) -> Step:
    """Type something else on the command line."""
    return lambda trial, _problem: trial.swap(old, new)


def add(*more: str) -> Step:
    """Add to the command line what the remedy names."""

    def step(trial: OfCommand, problem: Problem) -> None:
        assert more[0] in problem.remedy
        trial.argv += more

    return step


def edited(old: str, new: str) -> Step:
    """Change the data file."""
    return lambda trial, _problem: edited_file(trial, NAME, old, new)


def edited_file(trial: OfCommand, name: str, old: str, new: str) -> None:
    """Change a file of the folder."""
    text = (trial.folder / name).read_text(encoding="utf-8")
    assert old in text
    (trial.folder / name).write_text(text.replace(old, new), encoding="utf-8")


def copy_of_example(trial: OfCommand, problem: Problem) -> None:
    example = Path(__file__).parents[2] / words(problem, "จากไฟล์ตัวอย่าง (\\S+) ")
    (trial.folder / "ก.yaml").write_bytes(example.read_bytes())


def save_as_utf8(trial: OfCommand, problem: Problem) -> None:
    assert words(problem, "เป็น (UTF-8)$")
    file = trial.folder / "ก.yaml"
    file.write_text(file.read_bytes().decode("cp874"), encoding="utf-8")


def own_catalogue(trial: OfCommand, problem: Problem) -> None:
    """Give the command that the remedy names, edit the file, and add the option."""
    command = words(problem, "โดยสั่ง itareport (.+?) แก้ไขไฟล์")
    assert cli.main(shlex.split(command)) == 0
    file, newest = Path(command.split()[-1]), command.split()[-2]
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace(f"fiscal_year: {newest}", "fiscal_year: 2571"), encoding="utf-8")
    trial.argv += words(problem, "สั่งใหม่พร้อม (--catalogue .+)$").split()


def picture(size: int = 600) -> bytes:
    """Return a square picture."""
    buffer = io.BytesIO()
    Image.new("RGB", (size, size), "white").save(buffer, "PNG")
    return buffer.getvalue()


def lay_picture(trial: OfCommand, problem: Problem) -> None:
    (trial.folder / words(problem, "ภาพ “(.+?)”")).write_bytes(picture())


def picture_as_wide_as_said(trial: OfCommand, problem: Problem) -> None:
    width = int(words(problem, "กว้างอย่างน้อย ([0-9,]+) จุด").replace(",", ""))
    (trial.folder / "ตรา.png").write_bytes(picture(width))


def saved_as_png(trial: OfCommand, _problem: Problem) -> None:
    (trial.folder / "ตรา.png").write_bytes(picture())


def command_named(pattern: str) -> Step:
    """Give the command that the remedy names, and look at the file that it makes."""

    def step(trial: OfCommand, problem: Problem) -> None:
        command = shlex.split(words(problem, pattern))
        assert cli.main([*command, "-o", "ใหม่.xlsx"]) == 0
        trial.argv[1] = "ใหม่.xlsx"

    return step


def elsewhere(trial: OfCommand, problem: Problem) -> None:
    """Choose another folder with the option that the remedy names."""
    assert words(problem, "(-o)") in trial.argv
    trial.argv[trial.argv.index("-o") + 1] = str(trial.folder / "ที่อื่น")


def apart(trial: OfCommand, problem: Problem) -> None:
    """Give the command once for each file, each with a folder of its own."""
    assert words(problem, "โดยใช้ (-o) คนละโฟลเดอร์")
    first, second = trial.argv[1:3]
    assert cli.main(["build", first, "-o", "หนึ่ง"]) == 0
    trial.argv = ["build", second, "-o", "สอง"]


def folder_of_pictures(trial: OfCommand, problem: Problem) -> None:
    place = Path(words(problem, "โปรดคัดลอกภาพไปไว้ที่ (.+?) ก่อนสั่ง"))
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(picture())
    trial.argv = ["check", "ย่อย/ใหม่.yaml"]


def too_long(folder: Path) -> OfCommand:
    """Begin with a file whose marked copy would have too long a name."""
    name = f"{'ก' * 80}.xlsx"
    (folder / name).write_bytes(clean())
    return OfCommand(folder, ["check", name, "--annotate"])


def short_name(trial: OfCommand, problem: Problem) -> None:
    assert "โปรดเปลี่ยนชื่อไฟล์เดิมให้สั้นลง" in problem.remedy
    (trial.folder / trial.argv[1]).rename(trial.folder / "ก.xlsx")
    trial.argv[1] = "ก.xlsx"


def beside_a_pipe(folder: Path) -> OfCommand:
    trial = begun("build", NAME, "-o", "ที่ตั้ง")(folder)
    (folder / "ที่ตั้ง").mkdir()
    assert cli.main(["build", NAME, "-o", "ที่ตั้ง"]) == 0
    (made,) = (folder / "ที่ตั้ง").glob("*.docx")
    made.unlink()
    os.mkfifo(made)
    return trial


def old_pdf(folder: Path) -> OfCommand:
    trial = begun("build", NAME, "-o", "ผล")(folder)
    assert cli.main(trial.argv) == 0
    (made,) = (folder / "ผล").glob("*.docx")
    made.with_suffix(".pdf").write_bytes(b"%PDF-1.7")
    return trial


def delete_old_pdf(trial: OfCommand, problem: Problem) -> None:
    assert "ลบ PDF เดิม" in problem.remedy
    (trial.folder / "ผล" / words(problem, "ไฟล์ “(.+?)”")).unlink()


LONG = "ก" * 33_000
SCHOOLS = """\
kinds:
  - name: โรงเรียน
    abbreviation: รร.
    executive: ผู้อำนวยการโรงเรียน
"""
TWICE = [{"no": "1", "score": "1"}, {"no": "๑", "score": "2"}]
SHIPPED, NAME_ONLY = assets.template().read_bytes(), paragraphs("{{ agency.name }}")
TABLE = ["new", "--year", "2568", "--wide", "-o"]
CSV = ",".join(wide_row(YEAR, clean_data(YEAR)))
COMMANDS: dict[str, tuple[Callable[[Path], OfCommand], Step]] = {
    "D100": (begun("check", "ข้อมลู.json"), swap("ข้อมลู.json", "อาจหมายถึง “(.+?)”")),
    "D101": (begun("check", "FOLDER"), swap("FOLDER", "เช่น “(.+?)”", "FOLDER/{}")),
    "D105": (begun("check", "ก.yaml", ก__yaml=""), copy_of_example),
    "D107": (begun("check", "ก.yaml", ก__yaml="# ปี".encode("cp874")), save_as_utf8),
    "D110": (begun("check", NAME, **{NAME: data(fiscal_year="2571")}), own_catalogue),
    "D170": (begun("check", NAME, **{NAME: data(agency__emblem="ตรา.png")}), lay_picture),
    "D171": (
        begun("check", NAME, ตรา__png=b"GIF89a", **{NAME: data(agency__emblem="ตรา.png")}),
        saved_as_png),
    "D173": (
        begun("check", NAME, ตรา__png=picture(20), **{NAME: data(agency__emblem="ตรา.png")}),
        picture_as_wide_as_said),
    "D400": (
        begun("convert", NAME, "ก.xlsx", **{NAME: data(agency__website=LONG)}),
        edited(LONG, "www.example.go.th")),
    "D402": (begun("convert", NAME, "ก.docx"), swap("ก.docx", "ลงท้ายด้วย (\\.\\w+)", "ก{}")),
    "D403": (
        begun("new", "--year", "2568", "--agency", " "),
        lambda trial, problem: trial.argv.__setitem__(4, words(problem, '--agency "(.+?)"'))),
    "D404": (
        begun("new", "--year", "2568", "--agency", "ทต.ควนเสาธง", "--province", "จังหวัดพัทลุ่ง"),
        typed("จังหวัดพัทลุ่ง", "พัทลุง")),
    "D428": (
        begun("check", "ก.xlsx", ก__xlsx=changed(
            lambda book: [book.remove(book[one]) for one in book.sheetnames if one != PLAN]
            and book.create_sheet("งบ") and book.remove(book[PLAN]), clean())),
        command_named("itareport (new .+?) แล้วคัดลอก")),
    "C200": (
        begun("check", NAME, "--catalogue", "มไ่มี.yaml", **{"2570.yaml": catalogue.export(2568)}),
        typed("มไ่มี", "2570")),
    "C229": (
        begun("check", NAME, "--catalogue", "a.yaml", "--catalogue", "b.yaml",
              a__yaml=catalogue.export(2568), b__yaml=catalogue.export(2568)),
        lambda trial, _: trial.argv.__delitem__(slice(-2, None))),
    "C206": (
        begun("check", NAME, "--catalogue", "2567.yaml", **{
            "2567.yaml": catalogue.export(2567), "2568.yaml": catalogue.export(2568)}),
        swap("2567.yaml", "โปรดระบุแค็ตตาล็อกของปี (\\d+)", "{}.yaml")),
    "C230": (
        begun("check", NAME, "--catalogue", "a.yaml", a__yaml=catalogue.export(2568).replace(
            b"\n    - {code: i1, name: ", b"\n    - {code: i1, name: \xe2\x98\x91", 1)),
        lambda trial, _: edited_file(trial, "a.yaml", "☑", "")),
    "C231": (
        begun("check", NAME, "--catalogue", "a.yaml", "--catalogue", "b.yaml",
              a__yaml=SCHOOLS, b__yaml=SCHOOLS),
        lambda trial, _: trial.argv.__delitem__(slice(-2, None))),
    "C232": (
        begun("check", NAME, "--catalogue", "a.yaml", a__yaml=SCHOOLS.replace("รร.", "ทต.")),
        lambda trial, _: edited_file(trial, "a.yaml", "ทต.", "รร.")),
    "C233": (
        begun("check", NAME, "--catalogue", "a.yaml", a__yaml=SCHOOLS + "    family: โรงเรียน\n"),
        lambda trial, problem: edited_file(
            trial, "a.yaml", f"    {words(problem, 'หรือลบ (family)')}: โรงเรียน\n", "")),
    "D401": (
        begun("convert", NAME, "ก.xlsx", **{NAME: data(result__indicators=TWICE)}),
        edited('"๑"', '"2"')),
    "D447": (
        begun("convert", NAME, "ก.xlsx", **{NAME: data(agency__website="(เว้นว่าง)")}),
        edited("(เว้นว่าง)", "www.example.go.th")),
    "O630": (
        too_long, short_name),
    "T305": (
        begun("build", NAME, "-o", "ผล", "--template", "t.docxx", t__docx=SHIPPED),
        typed("t.docxx", "t.docx")),
    "T320": (
        begun("build", NAME, "-o", "ผล", "--template", "t.docx", t__docx=NAME_ONLY),
        lambda trial, _: trial.argv.__delitem__(slice(4, None))),
    "P519": (old_pdf, delete_old_pdf),
    "O600": (begun("build", NAME, "-o", "ไฟล์/ย่อย", ไฟล์="x"), elsewhere),
    "O605": (begun("build", NAME, "ข.json", "-o", "ผล", **{"ข.json": data()}), apart),
    "O606": (begun(*TABLE, "ก.xlsx", ก__xlsx="x"), typed("ก.xlsx", "ข.xlsx")),
    "O608": (begun("build", NAME, "-o", "ไฟล์", ไฟล์="x"), elsewhere),
    "O609": (
        begun("draft", NAME, "-o", "ก.docx", **{NAME: data(plan=[])}),
        swap("ก.docx", "ลงท้ายด้วย (\\.\\w+)", "ก{}")),
    "O619": (
        begun("convert", NAME, "ย่อย/ใหม่.yaml", ตรา__png=picture(), **{
            NAME: data(agency__emblem="ตรา.png"), "ย่อย/x": ""}), folder_of_pictures),
    "O631": (
        begun("check", NAME, "--annotate"),
        lambda trial, problem: (
            cli.main([words(problem, "itareport (convert)"), NAME, "ใหม่.xlsx"]),
            trial.swap(NAME, "ใหม่.xlsx"))),
    "O635": (beside_a_pipe, elsewhere),
}  # fmt: skip


@pytest.mark.parametrize("code", COMMANDS)
def test_what_the_remedy_says_makes_the_problem_go(code, tmp_path):
    begin, step = COMMANDS[code]
    try_remedy(code, Followed(begin, step), tmp_path)


# -- many reports ----------------------------------------------------------------------------


@dataclass
class OfBatch:
    """A folder of results, and what the reports in it are made of."""

    source: Path
    out: Path

    def told(self) -> list[Problem]:
        """Make the reports in this process; return what hinders the run, or a file."""
        try:
            agencies.make(self.source, self.out)
        except ItaReportError as error:
            return list(error.problems)
        found = finding.find([self.source], self.out, KINDS).sources
        return [p for one in found if isinstance(one, Unusable) for p in one.problems]


def table(text: str) -> Callable[[Path], OfBatch]:
    """Begin with a table of many agencies."""

    def begin(folder: Path) -> OfBatch:
        file = folder / "ก.csv"
        file.write_text(text, encoding="utf-8")
        return OfBatch(file, folder / "ผล")

    return begin


def fill_a_row(trial: OfBatch, problem: Problem) -> None:
    assert "โปรดกรอกแถวละหนึ่งหน่วยงาน" in problem.remedy
    row = ",".join(wide_row(YEAR, clean_data(YEAR)).values())
    trial.source.write_text(f"{CSV}\n{row}\n", encoding="utf-8")


def fill_a_new_table(trial: OfBatch, problem: Problem) -> None:
    """Give the command that the remedy names, and copy the data into what it makes."""
    command = shlex.split(words(problem, "itareport (new .+?) แล้วกรอก"))
    assert cli.main([*command, "-o", "ใหม่.xlsx"]) == 0
    book = openpyxl.load_workbook("ใหม่.xlsx")
    sheet = book["ตารางหน่วยงาน"]
    for head in sheet[HEADER_ROW]:
        sheet.cell(HEADER_ROW + 1, head.column).value = wide_row(YEAR, clean_data(YEAR)).get(
            head.value
        )
    book.save("ใหม่.xlsx")
    trial.source = Path("ใหม่.xlsx").resolve()


WITHOUT_O28 = "\n".join(
    ",".join(list(one)[:-1])
    for one in (wide_row(YEAR, clean_data(YEAR)), wide_row(YEAR, clean_data(YEAR)).values())
)


def empty_folder(folder: Path) -> OfBatch:
    (folder / "ว่าง").mkdir()
    return OfBatch(folder / "ว่าง", folder / "ผล")


def lay_a_data_file(trial: OfBatch, problem: Problem) -> None:
    kind = words(problem, "ไฟล์ข้อมูล .* หรือ (\\.\\w+)")
    (trial.source / f"ก{kind}").write_text(data(), encoding="utf-8")


def through_a_link(folder: Path) -> OfBatch:
    (folder / "ข้อมูลเข้า" / "พัทลุง").mkdir(parents=True)
    (folder / "ข้อมูลเข้า" / NAME).write_text(data(), encoding="utf-8")
    (folder / "นอก").mkdir()
    (folder / "ผล").mkdir()
    (folder / "ผล" / "พัทลุง").symlink_to(folder / "นอก")
    return OfBatch(folder / "ข้อมูลเข้า", folder / "ผล")


def other_folder(trial: OfBatch, problem: Problem) -> None:
    assert "โฟลเดอร์ผลลัพธ์อื่นด้วย -o" in problem.remedy
    trial.out = trial.out.with_name("ผลอื่น")


BATCHES: dict[str, tuple[Callable[[Path], OfBatch], Step]] = {
    "D450": (table(WITHOUT_O28), fill_a_new_table),
    "D454": (table(f"{CSV}\n"), fill_a_row),
    "D500": (empty_folder, lay_a_data_file),
    "O621": (through_a_link, other_folder),
}


@pytest.mark.parametrize("code", BATCHES)
def test_so_does_it_in_a_run_over_many_reports(code, tmp_path):
    begin, step = BATCHES[code]
    try_remedy(code, Followed(begin, step), tmp_path)


# -- the page --------------------------------------------------------------------------------


@dataclass
class OfPage:
    """The page as it is about to be opened."""

    serving: server.Serving
    other: socket.socket | None = None

    def retype(self, **how: Any) -> None:
        """Open it otherwise."""
        self.serving = replace(self.serving, **how)

    def told(self) -> tuple[Problem, ...]:
        """Open its port and close it; return what hinders."""
        try:
            server._require(self.serving)
            server.listening(self.serving).close()
        except ItaReportError as error:
            return error.problems
        return ()


def free_port(trial: OfPage, problem: Problem) -> None:
    assert "พอร์ตอื่นหลัง --port" in problem.remedy
    trial.retype(port=0)


def taken(folder: Path) -> OfPage:
    """Begin with a port that another program has."""
    other = server.listening(server.Serving(folder, prepare.Options(), port=0))
    page = OfPage(server.Serving(folder, prepare.Options(), port=other.getsockname()[1]))
    page.other = other
    return page


def opened(*, folder: str = "", host: str = "", password: str = "") -> Callable[[Path], OfPage]:
    """Begin with a page of a folder."""

    def begin(within: Path) -> OfPage:
        options = prepare.Options()
        return OfPage(server.Serving(within / folder, options, 0, host, password))

    return begin


PAGES: dict[str, tuple[Callable[[Path], OfPage], Step]] = {
    "O641": (
        opened(folder="รายงาน"),
        lambda _, problem: Path(words(problem, "โฟลเดอร์ “(.+?)”")).mkdir(),
    ),
    "O642": (taken, free_port),
    "O643": (
        opened(host="127.0.0.1", password="สั้น"),
        lambda trial, problem: trial.retype(
            password="ก" * int(words(problem, "อย่างน้อย (\\d+) ตัวอักษร"))
        ),
    ),
    "O644": (
        opened(host="0.0.0.0", password="รหัสผ่านที่ยาวพอ"),
        lambda trial, _: trial.retype(host="127.0.0.1"),
    ),
}


@pytest.mark.parametrize("code", PAGES)
def test_so_does_it_before_the_page_is_opened(code, tmp_path):
    begin, step = PAGES[code]
    page = begin(tmp_path)
    with page.other or contextlib.nullcontext():
        try_remedy(code, Followed(lambda _: page, step), tmp_path)
