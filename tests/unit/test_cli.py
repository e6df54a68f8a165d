"""The commands in this process: what they print, and the status they return."""

import importlib.abc
import itertools
import json
import os
import re
import shlex
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

import agencies
from documents import paragraphs
from itareport import __main__
from itareport.actions import doctor, own_template, prepare
from itareport.document import word
from itareport.document.context import template_words
from itareport.files import assets, interrupts
from itareport.ita import catalogue
from itareport.problems import ExitStatus
from itareport.terminal import cli
from reports import clean_data


@pytest.fixture(autouse=True)
def desk(tmp_path, monkeypatch):
    """Work in an empty folder, where relative names lead."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def data_file(desk):
    def write(change=None, name="ข้อมูล.yaml"):
        data = clean_data(catalogue.load(2568))
        if change:
            change(data)
        (desk / name).write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
        return name

    return write


@pytest.fixture
def run(capsys):
    """Return a function that runs a command: its status and what it printed."""

    def call(*arguments):
        status = cli.main(list(map(str, arguments)))
        said = capsys.readouterr()
        return status, said.out, said.err

    return call


def _weak(data):
    data["result"]["total"] = "12.34"


# -- catalogue and schema ------------------------------------------------------------------


_INTERRUPTED_IN_A_TEXT = """
import sys
from pathlib import Path
class Interrupting:
    def find_spec(name, path, target=None):
        if name == "itareport.terminal.cli":
            exec("raise KeyboardInterrupt")
