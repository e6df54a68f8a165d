"""The command among other programs: stopped, piped into `head`, on a terminal, without fonts."""

import os
import pty
import shutil
import signal
import subprocess
import sys
import zipfile

import pytest

from offices import PATIENCE, running, wait_for


@pytest.fixture
def start(desk):
    """Return a function that starts `itareport …` in the desk; nothing that it started stays."""
    started = []

    def call(*arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **env):
        surroundings = {
            "PATH": os.environ["PATH"],
            "HOME": str(desk / "home"),
            "TMPDIR": str(desk / "tmp"),
            "PYTHONWARNINGS": "error",
            "ITAREPORT_PDF_SECONDS": str(PATIENCE),
            **env,
        }
        command = [sys.executable, "-m", "itareport", *map(str, arguments)]
        started.append(
            subprocess.Popen(command, cwd=desk, env=surroundings, stdout=stdout, stderr=stderr)
        )
        return started[-1]

    yield call
    for process in started:
        process.kill()
        process.communicate()


# -- stopped -------------------------------------------------------------------------------


@pytest.mark.parametrize("asked", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("twice", [False, True], ids=["once", "twice"])
def test_a_build_that_is_stopped_leaves_whole_files_and_nothing_else(
    desk, start, data_file, asked, twice
):
    """A stand-in for a slow LibreOffice, with a child that outlives it unless it is ended."""
    slow = desk / "soffice"
    slow.write_text(f"#!/bin/sh\ntail -f '{slow}' &\ntouch '{desk}/asked'\nwait\n")
    slow.chmod(0o755)
    started = start("build", data_file(), "--pdf", ITAREPORT_SOFFICE=str(slow))
    wait_for((desk / "asked").exists)
    started.send_signal(asked)
    if twice:
        started.send_signal(asked)
    out, err = started.communicate(timeout=PATIENCE)
    assert started.returncode == 130
    assert "หยุดตามคำสั่ง" in err.decode()
    assert "Traceback" not in (out + err).decode()
    assert list((desk / "tmp").iterdir()) == []
    (made,) = (desk / "out").iterdir()
    assert made.suffix == ".docx"
    with zipfile.ZipFile(made) as archive:
        assert archive.testzip() is None
    assert not running(str(slow))


# -- piped into a program that stops reading -----------------------------------------------


def _without_reader(start, *arguments):
    """Run a command whose output nobody reads, which fails at its first flush, for certain."""
    reading, writing = os.pipe()
    os.close(reading)
    started = start(*arguments, stdout=writing)
    os.close(writing)
    _, err = started.communicate(timeout=PATIENCE)
    return started.returncode, err.decode()


@pytest.mark.parametrize("more", [[], ["-v"], ["--json"]])
@pytest.mark.parametrize("bad", [True, False])
def test_a_check_keeps_its_status_when_nobody_reads_on(start, data_file, bad, more):
    file = data_file(lambda data: data["result"].update(total="101" if bad else "100"))
    assert _without_reader(start, "check", file, *more) == (3 if bad else 0, "")


@pytest.mark.parametrize(
    "words",
    [
        ["catalogue", "list"],
        ["catalogue", "show", "2568"],
        ["schema"],
        pytest.param(["doctor"], marks=pytest.mark.pdf),
        ["--help"],
        ["--version"],
    ],
)
def test_other_commands_end_quietly_when_nobody_reads_on(start, words):
    assert _without_reader(start, *words) == (0, "")


def test_a_build_is_whole_when_nobody_reads_on(desk, start, data_file):
    status, err = _without_reader(start, "build", data_file())
    assert status == 0
    assert "Traceback" not in err
    assert "BrokenPipe" not in err
    (made,) = (desk / "out").iterdir()
    assert zipfile.is_zipfile(made)


def test_a_check_piped_into_head(desk, repo):
    """The shell's own pipe; bash tells the status of each side."""
    file = repo / "tests" / "fixtures" / "as-printed.yaml"
    command = (
        f'"{sys.executable}" -m itareport check "{file}" -v | head -n 1; echo ${{PIPESTATUS[0]}}'
    )
    done = subprocess.run(
        ["bash", "-c", command], capture_output=True, text=True, cwd=desk, check=True
    )
    first, status = done.stdout.splitlines()
    assert first.startswith("ข้อผิดพลาด (")
    assert status == "3"
    assert done.stderr == ""


# -- on a terminal -------------------------------------------------------------------------


def test_progress_on_a_terminal_is_one_line_that_changes(start, data_file):
    master, slave = pty.openpty()
    started = start("build", data_file(), stderr=slave)
    os.close(slave)
    out, _ = started.communicate(timeout=PATIENCE)
    shown = b""
    try:
        while piece := os.read(master, 65536):
            shown += piece
    except OSError:  # Linux's way to say that the other end is closed
        pass
    finally:
        os.close(master)
    assert started.returncode == 0
    text = shown.decode()
    steps = [step for step in text.split("\r\x1b[K") if step]
    assert [step.split()[0] for step in steps] == ["ตรวจข้อมูล", "จัดทำ"]
    assert all(step.endswith(" …") for step in steps)
    assert text.endswith("\r\x1b[K"), "the last line is wiped"
    assert "\n" not in text
    assert "\x1b" not in out.decode()


def test_progress_away_from_a_terminal_is_plain_lines(run, data_file):
    done = run("build", data_file())
    assert [line.split()[0] for line in done.stderr.splitlines()] == ["ตรวจข้อมูล", "จัดทำ"]
    assert "\x1b" not in done.said


# -- files of ours, and files that are named -----------------------------------------------


@pytest.fixture
def own_fonts(desk, repo):
    """Return a copy of the fonts, and what makes the command use it."""
    folder = desk / "fonts"
    shutil.copytree(repo / "fonts", folder)
    patch = f"a.fonts_dir = lambda: pathlib.Path({str(folder)!r})"
    lines = f"import itareport.files.assets as a, pathlib\n{patch}\n"
    (desk / "sitecustomize.py").write_text(lines, encoding="utf-8")
    return folder, {"PYTHONPATH": str(desk)}


@pytest.mark.parametrize("command", ["check", "build"])
@pytest.mark.parametrize("code", ["F400", "F401"])
def test_a_font_that_is_lost_or_damaged(desk, run, data_file, own_fonts, command, code):
    folder, env = own_fonts
    regular = folder / "THSarabunNew-Regular.ttf"
    start = regular.read_bytes()[:1000]
    regular.unlink()
    if code == "F401":
        regular.write_bytes(start)
    done = run(command, data_file(), **env)
    assert done.status == 6, done.said
    assert done.said.count(f"[{code}]") == 1
    assert "โปรด" in done.said
    assert "Traceback" not in done.said
    assert not (desk / "out").exists()


def test_fonts_that_only_the_pdf_needs_leave_the_docx(desk, run, data_file, own_fonts):
    folder, env = own_fonts
    (folder / "fonts.conf").unlink()
    fake = desk / "soffice"
    fake.write_text("#!/bin/sh\nexit 9\n")
    fake.chmod(0o755)
    done = run("build", data_file(), "--pdf", ITAREPORT_SOFFICE=str(fake), **env)
    assert done.status == 6, done.said
    assert done.said.count("[F402]") == 1
    assert [p.suffix for p in (desk / "out").iterdir()] == [".docx"]
    assert list((desk / "tmp").iterdir()) == []


def test_a_template_that_is_not_there(run, data_file):
    done = run("build", data_file(), "--template", "ไม่มี.docx")
    assert done.status == 5
    assert done.said.count("[T305]") == 1


def test_an_export_never_writes_over_a_file(desk, run):
    (desk / "2570.yaml").write_text("งานของฉัน", encoding="utf-8")
    done = run("catalogue", "export", "2569", "2570.yaml")
    assert done.status == 8
    assert "[O606]" in done.stderr
    assert (desk / "2570.yaml").read_text(encoding="utf-8") == "งานของฉัน"


@pytest.mark.parametrize("command", [["check"], ["build"], ["doctor"]])
def test_json_is_one_document_whatever_else_is_said(run, data_file, command):
    """Progress is silent, and nothing is printed before or after the JSON."""
    files = [data_file(), "ไม่มี.yaml"] if command != ["doctor"] else []
    done = run(*command, *files, "--json")
    assert done.stderr == ""
    facts = done.json
    if command == ["doctor"]:
        assert {row["name"] for row in facts} >= {"Python", "LibreOffice"}
    else:
        assert facts["status"] == done.status == 9
