"""A document more is one entry more: build and batch make it, name it and write it down."""

from __future__ import annotations

import dataclasses
import json

import docx
import openpyxl
import pytest

import agencies
from itareport.actions import build, documents, prepare
from itareport.actions.documents import Document
from itareport.batch.record import fingerprint
from itareport.batch.record.entry import from_line, to_line
from itareport.batch.sources import user_files
from itareport.batch.workers import tasks
from itareport.document import word
from itareport.pdf import verify
from itareport.problems import problem

NAME = "รายงาน ITA 2568 ทต.ควนเสาธง"


def _words(ready, _options):
    name = ready.report.agency.full_name
    return {"agency": name, "properties": {"title": name}}


@pytest.fixture
def memo(tmp_path, monkeypatch):
    """Add a memo, without a PDF unless asked, whose template is made here."""
    template = docx.Document()
    template.add_paragraph("บันทึกข้อความ {{ agency }}")
    template.save(tmp_path / "memo.docx")

    def add(**changes):
        one = Document(
            code="memo",
            title="บันทึกข้อความ",
            template=str(tmp_path / "memo.docx"),
            words=_words,
            stem=lambda report, _kinds: f"บันทึก {report.agency.name}",
            has_pdf=False,
        )
        both = (documents.REPORT, dataclasses.replace(one, **changes))
        monkeypatch.setattr(documents, "DOCUMENTS", both)
        return both[1]

    return add


@pytest.fixture
def pdfs(monkeypatch):
    """Give the names of what is converted; the PDFs are not real."""
    names: list[str] = []

    def convert(files):
        names.extend(one.name for one in files)
        return tuple(tasks.Converted((), b"%PDF", 5) for _ in files)

    monkeypatch.setattr(tasks, "convert", convert)
    return names


def _run(place, **how):
    agencies.write(place / "in" / "ก.json", agencies.data())
    return agencies.make(place / "in", place / "out", **how)


def _names(place):
    found = agencies.files(place / "out")
    return sorted(n.rpartition("/")[2] for n in found if n.endswith((".docx", ".pdf")))


def test_the_codes_and_templates_of_documents_are_their_own():
    codes = [one.code for one in documents.DOCUMENTS]
    assert len(codes) == len(set(codes))
    assert documents.DOCUMENTS[0] is documents.REPORT
    assert all(one.template_file.is_file() for one in documents.DOCUMENTS)
    assert [one.code for one in documents.DOCUMENTS if one.takes_own_template] == ["report"]


@pytest.mark.parametrize("has_pdf", [False, True])
def test_build_makes_every_document_and_the_pdfs_of_those_that_have_one(
    tmp_path, monkeypatch, memo, has_pdf
):
    memo(has_pdf=has_pdf)
    monkeypatch.setattr(verify, "pdf", lambda _data, _expected: verify.Verified((), 3))
    file = agencies.write(tmp_path / "ก.json", agencies.data())
    run = build.Run(tmp_path / "out", convert=lambda _docx: b"%PDF")
    built = build.report(file, run)
    other = "บันทึก ควนเสาธง"
    made = [f"{NAME}.docx", f"{NAME}.pdf", f"{other}.docx", f"{other}.pdf"]
    assert [path.name for path in built.outputs] == made[: 4 if has_pdf else 3]
    assert built.pages == (6 if has_pdf else 3)
    text = word.text(built.outputs[2].read_bytes())
    assert "บันทึกข้อความ เทศบาลตำบลควนเสาธง" in text


def test_build_writes_nothing_where_a_template_cannot_be_used(tmp_path, memo):
    memo(words=lambda _ready, _options: {"properties": {"title": ""}})
    file = agencies.write(tmp_path / "ก.json", agencies.data())
    built = build.report(file, build.Run(tmp_path / "out"))
    assert "T303" in {p.code for p in built.problems}
    assert built.outputs == ()
    assert not (tmp_path / "out").exists()


def test_a_template_of_the_user_is_the_reports(tmp_path, memo):
    one = memo()
    own = prepare.Options(template=tmp_path / "แม่แบบ.docx")
    assert documents.REPORT.own_template(own) == own.template
    assert one.own_template(own) is None


