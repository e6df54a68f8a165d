"""What a person may not read, enter or write: told by its sentence and status, as root or not."""

import contextlib
import os
import re
import shutil

import pytest

from itareport.terminal import cli

SEALED, READ_ONLY = 0o000, 0o555


@pytest.fixture
def plainly(run):
    """Return `run` under which root, too, needs a file's permission."""
    prefix: tuple[str, ...] = ()
    if os.geteuid() == 0:
        tool = shutil.which("setpriv")
        assert tool, "util-linux's setpriv is needed to take root's power over files away"
        powers = "-dac_override,-dac_read_search"
        prefix = (tool, f"--bounding-set={powers}", f"--inh-caps={powers}", "--")
    return lambda *arguments: run(*arguments, prefix=prefix)


@contextlib.contextmanager
def closed(path, mode=SEALED):
    """Take permissions away, and give them back so that the folder can be removed."""
    path.chmod(mode)
    try:
        yield
    finally:
        path.chmod(0o755)


def assert_told(done, code, status):
    """Assert that one error was told, without a traceback."""
    assert done.status == status, done.said
    assert re.findall(r"^ *\S.* \| โปรด.+ \[([CDOTP]\d{3})\]$", done.said, re.MULTILINE)[0] == code
    assert "ข้อผิดพลาด (1)" in done.said, done.said
    assert "Traceback" not in done.said


def left(folder):
    """Return what lies in a folder and below."""
    return [path.name for path in folder.rglob("*")]


@pytest.mark.parametrize("name", ["ข้อมูล.yaml", "ข้อมูล.xlsx", "ตาราง.csv"])
def test_a_data_file_that_may_not_be_read(desk, plainly, data_file, name):
    file = desk / name
    if file.suffix == ".yaml":
        data_file(name=name)
    else:
        file.write_bytes(b"PK")
    with closed(file):
        done = plainly("check", name)
    assert_told(done, "D102" if file.suffix != ".csv" else "D103", 3)


def test_a_folder_of_data_that_may_not_be_entered(desk, plainly, data_file):
    (desk / "ข้อมูล").mkdir()
    shutil.move(data_file(), desk / "ข้อมูล" / "ก.yaml")
    with closed(desk / "ข้อมูล"):
        done = plainly("check", "ข้อมูล/ก.yaml")
    assert_told(done, "D102", 3)


@pytest.mark.parametrize(
    ("option", "code", "status"), [("--template", "T305", 5), ("--catalogue", "C200", 4)]
)
def test_a_file_of_an_option_that_may_not_be_read(desk, plainly, data_file, option, code, status):
    (desk / "ลับ").write_text("x")
    with closed(desk / "ลับ"):
        done = plainly("build", data_file(), option, "ลับ")
    assert_told(done, code, status)
    assert not (desk / "out").exists() or left(desk / "out") == []


def test_a_picture_that_may_not_be_read(desk, plainly, data_file):
    (desk / "ตรา.png").write_bytes(b"\x89PNG")
    file = data_file(lambda data: data["agency"].update(emblem="ตรา.png"))
    with closed(desk / "ตรา.png"):
        assert_told(plainly("check", file), "D170", 3)


@pytest.mark.parametrize(("mode", "within"), [(READ_ONLY, ""), (SEALED, ""), (SEALED, "ใน")])
@pytest.mark.parametrize("command", ["build", "batch"])
def test_a_folder_of_results_that_may_not_be_written_or_entered(
    desk, plainly, data_file, command, mode, within
):
    file, out = data_file(), desk / "out"
    (out / within).mkdir(parents=True)
    with closed(out, mode):
        done = plainly(command, file, "-o", out / within)
    assert_told(done, "O601", 8)
    assert left(out) == ([within] if within else [])


def test_a_report_that_may_not_be_read_is_told_and_stays(desk, plainly, data_file):
    """Nobody knows whether somebody has changed it: it is not replaced."""
    file = data_file()
    assert cli.main(["build", str(file), "-o", str(desk / "out")]) == 0
    (made,) = (desk / "out").iterdir()
    with closed(made):
        done = plainly("build", file)
    assert done.status == 8, done.said
    assert "Traceback" not in done.said
    assert left(desk / "out") == [made.name]


def test_a_report_that_is_read_only_is_replaced(desk, plainly, data_file):
    """As a file manager does: the folder's permission counts, and the report is the program's."""
    file = data_file()
    assert cli.main(["build", str(file), "-o", str(desk / "out")]) == 0
    (made,) = (desk / "out").iterdir()
    made.chmod(0o444)
    assert plainly("build", file).status == 0
    assert left(desk / "out") == [made.name]


@pytest.mark.parametrize("command", ["build", "batch"])
def test_a_system_without_utf_8_is_told_and_its_remedy_helps(run, data_file, command):
    file = data_file(name="a.yaml")
    old = {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}
    done = run(command, file, **old)
    assert_told(done, "O637", 8)
    assert "export PYTHONUTF8=1" in done.said
    assert run(command, file, **old | {"PYTHONUTF8": "1"}).status == 0


def test_a_new_form_in_a_system_without_utf_8_is_told(run):
    old = {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}
    assert_told(run("new", "--year", "2568", "--agency", "ทต.ควนเสาธง", **old), "O637", 8)
