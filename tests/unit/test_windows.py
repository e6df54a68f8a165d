"""What Windows refuses or delays, with stand-ins for it: names, paths, open files, antivirus."""

import _thread
import errno
import multiprocessing
import os
import signal
import sys
import time
from pathlib import Path, PureWindowsPath
from types import SimpleNamespace

import pytest

from itareport.files import output, windows
from itareport.ita import names
from itareport.problems import ItaReportError
from itareport.reading import load


@pytest.fixture
def here(monkeypatch):
    """Be on Windows."""
    monkeypatch.setattr(windows, "IS_HERE", True)


def codes(caught):
    return [p.code for p in caught.value.problems]


DEVICES = [
    "con",
    "CON.docx",
    "Nul.tar.gz",
    "aux ",
    "AUX .txt",
    "com1",
    "LPT9.yaml",
    "com¹",
    "CONIN$",
]
NO_DEVICES = ["console", "con-1.docx", "com", "com10", "ตาราง con.xlsx", ".con", "nulls.pdf"]


@pytest.mark.parametrize("name", DEVICES)
def test_a_name_of_a_device_is_known(name):
    assert windows.is_device(name)
    assert not windows.is_device(names.safe(name))


@pytest.mark.parametrize("name", NO_DEVICES)
def test_other_names_are_free(name):
    assert not windows.is_device(name)
    assert names.safe(name) == name


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("name", DEVICES)
def test_nothing_is_written_to_a_device(tmp_path, name):
    for attempt in (
        lambda: output.write(tmp_path / name, b"1"),
        lambda: output.refuse_to_overwrite(tmp_path / name),
        lambda: output.folder(tmp_path / name / "out"),
    ):
        with pytest.raises(ItaReportError) as caught:
            attempt()
        assert codes(caught) == ["O633"]
    assert list(tmp_path.iterdir()) == []


def test_elsewhere_such_names_are_as_good_as_others(tmp_path):
    output.write(tmp_path / "con.docx", b"1")
    assert (tmp_path / "con.docx").read_bytes() == b"1"


@pytest.mark.usefixtures("here")
def test_a_path_that_is_too_long_is_told_before_anything_is_written(tmp_path):
    deep = tmp_path
    while len(str(deep)) < 200:
        deep = deep / "โฟลเดอร์งาน"
    deep.mkdir(parents=True)
    room = 259 - len(str(deep)) - 1
    output.write(deep / f"{'ก' * (room - 5)}.docx", b"1")
    with pytest.raises(ItaReportError) as caught:
        output.write(deep / f"{'ก' * (room - 4)}.docx", b"1")
    assert codes(caught) == ["O632"]
    assert "ยาว 260 ตัวอักษร" in caught.value.problems[0].message
    assert len(list(deep.iterdir())) == 1


@pytest.mark.usefixtures("here")
def test_there_must_be_room_for_the_temporary_name_too(tmp_path):
    deep = tmp_path / ("ข" * 60)
    while len(str(deep)) < 235:
        deep = deep / "คงเหลือ"
    deep.mkdir(parents=True)
    with pytest.raises(ItaReportError) as caught:
        output.write(deep / "1.docx", b"1")
    assert codes(caught) == ["O632"]
    assert list(deep.iterdir()) == []


@pytest.mark.usefixtures("here")
def test_a_folder_that_is_too_long_is_told_and_not_made(tmp_path):
    parts = ["โฟลเดอร์งาน"] * 30
    with pytest.raises(ItaReportError) as caught:
        output.folder(tmp_path.joinpath(*parts))
    assert codes(caught) == ["O632"]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("here")
def test_a_long_path_stops_the_command_with_a_status_and_no_traceback(example, tmp_path, capsys):
    from itareport.terminal import cli

    out = tmp_path.joinpath(*["โฟลเดอร์งาน"] * 30)
    assert cli.main(["build", str(example), "-o", str(out)]) == 8
    said = "".join(capsys.readouterr())
    assert "[O632]" in said
    assert "Traceback" not in said


# -- open in another program, or held by an antivirus


class Held:
    """Refuses renames as Windows does while another program holds a file open."""

    def __init__(self, monkeypatch, times):
        self.left = times
        self.waited: list[float] = []
        replace = Path.replace

        def refuse(path, target):
            if self.left:
                self.left -= 1
                raise PermissionError(errno.EACCES, "The process cannot access the file")
            return replace(path, target)

        monkeypatch.setattr(Path, "replace", refuse)
        monkeypatch.setattr(windows, "WAITS", (0.1, 0.2, 0.4))
        monkeypatch.setattr(time, "sleep", self.waited.append)


@pytest.mark.parametrize("times", [0, 1, 3])
def test_an_antivirus_that_holds_a_new_file_is_waited_for(tmp_path, monkeypatch, times):
    held = Held(monkeypatch, times)
    output.write(tmp_path / "a.docx", b"new")
    assert (tmp_path / "a.docx").read_bytes() == b"new"
    assert held.waited == [0.1, 0.2, 0.4][:times]


@pytest.mark.parametrize(
    ("name", "program"),
    [("ก.docx", "Word"), ("ก.XLSX", "Excel"), ("ก.pdf", "โปรแกรมอ่าน PDF"), ("ก.json", "โปรแกรมอื่น")],
)
def test_the_program_that_holds_a_file_open_is_named(tmp_path, monkeypatch, name, program):
    held = Held(monkeypatch, 99)
    (tmp_path / name).write_bytes(b"old")
    with pytest.raises(ItaReportError) as caught:
        output.write(tmp_path / name, b"new")
    assert codes(caught) == ["O603"]
    assert f"เปิดอยู่ใน {program}" in caught.value.problems[0].message
    assert len(held.waited) == 3
    assert [f.read_bytes() for f in tmp_path.iterdir()] == [b"old"]