@pytest.mark.parametrize("has_pdf", [False, True])
def test_batch_makes_every_document_and_writes_both_down(tmp_path, memo, pdfs, has_pdf):
    memo(has_pdf=has_pdf)
    assert _run(tmp_path, pdf=True).counts.made == 1
    wanted = [f"{NAME}.docx", f"{NAME}.pdf", "บันทึก ควนเสาธง.docx"]
    assert _names(tmp_path) == sorted([*wanted, *(["บันทึก ควนเสาธง.pdf"] if has_pdf else [])])
    assert pdfs == [wanted[0], wanted[2]][: 1 + has_pdf]
    (line,) = agencies.lines(tmp_path / "out")
    (other,) = line["documents"]
    assert (line["pages"], other["pages"]) == (5, 5 if has_pdf else None)
    for one, stem in ((line, NAME), (other, "บันทึก ควนเสาธง")):
        assert one["docx"] == f"พัทลุง/ตะโหมด/{stem}.docx"
        data = (tmp_path / "out" / one["docx"]).read_bytes()
        assert one["docx_sha256"] == agencies.sha256(data)
    assert (other["code"], other["pdf"] != "") == ("memo", has_pdf)
    assert other["template"] == agencies.sha256((tmp_path / "memo.docx").read_bytes())
    sheet = openpyxl.load_workbook(tmp_path / "out" / "summary.xlsx")["รายงาน"]
    row = {cell.value: sheet.cell(2, cell.column).value for cell in sheet[1]}
    assert row["ไฟล์ Word บันทึกข้อความ"] == "บันทึก ควนเสาธง.docx"
    assert row["ไฟล์ PDF บันทึกข้อความ"] == ("PDF" if has_pdf else None)
    again = _run(tmp_path, pdf=True)
    assert (again.counts.unchanged, again.unrelated, again.old_pdfs) == (1, [], [])


def test_a_document_that_is_lost_or_new_or_changed_is_made_again(tmp_path, memo):
    assert _run(tmp_path).counts.made == 1
    memo()
    assert _run(tmp_path).counts.made == 1
    assert _run(tmp_path).counts.unchanged == 1
    next((tmp_path / "out").rglob("บันทึก*.docx")).unlink()
    assert _run(tmp_path).counts.made == 1
    assert _run(tmp_path).counts.unchanged == 1
    changed = docx.Document()
    changed.add_paragraph("บันทึกอีกแบบ {{ agency }}")
    changed.save(tmp_path / "memo.docx")
    before = fingerprint.of_assets()
    assert _run(tmp_path).counts.made == 1
    memo(template=documents.REPORT.template)
    assert fingerprint.of_assets() != before


def test_a_pdf_that_fails_costs_that_pdf_and_the_report_is_not_done(tmp_path, monkeypatch, memo):
    memo(has_pdf=True)

    def convert(files):
        return tuple(
            tasks.Converted((problem("P504", status=-11),))
            if one.name.startswith("บันทึก")
            else tasks.Converted((), b"%PDF", 5)
            for one in files
        )

    monkeypatch.setattr(tasks, "convert", convert)
    result = _run(tmp_path, pdf=True)
    assert (result.counts.made, result.counts.failed, result.counts.waiting) == (0, 1, 0)
    assert _names(tmp_path) == ["บันทึก ควนเสาธง.docx", f"{NAME}.docx", f"{NAME}.pdf"]
    assert result.unrelated == []


def test_documents_of_one_name_do_not_overwrite_each_other(tmp_path, memo):
    memo(stem=documents.REPORT.stem)
    _run(tmp_path)
    names = _names(tmp_path)
    assert len(names) == 2
    _run(tmp_path, fresh=True)
    assert _names(tmp_path) == names


def test_pdfs_of_an_earlier_run_are_found_for_every_document_that_has_one(tmp_path, memo, pdfs):
    memo(has_pdf=True)
    _run(tmp_path, pdf=True)
    del pdfs[:]
    assert len(_run(tmp_path, fresh=True).old_pdfs) == 2
    assert pdfs == []


def test_a_failure_keeps_the_earlier_files_of_every_document(tmp_path, memo):
    memo()
    _run(tmp_path)
    agencies.write(tmp_path / "in" / "ก.json", agencies.data(scores=[]))
    result = agencies.make(tmp_path / "in", tmp_path / "out")
    assert result.unrelated == []
    (line,) = agencies.lines(tmp_path / "out")
    assert [p["code"] for p in line["problems"]].count("O618") == 2
    assert line["docx"]
    assert line["documents"][0]["docx"]


def test_workers_on_other_machines_need_the_same_templates(memo):
    before = fingerprint.of_assets()
    memo()
    assert fingerprint.of_assets() != before
    how = user_files.setting(prepare.Options())
    assert list(fingerprint.of_run(how).templates) == ["report", "memo"]


OLD_LINE = {
    "source": "../in/ก.json", "shown": "in/ก.json", "state": "done", "fingerprint": "1",
    "data": "2", "pictures": {}, "template": "3", "version": "0.1", "milliseconds": 4,
    "pages": 5, "docx": "ก.docx", "docx_sha256": "6", "pdf": "ก.pdf", "pdf_sha256": "7",
    "letter": "ก", "facts": None,
    "problems": [
        {"code": "D999", "severity": "error", "place": "", "label": "", "text": "", "remedy": ""}
    ],
}  # fmt: skip
"""A line as it was before there could be a second document; D999 is no code (any more)."""


def test_a_line_of_one_document_has_the_form_it_always_had():
    text = json.dumps(OLD_LINE, ensure_ascii=False).encode() + b"\n"
    entry = from_line(text)
    assert [(one.code, one.docx, one.pages) for one in entry.files] == [("report", "ก.docx", 5)]
    assert to_line(entry) == text
