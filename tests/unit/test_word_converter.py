"""An installed Word makes the PDF: against COM objects that behave as Microsoft documents them."""

from __future__ import annotations

import sys
import threading
from pathlib import Path
from queue import Empty, SimpleQueue
from types import ModuleType

import pytest

from itareport.files import assets
from itareport.pdf import job_objects, office, ways
from itareport.pdf import msword as word
from itareport.pdf.msword import processes, saving
from itareport.pdf.office import program
from itareport.problems import ItaReportError, Problem
from kernel32 import Kernel32

THEIRS = 4711
"""The Word in which somebody works."""
GIVEN_UP = 600.0


@pytest.fixture(autouse=True)
def jobs(monkeypatch):
    """Return a Windows that makes jobs."""
    made = Kernel32()
    monkeypatch.setattr(job_objects, "_kernel32", lambda: made)
    yield made
    assert THEIRS not in made.processes


class COMError(Exception):
    """As comtypes raises it."""

    def __init__(self, text, description=None):
        super().__init__(-2147352567, text, (description, "Microsoft Word", None, 0, None))
        self.hresult, self.text, self.details = self.args


class Machine:
    """A Windows with Word: its processes, and what each new Word does with its files."""

    def __init__(self):
        self.running = {THEIRS}
        self.comes_besides = 0
        self.ended = []
        self.words = []
        self.plans = []
        self.starts = None
        self.hanging = threading.Event()
        self.released = threading.Event()

    def said(self, name, *arguments):
        """Answer as tasklist and taskkill of a Thai Windows do."""
        if name == "tasklist":
            assert arguments[:2] == ("/FI", "IMAGENAME eq WINWORD.EXE")
            rows = [f'"WINWORD.EXE","{n}","Console","1","98,760 K"' for n in sorted(self.running)]
            return "\r\n".join(rows) or "INFO: ไม่มีงานใดทำงานอยู่\r\n"
        assert (name, arguments[:2]) == ("taskkill", ("/F", "/PID"))
        self.ended.append(int(arguments[2]))
        self.running.discard(int(arguments[2]))
        self.released.set()
        return ""

    def hang(self):
        """Hang as a Word with an invisible dialog does, until its process is ended."""
        self.released.clear()
        self.hanging.set()
        self.released.wait(GIVEN_UP)
        self.hanging.clear()
        raise COMError("The remote procedure call failed.")

    def create(self, name, *, clsctx, dynamic):
        assert (name, clsctx, dynamic) == ("Word.Application", 4, True)
        generated = sys.modules["comtypes.gen"]
        assert sys.modules["comtypes"].gen is generated, "comtypes looks for no place of its own"
        assert Path(*generated.__path__).name == "0"
        if self.starts == "never":
            raise OSError(-2147221005, "Invalid class string")
        started = Application(self, 100 + len(self.words))
        self.words.append(started)
        self.running |= {started.number} | ({9000} if self.comes_besides else set())
        if self.starts == "hangs":
            self.hang()
        return started


class Application:
    """Word.Application of a dynamic object: methods take arguments by position."""

    machine: Machine
    number: int
    set: dict[str, object]
    open: list[Document]
    others: int
    quits: list[str]

    def __init__(self, machine, number):
        vars(self).update(machine=machine, number=number, set={}, open=[], others=0, quits=[])

    def __setattr__(self, name, value):
        if self.machine.starts == "disobeys":
            raise COMError("Access is denied.")
        self.set[name] = value

    @property
    def Documents(self):  # noqa: N802
        return self

    @property
    def Count(self):  # noqa: N802
        return len(self.open) + self.others

    def Open(self, *arguments):  # noqa: N802
        assert arguments[1:] == (False, True, False), "read only, not among the recent files"
        assert self.set == {"Visible": False, "DisplayAlerts": 0, "AutomationSecurity": 3}
        document = Document(self, Path(arguments[0]))
        self.open.append(document)
        return document

    def Quit(self, save):  # noqa: N802
        assert save == 0
        if "dead" in self.quits:
            raise COMError("The RPC server is unavailable.")
        self.machine.running.discard(self.number)
        self.quits.append("quit")