sys.meta_path.insert(0, Interrupting)
from itareport import __main__
sys.exit(__main__.main())
"""


def test_ctrl_c_that_was_heeded_gives_the_status_wherever_it_came(desk):
    """Python leaves by the signal, -2, where it came while a text was run, as dataclasses do."""
    (desk / "interrupted.py").write_text(_INTERRUPTED_IN_A_TEXT, encoding="utf-8")
    command = [sys.executable, "-m", "interrupted"]  # as itself is run: -c and files end otherwise
    ran = subprocess.run(command, capture_output=True, check=False)
    assert ran.returncode == ExitStatus.STOPPED
    assert len(ran.stderr.splitlines()) == 1


_INTERRUPTED_AT_THE_END = """
import signal, sys
from itareport import __main__
sys.argv = ["itareport", "schema"]
status = __main__.main()
signal.raise_signal(signal.SIGINT)
sys.exit(status)
"""


def test_ctrl_c_after_all_is_said_changes_no_status():
    command = [sys.executable, "-c", _INTERRUPTED_AT_THE_END]
    ran = subprocess.run(command, capture_output=True, check=False)
    assert ran.returncode == 0
    assert not ran.stderr


def test_ctrl_c_while_the_program_is_loaded_is_heeded(monkeypatch, capfd):
    class Interrupting(importlib.abc.MetaPathFinder):
        def find_spec(self, fullname, path, target=None):
            del path, target
            if fullname == "itareport.terminal.cli":
                raise KeyboardInterrupt

    before = signal.getsignal(signal.SIGINT)
    monkeypatch.delitem(sys.modules, "itareport.terminal.cli")
    monkeypatch.delattr("itareport.terminal.cli")
    monkeypatch.setattr(sys, "meta_path", [Interrupting(), *sys.meta_path])
    try:
        assert __main__.main() == ExitStatus.STOPPED
        assert signal.getsignal(signal.SIGINT) == signal.SIG_IGN
    finally:
        signal.signal(signal.SIGINT, before)
    assert capfd.readouterr().err.startswith("หยุด")


def test_template_words_names_all_with_an_example(run):
    status, out, _ = run("template", "words")
    assert status == 0
    for name, example in (
        ("agency.name", "{{ agency.name }}"),
        ("signatures[].date", "{%p for person in signatures %} {{ person.date }} {%p endfor %}"),
    ):  # fmt: skip
        assert re.search(rf"^  {re.escape(name)}: .+\n +{re.escape(example)}$", out, re.MULTILINE)
    _, out, _ = run("template", "words", "--json")
    assert len(json.loads(out)["sections"]) == len(template_words.SECTIONS)


def test_each_example_of_a_word_is_a_template():
    """All of them stand in one, whose refusal would name the tag."""
    tags = [
        re.findall(r"\{[{%].*?[%}]\}", word_.example)
        for _, words in own_template.words().sections
        for word_ in words
    ]
    alone = [one for one in tags if not any(tag.startswith(("{%tr", "{%tc")) for tag in one)]
    assert len(alone) > 40
    assert word.Template(paragraphs(*itertools.chain.from_iterable(alone)))


def test_template_export_writes_the_shipped_template_and_never_over_a_file(run, desk):
    status, out, _ = run("template", "export", "ย่อย/แม่แบบ.docx")
    assert (status, out) == (0, f"ส่งออกแม่แบบของโปรแกรมไว้ที่ {Path('ย่อย/แม่แบบ.docx')}\n")
    assert (desk / "ย่อย" / "แม่แบบ.docx").read_bytes() == assets.template().read_bytes()
    assert run("template", "export", "ย่อย/แม่แบบ.docx")[0] == 8


def test_catalogue_list_names_the_years(run):
    years = "".join(f"{year}\n" for year in catalogue.known_years())
    assert run("catalogue", "list") == (0, years, "")


def test_catalogue_show_is_the_page_of_that_year(run):
    status, out, _ = run("catalogue", "show", "๒๕๖๘")
    assert (status, out) == (0, catalogue.overview(catalogue.load(2568)) + "\n")


def test_catalogue_export_writes_the_years_file(run, desk):
    status, out, _ = run("catalogue", "export", "2569", "ย่อย/2570.yaml")
    assert status == 0
    assert "2570.yaml" in out
    assert (desk / "ย่อย" / "2570.yaml").read_bytes() == catalogue.export(2569)


def test_catalogue_export_never_writes_over_a_file(run, desk):
    mine = desk / "2570.yaml"
    mine.write_text("งานของฉัน", encoding="utf-8")
    status, out, err = run("catalogue", "export", "2569", "2570.yaml")
    assert status == ExitStatus.OUTPUT
    assert out == ""
    assert err.count("[O606]") == 1
    assert mine.read_text(encoding="utf-8") == "งานของฉัน"
    assert [p.name for p in desk.iterdir()] == ["2570.yaml"]


@pytest.mark.parametrize("action", [["show"], ["export"]])
def test_a_year_that_is_not_there(run, desk, action):
    status, out, err = run(
        "catalogue", *action, "2599", *(["x.yaml"] if "export" in action else [])
    )
    assert (status, out) == (ExitStatus.DATA, "")
    assert "[D110]" in err
    assert list(desk.iterdir()) == []


def test_schema_is_one_json_document(run):
    status, out, _ = run("schema")
    assert status == 0
    assert json.loads(out)["$schema"].startswith("https://json-schema.org/")


# -- what is shown, and as JSON ------------------------------------------------------------


def test_what_could_not_be_checked_is_always_shown(run, data_file):
    name = data_file(lambda data: data["result"].pop("tools"))
    status, out, _ = run("check", name)
    assert status == 0
    assert "โปรแกรมตรวจไม่ได้ โปรดตรวจเอง (" in out
    assert "[D308]" in out


_LOADING = """
import os, sys
looked_for = []
def hook(event, said):
    if event == "import":
        looked_for.append(said[0])
        if looked_for[-2:-1] == ["itareport.__main__"]:
            os.kill(os.getpid(), 15)
sys.addaudithook(hook)
sys.argv[1:] = ["catalogue", "list"]
from itareport import __main__
sys.exit(__main__.main())
"""
_BEFORE_IT_RUNS = """
import os, sys
from itareport import __main__
os.kill(os.getpid(), 15)
sys.exit(__main__.main())
"""
_SWALLOWED = """
import os, sys
class Dying:
    def __del__(self):
        os.kill(os.getpid(), 15)
def hook(event, said):
    if event == "import" and said[0] == "itareport.terminal":
        Dying()
sys.addaudithook(hook)
from itareport import __main__
sys.exit(__main__.main())
"""


@pytest.mark.parametrize("program", [_LOADING, _BEFORE_IT_RUNS, _SWALLOWED])
def test_sigterm_before_the_program_runs_is_heeded(program):
    """Sent when `__main__` looks for its first module, before `main`, and where Python swallows."""
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, check=False)
    assert ran.returncode == ExitStatus.STOPPED
    assert ran.stderr.decode().splitlines() == ["หยุดตามคำสั่งของผู้ใช้"]


_CLEARING_UP = """
import os, sys
class Late:
    def __del__(self, kill=os.kill, number=os.getpid()):
        kill(number, 15)
