"""Every documented status, one clear Thai sentence each, and nothing left behind."""

import re
import shutil
import zipfile

import pytest

from documents import body, paragraphs, text_of
from offices import running


def _left(desk) -> set[str]:
    """Return every file and folder under the desk but the two that were there."""
    return {
        str(p.relative_to(desk))
        for p in desk.rglob("*")
        if p.name not in {"tmp", "home"} or p.is_file()
    } - {"home/.fontconfig"}


def _one_error(run, code):
    """Assert that the run said exactly one error, in Thai, without a traceback."""
    found = re.findall(r"^  (.+) \[(\w\d{3})\]$", run.said, re.MULTILINE)
    errors = [(c, text) for text, c in found if c == code]
    assert len(errors) == 1, run.said
    assert "ข้อผิดพลาด (1)" in run.said, run.said
    message, _, remedy = errors[0][1].partition(" | ")
    assert re.search("[ก-ฮ]{3}", message)
    assert "โปรด" in remedy
    assert "Traceback" not in run.said
    assert "Error" not in run.said


BOMB = "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n"
FILES = {
    "a binary file named .yaml": ("x.yaml", bytes(range(256)) * 20),
    "a tab": ("x.yaml", "fiscal_year: 2568\nagency:\n\tkind: เทศบาลตำบล\n".encode()),
    "an alias bomb": ("x.yaml", BOMB.encode()),
    "200 kB of [": ("x.yaml", b"[" * 200_000),
    "200 kB of [ as JSON": ("x.json", b"[" * 200_000),
    "3 MB": ("x.yaml", b"a: " + b"x" * 3_000_000),
    "an empty file": ("x.yaml", b""),
    "UTF-16": ("x.yaml", "fiscal_year: 2568\n".encode("utf-16")),
    "cp874": ("x.yaml", "agency: {name: ควนเสาธง}\n".encode("cp874")),
    "an old workbook": ("x.xls", b"\xd0\xcf\x11\xe0" * 50),
    "a picture": ("x.png", b"\x89PNG"),
}


@pytest.mark.parametrize("kind", FILES)
@pytest.mark.parametrize("command", ["check", "build"])
def test_a_file_that_cannot_be_read_is_the_datas(desk, run, kind, command):
    name, data = FILES[kind]
    (desk / name).write_bytes(data)
    done = run(command, name)
    assert done.status == 3
    assert re.search(r"ข้อผิดพลาด \(1\)\n  .* \[D\d{3}\]\n", done.said), done.said
    assert "Traceback" not in done.said
    assert _left(desk) == {name}


@pytest.mark.parametrize("command", ["check", "build"])
def test_a_missing_file_and_a_folder(desk, run, command):
    (desk / "โฟลเดอร์.yaml").mkdir()
    for name in ("ไม่มี.yaml", "โฟลเดอร์.yaml"):
        done = run(command, name)
        assert done.status == 3
        assert done.said.count(" [D") == 1, done.said


def test_a_year_without_a_catalogue(desk, run, data_file):
    file = data_file(lambda data: data.update(fiscal_year="2571"))
    done = run("build", file)
    assert done.status == 3
    _one_error(done, "D110")
    assert "2567" in done.said
    assert _left(desk) == {file.name}


def test_a_score_of_101(desk, run, data_file):
    file = data_file(lambda data: data["scores"][0].update(score="101"))
    done = run("build", file)
    assert done.status == 3
    _one_error(done, "D122")
    assert "101" in done.said
    assert _left(desk) == {file.name}


def test_a_code_given_twice(desk, run, data_file):
    file = data_file(lambda data: data["scores"].append({"code": "e3", "score": "83.81"}))
    done = run("build", file)
    assert done.status == 3
    assert "ซ้ำ" in done.said
    assert len(re.findall(r"บรรทัด \d+", done.said)) >= 2
    assert _left(desk) == {file.name}


@pytest.mark.parametrize("character", ["中", "☑", "😀", "㎡"])
def test_a_character_without_a_glyph(desk, run, data_file, character):
    def change(data):
        data["plan"][0]["steps"] = [f"ทำ {character} ให้ครบ"]

    file = data_file(change)
    done = run("build", file)
    assert done.status == 3
    _one_error(done, "D155")
    assert f"U+{ord(character):04X}" in done.said
    assert _left(desk) == {file.name}


@pytest.mark.parametrize(
    ("text", "code"),
    [("{{ agency.name", "T301"), ("{% for x in %}", "T301"), ("{{ agency.nmae }}", "T303")],
)
def test_a_template_with_a_fault(desk, run, data_file, text, code):
    file = data_file()
    (desk / "t.docx").write_bytes(paragraphs("ก่อน", f"ตรงนี้ {text}"))
    done = run("build", file, "--template", "t.docx")
    assert done.status == 5
    _one_error(done, code)
    assert "ตรงนี้" in done.said
    assert _left(desk) == {file.name, "t.docx"}


def test_a_template_that_is_none(desk, run, data_file):
    file = data_file()
    (desk / "t.docx").write_text("ไม่ใช่")
    assert run("build", file, "--template", "t.docx").status == 5
    assert run("build", file, "--template", "ไม่มี.docx").status == 5
    assert _left(desk) == {file.name, "t.docx"}


