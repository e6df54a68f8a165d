"""The steps of one report, with a converter of our own in LibreOffice's place."""

import io

import docx
import pytest
import yaml
from PIL import Image

from documents import body
from itareport.actions import build, prepare
from itareport.document import structure, word
from itareport.files import opc
from itareport.ita import catalogue
from itareport.pdf import verify
from itareport.problems import ExitStatus, ItaReportError, problem
from reports import clean_data


@pytest.fixture
def data_file(tmp_path):
    def write(**changes):
        file = tmp_path / "ข้อมูล.yaml"
        data = clean_data(catalogue.load(2568), **changes)
        file.write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
        return file

    return write


def _run(tmp_path, **changes):
    return build.Run(tmp_path / "out", **changes)


def test_a_report_is_named_and_whole(tmp_path, data_file):
    built = build.report(data_file(), _run(tmp_path))
    assert built.exit_status == ExitStatus.OK
    assert built.outputs[0] == tmp_path / "out" / "รายงาน ITA 2568 ทต.ควนเสาธง.docx"
    assert "word/document.xml" in opc.read(built.outputs[0].read_bytes())


def test_what_is_done_is_told(tmp_path, data_file):
    told: list[str] = []
    build.report(data_file(), _run(tmp_path, tell=told.append))
    assert [line.split()[0] for line in told] == ["ตรวจข้อมูล", "จัดทำ"]


def test_errors_stop_before_anything_is_written(tmp_path, data_file):
    built = build.report(data_file(result__total="101"), _run(tmp_path))
    assert built.exit_status == ExitStatus.DATA
    assert not (tmp_path / "out").exists()


def test_a_converter_that_fails_costs_the_pdf_only(tmp_path, data_file):
    def fail(_docx):
        raise ItaReportError(problem("O604", file="a", folder="b", why="c"))

    built = build.report(data_file(), _run(tmp_path, convert=fail))
    assert built.exit_status == ExitStatus.OUTPUT
    assert built.outputs[0].exists()
    assert len(built.outputs) == 1


def test_a_pdf_that_is_not_what_the_data_says_gets_no_final_name(tmp_path, data_file, monkeypatch):
    bad = verify.Verified((problem("P516", scores="๙๙.๙๙"),), 1)
    monkeypatch.setattr(verify, "pdf", lambda _data, _expected: bad)
    built = build.report(data_file(), _run(tmp_path, convert=lambda _: b"%PDF"))
    assert built.exit_status == ExitStatus.PDF
    assert [p.suffix for p in (tmp_path / "out").iterdir()] == [".docx"]


def test_the_converter_gets_the_shipped_bytes(tmp_path, data_file, monkeypatch):
    monkeypatch.setattr(verify, "pdf", lambda _data, _expected: verify.Verified((), 3))
    seen = []

    def convert(docx):
        seen.append(docx)
        return b"%PDF-1.7 ok"

    built = build.report(data_file(), _run(tmp_path, convert=convert))
    assert built.outputs[1].read_bytes() == b"%PDF-1.7 ok"
    assert built.pages == 3
    assert seen == [built.outputs[0].read_bytes()]


ROW = verify.Verified((problem("P523", pages="3"),), 9, (2,))
WORSE = verify.Verified((problem("P523", pages="3"), problem("P518", text="ก", count=1)), 9, (2,))


@pytest.mark.parametrize(
    ("found", "kept", "conversions"),
    [
        ([verify.Verified((), 9)], b"1", 1),
        ([ROW, verify.Verified((), 9)], b"2", 2),
        ([ROW, ROW], b"1", 2),
        ([ROW, WORSE], b"1", 2),
        ([ROW, verify.Verified((problem("P516", scores="๙๙.๙๙"),), 9)], b"1", 2),
    ],
)
def test_a_row_cut_after_one_line_is_made_whole_in_a_second_pdf(
    data_file, monkeypatch, found, kept, conversions
):
    """The Word file stays as it is; the second PDF is taken only where it is better."""
    checked = prepare.check_file(data_file(), prepare.Options()).ready
    docx, _ = build.docx(checked, prepare.Options())
    converted: list[bytes] = []
    results = iter(found)
    monkeypatch.setattr(verify, "pdf", lambda _data, _expected: next(results))

    def convert(document):
        converted.append(document)
        return b"%d" % len(converted)

    assert build.pdf(docx, "ก", convert)[0] == kept
    assert len(converted) == conversions
    assert converted[0] == docx
    for second in converted[1:]:
        before, after = word.contents(docx), word.contents(second)
        assert after.rows == (*before.rows[:2], *before.rows[3:]), "the third goes on nowhere"
        assert after.paragraphs == before.paragraphs


