"""Whatever stands in the cells, a check ends in a report or in problems that have their cell."""

import io
import string

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

import workbooks
from itareport.problems import ItaReportError
from itareport.reading import load
from itareport.reading.workbook.marking import problem_cells
from itareport.xlsx.book import Book
from workbooks import AGENCY, PASTE, PLAN, RESULT, SCORES, SIGNATURES

PHASES = (Phase.explicit, Phase.reuse, Phase.generate)
"""Shrinking a whole workbook takes minutes and tells little."""
TYPED = [
    "100", "๙๙.๕", "99,17", "101", "i1", "ข้อ e3", "o๗", "(เว้นว่าง)", "ร่าง", "รหัสข้อ", "คะแนน",
    "ประเด็นที่", "คะแนนภาพรวม", "ปีงบประมาณ", "#REF!", "=1/0", "31/2/2568", "1 ต.ค. 68", "TRUE",
    "_x0000_", "ไม่ถูกประเมิน", " ", "\n\n", "i1-i5, o1 ถึง o3", "1e400", "9" * 400, "-",
]  # fmt: skip
VALUES = st.one_of(
    st.sampled_from(TYPED),
    st.text(alphabet=string.printable[:95] + "กขคงจ๐๑๒าิ่้์ำ\u200b\u00a0\n", max_size=30),
    st.floats(),
    st.integers(),
    st.booleans(),
    st.dates(),
    st.none(),
)
PLACES = st.tuples(
    st.sampled_from([AGENCY, RESULT, SCORES, PASTE, PLAN, SIGNATURES]),
    st.integers(1, 60),
    st.integers(1, 14),
)
CELLS = st.dictionaries(PLACES, VALUES, max_size=40)
MERGES = st.lists(
    st.tuples(st.sampled_from([AGENCY, SCORES, PLAN]), st.integers(4, 20), st.integers(1, 8)),
    max_size=3,
)


def _typed(cells, merges):
    book = workbooks.book_of()
    for (sheet, row, column), value in cells.items():
        book[sheet].cell(row, column).value = value
    for sheet, row, column in merges:
        book[sheet].merge_cells(
            start_row=row, start_column=column, end_row=row + 1, end_column=column + 1
        )
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


@settings(max_examples=25, deadline=None, phases=PHASES)
@given(cells=CELLS, merges=MERGES)
def test_any_cells_end_in_a_report_or_in_placed_problems(cells, merges):
    data = _typed(cells, merges)
    loaded = load.load_bytes(data, "x.xlsx")
    assert loaded.report or loaded.problems
    for problem in loaded.problems:
        assert problem.place is not None
        assert problem.place.sheet or problem.code == "D430", str(problem)
    listed = loaded.workbook.ready_list()
    made = problem_cells.annotated(loaded.workbook.book, loaded.problems, {})
    again = load.load_bytes(made, "x.xlsx")
    assert [str(p) for p in again.problems] == [str(p) for p in loaded.problems]
    assert again.workbook.ready_list() == listed


@settings(max_examples=60, deadline=None, phases=PHASES)
@given(data=st.data())
def test_any_bytes_in_the_parts_end_in_data_or_in_problems(data):
    def spoil(parts):
        name = data.draw(st.sampled_from(sorted(parts)))
        part = parts[name]
        start = data.draw(st.integers(0, len(part)))
        end = data.draw(st.integers(start, min(len(part), start + 50)))
        parts[name] = part[:start] + data.draw(st.binary(max_size=20)) + part[end:]

    spoilt = workbooks.patched(spoil)
    found = _problems(lambda: load.load_bytes(spoilt, "x.xlsx").problems)
    assert all(problem.place for problem in found)
    marked = _problems(lambda: problem_cells.annotated(Book(spoilt, "x.xlsx"), found, {}) and ())
    assert {problem.code for problem in marked} <= {"D424", "D425", "D426"}


def _problems(step):
    try:
        return step()
    except ItaReportError as error:
        return error.problems