class Document:
    def __init__(self, application, path):
        self.application, self.path = application, path

    def ExportAsFixedFormat(self, *arguments):  # noqa: N802
        machine, (target, kind, *rest) = self.application.machine, arguments
        assert (len(arguments), kind) == (14, 17)
        assert rest == [False, 0, 0, 1, 1, 0, True, False, 1, True, True, True], "tagged PDF/A"
        plan = machine.plans.pop(0) if machine.plans else "saves"
        if plan == "fails":
            raise COMError("Exception occurred.", "แฟ้มนี้เสียหาย\r\nเปิดไม่ได้")
        if plan == "dies":
            self.application.quits.append("dead")
            machine.running.discard(self.application.number)
            raise COMError("The remote procedure call failed.")
        if plan == "hangs":
            machine.hang()
        if plan == "a document of theirs":
            vars(self.application)["others"] = 1
        if plan != "saves nothing":
            Path(target).write_bytes(b"%PDF of " + self.path.read_bytes())

    def Close(self, save):  # noqa: N802
        assert save == 0
        if "dead" in self.application.quits:
            raise COMError("The RPC server is unavailable.")
        self.application.open.remove(self)


class Patient(SimpleQueue):
    """Is never in time for a Word that hangs, and always for another, whatever the machine."""

    machine: Machine

    def get(self, block=True, timeout=0.0):  # noqa: FBT002 - its own
        assert block
        assert timeout > 0
        while True:
            try:
                return super().get(timeout=0.01)
            except Empty:
                if self.machine.hanging.is_set():
                    raise


@pytest.fixture
def machine(monkeypatch):
    """Return a Windows whose comtypes knows no GetActiveObject: nobody's Word is ever taken."""
    made = Machine()
    comtypes, client = ModuleType("comtypes"), ModuleType("comtypes.client")
    vars(client)["CreateObject"] = made.create
    vars(comtypes).update(CLSCTX_LOCAL_SERVER=4, CoInitialize=lambda: None, client=client)
    monkeypatch.setitem(sys.modules, "comtypes", comtypes)
    monkeypatch.setitem(sys.modules, "comtypes.client", client)
    monkeypatch.setitem(sys.modules, "comtypes.gen", None)
    monkeypatch.delitem(sys.modules, "comtypes.gen")
    monkeypatch.setattr(processes, "_said", made.said)
    monkeypatch.setattr(Patient, "machine", made, raising=False)
    real = saving.Saving
    monkeypatch.setattr(saving, "Saving", lambda sources, own: real(sources, own, Patient()))
    monkeypatch.setattr(word, "_PARTING", GIVEN_UP)
    yield made
    made.released.set()
    assert THEIRS in made.running
    assert THEIRS not in made.ended


def said(outcome):
    assert isinstance(outcome, Problem)
    return outcome.message


def short(outcomes):
    return [o.code if isinstance(o, Problem) else o.decode() for o in outcomes]


def test_one_word_saves_all_files_and_goes(machine):
    assert short(word.to_pdfs([b"1", b"2", b"3"])) == ["%PDF of 1", "%PDF of 2", "%PDF of 3"]
    (only,) = machine.words
    assert only.quits == ["quit"]
    assert machine.ended == []
    assert word.to_pdfs([]) == ()


def test_a_file_that_fails_costs_only_itself(machine):
    machine.plans = ["saves", "fails"]
    outcomes = word.to_pdfs([b"1", b"2", b"3"])
    assert short(outcomes) == ["%PDF of 1", "P532", "%PDF of 3"]
    assert "(แฟ้มนี้เสียหาย เปิดไม่ได้)" in said(outcomes[1])
    assert [w.quits for w in machine.words] == [["quit"], ["quit"]]
    assert machine.ended == []


def test_a_word_that_dies_is_replaced(machine):
    machine.plans = ["dies"]
    assert short(word.to_pdfs([b"1", b"2"])) == ["P532", "%PDF of 2"]
    assert len(machine.words) == 2
    assert machine.ended == []