def test_a_second_conversion_that_fails_costs_nothing(data_file, monkeypatch):
    checked = prepare.check_file(data_file(), prepare.Options()).ready
    docx, _ = build.docx(checked, prepare.Options())
    monkeypatch.setattr(verify, "pdf", lambda _data, _expected: ROW)

    def convert(document):
        if document == docx:
            return b"1"
        raise ItaReportError(problem("P504", status="-"))

    assert build.pdf(docx, "ก", convert) == (b"1", ROW)


def test_all_scores_are_expected_in_the_pdf_as_often_as_printed(data_file):
    checked = prepare.check_file(data_file(), prepare.Options())
    made, _ = build.docx(checked.ready, prepare.Options())
    wanted = build.expected(build.printed_name(checked.ready, prepare.Options()), made)
    assert "เทศบาลตำบลควนเสาธง" in wanted.texts
    assert wanted.name == "เทศบาลตำบลควนเสาธง"
    # total, tools and their parts, indicators, questions, second halves of EIT questions
    assert sum(wanted.scores.values()) == 1 + 4 + 10 + 52 + 9
    arabic = prepare.Options(digits="arabic")
    western = build.expected(
        build.printed_name(checked.ready, arabic), build.docx(checked.ready, arabic)[0]
    )
    assert set(western.scores) == {"100.00"}


@pytest.mark.parametrize(("graph", "charts"), [("", 1), ("radar", 1), ("bar", 1), ("none", 0)])
def test_the_graph_is_as_asked(tmp_path, data_file, graph, charts):
    run = _run(tmp_path, options=prepare.Options(graph=graph))
    made = build.report(data_file(), run).outputs[0].read_bytes()
    parts = opc.read(made)
    assert ("word/charts/chart.xml" in parts) == bool(charts)
    assert len(list(body(made).iter(structure.w("drawing")))) == charts
    if charts:
        kind = b"barChart" if graph == "bar" else b"radarChart"
        assert kind in parts["word/charts/chart.xml"]


def test_own_pictures_go_into_the_document(tmp_path, data_file):
    Image.new("RGB", (1000, 700)).save(tmp_path / "g.jpg")
    Image.new("RGB", (400, 400)).save(tmp_path / "e.png")
    file = data_file(graph="g.jpg", agency__emblem="e.png")
    parts = opc.read(build.report(file, _run(tmp_path)).outputs[0].read_bytes())
    graph = Image.open(io.BytesIO(parts["word/media/graph.jpeg"]))
    assert graph.size == (1000, 700)
    assert parts["word/media/emblem.png"] == (tmp_path / "e.png").read_bytes()
    assert b'Extension="jpeg"' in parts["[Content_Types].xml"]
    assert b'Extension="png"' in parts["[Content_Types].xml"]


def test_a_second_report_of_one_name_in_one_run_is_refused(tmp_path, data_file):
    run, file = _run(tmp_path), data_file()
    first = build.report(file, run).outputs[0].read_bytes()
    again = build.report(file, run)
    assert [p.code for p in again.problems if p.code[0] == "O"] == ["O605"]
    assert (tmp_path / "out" / "รายงาน ITA 2568 ทต.ควนเสาธง.docx").read_bytes() == first


def test_a_pdf_of_an_earlier_run_is_told_beside_a_new_document(tmp_path, data_file):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "รายงาน ITA 2568 ทต.ควนเสาธง.pdf").write_bytes(b"%PDF old")
    built = build.report(data_file(), _run(tmp_path))
    assert [p.code for p in built.problems if p.code[0] == "P"] == ["P519"]
    assert built.exit_status == ExitStatus.OK
    alone = build.report(data_file(), build.Run(tmp_path / "other"))
    assert [p.code for p in alone.problems if p.code[0] == "P"] == []


def test_a_document_edited_by_hand_is_kept(tmp_path, data_file):
    run = _run(tmp_path)
    first = build.report(data_file(), run).outputs[0]
    docx.Document(str(first)).save(str(first))
    edited = first.read_bytes()
    again = build.report(data_file(), _run(tmp_path))
    assert [p.code for p in again.problems if p.code[0] == "O"] == ["O607"]
    assert first.with_stem(first.stem + " (เดิม)").read_bytes() == edited
