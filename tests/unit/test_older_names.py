"""Templates that offices made of an earlier shipped template: read, filled, told what they lack."""

from __future__ import annotations

import agencies
from documents import document, paragraph, tables
from itareport.actions import build, prepare
from itareport.document import word

LAST_YEAR = (
    "{% if result.last_year %}ปี {{ result.last_year.year }} ได้ {{ result.last_year.total }}"
    "{% else %}ไม่มีปีก่อน{% endif %}"
)


def row(*texts: str) -> str:
    """Return a row of a table, a cell a text."""
    cells = "".join(f"<w:tc><w:tcPr/>{paragraph(text)}</w:tc>" for text in texts)
    return f"<w:tr>{cells}</w:tr>"


TOOLS = "".join(
    (
        paragraph("{%p if result.tools %}"),
        f"<w:tbl>{row('{%tr for row in result.tools %}')}",
        f"{row('{{ row.name }}', '{{ row.score }}')}{row('{%tr endfor %}')}</w:tbl>",
        paragraph("{%p endif %}"),
    )
)
"""The table of the tools' scores as the earlier template had it."""


def made(tmp_path, *, tools=(), last_year=None):
    """Return a document of such a template, and what is told not to be printed."""
    template, file = tmp_path / "t.docx", tmp_path / "ก.json"
    template.write_bytes(document(paragraph(LAST_YEAR) + TOOLS))
    data = agencies.data()
    data["result"] |= {"tools": list(tools)} | ({"last_year": last_year} if last_year else {})
    agencies.write(file, data)
    options = prepare.Options(template=template)
    ready = prepare.check_file(file, options).ready
    assert ready is not None
    docx, told = build.docx(ready, options)
    lost = " ".join(str(one) for one in told if one.code == "T320")
    return docx, lost


def test_it_prints_last_year_and_a_row_for_each_tool(tmp_path):
    docx, lost = made(
        tmp_path,
        tools=[{"tool": "IIT", "score": "90"}, {"tool": "EIT", "part": "1", "score": "81.5"}],
        last_year={"total": "80.25"},
    )
    assert word.contents(docx).paragraphs[0] == "ปี ๒๕๖๗ ได้ ๘๐.๒๕"
    assert tables(docx) == [[
        [["แบบวัดการรับรู้ของผู้มีส่วนได้ส่วนเสียภายใน (IIT)"], ["๙๐.๐๐"]],
        [["แบบวัดการรับรู้ของผู้มีส่วนได้ส่วนเสียภายนอก (EIT) ส่วนที่ ๑"], ["๘๑.๕๐"]],
    ]]  # fmt: skip
    assert "result.tools" not in lost
    assert "tool_scores" not in lost, "the table has them"
    assert "result.compared" in lost, "the difference is not in it"


def test_without_them_it_prints_neither(tmp_path):
    docx, lost = made(tmp_path)
    assert word.contents(docx).paragraphs == ("ไม่มีปีก่อน",)
    assert tables(docx) == []
    assert "result.last_year" not in lost
    assert "agency.name" in lost
