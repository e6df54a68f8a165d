"""Each field is described once, in the model, and everything else follows from there."""

import json

import pytest

from checks import found
from itareport.check import fields as texts
from itareport.document import context
from itareport.ita import catalogue, described
from itareport.ita.described import COLUMNS, GROUPS
from itareport.ita.model import Kind, Report, Use
from itareport.reading.workbook import layout
from itareport.reading.workbook.sheets import layout_of
from reports import clean_data

YEAR = catalogue.load(2568)
FIELDS = [
    (group, field) for group, model in GROUPS.items() for field in described.fields(model).values()
]
NAMES = [f"{group}.{field.name}" for group, field in FIELDS]
NOT_IN_THE_DOCUMENT = {("agency", "units")}
"""Texts that only drafts print."""


def filled():
    """Return a report with a text of its own in each field that holds one, and where they stand."""
    data = clean_data(YEAR) | {"remarks": [{"code": "i1"}]}
    said: dict[tuple[str | int, ...], str] = {}

    def fill(node, model, path):
        for field in described.fields(model).values():
            where = (*path, field.name)
            if field.is_rows and field.name in node:
                fill(node[field.name][0], field.group, (*where, 0))
            elif field.group is not None and field.name in node:
                fill(node[field.name], field.group, where)
            elif field.is_text:
                text = f"ก{'ขคงจฉ'[len(said) // 5 % 5]}{'ชซญดต'[len(said) % 5]}ถ{field.name}"
                node[field.name] = [text] if field.kind is Kind.POINTS else text
                said[(*where, 0) if field.kind is Kind.POINTS else where] = text

    fill(data, Report, ())
    return Report.model_validate(data), said


@pytest.mark.parametrize(("group", "field"), FIELDS, ids=NAMES)
def test_every_field_says_what_it_is(group, field):
    assert GROUPS[group].model_fields[field.name] is field.info
    assert field.title
    assert field.info.description
    assert (field.kind is None) == (field.group is not None)
    assert field.group is not None or field.info.examples


@pytest.mark.parametrize(("group", "field"), FIELDS, ids=NAMES)
def test_every_field_has_a_label(group, field):
    assert described.title((group, field.name) if group else (field.name,)) == field.title
    unsaid = field.name in ("score", "text")
    path = (group, 0, field.name) if group else (field.name,)
    assert unsaid or described.label(path, {}).endswith(field.title)


def test_the_checks_read_every_text_that_is_printed():
    report, said = filled()
    read = {text.where: text.text for text in texts.texts(report)}
    unread = {("agency", "emblem"), ("graph",)}
    assert said == {where: read.get(where, said[where]) for where in said}
    assert said.keys() - read.keys() == unread


def test_the_document_prints_every_text_that_is_read():
    report, said = filled()
    printed = json.dumps(context.context(report, YEAR, None), ensure_ascii=False)
    for where, text in said.items():
        field = described.at(described.up_to_name(where))
        elsewhere = where[:2] in NOT_IN_THE_DOCUMENT or not field.is_printed
        assert (text in printed) is not elsewhere, where


def test_the_columns_of_the_plan_stand_in_the_workbook_by_their_titles():
    headers = layout_of(YEAR).tables[layout.PLAN].headers
    optional = {column.title for column in COLUMNS if column.use is Use.OPTIONAL}
    titles = [c.title + " (ถ้ามี)" * (c.title in optional) for c in COLUMNS]
    assert list(headers[2:-1]) == titles


@pytest.mark.parametrize("column", [column.name for column in COLUMNS])
def test_every_column_of_the_plan_is_checked(column):
    data = clean_data(YEAR)
    data["plan"][2][column] = ["(ระบุงบประมาณ)", "ตามข้อ o31", " - ", "<b>ก</b>"]
    where = ("plan", 2, column)
    assert [problem.where for problem in found(data, "D266")] == [(*where, 0)]
    assert [problem.where for problem in found(data, "D261")] == [(*where, 1)]
    assert [problem.where for problem in found(data, "D226")] == [(*where, 2)]
    assert [problem.where for problem in found(data, "D227")] == [(*where, 3)]


@pytest.mark.parametrize("column", COLUMNS, ids=[column.name for column in COLUMNS])
def test_what_a_row_of_the_plan_needs_is_told(column):
    data = clean_data(YEAR)
    data["plan"][2][column.name] = []
    codes = {code for code in ("D225", "D264") if found(data, code)}
    assert codes == {Use.NEEDED: {"D225"}, Use.WANTED: {"D264"}}.get(column.use, set())


def test_a_plan_row_is_called_as_the_messages_call_it():
    """A message that begins with the field's label does not say the field twice."""
    report = clean_data(YEAR)
    assert described.label(("plan", 0, "steps"), report).startswith("แผนแถวที่ 1 ประเด็นที่ 1 ")
