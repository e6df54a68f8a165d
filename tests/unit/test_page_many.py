"""What a window shows of a run over many reports."""

from __future__ import annotations

import json

import pytest

from itareport.batch.record.entry import Entry, complaints, from_line, to_line
from itareport.problems import Place, problem
from itareport.web import many

YAML, TABLE = (
    Place("ก.yaml", line=4, column=9),
    Place("ตาราง.xlsx", sheet="ตาราง", cell="F4", of_many=True),
)
MISSING = problem("D223", ("plan",), numbers="1 ถึง 7", name="")
DIED = problem("O610")


def entry(*problems, row=False):
    return Entry("ก", "ก.yaml", "failed", row=row, problems=complaints(problems))


def test_a_problem_is_told_in_the_words_of_the_page():
    (told,) = many._row(entry(MISSING.at(YAML))).problems
    assert (told.message, told.remedy) == MISSING.in_form
    assert "บรรทัด" not in told.message
    assert "itareport" not in told.remedy


def test_a_row_of_a_table_is_mended_in_its_cell():
    found = many._row(entry(MISSING.at(TABLE), DIED, row=True)).problems
    assert "F4" in found[0].message
    assert found[0].remedy == MISSING.at(TABLE).remedy
    assert found[1].remedy == DIED.on_page


@pytest.mark.parametrize(("count", "shown", "more"), [(1, 1, 0), (3, 3, 0), (9, 3, 6)])
def test_the_first_few_problems_are_told_and_how_many_more_there_are(count, shown, more):
    row = many._row(entry(*[MISSING] * count))
    assert (len(row.problems), row.more) == (shown, more)


def test_the_journal_has_no_words_of_the_page():
    line = to_line(entry(DIED))
    (told,) = json.loads(line)["problems"]
    assert set(told) == {"code", "severity", "place", "label", "text", "remedy"}
    read = from_line(line)
    assert read is not None
    assert read.problems == complaints([DIED])
