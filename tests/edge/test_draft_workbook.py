"""`itareport draft FILE.xlsx`, then check and build, as a clerk with nothing but scores does."""

from __future__ import annotations

import pypdfium2
import pytest

from itareport.files import opc
from itareport.ita import catalogue
from itareport.reading import workbook
from reports import KINDS, Given, clean_data
from workbooks import PLAN, SCORES, changed

LOW: dict[str, Given] = {"i1": "90.00", "e1": ("80.00", "99.00"), "o1": "0.00"}


@pytest.fixture
def scored(desk):
    """Return a workbook with scores, of which the official total is another, and no text."""
    of_year = catalogue.load(2568)
    data = clean_data(of_year, LOW, remarks=[], plan=[], result__total="91.00")
    file = desk / "ก.xlsx"
    file.write_bytes(workbook.write(data, of_year, KINDS))
    return file


def codes(done):
    (file,) = done.json["files"]
    return {p["code"] for p in file["problems"] if p["severity"] in ("error", "warning")}


def test_scores_then_drafts_then_only_their_warnings(run, scored):
    before = scored.read_bytes()
    assert run("check", scored.name).status == 3
    of_scores = codes(run("check", scored.name, "--json")) - {"D220", "D223"}
    assert of_scores == {"D240", "D247"}
    done = run("draft", scored.name)
    assert (done.status, done.stderr) == (0, "")
    assert scored.read_bytes() == before
    made = run("check", "ก (ร่าง).xlsx", "--json")
    assert made.status == 0
    assert codes(made) == of_scores | {"D280"}


@pytest.mark.pdf
def test_what_is_built_says_draft_on_every_page_until_it_is_confirmed(desk, run, scored):
    run("draft", scored.name)
    done = run("build", "ก (ร่าง).xlsx", "-o", "out", "--pdf")
    assert done.status == 0, done.said
    name = "(ร่าง) รายงาน ITA 2568 ทต.ควนเสาธง"
    assert {f.name for f in (desk / "out").iterdir()} == {f"{name}.docx", f"{name}.pdf"}
    pages = pypdfium2.PdfDocument(desk / "out" / f"{name}.pdf")
    assert len(pages) > 5
    lines = [page.get_textpage().get_text_bounded().split("\r\n") for page in pages]
    assert all("ร่าง" in (page[0], page[-1]) for page in lines), lines  # a header's end comes last
    parts = opc.read((desk / "out" / f"{name}.docx").read_bytes())
    headers = [part for part in parts if part.startswith("word/header")]
    assert headers
    assert all("ร่าง" in parts[part].decode() for part in headers)


def test_confirmed_drafts_are_a_report(desk, run, scored):
    run("draft", scored.name)

    def confirm(book):
        for row in range(5, 80):
            book[SCORES].cell(row, 11).value = None
            book[PLAN].cell(row, 10).value = None

    drafted = desk / "ก (ร่าง).xlsx"
    drafted.write_bytes(changed(confirm, drafted.read_bytes()))
    done = run("build", drafted.name, "-o", "out")
    assert done.status == 0, done.said
    assert [f.name for f in (desk / "out").iterdir()] == ["รายงาน ITA 2568 ทต.ควนเสาธง.docx"]