sys.late = Late()
sys.argv[1:] = ["catalogue", "list"]
from itareport import __main__
sys.exit(__main__.main())
"""


def test_sigterm_when_all_is_done_comes_too_late():
    """Sent while Python clears up, where no handler is left."""
    ran = subprocess.run([sys.executable, "-c", _CLEARING_UP], capture_output=True, check=False)
    assert (ran.returncode, ran.stderr) == (ExitStatus.OK, b"")
    assert ran.stdout


@pytest.mark.parametrize("stdout", ["full", "closed"])
def test_output_that_nobody_can_read_is_no_fault_of_the_program(desk, stdout):
    command = "exec " + shlex.join([sys.executable, "-m", "itareport", "catalogue", "export"])
    target = "/dev/full" if stdout == "full" else "&-"
    shell = f"{command} 2568 a.yaml >{target}"
    ran = subprocess.run(["sh", "-c", shell], cwd=desk, capture_output=True, check=False)
    assert (desk / "a.yaml").read_bytes() == catalogue.export(2568)
    said = ran.stderr.decode()
    assert ran.returncode == (ExitStatus.OUTPUT if stdout == "full" else 0), said
    assert ("[O634]" in said) == (stdout == "full"), said
    assert "Traceback" not in said
    assert "Exception ignored" not in said


@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize(
    ("streams", "status"),
    [(">/dev/full 2>/dev/full", 8), ("2>/dev/full", 0), ("2>&-", 0), (">&- 2>&-", 0)],
)
@pytest.mark.parametrize("typed", ["--version", "build ก.yaml -o out"])
def test_a_full_or_closed_stderr_changes_neither_report_nor_status(
    desk, unbuffered, streams, status, typed
):
    agencies.write(desk / "ก.yaml", agencies.data())
    shell = f"exec {sys.executable} -m itareport {typed} {streams}"
    environment = {**os.environ, "PYTHONUNBUFFERED": unbuffered}
    ran = subprocess.run(
        ["sh", "-c", shell], cwd=desk, env=environment, capture_output=True, check=False
    )
    assert (ran.returncode, ran.stderr) == (status, b"")
    assert typed == "--version" or len([*(desk / "out").glob("*.docx")]) == 1


@pytest.mark.parametrize("typed", ["2025", "๒๐๒๕"])
def test_a_christian_year_is_recognised(run, typed):
    status, _, err = run("new", "--agency", "ทต.ควนเสาธง", "--year", typed)
    assert status == ExitStatus.DATA
    assert "ปี 2025 เป็น ค.ศ. หมายถึง พ.ศ. 2568 หรือไม่" in err


def test_words_that_together_name_a_file_are_that_file(run, desk, data_file):
    name = data_file()
    spaced = desk / "ข้อมูล ของ เรา.yaml"
    Path(name).rename(spaced)
    words = spaced.name.split()
    assert run("check", *words)[1] == run("check", spaced.name)[1]
    assert run("draft", *words)[0] == 0
    status, _, err = run("draft", spaced.name, "อื่น.yaml")
    assert (status, "ไม่รู้จัก อื่น.yaml" in err) == (ExitStatus.USAGE, True)


@pytest.mark.parametrize(
    ("agency", "said"),
    [
        ("ทต.ควนเสาธง", "กรอกให้แล้วตามชื่อ: ประเภทเทศบาลตำบล โปรดแก้"),
        ("ทต.ควนเสาธง", "ยังไม่ทราบ: อำเภอ จังหวัด โปรด"),
        ("เมืองพัทยา", "ประเภทเมืองพัทยา อำเภอบางละมุง จังหวัดชลบุรี โปรดแก้"),
    ],
)
def test_a_new_workbook_says_what_it_assumes(run, desk, agency, said):
    status, out, _ = run("new", "--agency", agency, "--year", "2568")
    assert status == 0
    assert said in out
    (made,) = desk.iterdir()
    assert " " not in made.name


def test_check_as_json_is_one_document_with_everything(run, data_file):
    status, out, _ = run("check", data_file(_weak), "ไม่มี.yaml", "--json")
    facts = json.loads(out)
    assert status == facts["status"] == ExitStatus.SOME_FAILED
    assert [(f["file"], f["status"]) for f in facts["files"]] == [
        ("ข้อมูล.yaml", 0),
        ("ไม่มี.yaml", 3),
    ]
    codes = [[p["code"] for p in f["problems"]] for f in facts["files"]]
    assert "D240" in codes[0]
    assert any(code >= "D300" for code in codes[0]), "the unchecked too, without -v"
    assert codes[1] == ["D100"]
    assert all(p["message"] for f in facts["files"] for p in f["problems"])


def test_build_as_json_is_one_document_and_names_the_files(run, desk, data_file):
    status, out, err = run("build", data_file(), "--json")
    facts = json.loads(out)
    assert (status, facts["status"], err) == (0, 0, "")
    (made,) = facts["files"][0]["outputs"]
    assert (desk / made).is_file()
    assert facts["files"][0]["pages"] is None


def test_doctor_as_json_is_one_document(run, monkeypatch):
    rows = (
        doctor.Row("ก", ok=True, detail="ดี"),
        doctor.Row("ข", ok=False, detail="เสีย", remedy="โปรดซ่อม", status=ExitStatus.PDF),
        doctor.Row("ค", ok=False, detail="เสีย", remedy="โปรดซ่อม", status=ExitStatus.OUTPUT),
    )
    monkeypatch.setattr(doctor, "machine", lambda _out: doctor.MachineOutcome(rows=rows))
    status, out, _ = run("doctor", "--json")
    assert status == ExitStatus.PDF
    assert [(row["name"], row["ok"]) for row in json.loads(out)] == [
        ("ก", True),
        ("ข", False),
        ("ค", False),
    ]
    status, out, _ = run("doctor")
    assert status == ExitStatus.PDF
    assert [line.split()[0] for line in out.splitlines()] == ["พร้อม", "ไม่พร้อม", "ไม่พร้อม"]
    assert out.count("โปรดซ่อม") == 2


def test_as_json_a_wrong_year_has_no_words_among_the_json(run, data_file):
    name = data_file(lambda data: data.update(fiscal_year="2599"))
    status, out, err = run("check", name, "--json")
    assert (status, err) == (3, "")
    assert json.loads(out)["files"][0]["problems"][0]["code"] == "D110"


# -- how it ends ---------------------------------------------------------------------------


def test_wrong_use_and_help_return_their_status(run):
    assert run("build")[0] == ExitStatus.USAGE
    assert run("--help")[0] == ExitStatus.OK


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (("--jobs", "0"), "ค่า '0' ของ --jobs ต้องเป็นจำนวนเต็ม 1 ถึง 256"),
        (("--jobs", "สอง"), "ต้องเป็นจำนวนเต็ม"),
        (("--only", "all"), "failed"),
        ((), "โฟลเดอร์หรือไฟล์"),
    ],
)
def test_wrong_use_of_batch_is_told_in_thai(run, tmp_path, wrong, said):
    status, _, err = run("batch", *wrong, *([tmp_path] if wrong else []))
    assert status == ExitStatus.USAGE
    assert said in err
    assert "invalid" not in err


def test_a_fault_of_ours_is_one_sentence(run, data_file, monkeypatch):
    monkeypatch.setattr(prepare, "check_file", lambda *_: 1 / 0)
    status, out, err = run("check", data_file())
    assert (status, out) == (ExitStatus.OUR_FAULT, "")
    assert len(err.splitlines()) == 1
    assert "ZeroDivisionError" not in err
    _, _, err = run("check", data_file(), "--debug")
    assert "ZeroDivisionError" in err


def test_ctrl_c_is_130_without_a_traceback(run, data_file, monkeypatch):
    def stop(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(prepare, "check_file", stop)
    monkeypatch.setattr(interrupts, "ignore", lambda: None)  # pytest is to heed the next one
    status, _, err = run("check", data_file())
    assert (status, ExitStatus.STOPPED.value) == (ExitStatus.STOPPED, 130)
    assert "Traceback" not in err
    assert "หยุด" in err


def test_the_callers_handler_of_sigterm_stays(run):
    before = signal.getsignal(signal.SIGTERM)
    run("catalogue", "list")
    assert signal.getsignal(signal.SIGTERM) is before
