"""A guest's template, built as a clerk does: named in one run, or nothing of it in the report."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

import guests
from documents import paragraph
from guests import guest
from itareport.files import opc
from itareport.problems import ExitStatus

REPO = Path(__file__).resolve().parents[2]
EXAMPLE = REPO / "examples" / "kuansaothong-2568.yaml"
MOST_MEGABYTES = 300
DOC = b'<!DOCTYPE x [<!ENTITY a SYSTEM "http://127.0.0.1/SECRET">]><x>&a;</x>'


MEASURED = """
import pathlib, re, sys
from itareport import __main__
status = __main__.main()
used = re.search(r"VmHWM:\\s+(\\d+)", pathlib.Path("/proc/self/status").read_text())
pathlib.Path("memory").write_text(used[1])
sys.exit(status)
"""
"""The command, which notes its own memory: what a caller is told includes the caller's own."""


def itareport(*arguments: str) -> tuple[int, str, float]:
    """Run the command; return its status, what it said, and its memory at most, in MB."""
    command = [sys.executable, "-c", MEASURED, *arguments]
    log = os.open("log", os.O_RDWR | os.O_CREAT | os.O_TRUNC)
    actions = [(os.POSIX_SPAWN_DUP2, log, one) for one in (1, 2)]
    child = os.posix_spawn(command[0], command, os.environ, file_actions=actions)
    _, status = os.waitpid(child, 0)
    os.close(log)
    said = Path("log").read_text(encoding="utf-8")
    return os.waitstatus_to_exitcode(status), said, int(Path("memory").read_text()) / 1024


@pytest.fixture(autouse=True)
def desk(tmp_path, monkeypatch):
    """Work in an empty folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def everything() -> bytes:
    """Return a template with all that no report may have."""
    tracked = '<w:p><w:del w:id="1"><w:r><w:delText>SECRET</w:delText></w:r></w:del></w:p>'
    template = guest(
        paragraph("{{ agency.name }}"), tracked, "<w:altChunk/>", "<w:p><w:subDoc/></w:p>",
        "<w:p><w:r><w:object/></w:r></w:p>", "<w:p><w:r><w:control/></w:r></w:p>",
        guests.field_of("INCLUDETEXT SECRET"), guests.field_of("LINK x"),
        guests.field_of("DDEAUTO x"), paragraph("{{ x() }}"), paragraph("{%- include 'x' %}"),
        paragraph("{{ agency\u200b.name }}"),
    )  # fmt: skip
    template.link("attachedTemplate", "http://h/SECRET", outside=True, of="word/settings.xml")
    template.link("image", "http://h/SECRET.png", outside=True).link("frame", "f.docx")
    template.part("word/v.bin", b"SECRET", "application/vnd.ms-office.vbaProject")
    template.part("customXml/item9.xml", DOC.decode().encode("utf-16"), "text/xml")
    return template.data({"../SECRET": b"1", "/SECRET": b"1"})


def test_one_run_names_all_of_it_and_leaves_nothing_behind(desk):
    (desk / "guest.docx").write_bytes(everything())
    status, said, memory = itareport("build", str(EXAMPLE), "-o", "out", "--template", "guest.docx")
    assert status == ExitStatus.TEMPLATE
    for name in ("altChunk", "subDocument", "OLE", "ActiveX", "INCLUDETEXT", "LINK", "DDEAUTO",
                 "เรียกคำสั่ง", "include", "U+200B", "http://h/SECRET", "SECRET.png", "frame", "มาโคร",
                 "DOCTYPE", "“../SECRET”", "“/SECRET”", "ยอมรับการแก้ไขทั้งหมดก่อน"):  # fmt: skip
        assert name in said, name
    assert not list(desk.glob("out/*"))
    assert memory < MOST_MEGABYTES


@pytest.mark.pdf
@pytest.mark.usefixtures("soffice")
def test_comments_come_neither_into_the_report_nor_into_the_pdf(desk):
    template = guest(
        paragraph("{{ agency.name }} {{ result.total }}"),
        '<w:p><w:commentRangeStart w:id="0"/><w:r><w:t>ก</w:t></w:r><w:commentRangeEnd w:id="0"/>'
        '<w:r><w:commentReference w:id="0"/></w:r></w:p>',
    ).word("comments", f'<w:comment w:id="0">{paragraph("SECRET")}</w:comment>')
    (desk / "guest.docx").write_bytes(template.data())
    _, said, _ = itareport("build", str(EXAMPLE), "-o", "out", "--template", "guest.docx", "--pdf")
    assert "[T321]" in said
    assert "[P504]" not in said
    (made,) = desk.glob("out/*.docx")
    assert not any(b"SECRET" in part or b"omment" in part
                   for part in opc.read(made.read_bytes()).values())  # fmt: skip


def heavy(kind: str) -> bytes:
    """Return a small template that costs as much as one may."""
    if kind == "elements":
        return guest(*(paragraph(f"{n}") for n in range(15_000))).data()
    if kind == "output":
        loops = [f"{{%p for a{n} in indicators.rows %}}" for n in range(5)]
        inner = "{{ fiscal_year }}" * 100
        return guest(*map(paragraph, (*loops, inner, *["{%p endfor %}"] * 5))).data()
    template = guest()
    for n in range(15):
        template.parts[f"word/media/x{n}.png"] = os.urandom(20_000) + bytes(3_000_000)
        template.link("image", f"media/x{n}.png")
    default = '<Default Extension="png" ContentType="image/png"/><Override'
    return template.changed(opc.TYPES, "<Override", default).data()


@pytest.mark.parametrize("kind", ["elements", "output", "pictures"])
def test_a_small_template_never_costs_much_memory(desk, kind):
    (desk / "heavy.docx").write_bytes(heavy(kind))
    assert (desk / "heavy.docx").stat().st_size < 1_500_000
    status, _, memory = itareport("build", str(EXAMPLE), "-o", "out", "--template", "heavy.docx")
    assert status in (ExitStatus.OK, ExitStatus.TEMPLATE)
    assert memory < MOST_MEGABYTES


@pytest.mark.parametrize("command", [["check", "--annotate"], ["draft"]])
def test_a_small_workbook_never_costs_much_memory(desk, command):
    itareport("convert", str(EXAMPLE), "plain.xlsx")
    parts = opc.read((desk / "plain.xlsx").read_bytes())
    cells = "".join(f'<row r="{n}"><c r="A{n}"><v>{n * 7919}</v></c></row>'
                    for n in range(500, 40_000))  # fmt: skip
    (name,) = [name for name in parts if name.endswith("sheet3.xml")]
    parts[name] = parts[name].replace(b"</sheetData>", f"{cells}</sheetData>".encode())
    parts["xl/media/x.bin"] = os.urandom(300_000) + bytes(45_000_000)
    (desk / "heavy.xlsx").write_bytes(opc.write(parts))
    assert (desk / "heavy.xlsx").stat().st_size < 1_500_000
    status, _, memory = itareport(*command, "heavy.xlsx")
    assert status == ExitStatus.OK
    assert memory < MOST_MEGABYTES