def test_elsewhere_a_refusal_is_not_waited_for():
    assert windows.WAITS == ()


def test_a_data_file_that_excel_holds_open_is_told(tmp_path, monkeypatch):
    file = tmp_path / "แบบกรอก.xlsx"
    file.write_bytes(b"PK")

    def refuse(*_args, **_options):
        error = PermissionError(errno.EACCES, "used by another process")
        vars(error)["winerror"] = 32
        raise error

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(ItaReportError) as caught:
        load.load(file)
    assert codes(caught) == ["D102"]
    assert "เปิดอยู่ใน Excel" in caught.value.problems[0].message


# -- places that only Windows has


DRIVE = r"D:\ตรา\ทต.png"


def with_emblem(example, tmp_path, emblem):
    text = example.read_text(encoding="utf-8")
    file = tmp_path / "ก.yaml"
    file.write_text(
        text.replace("agency:\n", f"agency:\n  emblem: {emblem}\n", 1), encoding="utf-8"
    )
    assert emblem in file.read_text(encoding="utf-8")
    return file


def test_a_drive_letter_in_a_picture_path_survives_and_is_told(example, tmp_path, capsys):
    """As YAML and as a workbook: no letter of it is mended, and elsewhere it is just not there."""
    from itareport.terminal import cli

    file = with_emblem(example, tmp_path, DRIVE)
    sheet = tmp_path / "ก.xlsx"
    cli.main(["convert", str(file), str(sheet)])
    for data in (file, sheet):
        assert load.load(data).report.agency.emblem == DRIVE
        capsys.readouterr()
        assert cli.main(["check", str(data)]) == 3
        said = capsys.readouterr().out
        assert "[D170]" in said
        assert "ทต.png" in said
    # What Path does with it there: a whole path takes the place of the file's folder.
    assert PureWindowsPath(r"C:\งาน") / DRIVE == PureWindowsPath(DRIVE)


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("named", [r"\\server\share\ตรา.png", "//server/share/ตรา.png"])
def test_no_server_is_asked_for_a_picture(example, tmp_path, named):
    """Windows would tell the server who the user is."""
    from itareport.actions import prepare

    asked = []

    def read(path, _limit):
        asked.append(path)
        raise FileNotFoundError

    file = with_emblem(example, tmp_path, named)
    options = prepare.Options(read=read)
    checked = prepare.check_file(file, options)
    assert "D170" in [p.code for p in checked.problems]
    assert asked == [tmp_path / "ตรา.png"]


def test_a_junction_does_not_lead_out_of_the_results(tmp_path, monkeypatch):
    """A junction is no link for is_symlink; only where it leads tells."""
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    out = tmp_path / "out"
    out.mkdir()
    (out / "junction").symlink_to(elsewhere, target_is_directory=True)
    monkeypatch.setattr(Path, "is_symlink", lambda _: False)
    with pytest.raises(ItaReportError) as caught:
        output.stay_within(out, out / "junction" / "ก.docx")
    assert codes(caught) == ["O621"]


def test_a_junction_back_to_its_folder_is_entered_once(tmp_path, monkeypatch):
    from itareport.batch.sources import finding
    from itareport.ita import catalogue

    (tmp_path / "ก.yaml").write_text("a: 1\n", encoding="utf-8")
    (tmp_path / "round").symlink_to(tmp_path, target_is_directory=True)
    monkeypatch.setattr(Path, "is_symlink", lambda _: False)
    monkeypatch.setattr(os.path, "islink", lambda _: False)
    found = finding.find([tmp_path], tmp_path / "out", catalogue.packaged_kinds())
    assert [Path(s.key).name for s in found.sources] == ["ก.yaml"]


def test_a_worker_whose_caller_dies_is_interrupted_not_ended(monkeypatch):
    """Windows has no SIGTERM that can be heeded: os.kill ends a process there and then."""
    from itareport.batch.workers import pool

    said = []
    monkeypatch.setattr("sys.platform", "win32")
    caller = SimpleNamespace(join=lambda: said.append("dead"))
    monkeypatch.setattr(multiprocessing, "parent_process", lambda: caller)
    monkeypatch.setattr(_thread, "interrupt_main", said.append)
    monkeypatch.setattr(os, "kill", lambda *_: said.append("killed"))
    monkeypatch.setattr(os, "_exit", said.append)
    monkeypatch.setattr(pool, "_PARTING", 0.0)
    pool._die_with_caller()
    assert said == ["dead", signal.SIGTERM, 1]


@pytest.mark.parametrize("known", [True, False])
def test_windows_is_asked_whether_there_is_a_word(monkeypatch, known):
    from itareport.pdf import msword as word

    def open_key(root, name):
        assert (root, name) == ("classes", r"Word.Application\CLSID")
        if not known:
            raise FileNotFoundError(errno.ENOENT, "no such key")
        return SimpleNamespace(Close=lambda: None)

    registry = SimpleNamespace(HKEY_CLASSES_ROOT="classes", OpenKey=open_key)
    monkeypatch.setitem(sys.modules, "winreg", registry)
    monkeypatch.setattr("sys.platform", "win32")
    assert word.is_installed() is known