def test_an_own_template_that_lost_a_field_is_told(desk, run, data_file):
    (desk / "t.docx").write_bytes(paragraphs("{{ agency.name }}"))
    done = run("build", data_file(), "--template", "t.docx")
    assert done.status == 0
    assert "[T320]" in done.said


def test_a_catalogue_with_a_fault(desk, run, data_file):
    file = data_file()
    (desk / "c.yaml").write_text("fiscal_year: 2568\n", encoding="utf-8")
    done = run("build", file, "--catalogue", "c.yaml")
    assert done.status == 4
    assert "[C2" in done.said
    assert _left(desk) == {file.name, "c.yaml"}


def test_several_kinds_of_problem_give_the_smallest_status(desk, run, data_file):
    bad, template = data_file(lambda d: d["scores"][0].update(score="101")), paragraphs("{{ x }}")
    (desk / "t.docx").write_bytes(template)
    assert run("build", bad, "--template", "t.docx").status == 3


def test_of_several_files_9_when_some_succeeded(desk, run, data_file):
    good = data_file()
    done = run("build", good, "ไม่มี.yaml")
    assert done.status == 9
    (made,) = (desk / "out").iterdir()
    assert made.suffix == ".docx"
    assert "ควนเสาธง" in text_of(body(made.read_bytes()))
    assert run("check", "ไม่มี.yaml", "ไม่มี2.yaml").status == 3


def test_two_files_of_one_agency_do_not_overwrite_each_other(desk, run, data_file):
    done = run("build", data_file(), data_file(name="สอง.yaml"))
    assert done.status == 9
    assert "[O605]" in done.said
    assert len(list((desk / "out").iterdir())) == 1


def test_a_file_where_the_output_folder_should_be(desk, run, data_file):
    file = data_file()
    (desk / "out").write_text("x")
    done = run("build", file)
    assert done.status == 8
    _one_error(done, "O608")


def test_a_full_disk(desk, run, data_file):
    """A limit on file size stands for the disk: the kernel refuses to write on, as a full one."""
    file = data_file()
    (desk / "out").mkdir()
    old = run("build", file)
    assert old.status == 0, old.said
    (report,) = (desk / "out").iterdir()
    before = report.read_bytes()
    limit = shutil.which("prlimit")
    assert limit, "util-linux's prlimit is needed to limit the size of files"
    done = run("build", file, prefix=(limit, "--fsize=4096", "--"))
    assert done.status == 8, done.said
    _one_error(done, "O602")
    assert [p.read_bytes() for p in (desk / "out").iterdir()] == [before]


@pytest.mark.parametrize(
    "arguments", [[], ["build"], ["bulid", "x.yaml"], ["check", "x.yaml", "--wrong"],
                  ["build", "x.yaml", "--digits", "roman"], ["catalogue"],
                  ["new", "--year", "2568"], ["new", "--year", "2568", "--wide", "--agency", "ก"]],
)  # fmt: skip
def test_wrong_use_of_the_command(run, arguments):
    done = run(*arguments)
    assert done.status == 2
    assert done.stderr.startswith("คำสั่งไม่ถูกต้อง: ")
    assert "usage" not in done.said
    assert "argument" not in done.said
    assert re.search(r"โปรด", done.stderr)


def test_help_is_in_thai(run):
    done = run("build", "--help")
    assert done.status == 0
    assert "แม่แบบ" in done.stdout
    assert "show this help" not in done.stdout


def test_libreoffice_absent_leaves_the_whole_docx(desk, run, data_file):
    empty = desk / "bin"
    empty.mkdir()
    done = run("build", data_file(), "--pdf", PATH=str(empty))
    assert done.status == 7, done.said
    assert done.said.count(" [P5") == 1
    assert [p.suffix for p in (desk / "out").iterdir()] == [".docx"]
    (docx,) = (desk / "out").iterdir()
    assert zipfile.ZipFile(docx).testzip() is None


def test_libreoffice_that_hangs_leaves_the_whole_docx_and_no_process(desk, run, data_file):
    fake = desk / "soffice"
    fake.write_text('#!/bin/sh\ntail -f "$0" & wait\n')
    fake.chmod(0o755)
    done = run(
        "build", data_file(), "--pdf", ITAREPORT_SOFFICE=str(fake), ITAREPORT_PDF_SECONDS="3"
    )
    assert done.status == 7, done.said
    assert done.said.count(" [P5") == 1
    assert [p.suffix for p in (desk / "out").iterdir()] == [".docx"]
    assert not list((desk / "tmp").iterdir())
    assert not running(str(fake))


def test_an_unforeseen_fault_shows_its_traceback_only_with_debug(desk, run, data_file):
    broken = desk / "sitecustomize.py"
    broken.write_text("import itareport.ita.names as n\nn.report_name = None\n")
    file = data_file()
    quiet = run("build", file, PYTHONPATH=str(desk))
    assert quiet.status == 1
    assert "Traceback" not in quiet.said
    assert "--debug" in quiet.stderr
    loud = run("build", file, "--debug", PYTHONPATH=str(desk))
    assert loud.status == 1
    assert "Traceback" in loud.stderr
