"""Any input ends in a report or in placed problems, never in a traceback."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itareport import check
from itareport.ita import catalogue
from itareport.ita.described import GROUPS, at
from itareport.ita.model import Kind
from itareport.problems import ItaReportError, exit_status
from itareport.reading import load
from reports import KINDS, clean_data

FIELDS = sorted({name for group in GROUPS.values() for name in group.model_fields})
TYPED = st.sampled_from(
    [
        *(
            "",
            " ",
            "~",
            "null",
            "no",
            "1",
            "๒",
            "2568",
            "99.17",
            "99,17",
            "101",
            "-1",
            "NaN",
            "98.333",
        ),
        *(
            "i1",
            "๐๗",
            "o99",
            "98.333",
            "1/10/68",
            "31/2/68",
            "ไม่ถูกประเมิน",
            "ผ่าน",
            "เทศบาลตำบล",
            "9" * 400,
        ),
        *("ก\nข", "ก\x07", "\ud800", "ก ้", "\ue000", "นํ้า", "{", "%s", "{0}", "[[1]]"),
    ]
)
SCALARS = (
    TYPED
    | st.text(max_size=6)
    | st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
)
KEYS = st.sampled_from(FIELDS) | st.text(max_size=5)
TREES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=5),
    max_leaves=20,
)


def is_answered(data: bytes, name: str) -> None:
    """Load, and assert that what comes back is a report or problems that a clerk can read."""
    try:
        found = load.load_bytes(data, name)
    except ItaReportError as error:
        problems = error.problems
        assert problems
    else:
        problems = found.problems
        assert (found.report is None) == bool(exit_status(problems))
        assert () in found.places
    for told in problems:
        assert told.place is not None
        assert told.place.file == name
        assert str(told).encode()
        assert "\n" not in str(told)


@given(st.binary(max_size=200), st.sampled_from(["ก.yaml", "ก.json"]))
def test_any_bytes(data, name):
    is_answered(data, name)


@given(st.dictionaries(KEYS, TREES, max_size=8))
def test_any_tree_of_known_and_unknown_fields(tree):
    is_answered(json.dumps(tree).encode(), "ก.json")


def paths(value, path=()):
    """Return the paths to every value of plain data."""
    inner = (
        value.items()
        if isinstance(value, dict)
        else enumerate(value)
        if isinstance(value, list)
        else ()
    )
    yield path
    for step, one in inner:
        yield from paths(one, (*path, step))


def _at(value, path):
    for step in path:
        value = value[step]
    return value


CLEAN = json.dumps(clean_data(catalogue.load(2568)))
PATHS = sorted((path for path in paths(json.loads(CLEAN)) if path), key=repr)


@given(st.lists(st.tuples(st.sampled_from(PATHS), TREES), min_size=1, max_size=4))
def test_a_whole_file_with_values_changed(changes):
    data = json.loads(CLEAN)
    for path, value in changes:
        inner = data
        try:
            for step in path[:-1]:
                inner = inner[step]
            inner[path[-1]] = value
        except (LookupError, TypeError):
            continue  # a change before this one took its place away
    is_answered(json.dumps(data).encode(), "ก.json")


@pytest.fixture(scope="module")
def text(example):
    return example.read_text(encoding="utf-8")


@given(st.data())
def test_a_whole_yaml_file_with_letters_changed(text, data):
    for _ in range(data.draw(st.integers(1, 3))):
        start = data.draw(st.integers(0, len(text) - 1))
        end = start + data.draw(st.integers(0, 12))
        put = data.draw(
            st.sampled_from(
                ["", "\t", ":", "- ", "[", "{", '"', "'", "&", "*", "!", "#", "\n", "\x07", "๐"]
            )
        )
        text = text[:start] + put + text[end:]
    is_answered(text.encode(), "ก.yaml")


SCALARS_OF_CLEAN = [
    path for path in PATHS if not isinstance(_at(json.loads(CLEAN), path), dict | list)
]
FAULTY = ["ก\x07", "ก\ue000", "ก ้", {"ก": ["ข"]}, ["ก\nข"]]
NO_SCORES = ["-", "ร้อย", "101", "97.50%"]


def is_score(path) -> bool:
    field = at(path)
    return field is not None and field.kind is Kind.SCORE


CHANGES = [
    (path, value)
    for path in SCALARS_OF_CLEAN
    for value in (*FAULTY, *(NO_SCORES if is_score(path) else ()))
]


@given(st.lists(st.sampled_from(CHANGES), min_size=1, max_size=3))
def test_what_is_left_out_brings_no_false_complaint(changes):
    """A whole report with faulty values has those faults and no others."""
    data = json.loads(CLEAN)
    for path, value in changes:
        _at(data, path[:-1])[path[-1]] = value
    found = load.load_bytes(json.dumps(data).encode(), "ก.json")
    if found.part is None or not found.part.left_out:
        return
    year, plan_year = catalogue.load(2568), catalogue.load(2569)
    told = found.part.sure(check.check(found.part.report, year, plan_year, KINDS))
    assert told == ()


@given(st.text())
def test_any_text_in_a_field_is_kept_or_told(typed):
    """Nothing is lost in silence: the report holds what was typed, or a problem says why not."""
    data = json.loads(CLEAN)
    data["remarks"] = [{"code": "i1", "text": typed}]
    found = load.load_bytes(json.dumps(data).encode(), "ก.json")
    if not found.problems:
        assert found.report is not None
        assert found.report.remarks[0].text == typed