def test_a_word_that_hangs_is_ended_by_its_number_alone(machine):
    machine.plans = ["saves", "hangs"]
    outcomes = word.to_pdfs([b"1", b"2", b"3"], seconds=45)
    assert short(outcomes) == ["%PDF of 1", "P531", "%PDF of 3"]
    assert "45 วินาที" in said(outcomes[1])
    assert machine.ended == [100]


def test_a_word_that_asks_before_it_has_started_is_ended(machine):
    """A first start shows a dialog about licences: CreateObject does not come back."""
    machine.starts = "hangs"
    assert short(word.to_pdfs([b"1"])) == ["P531"]
    assert machine.ended == [100]


def test_where_two_words_have_come_none_is_ended(machine, monkeypatch):
    monkeypatch.setattr(word, "_PARTING", 0.01)
    machine.comes_besides, machine.plans = 1, ["hangs"]
    assert short(word.to_pdfs([b"1"])) == ["P531"]
    assert machine.ended == []


@pytest.mark.parametrize(("starts", "words"), [("never", 0), ("disobeys", 1)])
def test_a_word_that_does_not_start_is_tried_once(machine, starts, words):
    machine.starts = starts
    outcomes = word.to_pdfs([b"1", b"2", b"3"])
    assert short(outcomes) == ["P530"] * 3
    assert len(machine.words) == words
    assert "Invalid class string" in said(outcomes[0]) or words


def test_a_word_without_comtypes_is_told(machine, monkeypatch):
    monkeypatch.setitem(sys.modules, "comtypes", None)
    assert short(word.to_pdfs([b"1"])) == ["P530"]
    assert machine.words == []


def test_a_document_that_somebody_opens_in_our_word_stays_open(machine):
    machine.plans = ["a document of theirs"]
    assert short(word.to_pdfs([b"1"])) == ["%PDF of 1"]
    (only,) = machine.words
    assert only.set["Visible"] is True
    assert (only.quits, machine.ended) == ([], [])


def test_our_word_ends_with_us_however_we_end(machine, jobs):
    """The job is closed by Windows, too, where nobody lives to do it."""
    machine.plans = ["hangs"]
    held = []
    jobs.at_hold = lambda: held.append([job.ends for job in jobs.jobs])
    assert short(word.to_pdfs([b"1", b"2"])) == ["P531", "%PDF of 2"]
    assert [job.processes for job in jobs.jobs] == [[100], [101]]
    assert held == [[True], [False, True]]


def test_a_word_that_goes_or_is_handed_over_is_not_ended(machine, jobs):
    machine.plans = ["a document of theirs"]
    word.to_pdfs([b"1"])
    word.to_pdfs([b"1"])
    assert [(job.is_open, job.ends) for job in jobs.jobs] == [(False, False)] * 2


def test_where_two_words_have_come_none_ends_with_us(machine, jobs):
    machine.comes_besides = 1
    assert short(word.to_pdfs([b"1"])) == ["%PDF of 1"]
    assert jobs.processes == []


def test_a_pdf_that_is_not_there_is_told(machine):
    machine.plans = ["saves nothing"]
    assert short(word.to_pdfs([b"1", b"2"])) == ["P533", "%PDF of 2"]


def test_nothing_is_left_in_the_temporary_folder(machine, monkeypatch, tmp_path):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    machine.plans = ["fails", "hangs"]
    word.to_pdfs([b"1", b"2", b"3"])
    assert list(tmp_path.iterdir()) == []


def test_windows_programs_are_taken_from_its_own_folder(monkeypatch, tmp_path):
    """Not from the folder of the report, where somebody could put a tasklist.exe."""
    called = []
    monkeypatch.setenv("SYSTEMROOT", str(tmp_path))

    def run(command, **_options):
        called.append(command)
        return Ran()

    monkeypatch.setattr("subprocess.run", run)
    started = processes.Started()
    Ran.stdout = b'"WINWORD.EXE","77","Console","1","9 K"\r\n'
    started.end()
    assert {Path(command[0]).parent for command in called} == {tmp_path / "System32"}
    assert called[-1][1:] == ["/F", "/PID", "77"]


