from typing import get_args

import pytest
from pydantic import BaseModel

from itareport.ita import catalogue
from itareport.ita.model import Kind, Report
from itareport.reading.workbook import layout
from itareport.reading.workbook.layout import Key
from itareport.reading.workbook.sheets import layout_of, row_of

YEARS = catalogue.known_years()


def leaves(model, path=()):
    """The names of the fields that hold values, lists of models walked through."""
    for name, field in model.model_fields.items():
        inner = model_in(field.annotation)
        if inner is None:
            yield (*path, name)
        else:
            yield from leaves(inner, (*path, name))


def model_in(annotation):
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for a in get_args(annotation) if (found := model_in(a))), None)


def held(layout):
    """What cells say: the fields of their paths, and those that a key names."""
    rows = (row for form in layout.forms.values() for row in form.rows)
    columns = (column for table in layout.tables.values() for column in table.read)
    fields = [field for row in rows for field in row.fields if field]
    for field in (*fields, *(column.field for column in columns)):
        for path in field.paths:
            names: list[str] = []
            for step in path:
                if isinstance(step, Key):
                    yield from ((*names, name) for name, _ in step.values)
                elif step != "*":
                    names.append(step)
            yield tuple(names)


def test_a_row_that_was_called_otherwise_in_earlier_workbooks_is_read():
    form = layout_of(catalogue.load(2568)).forms[layout.RESULT]
    now, before = row_of(form, "คะแนนที่มีในผลที่เผยแพร่"), row_of(form, "ผลที่เผยแพร่มีถึง")
    assert now is not None
    assert now == before


@pytest.mark.parametrize("year", YEARS)
def test_every_field_of_the_data_has_its_cell_and_every_cell_its_field(year):
    planned = set(held(layout_of(catalogue.load(year))))
    assert planned == set(leaves(Report))


@pytest.mark.parametrize("year", YEARS)
def test_labels_and_headers_are_told_apart_whatever_their_spaces(year):
    plan = layout_of(catalogue.load(year))
    for form in plan.forms.values():
        labels = [layout.squeezed(row.label) for row in form.rows]
        assert len(set(labels)) == len(labels)
        for row in form.rows:
            assert row_of(form, f"  {row.label.replace(' ', '   ')} ") is row
    for table in plan.tables.values():
        assert len(set(map(layout.squeezed, table.headers))) == len(table.headers)


@pytest.mark.parametrize(
    ("label", "key"),
    [
        ("ตัวชี้วัดที่ 11", (("no", "11"),)),
        ("ตัวชี้วัดที่ ๒ การใช้งบฯ", (("no", "2"),)),
        ("คะแนน EIT", (("tool", "EIT"),)),
        ("คะแนน eit ส่วนที่ 2", (("tool", "EIT"), ("part", "2"))),
    ],
)
def test_rows_that_the_year_does_not_have_are_known_by_their_label(label, key):
    row = row_of(layout_of(catalogue.load(2568)).forms[layout.RESULT], label)
    assert Key(key) in row.fields[0].path


def test_other_labels_are_no_rows():
    plan = layout_of(catalogue.load(2568))
    assert row_of(plan.forms[layout.RESULT], "หมายเหตุ") is None
    assert row_of(plan.forms[layout.AGENCY], "ตัวชี้วัดที่ 1") is None
    assert row_of(plan.forms[layout.AGENCY], "ข้อในประเด็นที่ 9").fields[0].kind is Kind.CODES
