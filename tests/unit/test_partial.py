"""What of a refused report is checked all the same: the tables know every field of a report."""

import pytest

from itareport.ita.described import fields
from itareport.ita.model import Report, Result
from itareport.reading.load import partial

LEANED_ON = {"fiscal_year", "agency", "result", "issues"}
"""What all checks lean on: a report without these is not checked in part (`result` in its own)."""


@pytest.mark.parametrize("name", Report.model_fields)
def test_every_field_of_a_report_may_be_left_out_or_is_leaned_on(name):
    whole = {path[0] for path in partial._WHOLE if len(path) == 1}
    assert name in whole | partial._ROWS.keys() | LEANED_ON


@pytest.mark.parametrize("name", Result.model_fields)
def test_every_field_of_a_result_may_be_left_out(name):
    spare = {path[1] for path in partial._WHOLE if path[0] == "result" and len(path) == 2}
    assert name in spare or name == "published"


def test_the_tables_name_only_what_there_is():
    roots = {path[0] for path in partial._WHOLE} | partial._ROWS.keys() | partial._NAMELESS.keys()
    assert roots <= fields(Report).keys()
    assert {path[1] for path in partial._WHOLE if path[0] == "result"} <= fields(Result).keys()