class Ran:
    stdout = b"INFO: \xe4\xc1\xe8\xc1\xd5\r\n"


# -- the list of ways


@pytest.fixture
def libreoffice(monkeypatch):
    found: list[office.Office] = []
    monkeypatch.setattr(office, "find", lambda: found[0] if found else None)
    monkeypatch.delenv(office.VARIABLE, raising=False)
    return found


def test_libreoffice_comes_before_word(libreoffice, machine, monkeypatch):
    monkeypatch.setattr(word, "is_installed", lambda: True)
    monkeypatch.setattr(office, "to_pdf", lambda _: b"%PDF")
    libreoffice.append(there := office.Office(Path("soffice"), "", "LibreOffice 7.4"))
    assert ways.found() is there
    assert ways.to_pdf(b"1") == b"%PDF"
    assert machine.words == []


def test_word_is_taken_where_there_is_no_libreoffice(libreoffice, machine, monkeypatch):
    monkeypatch.setattr(word, "is_installed", lambda: True)
    assert ways.to_pdf(b"1") == b"%PDF of 1"
    machine.plans = ["fails"]
    problem, pdf = ways.convert([("ก.docx", b"1"), ("ข.docx", b"2")])
    assert isinstance(problem, Problem)
    assert (problem.code, problem.place.file, pdf) == ("P532", "ก.docx", b"%PDF of 2")
    machine.plans = ["fails"]
    with pytest.raises(ItaReportError, match="Microsoft Word"):
        ways.to_pdf(b"1")
    assert "ยังไม่เคยทดลอง" in ways.described(ways.found())
    assert libreoffice == []


def test_how_long_word_may_take_can_be_set(libreoffice, machine, monkeypatch):
    assert libreoffice == []
    monkeypatch.setattr(word, "is_installed", lambda: True)
    monkeypatch.setenv("ITAREPORT_PDF_SECONDS", "33")
    machine.plans = ["hangs"]
    with pytest.raises(ItaReportError, match="33 วินาที"):
        ways.to_pdf(b"1")


def test_a_libreoffice_that_is_named_wrongly_is_not_replaced_by_word(libreoffice, monkeypatch):
    assert libreoffice == []
    monkeypatch.setattr(word, "is_installed", lambda: True)
    monkeypatch.setenv(office.VARIABLE, "/nowhere")
    assert ways.found() is None


@pytest.mark.usefixtures("libreoffice")
def test_elsewhere_there_is_no_word():
    assert not word.is_installed()
    assert ways.found() is None
    with pytest.raises(ItaReportError, match="LibreOfficePortable"):
        ways.to_pdf(b"1")


@pytest.mark.parametrize("beside", ["itareport", "."])
@pytest.mark.parametrize("kind", ["libreoffice", "libreoffice64"])
def test_a_portable_libreoffice_is_found_inside_or_beside_the_folder(
    monkeypatch, tmp_path, beside, kind
):
    package = tmp_path / "itareport" / "lib" / "itareport"
    package.mkdir(parents=True)
    monkeypatch.setattr(assets, "_PACKAGE", package)
    monkeypatch.setattr("sys.platform", "win32")
    portable = tmp_path / beside / "LibreOfficePortable" / "App" / kind / "program"
    portable.mkdir(parents=True)
    for name in ("soffice.com", "soffice.exe"):
        (portable / name).touch(mode=0o755)
    assert program.find({"PATH": ""}) is None, "this is not the folder for Windows"
    (tmp_path / "itareport" / assets.WINDOWS_PARTS).touch()
    assert program.find({"PATH": ""}).command == portable / "soffice.com"
    installed = tmp_path / "Program Files" / "LibreOffice" / "program" / "soffice.com"
    installed.parent.mkdir(parents=True)
    installed.touch(mode=0o755)
    environ = {"PATH": "", "ProgramFiles": str(tmp_path / "Program Files")}
    assert program.find(environ).command == installed, "the installed one is first"
